"""Rows put aside, copies of rows, and deaths read from rows that are not counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import episode
from tests.worked.command import columns, load, table

BLOCK, RFD = "V544 Z676", "V485 Z676"
ODD = [
    episode("copied", "2022-05-01", RFD, EPIKEY="1"), episode("copied", "2022-05-01", RFD, EPIKEY="1"),
    episode("changed", "2022-05-01", RFD, EPIKEY="2"),
    episode("changed", "2022-06-01", RFD, EPIKEY="2", PROCODE3="RTE"),
    episode("same key, other year", "2022-05-01", RFD, EPIKEY="3"),
    episode("same key, other year", "2023-05-01", RFD, EPIKEY="3"),
    episode("age 121", "2022-05-01", RFD, STARTAGE="121"),
    episode("ends before it starts", "2022-05-01", RFD, EPIEND="2022-04-30"),
    episode("dies of nothing counted", "2022-04-01", BLOCK, SEX="2"),
    episode("dies of nothing counted", "2022-07-01", "W903", DISMETH="4", EPISTAT="1", STARTAGE="999"),
    episode("no day of discharge", "2022-04-01", BLOCK),
    episode("no day of discharge", "2022-08-01", "W903", DISMETH="4", DISDATE=""),
    episode("two deaths", "2022-04-01", BLOCK),
    episode("two deaths", "2022-08-01", "W903", DISMETH="4"),
    episode("two deaths", "2022-07-15", "W903", DISMETH="4"),
]  # fmt: skip
FILLER = [episode(f"f{n}", "2022-09-01", "W903") for n in range(900)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("copies"), ODD + FILLER, "2018-04-01", "2024-03-31")


def test_copies_count_once_and_the_later_of_two_is_kept(warehouse):
    found = columns(table(warehouse, "denervations"), "person", "date", "provider", "episodes")
    assert found == [
        ("changed", "2022-06-01", "RTE", "1"),
        ("copied", "2022-05-01", "RTH", "1"),
        ("same key, other year", "2022-05-01", "RTH", "1"),
        ("same key, other year", "2023-05-01", "RTH", "1"),
    ]


def test_what_was_put_aside_is_listed(warehouse):
    rows = table(warehouse, "refusals")
    assert sum(row["severity"] == "quarantine" for row in rows) == 3
    assert "121" in {row["value"] for row in rows if row["column"] == "STARTAGE"}


def test_a_death_is_the_earliest_of_any_row_that_is_not_put_aside(warehouse):
    assert columns(table(warehouse, "index_blocks"), "person", "outcome", "days") == [
        ("dies of nothing counted", "death", "91"),
        ("no day of discharge", "death", "122"),
        ("two deaths", "death", "105"),
    ]
