"""Edges of blocks: which count, look-backs, index blocks and what came first after them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import death, episode
from tests.worked.command import columns, load, measure, table

RFD, BLOCK = "V485 Z676", "V544 Z676"
START, END = "2018-04-01", "2025-03-31"

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
    episode("dies twice", "2022-07-01", BLOCK), episode("dies twice", "2022-09-01", "W903", DISMETH="4"),
    episode("dies at the end", "2024-07-01", BLOCK),
    episode("elsewhere", "2022-07-01", BLOCK), episode("elsewhere", "2022-09-01", RFD, PROCODE3="RTE"),
    episode("thrice", "2022-07-01", BLOCK), episode("thrice", "2023-01-01", BLOCK),
    episode("thrice", "2023-07-01", BLOCK), episode("twice", "2022-07-01", BLOCK),
    episode("twice", "2022-12-28", BLOCK), episode("half a year on", "2022-07-01", BLOCK),
    episode("half a year on", "2022-12-29", BLOCK), episode("again", "2020-07-01", BLOCK),
    episode("again", "2022-07-01", BLOCK), episode("last day", "2025-03-31", BLOCK),
    episode("a day after", "2025-04-01", BLOCK),
    episode("dies before the end and after", "2024-07-01", BLOCK),
    episode("dies before the end and after", "2024-08-01", "W903", DISMETH="4"),
]  # fmt: skip
DEATHS = [
    death("dies", "2022-08-01"),
    death("dies late", "2025-05-01"),
    death("dies twice", "2022-08-01"),
    death("dies at the end", END),
    death("dies before the end and after", "2025-05-01"),
]


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


def test_a_block_on_the_last_day_of_the_data_is_counted_and_one_after_it_is_not(blocks):
    assert {"last day", "a day after"} & {row["person"] for row in table(blocks, "blocks")} == {"last day"}


def test_only_some_blocks_have_a_lumbar_site(blocks):
    found = {row["person"]: row["lumbar_site"] for row in table(blocks, "blocks")}
    assert (found["unsited block"], found["two sites"]) == ("false", "true")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("washed out", [("2020-06-01", "next_block", "731", ""), ("2022-06-02", "end", "1033", "")]),
        ("early", []),
        ("last day", [("2025-03-31", "end", "0", "")]),
        ("in time", [("2020-04-01", "end", "1825", "")]),
        ("treated before", []),
        ("long since treated", [("2022-07-02", "end", "1003", "")]),
        ("dies that day", [("2022-07-01", "rfd", "62", "false")]),
        ("dies", [("2022-07-01", "death", "31", "")]),
        ("dies twice", [("2022-07-01", "death", "31", "")]),
        ("dies at the end", [("2024-07-01", "death", "273", "")]),
        ("dies before the end and after", [("2024-07-01", "death", "31", "")]),
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
