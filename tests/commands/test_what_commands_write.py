import csv
import io
import json
import re
import signal
import zipfile
from pathlib import Path

import pytest

from dashboard.metrics import METRICS
from tests import make_hes
from tests.worked.command import run


def rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_exported_zip_holds_the_released_answer_and_what_it_is(demo_warehouse, tmp_path):
    asked = ("denervations", "--by", "region", "--period", "year", "--warehouse", demo_warehouse)
    status, out, err = run("export", *asked, "--out", tmp_path / "answer.zip")
    assert (status, out.strip()) == (0, str(tmp_path / "answer.zip")), err
    with zipfile.ZipFile(tmp_path / "answer.zip") as archive:
        data = rows(archive.read("data.csv").decode("utf-8-sig"))
        assert json.loads(archive.read("metadata.json"))["measure"] == "denervations"
    answer = rows(run("measure", *asked, "--format", "csv")[1])
    assert [(row["place"], row["period"], row["value"]) for row in data] == [
        (row["place"], row["period"], row["value"]) for row in answer
    ]


def test_exact_numbers_are_not_exported(demo_warehouse, tmp_path):
    target = tmp_path / "answer.zip"
    status, _, err = run("export", "denervations", "--profile", "exact", "--warehouse", demo_warehouse, "--out", target)
    assert status == 2
    assert "released numbers" in err
    assert not target.exists()


def test_a_day_is_an_iso_date_in_every_format(demo_warehouse):
    csv_rows = rows(run("rows", "courses", "--warehouse", demo_warehouse, "--format", "csv")[1])
    json_rows = json.loads(run("rows", "courses", "--warehouse", demo_warehouse, "--format", "json")[1])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", csv_rows[0]["start"])
    assert [row["start"] for row in json_rows] == [row["start"] for row in csv_rows]


def test_a_curve_names_its_measure_and_has_the_places_asked_for_alone(demo_warehouse):
    asked = ("--by", "region", "--place", "Y56", "--profile", "exact", "--warehouse", demo_warehouse, "--format", "csv")
    status, out, err = run("curve", "repeat_by_12_months", *asked)
    assert status == 0, err
    found = rows(out)
    assert list(found[0])[:6] == ["measure", "place_type", "place", "place_name", "period", "months"]
    assert {(row["measure"], row["place"]) for row in found} == {("repeat_by_12_months", "Y56")}


@pytest.mark.parametrize(("option", "year"), [("--from", "2019"), ("--to", "2019/21"), ("--from", "banana")])
def test_a_year_that_is_none_is_bad_usage_and_never_an_empty_answer(demo_warehouse, option, year):
    status, out, err = run("measure", "denervations", option, year, "--warehouse", demo_warehouse)
    assert (status, out) == (2, "")
    assert f"{option} {year}" in err


def test_years_from_the_later_to_the_earlier_are_bad_usage_and_never_an_empty_answer(demo_warehouse):
    status, out, err = run("measure", "denervations", "--from", "2021/22", "--to", "2018/19", "--warehouse", demo_warehouse)
    assert (status, out) == (2, "")
    assert "--from 2021/22 is after --to 2018/19" in err


@pytest.mark.parametrize("command", ["export denervations", "demo --from 2012 --to 2012 --scale 0.01", "report --provider ZA1"])
def test_what_cannot_be_written_where_it_is_wanted_is_bad_usage_and_names_the_place(demo_warehouse, tmp_path, command):
    (tmp_path / "file").write_text("in the way")
    target = tmp_path / "file" / "answer"
    status, out, err = run(*command.split(), "--warehouse", demo_warehouse, "--out", target)
    assert (status, out) == (2, "")
    assert str(target) in err


@pytest.mark.parametrize("command", ["load {hes}", "publish 20230101-000000-00000000"])
def test_a_warehouse_that_cannot_be_made_is_bad_usage_and_named(tmp_path, command):
    hes = make_hes.write_apc(tmp_path / "hes.txt", [make_hes.episode("Ann", "2023-05-10", "V485")])
    status, out, err = run(*command.format(hes=hes).split(), "--warehouse", hes / "warehouse")
    assert (status, out) == (2, "")
    assert str(hes / "warehouse") in err


@pytest.mark.parametrize("day", ["2021-13-01", "01/04/2021", "yesterday"])
def test_a_day_that_is_none_is_bad_usage_and_says_how_a_day_is_written(tmp_path, day):
    status, _, err = run("load", tmp_path / "hes.txt", "--data-end", day, "--warehouse", tmp_path)
    assert status == 2
    assert f"--data-end: {day}: a day is written like 2024-03-31" in err


def test_a_command_stopped_from_the_keyboard_says_so_without_a_traceback(tmp_path):
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)  # Ctrl-C, while the files are written
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        status, _, err = run("demo", "--out", tmp_path, "--scale", "9")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert status == 130
    assert err.splitlines() == ["rfd demo: stopped from the keyboard."]


def test_a_place_that_is_not_there_is_told(demo_warehouse):
    asked = ("measure", "blocks", "--by", "region", "--warehouse", demo_warehouse, "--place")
    assert "no such region" in run(*asked, "Y99")[2]
    assert "no such region" not in run(*asked, "Y56")[2]


def test_every_layout_is_listed():
    listed = {row["layout"] for row in rows(run("layouts", "--format", "csv")[1])}
    assert listed == {path.stem for path in Path("data/layouts").glob("*.toml")} - {"hes"}


def test_a_file_shows_how_its_columns_were_matched(tmp_path):
    path = make_hes.write_apc(tmp_path / "HES.txt", [make_hes.episode("Ann", "2020-05-01", "V485")])
    status, out, err = run("layouts", path, "--format", "csv")
    assert status == 0, err
    matched = {row["ours"]: row["columns"] for row in rows(out)}
    assert matched["person"].startswith("TOKEN_PERSON_ID")
    assert matched["procedures"].startswith("OPERTN_01 … ")


def test_a_file_that_no_layout_fits_is_refused_by_name(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    status, _, err = run("layouts", path)
    assert status == 2
    assert "other.csv, line 1" in err


@pytest.mark.soak
@pytest.mark.parametrize("style", ["csv", "json", "table"])
def test_the_benchmark_times_every_measure(demo_warehouse, style):
    status, out, err = run("bench", "--times", "1", "--warehouse", demo_warehouse, "--format", style)
    assert status == 0, err
    assert all(name in out for name in METRICS)
