"""Edges of one row: dates, ages, codes, and which of several episodes speaks for a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_hes import episode
from tests.worked.command import columns, load, measure, table

Row = dict[str, str]
DAY = "2023-05-10"
RFD = "V485 Z676"


def _edge(name: str, **columns: str) -> Row:
    return episode(name, DAY, RFD, **columns)


ROWS = [
    _edge("second diagnosis", DIAG_01="M478", DIAG_02="M545"),
    episode("after the spell", DAY, RFD, OPDATE_01="2023-06-01"),
    episode("before the spell", DAY, RFD, OPDATE_01="2023-05-09"),
    episode("no real date", DAY, RFD, OPDATE_01="1800-01-01", EPISTART="1801-01-01", ADMIDATE="2023-05-09"),
    episode("within a long spell", DAY, RFD, OPDATE_01="2023-05-12", DISDATE="2023-05-12", EPIEND="2023-05-12"),
    episode("discharge not known", DAY, RFD, OPDATE_01="2023-05-30", DISDATE="1582-10-15"),
    episode("still to come", DAY, RFD, OPDATE_01="2999-12-31", DISDATE=""),
    episode("second position", DAY, f"- W903 {RFD}", OPDATE_02="2023-05-09", ADMIDATE="2023-05-08"),
    episode("dots, spaces and case", DAY, "- & v48.5 Z67.6", OPERTN_09="z94.2 "),
    episode("last position", DAY, "W903", OPERTN_24="V48.5"),
    _edge("nineteen", STARTAGE="19"),
    _edge("a hundred and twenty", STARTAGE="120"),
    _edge("eighteen", STARTAGE="18"),
    _edge("a baby", STARTAGE="7003"),
    _edge("age not known", STARTAGE="999"),
    _edge("no age", STARTAGE=""),
    _edge("admission not known", ADMIMETH=""),
    _edge("payer not known", ADMINCAT="99"),
    _edge("in situ", DIAG_02="D05.1"),
    _edge("benign, not of the list", DIAG_02="D36.9"),
    _edge("uncertain", DIAG_20="d48"),
    _edge("unfinished", EPISTAT="1"),
    _edge("status blank", EPISTAT=""),
    episode("second level site", DAY, "V487 Z99.3"),
    episode("V487 alone", DAY, "V487 Z943"),
    episode("V488 with a site", DAY, "V488 Z665"),
    episode("V489 elsewhere", DAY, "V489 Z671"),
    episode("two providers", DAY, f"{RFD} Z942", PROCODE3="RTE", EPIKEY="9"),
    episode("two providers", DAY, f"{RFD} Z943 V553", PROCODE3="RTH", EPIKEY="10"),
    episode("one of two is private", DAY, RFD, PROCODE3="RTE", EPIKEY="11", ADMINCAT="02"),
    episode("one of two is private", DAY, RFD, PROCODE3="RTH", EPIKEY="12", STARTAGE="51"),
    episode("order as a number", DAY, RFD, PROCODE3="RTE", EPIORDER="10", EPIKEY="13"),
    episode("order as a number", DAY, RFD, PROCODE3="RTH", EPIORDER="9", EPIKEY="14"),
    episode("after the data", "2024-04-01", RFD),
    episode("before the data", "2023-03-31", RFD, FYEAR="2223"),
    episode("long before the data", "1962-02-03", RFD, FYEAR="2324"),
]  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("rows"), ROWS, "2023-04-01", "2024-03-31")


@pytest.fixture(scope="module")
def found(warehouse: Path) -> dict[str, Row]:
    return {row["person"]: row for row in table(warehouse, "denervations")}


@pytest.mark.parametrize(
    ("person", "provider"), [("two providers", "RTE"), ("one of two is private", "RTH"), ("order as a number", "RTH")]
)
def test_the_provider_of_a_day_is_that_of_its_first_episode_that_counts(found, person, provider):
    assert found[person]["provider"] == provider


@pytest.mark.parametrize(
    ("person", "day"),
    [
        ("after the spell", DAY),
        ("before the spell", DAY),
        ("no real date", "2023-05-09"),
        ("within a long spell", "2023-05-12"),
        ("discharge not known", "2023-05-30"),
        ("still to come", DAY),
        ("second position", DAY),
        ("last position", DAY),
        ("before the data", "2023-03-31"),
        ("long before the data", "1962-02-03"),
    ],
)
def test_the_day_of_a_procedure(found, person, day):
    assert found[person]["date"] == day


@pytest.mark.parametrize(
    "person",
    [
        "dots, spaces and case", "nineteen", "a hundred and twenty", "admission not known", "payer not known",
        "benign, not of the list", "second level site",
    ],
)  # fmt: skip
def test_what_counts_as_lumbar(found, person):
    assert found[person]["lumbar"] == "true"


@pytest.mark.parametrize(
    "person",
    [
        "eighteen", "a baby", "age not known", "no age", "in situ", "uncertain", "unfinished", "status blank",
        "V487 alone", "V489 elsewhere", "after the data",
    ],
)  # fmt: skip
def test_what_does_not_count(found, person):
    assert person not in found


def test_a_diagnosis_of_the_ebi_list_counts_in_the_first_place_alone(found):
    assert (found["nineteen"]["ebi"], found["second diagnosis"]["ebi"]) == ("true", "false")


def test_a_sited_v488_is_broad_and_not_lumbar(found):
    assert (found["V488 with a site"]["broad"], found["V488 with a site"]["lumbar"]) == ("true", "false")


def test_one_person_and_day_at_two_providers_counts_once_with_both_sides(warehouse, found):
    row = found["two providers"]
    assert (row["sides"], row["levels"], row["episodes"]) == ("both", "3+", "2")
    assert sum(row["person"] == "two providers" for row in table(warehouse, "denervations")) == 1


def test_a_day_takes_its_age_from_an_episode_that_counts(found):
    row = found["one of two is private"]
    assert (row["age"], row["episodes"]) == ("51", "1")


def test_babies_and_unknown_ages_are_lost_to_age_and_nothing_else(warehouse):
    steps = {step["rule"]: int(step["lost"]) for step in table(warehouse, "waterfall")}
    assert (steps["age"], steps["emergency"], steps["private"], steps["cancer"]) == (4, 0, 0, 2)


def test_data_without_a_denervation_has_a_waterfall_of_nothing(tmp_path):
    warehouse = load(tmp_path, [episode("Ann", DAY, "V544")], "2023-04-01", "2024-03-31")
    steps = table(warehouse, "waterfall")
    assert [step["rule"] for step in steps][:2] == ["all", "age"]
    assert (len(steps), {(step["lost"], step["remaining"]) for step in steps}) == (10, {("0", "0")})


def test_an_age_band_holds_both_its_ends(tmp_path):
    ends = [19, 29, 30, 39, 40, 49, 50, 59, 60, 69, 70, 79, 80, 120]
    warehouse = load(tmp_path, [_edge(f"aged {age}", STARTAGE=str(age)) for age in ends], "2023-04-01", "2024-03-31")
    rows = measure(warehouse, "denervations", "--by", "england", "--split", "age_band")
    assert columns(rows, "age_band", "numerator") == [
        ("19-29", "2"), ("30-39", "2"), ("40-49", "2"), ("50-59", "2"), ("60-69", "2"), ("70-79", "2"), ("80+", "2")
    ]  # fmt: skip
