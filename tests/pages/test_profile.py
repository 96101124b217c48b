"""The owner of the data chooses how pages release; exact numbers are no choice."""

import pytest

from dashboard.errors import Refused
from dashboard.pages.frame import profile_of_owner


@pytest.mark.parametrize(("chosen", "profile"), [("", "hes2018_ck"), ("sde10", "sde10"), ("hes2018", "hes2018")])
def test_pages_release_under_the_profile_that_the_owner_chose(monkeypatch, chosen, profile):
    monkeypatch.setenv("RFD_PROFILE", chosen)
    assert profile_of_owner() == profile


@pytest.mark.parametrize("chosen", ["exact", "plain"])
def test_pages_are_not_served_with_exact_numbers_or_an_unknown_profile(monkeypatch, chosen):
    monkeypatch.setenv("RFD_PROFILE", chosen)
    with pytest.raises(Refused):
        profile_of_owner()
