"""Edges of policies: what cannot be assessed, whose policy is in force, and every parameter set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import appointment, episode
from tests.worked.command import by_place, load, measure, table

BLOCK, BOTH = "V544 Z676", "V485 Z676 Z941"
START, END = "2018-04-01", "2025-03-31"

POLICY = [
    episode("early", "2019-03-31", BOTH), episode("early", "2020-09-01", BOTH),
    episode("late", "2019-04-01", BOTH), episode("half a year", "2018-10-01", BOTH), episode("not half", "2018-09-30", BOTH),
    episode("later", "2020-04-01", BOTH),
    episode("seen though cut off", "2019-06-01", BOTH), episode("seen though cut off", "2019-05-01", BLOCK),
    episode("York", "2022-07-01", BLOCK, STP_RESPONSIBILITY="QOQ"),
    episode("York", "2022-09-01", BOTH, STP_RESPONSIBILITY="QOQ"),
    episode("York", "2023-12-31", BOTH, STP_RESPONSIBILITY="QOQ"),
    episode("York early", "2021-06-01", BLOCK, STP_RESPONSIBILITY="QOQ"),
    episode("York early", "2022-06-30", BOTH, STP_RESPONSIBILITY="QOQ"),
    episode("York in force", "2021-06-01", BLOCK, STP_RESPONSIBILITY="QOQ"),
    episode("York in force", "2022-07-01", BOTH, STP_RESPONSIBILITY="QOQ"),
    episode("Bolton", "2022-07-01", BLOCK, STP_RESPONSIBILITY="QOP"),
    episode("Bolton", "2022-09-01", f"{BOTH} V552", STP_RESPONSIBILITY="QOP"),
    episode("Bolton", "2022-12-01", f"{BOTH} V553", STP_RESPONSIBILITY="QOP"),
]  # fmt: skip
CARE = [
    appointment("early", "2018-06-01"), appointment("late", "2019-04-01"),
    appointment("later", "2020-01-01", ATTENDED="3"), appointment("York", "2020-09-01", ATTENDED="6"),
    appointment("York early", "2022-01-01", TRETSPEF="100"), appointment("Bolton", "2020-08-31"),
]  # fmt: skip


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("policies"), POLICY, START, END, op=CARE)


def _states(warehouse: Path, criterion: str, *options: str) -> dict[tuple[str, str], str]:
    rows = table(warehouse, "adherence", *options)
    return {(row["person"], row["course_number"]): row["state"] for row in rows if row["criterion"] == criterion}


def test_a_first_course_soon_after_the_data_start_may_be_a_repeat(policies):
    states = _states(policies, "repeat_interval")
    assert states["early", "1"] == "not_assessable"
    assert states["late", "1"] == "not_applicable"
    assert states["early", "2"] == "met"


def test_a_cut_off_look_back_is_only_met_or_not_assessable(policies):
    states = _states(policies, "block_before")
    assert (states["late", "1"], states["seen though cut off", "1"]) == ("not_assessable", "met")
    assert states["later", "1"] == "not_met"
    assert states["early", "2"] == "not_applicable"


@pytest.mark.parametrize(
    ("months", "person", "day_before"), [(6, "half a year", "not half"), (12, "late", "early"), (24, "later", "late")]
)
def test_a_look_back_is_seen_whole_from_so_many_months_after_the_data_start(policies, months, person, day_before):
    states = _states(policies, "block_before", "--set", f"block_lookback_months={months}")
    assert (states[person, "1"], states[day_before, "1"]) == ("not_met", "not_assessable")


def test_a_split_by_course_parts_first_courses_from_repeats(policies):
    rows = measure(policies, "adherent", "--by", "england", "--split", "course", "--from", "2020/21", "--to", "2020/21")
    assert [(row["course"], row["denominator"]) for row in rows] == [("first", "1"), ("repeat", "1")]


def test_history_before_a_course_is_in_whole_months_when_data_begins_within_one(tmp_path):
    rows = [episode("short", "2019-04-14", BOTH), episode("whole", "2019-04-15", BOTH)]
    states = _states(load(tmp_path, rows, "2018-04-15", END), "repeat_interval")
    assert (states["short", "1"], states["whole", "1"]) == ("not_assessable", "not_applicable")


def test_a_new_block_before_a_repeat_is_seen_24_months_back_and_no_further(tmp_path):
    blocks = {"at the edge": "2021-02-05", "a day too early": "2021-02-04"}
    rows = [episode(person, day, BOTH) for person in blocks for day in ("2019-06-01", "2023-02-05")]
    rows += [episode(person, day, BLOCK) for person, day in blocks.items()]
    states = _states(load(tmp_path, rows, START, END), "repeat_block", "--set", "repeat_needs_new_block=yes")
    assert (states["at the edge", "2"], states["a day too early", "2"]) == ("met", "not_met")


def test_local_policies_are_in_force_from_their_first_day(policies):
    blocks, options = _states(policies, "block_before", "--policy", "local"), ("--policy", "local")
    assert (blocks["York early", "1"], blocks["York in force", "1"]) == ("met", "not_met")
    assert blocks["Bolton", "1"] == "not_met"
    repeats = _states(policies, "repeat_interval", *options)
    assert (repeats["York", "2"], repeats["Bolton", "2"]) == ("not_met", "not_applicable")
    assert _states(policies, "repeat_block", *options)["York", "2"] == "not_met"


def test_every_parameter_can_be_set_by_hand(policies):
    assert _states(policies, "block_before", "--set", "min_blocks=2")["York", "1"] == "not_met"
    assert _states(policies, "block_before", "--set", "min_blocks=0")["late", "1"] == "met"
    assert _states(policies, "repeat_interval", "--set", "repeat_min_months=16")["York", "2"] == "not_met"
    assert _states(policies, "repeat_interval", "--set", "repeat_min_months=none")["York", "2"] == "not_applicable"
    levels = _states(policies, "levels", "--set", "max_levels=2")
    found = (levels["Bolton", "1"], levels["Bolton", "2"], levels["York", "1"])
    assert found == ("met", "not_met", "not_assessable")
    assert set(_states(policies, "levels").values()) == {"not_applicable"}


def test_conservative_care_is_met_or_not_assessable_on_first_courses(policies):
    states = _states(policies, "conservative_care")
    assert (states["early", "1"], states["York", "1"]) == ("met", "met")
    assert {states[person, "1"] for person in ("late", "later", "York early", "Bolton")} == {"not_assessable"}
    assert states["York", "2"] == "not_applicable"


def test_what_hes_cannot_see_is_never_met(policies):
    for name in ("pain_score", "block_response", "facet_source", "shared_decision", "prior_approval"):
        assert set(_states(policies, name).values()) == {"not_assessable"}


def test_without_a_minimum_there_is_no_share_before_it(policies):
    assert measure(policies, "repeat_within_minimum", "--by", "england", "--policy", "greater_manchester") == []
    rows = measure(policies, "repeat_within_minimum", "--by", "england")
    assert sum(int(row["denominator"]) for row in rows) == 3
    local = measure(policies, "repeat_within_minimum", "--by", "england", "--policy", "local")
    assert sum(int(row["denominator"]) for row in local) == 2


def test_conservative_care_is_counted_among_first_courses(policies):
    rows = measure(policies, "conservative_care_seen", "--by", "england")
    assert sum(int(row["numerator"]) for row in rows) == 2
    assert sum(int(row["denominator"]) for row in rows) == 10


def test_a_criterion_is_counted_at_the_provider_that_treated(policies):
    rows = measure(policies, "met_block_before", "--by", "provider", "--from", "2022/23", "--to", "2022/23")
    assert by_place(rows, "denominator") == {"RTH": "4"}
