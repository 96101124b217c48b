"""Edges of courses, blocks and policies: staging, sides, look-backs, deaths and who has no key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import appointment, death, episode
from tests.worked.command import by_place, columns, load, measure, table

RFD, BLOCK = "V485 Z676", "V544 Z676"
RIGHT, LEFT, BOTH = f"{RFD} Z942", f"{RFD} Z943", f"{RFD} Z941"
START, END = "2018-04-01", "2025-03-31"

STAGING = [
    episode("day 90", "2021-01-01", RIGHT), episode("day 90", "2021-04-01", LEFT),
    episode("day 91", "2021-01-01", RIGHT), episode("day 91", "2021-04-02", LEFT),
    episode("day 42", "2021-01-01", RIGHT), episode("day 42", "2021-02-12", LEFT),
    episode("unknown joins", "2021-01-01", RIGHT), episode("unknown joins", "2021-02-01", RFD),
    episode("unknown joins", "2021-03-01", LEFT), episode("unknown joins", "2021-03-15", RIGHT),
    episode("both treats both", "2021-01-01", BOTH), episode("both treats both", "2021-02-01", LEFT),
    episode("no chaining", "2021-01-01", RFD), episode("no chaining", "2021-03-01", RFD),
    episode("no chaining", "2021-05-01", RFD),
    episode("other side", "2021-01-01", RIGHT), episode("other side", "2021-08-01", LEFT),
    episode("since its own side", "2021-01-01", RIGHT), episode("since its own side", "2021-03-01", LEFT),
    episode("since its own side", "2022-01-15", RIGHT),
    episode("not lumbar", "2021-01-01", RIGHT), episode("not lumbar", "2021-02-01", "V486 Z943"),
    episode("-", "2021-01-01", RIGHT, EPIKEY="1"), episode("&", "2021-01-01", RIGHT, EPIKEY="2"),
    episode("", "2021-01-01", RIGHT, EPIKEY="3", SUSSPELLID="S"),
    episode(" ", "2021-01-01", RIGHT, EPIKEY="4", SUSSPELLID="S"),
]  # fmt: skip


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("staging"), STAGING, START, END)


def _starts(warehouse: Path, person: str, staged_days: int = 90) -> list[str]:
    rows = table(warehouse, "courses", "--set", f"staged_days={staged_days}")
    return [start for start, who in columns(rows, "start", "person") if who == person]


@pytest.mark.parametrize(
    ("person", "staged_days", "courses"),
    [
        ("day 90", 90, 1), ("day 91", 90, 2), ("day 91", 180, 1), ("day 42", 42, 1), ("day 90", 42, 2),
        ("unknown joins", 90, 2), ("both treats both", 90, 2), ("no chaining", 90, 2), ("no chaining", 180, 1),
        ("other side", 180, 2), ("not lumbar", 90, 1),
    ],
)  # fmt: skip
def test_how_many_courses(staging, person, staged_days, courses):
    assert len(_starts(staging, person, staged_days)) == courses


def test_an_unknown_side_joins_and_is_flagged(staging):
    rows = [row for row in table(staging, "courses") if row["person"] == "unknown joins"]
    assert columns(rows, "start", "end", "sides", "denervations", "side_unknown") == [
        ("2021-01-01", "2021-03-01", "both", "3", "true"),
        ("2021-03-15", "2021-03-15", "right", "1", "false"),
    ]


@pytest.mark.parametrize(
    ("person", "days", "same_side"),
    [
        ("other side", "212", "other"),
        ("since its own side", "379", "same"),
        ("both treats both", "31", "same"),
        ("no chaining", "61", "unknown"),
        ("unknown joins", "73", "same"),
    ],
)
def test_the_interval_runs_from_the_same_side_where_it_can(staging, person, days, same_side):
    rows = [row for row in table(staging, "courses") if row["person"] == person and row["is_repeat"] == "true"]
    assert columns(rows, "interval_days", "same_side") == [(days, same_side)]


def test_people_without_a_key_count_in_volumes_by_spell_and_are_in_no_course(staging):
    unlinked = [row for row in table(staging, "denervations") if not row["person"]]
    assert columns(unlinked, "date", "episodes") == [("2021-01-01", "1")] * 2 + [("2021-01-01", "2")]
    assert all(row["person"] for row in table(staging, "courses"))
    (volume,) = measure(staging, "denervations", "--by", "england", "--from", "2020/21", "--to", "2020/21")
    (patients,) = measure(staging, "patients", "--by", "england", "--from", "2020/21", "--to", "2020/21")
    dates = [(row["date"], row["person"]) for row in table(staging, "denervations") if row["lumbar"] == "true"]
    in_year = [pair for pair in dates if "2020-04-01" <= pair[0] <= "2021-03-31"]
    assert int(volume["numerator"]) == len(in_year)
    assert int(patients["numerator"]) == len({person for _, person in in_year if person})


BLOCKS = [
    episode("edge of the look-back", "2019-02-28", BLOCK), episode("edge of the look-back", "2021-02-28", RFD),
    episode("a day too early", "2019-02-27", BLOCK), episode("a day too early", "2021-02-28", RFD),
    episode("same day", "2021-02-28", "V485 V544 Z676"),
    episode("private block", "2021-01-28", BLOCK, ADMINCAT="02"), episode("private block", "2021-02-28", RFD),
    episode("unsited block", "2021-01-28", "V544"), episode("unsited block", "2021-02-28", RFD),
    episode("two sites", "2021-01-28", "V544 Z676 Z673"), episode("two sites", "2021-02-28", RFD),
    episode("epidural", "2021-01-28", "A521 Z676"), episode("epidural", "2021-02-28", RFD),
    episode("washed out", "2020-06-01", BLOCK), episode("washed out", "2021-06-01", BLOCK),
    episode("washed out", "2022-06-02", BLOCK),
    episode("early", "2020-03-31", BLOCK), episode("in time", "2020-04-01", BLOCK),
    episode("treated before", "2020-07-01", RFD), episode("treated before", "2022-07-01", BLOCK),
    episode("long since treated", "2020-07-01", RFD), episode("long since treated", "2022-07-02", BLOCK),
    episode("dies that day", "2022-07-01", BLOCK), episode("dies that day", "2022-09-01", RFD, DISMETH="4"),
    episode("dies", "2022-07-01", BLOCK), episode("dies late", "2024-07-01", BLOCK),
    episode("elsewhere", "2022-07-01", BLOCK), episode("elsewhere", "2022-09-01", RFD, PROCODE3="RTE"),
    episode("thrice", "2022-07-01", BLOCK), episode("thrice", "2023-01-01", BLOCK),
    episode("thrice", "2023-07-01", BLOCK), episode("twice", "2022-07-01", BLOCK),
    episode("twice", "2022-12-28", BLOCK), episode("half a year on", "2022-07-01", BLOCK),
    episode("half a year on", "2022-12-29", BLOCK), episode("again", "2020-07-01", BLOCK),
    episode("again", "2022-07-01", BLOCK),
]  # fmt: skip
DEATHS = [death("dies", "2022-08-01"), death("dies late", "2025-05-01")]


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("blocks"), BLOCKS, START, END, deaths=DEATHS)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("edge of the look-back", "1"), ("a day too early", "0"), ("same day", "0"), ("private block", "1"),
        ("unsited block", "1"), ("two sites", "1"), ("epidural", "0"),
    ],
)  # fmt: skip
def test_blocks_in_the_24_months_before(blocks, person, seen):
    found = {row["person"]: row["blocks_before_24m"] for row in table(blocks, "courses")}
    assert found[person] == seen


def test_a_private_block_is_not_counted(blocks):
    assert "private block" not in {row["person"] for row in table(blocks, "blocks")}


def test_only_some_blocks_have_a_lumbar_site(blocks):
    found = {row["person"]: row["lumbar_site"] for row in table(blocks, "blocks")}
    assert (found["unsited block"], found["two sites"]) == ("false", "true")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("washed out", [("2020-06-01", "next_block", "731", ""), ("2022-06-02", "end", "1033", "")]),
        ("early", []),
        ("in time", [("2020-04-01", "end", "1825", "")]),
        ("treated before", []),
        ("long since treated", [("2022-07-02", "end", "1003", "")]),
        ("dies that day", [("2022-07-01", "rfd", "62", "false")]),
        ("dies", [("2022-07-01", "death", "31", "")]),
        ("dies late", [("2024-07-01", "end", "273", "")]),
        ("elsewhere", [("2022-07-01", "rfd", "62", "true")]),
        ("same day", [("2021-02-28", "end", "1492", "")]),
        ("again", [("2020-07-01", "next_block", "730", ""), ("2022-07-01", "end", "1004", "")]),
    ],
)
def test_index_blocks_and_what_came_first_after_them(blocks, person, expected):
    rows = [row for row in table(blocks, "index_blocks") if row["person"] == person]
    assert columns(rows, "date", "outcome", "days", "elsewhere") == expected


def test_the_prolonged_response_of_those_followed_for_a_year(blocks):
    (row,) = measure(blocks, "prolonged_response", "--by", "england", "--from", "2022/23", "--to", "2022/23")
    prolonged = {"washed out", "long since treated", "again"}
    not_prolonged = {"dies that day", "elsewhere", "thrice", "twice", "half a year on"}
    counted = prolonged | (not_prolonged - {"dies that day"})
    assert (row["numerator"], row["denominator"]) == (str(len(prolonged)), str(len(counted)))


def test_repeat_injections_by_day_180_or_three_by_day_365(blocks):
    (row,) = measure(blocks, "repeat_injection_girft", "--by", "england", "--from", "2022/23", "--to", "2022/23")
    followed = {"long since treated", "elsewhere", "thrice", "twice", "half a year on"}
    assert (row["numerator"], row["denominator"]) == ("2", str(len(followed)))


POLICY = [
    episode("early", "2019-03-31", BOTH), episode("early", "2020-09-01", BOTH),
    episode("late", "2019-04-01", BOTH),
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


def test_without_outpatient_data_there_is_no_share_of_conservative_care(policies, staging):
    rows = measure(policies, "conservative_care_seen", "--by", "england")
    assert sum(int(row["numerator"]) for row in rows) == 2
    assert sum(int(row["denominator"]) for row in rows) == 8
    assert measure(staging, "conservative_care_seen", "--by", "england") == []


def test_the_days_of_the_data_come_from_its_years_when_not_given(tmp_path):
    rows = [
        episode("first", "2019-06-01", "W903"),
        episode("before its year", "2019-04-02", RFD, ADMIDATE="2019-03-30", OPDATE_01="2019-03-31"),
        episode("index", "2021-04-01", BOTH), episode("not index", "2021-03-31", BOTH),
        episode("last", "2022-01-01", BLOCK),
    ]  # fmt: skip
    warehouse = load(tmp_path, rows, "", "")
    assert columns(table(warehouse, "courses"), "person", "is_index") == [
        ("before its year", "false"), ("index", "true"), ("not index", "false")
    ]  # fmt: skip
    assert columns(table(warehouse, "index_blocks"), "outcome", "days") == [("end", "89")]


def test_a_criterion_is_counted_at_the_provider_that_treated(policies):
    rows = measure(policies, "met_block_before", "--by", "provider", "--from", "2022/23", "--to", "2022/23")
    assert by_place(rows, "denominator") == {"RTH": "4"}
