"""Every worked example of the definitions, through the real command line."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.make_hes import write_apc
from tests.worked import examples
from tests.worked.command import by_place, columns, load, measure, number, table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("volume"), examples.volume(), "2023-04-01", "2024-03-31")


@pytest.mark.parametrize(("cohort", "count"), [("ebi", "3"), ("lumbar", "5"), ("broad", "6")])
def test_the_twelve_rows_give_the_denervations_of_each_cohort(volume, cohort, count):
    (row,) = measure(volume, "denervations", "--by", "england", "--cohort", cohort)
    assert (row["place"], row["period"], row["numerator"], row["denominator"]) == ("E92", "2023/24", count, "")
    assert number(row["value"]) == int(count)


def test_the_lumbar_denervations_of_the_twelve_rows_by_provider(volume):
    assert by_place(measure(volume, "denervations", "--by", "provider")) == {"RTH": "3", "RTE": "1", "NT4": "1"}


def test_the_rows_table_marks_each_denervation_with_its_cohorts(volume):
    found = {row["person"]: row for row in table(volume, "denervations")}
    assert sorted(person for person, row in found.items() if row["ebi"] == "true") == ["P1", "P4", "P8"]
    assert sorted(found) == ["P1", "P2", "P4", "P5", "P7", "P8"]
    assert found["P7"]["lumbar"] == "false"
    assert (found["P1"]["episodes"], found["P1"]["levels"], found["P1"]["sides"]) == ("2", "2", "right")
    assert found["P1"]["image_control"] == "true"


def test_the_waterfall_of_the_twelve_rows(volume):
    steps = table(volume, "waterfall")
    assert [(step["rule"], int(step["remaining"])) for step in steps] == list(examples.WATERFALL.items())
    assert [int(step["lost"]) for step in steps] == [0, 1, 1, 1, 1, 0, 1, 1, 1, 0]


def test_patients_are_counted_once_each(volume):
    (row,) = measure(volume, "patients", "--by", "england")
    assert row["numerator"] == "5"


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    return table(load(tmp_path_factory.mktemp("staged"), examples.staged(), "2018-04-01", "2025-03-31"), "courses")


def test_right_left_right_right_are_three_courses(staged):
    mine = [row for row in staged if row["person"] == "STAGED"]
    assert columns(mine, "course_number", "start", "end", "sides", "denervations") == [
        ("1", "2021-01-15", "2021-02-26", "both", "2"),
        ("2", "2022-03-20", "2022-03-20", "right", "1"),
        ("3", "2022-04-10", "2022-04-10", "right", "1"),
    ]


def test_the_intervals_are_429_and_21_days(staged):
    mine = [row for row in staged if row["person"] == "STAGED" and row["is_repeat"] == "true"]
    assert columns(mine, "course_number", "interval_days", "interval_months", "same_side") == [
        ("2", "429", "14", "same"),
        ("3", "21", "0", "same"),
    ]


def test_months_are_calendar_months_with_month_ends_clamped(staged):
    repeats = [row for row in staged if row["is_repeat"] == "true" and row["person"] != "STAGED"]
    months = {row["person"]: row["interval_months"] for row in repeats}
    assert months == {"TENTH": "16", "NINTH": "15", "LAST": "16", "BEFORE LAST": "15"}


def test_the_incidence_of_repeat(tmp_path):
    apc, deaths = examples.time_to_repeat()
    warehouse = load(tmp_path, apc, "2015-04-01", "2021-03-31", deaths=deaths)
    for name, events, value in (("repeat_by_12_months", "10", 0.1667), ("repeat_by_24_months", "30", 0.5833)):
        (row,) = measure(warehouse, name, "--by", "england")
        assert (row["numerator"], row["denominator"]) == (events, "60")
        assert number(row["value"]) == pytest.approx(value, abs=5e-5)


def test_the_incidence_of_denervation_after_a_block(tmp_path):
    apc, deaths = examples.block_to_rfd()
    warehouse = load(tmp_path, apc, "2015-04-01", "2021-04-10", deaths=deaths)
    (row,) = measure(warehouse, "block_to_denervation_12_months", "--by", "england")
    assert (row["numerator"], row["denominator"]) == ("30", "80")
    assert number(row["value"]) == pytest.approx(0.4167, abs=5e-5)
    outcomes = columns(table(warehouse, "index_blocks"), "outcome", "days")
    assert {pair: outcomes.count(pair) for pair in set(outcomes)} == {
        ("rfd", "60"): 10, ("end", "90"): 10, ("rfd", "120"): 10, ("death", "150"): 10, ("rfd", "200"): 10,
        ("end", "365"): 30,
    }  # fmt: skip


def test_no_block_was_found_for_one_of_two_index_courses(tmp_path):
    warehouse = load(tmp_path, examples.blocks_before(), "2019-04-01", "2023-03-31")
    (row,) = measure(warehouse, "no_block_found", "--by", "england")
    assert (row["period"], row["numerator"], row["denominator"]) == ("2021/22", "1", "2")
    assert number(row["value"]) == 0.5
    assert columns(table(warehouse, "courses"), "person", "is_index", "blocks_before_24m", "days_since_block") == [
        ("A", "false", "0", ""),
        ("B", "true", "1", "92"),
        ("C", "true", "0", ""),
    ]


def test_the_two_courses_under_a_policy_of_16_months(tmp_path):
    warehouse = load(tmp_path, examples.adherence(), "2018-04-01", "2023-03-31")
    policy = ("--policy", "humber_north_yorkshire")
    states = {(row["course_number"], row["criterion"]): row["state"] for row in table(warehouse, "adherence", *policy)}
    for course, expected in examples.ADHERENCE.items():
        assert {name: states[course, name] for name in expected} == expected
        assert states[course, "conservative_care"] == ("not_assessable" if course == "1" else "not_applicable")
        assert states[course, "pain_score"] == "not_assessable"
    assert columns(measure(warehouse, "adherent", "--by", "england", *policy), "period", "numerator", "denominator") == [
        ("2021/22", "1", "1"),
        ("2022/23", "0", "1"),
    ]
    courses = columns(table(warehouse, "courses"), "course_number", "interval_days", "days_since_block")
    assert courses[0] == ("1", "", "98")
    assert courses[1][:2] == ("2", "448")


@pytest.mark.soak
def test_the_command_itself_loads_and_answers(tmp_path):
    file = write_apc(tmp_path / "apc.txt", examples.volume())
    command = [sys.executable, "-m", "dashboard"]
    options = ["--warehouse", str(tmp_path / "w")]
    loaded = subprocess.run([*command, "load", str(file), *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    asked = [*command, "measure", "denervations", "--by", "provider", "--profile", "exact", "--format", "csv"]
    found = subprocess.run([*asked, *options], cwd=ROOT, capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(io.StringIO(found.stdout.lstrip("\ufeff"))))
    assert by_place(rows) == {"RTH": "3", "RTE": "1", "NT4": "1"}
