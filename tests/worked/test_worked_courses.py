"""Edges of courses: staging, sides, intervals, who has no key, and the days of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import episode
from tests.worked.command import columns, load, measure, table

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
    episode("last day", END, RIGHT),
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
        ("other side", 180, 2), ("not lumbar", 90, 1), ("last day", 90, 1),
    ],
)  # fmt: skip
def test_how_many_courses(staging, person, staged_days, courses):
    assert len(_starts(staging, person, staged_days)) == courses


def test_a_denervation_is_of_a_first_course_or_of_a_repeat(staging):
    rows = measure(staging, "denervations", "--by", "england", "--split", "course", "--from", "2021/22", "--to", "2021/22")
    assert columns(rows, "course", "numerator") == [("first", "1"), ("repeat", "4")]


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


def test_without_outpatient_data_there_is_no_share_of_conservative_care(staging):
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
