"""A newer extract of a year replaces it; an older one does not; the same twice is nothing new."""

import shutil

import pytest

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


def test_a_dry_run_says_everything_and_changes_nothing(begun):
    before = begun.current(), sorted(begun.warehouse.rglob("*"))
    status, out, _ = begun.load(year(2022, 22, last="2023-03-30"), "--dry-run")
    assert status == 0 and "dry run: nothing was published" in out
    assert "Denervations: 20 → 22 in 2022/23" in out
    assert (begun.current(), sorted(begun.warehouse.rglob("*"))) == before
