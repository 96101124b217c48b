"""Every single number that the gate lets out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure.numbers import PROFILES, all_or_none_of_few, profile, release_number, rounded
from dashboard.errors import Refused

RELEASING = ["hes2018_ck", "hes2018", "sde10"]
counts = st.integers(0, 500)
keys = st.integers(0, 4)
profiles = st.sampled_from(RELEASING)


def told(number, patients, key, name) -> float:
    return float(release_number([number], [patients], [key], PROFILES[name])[0])


@settings(deadline=None)
@given(counts, st.floats(0, 1), keys, profiles)
def test_a_number_told_is_nought_or_a_multiple_of_five_from_ten(number, share, key, name):
    patients = min(number, max(int(number > 0), round(number * share)))
    number_told = told(number, patients, key, name)
    assert np.isnan(number_told) or number_told == 0 or (number_told >= 10 and number_told % 5 == 0)
    assert (number_told == 0) == (number == 0)


@settings(deadline=None)
@given(st.integers(10, 10_000), keys, profiles)
def test_a_number_told_is_within_four_of_the_true_one(number, key, name):
    assert abs(told(number, number, key, name) - number) <= 4


@pytest.mark.parametrize(("name", "least"), [("hes2018_ck", 8), ("hes2018", 8), ("sde10", 10)])
def test_the_threshold_is_on_patients_and_on_events(name, least):
    for key in range(5):
        assert np.isnan(told(least - 1, least - 1, key, name))
        assert np.isnan(told(100, least - 1, key, name))
        assert told(least, least, key, name) == 10


@settings(deadline=None)
@given(counts, counts, keys)
def test_a_stricter_profile_hides_all_that_a_laxer_one_hides(number, patients, key):
    if np.isnan(told(number, patients, key, "hes2018_ck")):
        assert np.isnan(told(number, patients, key, "sde10"))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), min_size=8, max_size=60), st.randoms())
def test_the_same_records_give_the_same_number_in_any_order_and_grouping(rows, random):
    shuffled = random.sample(rows, len(rows))
    cut = random.randrange(len(rows))
    whole = sum(rows) % 5
    parts = (sum(row % 5 for row in shuffled[:cut]) % 5 + sum(row % 5 for row in shuffled[cut:]) % 5) % 5
    assert told(len(rows), len(rows), whole, "hes2018_ck") == told(len(rows), len(rows), parts, "hes2018_ck")


def test_one_record_more_gives_a_readable_step_without_keys_and_none_with_them():
    random = np.random.default_rng(1)

    def recovered(name: str) -> float:
        """The share of counts found from the point at which records added one by one move the number told."""
        right = 0
        for _ in range(300):
            number, rows = int(random.integers(20, 200)), random.integers(0, 2**32, 12)
            key, seen = int(random.integers(0, 5)), []
            for added in range(6):
                seen.append(told(number + added, number + added, (key + rows[:added].sum()) % 5, name))
            step = next((n for n in range(1, 6) if seen[n] != seen[0]), 0)
            right += seen[0] + 3 - step == number
        return right / 300

    assert recovered("hes2018") == 1
    assert recovered("hes2018_ck") < 0.4


def test_all_or_none_needs_twenty():
    few = all_or_none_of_few([0, 15, 10, 0, 20, 20], [15, 15, 15, 20, 20, 25])
    assert list(few) == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("denominator", "expected"), [(10, 0.1), (395, 0.1), (400, 0.12), (3995, 0.12), (4000, 0.123), (90_000, 0.123)]
)
def test_a_share_is_as_precise_as_its_denominator_bears(denominator, expected):
    assert rounded([0.12345], [denominator], PROFILES["hes2018_ck"])[0] == expected


def test_an_unknown_profile_is_refused_with_those_there_are():
    with pytest.raises(Refused, match="hes2018_ck, hes2018, sde10, exact"):
        profile("plain")
