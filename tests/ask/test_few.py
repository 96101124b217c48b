"""Patients whose masks are alike are counted one by one where the gate must know how many they are, under every profile."""

import pytest

from dashboard.ask import Ask
from dashboard.disclosure.numbers import PROFILES, Profile
from dashboard.filters import Filters
from dashboard.metrics.blocks import NO_BLOCK_FOUND
from dashboard.metrics.volumes import DENERVATIONS
from tests.ask.tiny import Tiny

ALIKE = 64  # keys so far apart set the same bit of a mask of 64
RELEASED = [profile for profile in PROFILES.values() if not profile.exact]
QUESTIONS = {
    "counts": lambda ask: ask.counts(DENERVATIONS, period="all").frame["value"],
    "shares": lambda ask: ask.counts(NO_BLOCK_FOUND, period="all").frame["denominator"],
    "tally": lambda ask: ask.distribution("levels").frame["count"],
    "reasons": lambda ask: ask.reasons().frame.set_index("criterion").loc[["block_before"], "not_met"],
    "waterfall": lambda ask: ask.waterfall().frame.set_index("rule").loc[["age"], "remaining"],
    "counted_as": lambda ask: ask.counted_as().frame.set_index("counted_as").loc[["spells"], "count"],
}


def told(question: str, patients: int, profile: Profile) -> list[bool]:
    """Whether the numbers are told of just enough rows, of so many patients, the last two of which are alike."""
    tiny = Tiny()
    for n in range(profile.threshold):
        patient = n % patients
        key = min(patient, profile.threshold - 2) + ALIKE * patient
        for table in ("denervations", "courses", "days"):
            tiny.add(table, f"P{patient}", patient_key=key)
    return list(QUESTIONS[question](Ask(tiny, Filters(), profile.name)).notna())


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("profile", RELEASED, ids=lambda profile: profile.name)
def test_a_number_is_told_of_as_many_patients_as_the_profile_asks_for_and_of_no_fewer(question, profile):
    assert told(question, profile.threshold, profile) == [True]
    assert told(question, profile.threshold - 1, profile) == [False]
