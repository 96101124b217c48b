"""A newer extract of a year replaces it; an older one does not; the same twice is nothing new."""

import re
import shutil

import pytest

from dashboard.warehouse import Warehouse
from tests.make_hes import episode, write_apc
from tests.worked.command import run, table


def year(first: int, count: int, *, last: str = "") -> list[dict[str, str]]:
    """Denervations of one financial year, one person each, the last on a given day."""
    days = [f"{first}-{4 + n % 9:02d}-{10 + n % 15:02d}" for n in range(count)]
    return [episode(f"{first}-{n}", last if last and n == count - 1 else day, "V485") for n, day in enumerate(days)]


class Folder:
    """A warehouse and what is loaded into it, one load after the other."""

    def __init__(self, path):
        self.path, self.warehouse, self.number = path, path / "warehouse", 0

    def load(self, rows, *options) -> tuple[int, str, str]:
        self.number += 1
        return run("load", write_apc(self.path / f"{self.number}.txt", rows), "--warehouse", self.warehouse, *options)

    def people(self) -> int:
        return len(table(self.warehouse, "denervations"))

    def current(self) -> str:
        return (self.warehouse / "CURRENT").read_text()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture(scope="module")
def twenty(tmp_path_factory):
    """A warehouse that holds twenty denervations of 2022/23, the last on 30 March."""
    begun = Folder(tmp_path_factory.mktemp("twenty"))
    assert begun.load(year(2022, 20, last="2023-03-30"))[0] == 0
    return begun.warehouse


@pytest.fixture
def begun(twenty, folder):
    """A copy of it to load into."""
    shutil.copytree(twenty, folder.warehouse)
    return folder


@pytest.mark.soak
def test_a_newer_extract_of_a_year_replaces_that_year_and_no_other(folder):
    assert folder.load(year(2021, 20) + year(2022, 20))[0] == 0
    assert folder.load(year(2022, 22, last="2023-03-30"))[0] == 0
    assert folder.people() == 20 + 22


def test_the_same_file_again_is_nothing_new(begun):
    before = begun.current()
    status, out, _ = begun.load(year(2022, 20, last="2023-03-30"))
    assert status == 0 and "nothing to do" in out
    assert begun.current() == before


@pytest.mark.soak
def test_the_same_file_twice_in_one_load_is_read_once_and_told(folder):
    twins = [write_apc(folder.path / name, year(2022, 20)) for name in ("one.txt", "two.txt")]
    status, out, _ = run("load", *twins, "--warehouse", folder.warehouse)
    assert status == 0 and "the same bytes as" in out
    assert folder.people() == 20


def test_an_extract_that_goes_back_is_refused_unless_forced(begun):
    before = begun.current()
    status, _, err = begun.load(year(2022, 20, last="2023-02-27"))
    assert status == 2 and "--force older" in err
    assert begun.current() == before
    assert begun.load(year(2022, 20, last="2023-02-26"), "--force", "older")[0] == 0


def test_a_provisional_extract_never_replaces_a_final_one(begun):
    status, _, err = begun.load(year(2022, 21, last="2023-03-30"), "--status", "provisional")
    assert status == 2 and "final" in err


@pytest.mark.soak
def test_a_final_extract_replaces_a_provisional_one(folder):
    folder.load(year(2022, 20), "--status", "provisional")
    assert folder.load(year(2022, 40, last="2023-03-30"))[0] == 0
    assert folder.people() == 40


def test_a_year_that_changes_by_more_than_a_fifth_stops_the_load(begun):
    before = begun.current()
    status, _, err = begun.load(year(2022, 30, last="2023-03-30"))
    assert status == 3 and "from 20 to 30 rows" in err and "--force year-changed" in err
    assert begun.current() == before


def test_a_national_measure_that_moves_too_far_stops_the_load_and_forced_is_reported(folder):
    other = [row | {"OPERTN_01": "W371"} for row in year(2022, 300)]
    folder.load(year(2022, 300))
    status, _, err = folder.load([*year(2022, 300, last="2023-03-30")[150:], *other[:150]])
    assert status == 3 and "denervations of England in 2022/23 would move from 300 to 150 (50%)" in err
    status, out, err = folder.load([*year(2022, 300, last="2023-03-30")[150:], *other[:150]], "--force", "measure-moved")
    assert status == 0, err
    assert "measure-moved: accepted by --force" in out
    assert "Denervations: 300 → 150 in 2022/23" in out
    assert "codes found  V485: 150 mentions" in out


