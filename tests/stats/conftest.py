"""How the statistics are put to random tests."""

from hypothesis import settings

# How long one example takes says nothing about whether it is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
