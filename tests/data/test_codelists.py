"""The codelists and policies are what the definitions say, each row with its source and how sure we are of it."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.filters import DECLARED

DATA = Path(__file__).parent.parent.parent / "data"
FILES = sorted((DATA / "codelists").glob("*.csv"))
EXPECTED = {
    "rfd_lumbar": "V485",
    "rfd_unspecified_level": "V487",
    "rfd_broad": "V486",
    "rfd_broad_with_site": "V488 V489",
    "rfd_other_region": "V481 V482 V483 V484",
    "lumbar_site": "Z665 Z675 Z676 Z677 Z993",
    "other_spine_site": "Z663 Z664 Z671 Z672 Z673 Z674 Z991 Z992",
    "facet_block": "V544",
    "not_block": "A521 A522 A528 A529 A577",
    "side_both": "Z941",
    "side_right": "Z942",
    "side_left": "Z943",
    "levels_one": "V551",
    "levels_two": "V552",
    "levels_three_plus": "V553",
    "image_control": "Y53",
    "ebi_diagnosis": "M512 M518 M519 M545 M549",
    "ebi_position": "V485 V487",
    "ebi_site": "Z675 Z676 Z677 Z993",
    "cancer": "C D0 D37 D38 D39 D40 D41 D42 D43 D44 D45 D46 D47 D48",
    "conservative_care_specialty": "191 650 651 656 713",
}
POLICIES = {
    "reference": ("", "2016-11-30", "", "1", "24", "12", "0", "", "90"),
    "humber_north_yorkshire": ("QOQ", "2022-07-01", "", "1", "6", "16", "1", "", "90"),
    "norfolk_waveney": ("", "2022-01-25", "", "1", "24", "12", "0", "", "90"),
    "greater_manchester": ("QOP", "2019-04-01", "", "2", "24", "", "0", "", "90"),
}
LEADING = ("commissioner", "effective_from", "effective_to")
PARAMETERS = ("min_blocks", "block_lookback_months", "repeat_min_months", "repeat_needs_new_block", "max_levels", "staged_days")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_codelists_are_those_of_the_definitions_and_no_others():
    assert {path.stem for path in FILES} == set(EXPECTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_codelist_holds_exactly_the_codes_of_the_definitions(path):
    assert sorted(row["code"] for row in rows(path)) == EXPECTED[path.stem].split()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_code_is_written_as_cleaned_codes_are_and_names_its_own_list(path):
    assert all(re.fullmatch(r"[A-Z0-9]{1,4}", row["code"]) and row["list"] == path.stem for row in rows(path))


@pytest.mark.parametrize("path", [*FILES, DATA / "policies.csv"], ids=lambda path: path.stem)
def test_every_row_has_a_title_a_source_and_a_tag(path):
    assert all(row["title"] and row["source"] and row["tag"] in {"S", "I", "R"} for row in rows(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_code_of_a_list_begins_another_so_that_none_matches_twice(path):
    codes = [row["code"] for row in rows(path)]
    assert not [(one, other) for one in codes for other in codes if one is not other and other.startswith(one)]


def test_a_site_is_lumbar_or_elsewhere_in_the_spine_but_not_both():
    lumbar, elsewhere = (rows(DATA / "codelists" / f"{name}.csv") for name in ("lumbar_site", "other_spine_site"))
    assert not {row["code"] for row in lumbar} & {row["code"] for row in elsewhere}


def test_every_site_that_ebi_accepts_is_lumbar():
    ebi, lumbar = (rows(DATA / "codelists" / f"{name}.csv") for name in ("ebi_site", "lumbar_site"))
    assert {row["code"] for row in ebi} < {row["code"] for row in lumbar}


def test_the_policies_of_the_definitions_ask_what_those_say():
    found = {row["policy"]: tuple(row[column] for column in (*LEADING, *PARAMETERS)) for row in rows(DATA / "policies.csv")}
    assert found | POLICIES == found


def test_a_policy_asks_for_a_stop_that_the_facts_are_there_for():
    offered = {name: {str(one) for one in DECLARED[name].options if type(one) is int} for name in PARAMETERS}
    offered |= {"repeat_needs_new_block": {"0", "1"}}
    asked = [(row["policy"], name, row[name]) for row in rows(DATA / "policies.csv") for name in PARAMETERS if row[name]]
    assert [one for one in asked if one[2] not in offered[one[1]]] == []


def test_a_policy_begins_on_a_day_and_ends_on_none_before():
    for row in rows(DATA / "policies.csv"):
        begins = date.fromisoformat(row["effective_from"])
        assert not row["effective_to"] or date.fromisoformat(row["effective_to"]) >= begins


def test_a_policy_with_a_commissioner_names_an_icb_of_today():
    known = {row["code"] for row in rows(DATA / "reference" / "commissioners.csv")}
    assert {row["commissioner"] for row in rows(DATA / "policies.csv")} - {""} <= known