def test_a_dry_run_says_everything_and_changes_nothing(begun):
    before = begun.current(), sorted(begun.warehouse.rglob("*"))
    status, out, _ = begun.load(year(2022, 22, last="2023-03-30"), "--dry-run")
    assert status == 0 and "dry run: nothing was published" in out
    assert "Denervations: 20 → 22 in 2022/23" in out
    assert (begun.current(), sorted(begun.warehouse.rglob("*"))) == before


def test_a_file_whose_year_another_has_replaced_is_no_longer_loaded(folder):
    first = [write_apc(folder.path / f"{one}.txt", year(one, 20)) for one in (2021, 2022)]
    assert run("load", *first, "--warehouse", folder.warehouse)[0] == 0
    assert folder.load(year(2022, 22, last="2023-03-30"))[0] == 0
    status, out, err = run("load", first[1], "--warehouse", folder.warehouse)
    assert status == 2 and "older extract" in err, out


def test_a_deaths_file_comes_after_the_episodes_and_nothing_else_changes(begun):
    deaths = begun.path / "deaths.csv"
    deaths.write_text("PATIENT_ID,DEATH_DATE\n2022-1,2023-03-01\n", encoding="utf-8")
    status, out, err = run("load", "--deaths", deaths, "--warehouse", begun.warehouse)
    assert status == 0, err
    assert "Denervations: 20 → 20" in out and begun.people() == 20


def test_days_that_end_before_they_start_are_refused(begun):
    days = ["--data-start", "2023-01-02", "--data-end", "2023-01-01"]
    status, _, err = begun.load(year(2022, 20, last="2023-03-31"), *days)
    assert status == 2 and "--data-start 2023-01-02 is after the last day of data, 2023-01-01" in err


@pytest.mark.parametrize("harm", ["gone", "changed", "garbled"])
def test_kept_rows_that_are_gone_or_damaged_are_never_built_from(begun, harm):
    before, kept = begun.current(), next((begun.warehouse / "staging").iterdir())
    path = kept / ("batch.json" if harm == "garbled" else "staged_episodes.parquet")
    path.unlink() if harm == "gone" else path.write_bytes(path.read_bytes()[:-1])
    status, _, err = begun.load(year(2021, 20))
    assert status == 2 and "staged rows of an earlier load are gone or damaged" in err
    assert begun.current() == before


def test_a_column_that_is_not_there_is_told_with_what_follows_from_it(folder):
    hes = write_apc(folder.path / "hes.txt", year(2022, 20), without=("STARTAGE", "EPIKEY"))
    status, out, err = run("load", hes, "--warehouse", folder.warehouse, "--dry-run")
    assert status == 0, err
    assert "no column for startage: no age is known, and no row passes the age rule" in out
    assert "no column for epikey: copies of a record cannot be told" in out


def test_real_rows_do_not_stand_beside_a_demos_unless_that_is_meant_and_then_they_do_not_pass_for_made_up(begun):
    before = begun.current()
    invented = [row | {"PROCODE3": "ZA1"} for row in year(2023, 20)]
    status, _, err = begun.load(invented)
    assert status == 3 and "a warehouse of its own" in err and "--force made-up" in err
    assert begun.current() == before
    assert begun.load(invented, "--force", "made-up")[0] == 0
    assert begun.people() == 40
    assert Warehouse(begun.warehouse).about["synthetic"] == "false"


def test_a_demos_rows_are_made_up_alone_and_beside_an_artificial_file(folder):
    assert folder.load([row | {"PROCODE3": "ZA1"} for row in year(2023, 20)])[0] == 0
    assert Warehouse(folder.warehouse).about["synthetic"] == "true"
    names = {"TOKEN_PERSON_ID": "PSEUDO_HESID", "DIAG_20": "OPERTN_4_CONCAT"}  # by which artificial HES is known
    artificial = write_apc(folder.path / "artificial.txt", year(2021, 3))
    artificial.write_text(re.sub("|".join(names), lambda found: names[found[0]], artificial.read_text()))
    assert run("load", artificial, "--warehouse", folder.warehouse)[0] == 0
    assert folder.people() == 20 + 3
    assert Warehouse(folder.warehouse).about["synthetic"] == "true"
