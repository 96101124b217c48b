"""Which provider and which commissioner a row belongs to, in the codes of April 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import episode
from tests.worked.command import columns, load, measure, table

Row = dict[str, str]


def _edge(name: str, **columns: str) -> Row:
    return episode(name, "2023-05-10", "V485 Z676", **columns)


ROWS = [
    _edge("site of RW6", PROCODE3="RW6", SITETRET="RW602"),
    _edge("other site of RW6", PROCODE3="RW6", SITETRET="RW601"),
    _edge("no site of RW6", PROCODE3="RW6"),
    _edge("third site of RW6", PROCODE3="RW6", SITETRET="RM318"),
    _edge("same site, other trust", PROCODE3="RM3", SITETRET="RM318"),
    _edge("successor", PROCODE3="RM2"),
    _edge("no single successor", PROCODE3="RYQ"),
    _edge("independent site", PROCODE3="NT302"),
    _edge("independent site in PROCODET", PROCODE3="", PROCODET="NVC07"),
    _edge("trust site in PROCODET", PROCODE3="", PROCODET="RTH01"),
    _edge("unknown in PROCODET", PROCODE3="", PROCODET="QZQ77"),
    _edge("kept ICB", STP_RESPONSIBILITY="QKK", CCG_RESPONSIBILITY="00L"),
    _edge("merged ICB", STP_RESPONSIBILITY="QHG", CCG_RESPONSIBILITY="00L"),
    _edge("split ICB, its sub-ICB", STP_RESPONSIBILITY="QM7", CCG_RESPONSIBILITY="07H"),
    _edge("split ICB, another's sub-ICB", STP_RESPONSIBILITY="QM7", CCG_RESPONSIBILITY="00L"),
    _edge("split ICB, nothing else", STP_RESPONSIBILITY="QM7"),
    _edge("split ICB, residence", STP_RESPONSIBILITY="QM7", CCG_RESIDENCE="07H"),
    _edge("Frimley", STP_RESPONSIBILITY="QNQ", CCG_RESPONSIBILITY="D4U1Y"),
    _edge("Frimley, by residence", STP_RESPONSIBILITY="", CCG_RESIDENCE="D4U1Y"),
    _edge("kept ICB, Frimley's area", STP_RESPONSIBILITY="QKK", CCG_RESPONSIBILITY="D4U1Y"),
    _edge("merged ICB, Frimley's area", STP_RESPONSIBILITY="QHG", CCG_RESPONSIBILITY="D4U1Y"),
    _edge("sub-ICB only", STP_RESPONSIBILITY="", CCG_RESPONSIBILITY="00L"),
    _edge("sub-ICB's headquarters", STP_RESPONSIBILITY="", CCG_RESPONSIBILITY="00L00"),
    _edge("residence only", STP_RESPONSIBILITY="-", CCG_RESIDENCE="00L"),
    _edge("a code of no ICB", STP_RESPONSIBILITY="ZZZ", CCG_RESPONSIBILITY="&"),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("places"), ROWS, "2023-04-01", "2024-03-31")


@pytest.fixture(scope="module")
def found(warehouse: Path) -> dict[str, Row]:
    return {row["person"]: row for row in table(warehouse, "denervations")}


@pytest.mark.parametrize(
    ("person", "provider"),
    [
        ("site of RW6", "R0A"),
        ("other site of RW6", "RM3"),
        ("no site of RW6", "RM3"),
        ("third site of RW6", "R0A"),
        ("same site, other trust", "RM3"),
        ("successor", "R0A"),
        ("no single successor", "RYQ"),
        ("independent site", "NT3"),
        ("independent site in PROCODET", "NVC"),
        ("trust site in PROCODET", "RTH"),
        ("unknown in PROCODET", "QZQ77"),
    ],
)
def test_the_provider_of_a_day(found, person, provider):
    assert found[person]["provider"] == provider


@pytest.mark.parametrize(
    ("person", "icb"),
    [
        ("kept ICB", "QKK"),
        ("merged ICB", "S1Y5D"),
        ("split ICB, its sub-ICB", "D7T5G"),
        ("split ICB, another's sub-ICB", "QHM"),
        ("split ICB, nothing else", ""),
        ("split ICB, residence", "D7T5G"),
        ("Frimley", "S0E4D"),
        ("sub-ICB only", "QHM"),
        ("sub-ICB's headquarters", "QHM"),
        ("residence only", "QHM"),
        ("a code of no ICB", ""),
    ],
)
def test_the_commissioner_of_a_day(found, person, icb):
    assert found[person]["commissioner"] == icb


def test_frimley_by_its_heaviest_weight_is_flagged(warehouse):
    flags = [row for row in table(warehouse, "refusals") if row["rule"] == "split-sub-icb"]
    assert columns(flags, "severity", "column", "value") == [
        ("flag", "CCG_RESIDENCE", "D4U1Y"), ("flag", "CCG_RESPONSIBILITY", "D4U1Y")
    ]  # fmt: skip


def test_days_without_an_icb_are_in_england_and_in_no_icb(warehouse):
    of = {by: measure(warehouse, "denervations", "--by", by) for by in ("england", "commissioner", "region")}
    total = {by: sum(int(row["numerator"]) for row in rows) for by, rows in of.items()}
    unknown = columns(table(warehouse, "denervations"), "commissioner", "lumbar").count(("", "true"))
    assert unknown == 2
    assert total["commissioner"] == total["region"] == total["england"] - unknown
