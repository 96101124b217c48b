"""Parts of a whole by band, outcome or state: which of them are the two sides of a split, and which are another's."""

import pandas as pd

from dashboard.disclosure import tables
from dashboard.disclosure.numbers import PROFILES

CK = PROFILES["hes2018_ck"]


def told(*parts: tuple[str, str, int], provisional: bool = False) -> pd.DataFrame:
    """What is told of so many in each (part, outcome) of England."""
    frame = pd.DataFrame(parts, columns=["part", "outcome", "number"]).assign(place="E92", period="", provisional=provisional)
    return tables.tally(frame.assign(patients=frame["number"], key=0), CK)


def hidden(*parts: tuple[str, str, int]) -> list[tuple[str, str]]:
    frame = told(*parts)
    gone = frame[frame["flag"] == "suppressed"]
    assert gone["count"].isna().all() and frame["count"].notna().sum() == len(frame) - len(gone)
    return list(zip(gone["part"], gone["outcome"], strict=True))


def test_a_band_goes_with_the_few_in_the_other_and_what_is_staged_is_no_band():
    assert hidden(("same", "", 30), ("other", "", 3), ("staged", "", 20)) == [("same", ""), ("other", "")]
    assert hidden(("staged", "", 3), ("same", "", 30), ("other", "", 20)) == [("staged", "")]


def test_the_outcomes_of_one_stage_are_a_whole_and_those_of_another_are_not():
    parts = (("12 months", "rfd", 30), ("12 months", "neither", 3), ("24 months", "rfd", 20), ("24 months", "neither", 40))
    assert hidden(*parts) == [("12 months", "rfd"), ("12 months", "neither")]


def test_failing_alone_or_with_others_is_a_split_of_its_own_beside_the_states():
    states = (("levels", "met", 30), ("levels", "not_met", 22))
    ways = (("levels", "fails_only", 20), ("levels", "fails_with_others", 2))
    assert hidden(*states, *ways) == [("levels", "fails_only"), ("levels", "fails_with_others")]
    assert hidden(("levels", "met", 30), ("levels", "not_met", 3), *ways[:1]) == [("levels", "met"), ("levels", "not_met")]


def test_a_part_that_is_told_is_empty_of_flags_or_provisional():
    assert list(told(("same", "", 30), ("other", "", 20))["flag"]) == ["", ""]
    assert list(told(("same", "", 30), ("other", "", 20), provisional=True)["flag"]) == ["provisional"] * 2


def test_the_parts_of_two_places_are_not_one_whole():
    frame = pd.DataFrame({"place": ["RTH", "RTE"], "number": [30, 3]}).assign(
        part="same", outcome="", period="", provisional=False
    )
    assert list(tables.tally(frame.assign(patients=frame["number"], key=0), CK)["flag"]) == ["", "suppressed"]


def test_a_part_that_differs_by_few_from_the_headlines_is_hidden():
    frame = pd.DataFrame({"place": "E92", "period": "", "part": ["spells", "episodes"], "outcome": ["spells", "episodes"]})
    frame = frame.assign(provisional=False, key=0, number=[40, 60], patients=30)
    given = tables.tally(frame, CK, headline=frame.assign(number=[43, 90]))
    assert list(zip(given["part"], given["count"].isna(), strict=True)) == [("spells", True), ("episodes", False)]
