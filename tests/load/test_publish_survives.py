"""Whatever happens while a version is published, the one served is whole: the old one or the new one."""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from dashboard import versions
from dashboard.ask import Ask
from dashboard.errors import Refused, Stopped
from dashboard.filters import Filters
from dashboard.metrics.volumes import DENERVATIONS
from dashboard.publish.run import verifier, verify
from dashboard.warehouse import Warehouse
from tests.load.faults import FAULTS
from tests.load.test_refresh import year
from tests.make_hes import write_apc
from tests.worked.command import run, table

ROOT = Path(__file__).parents[2]
LOAD = "import sys; from dashboard.cli import main; sys.exit(main(sys.argv[1:]))"
DYING = "from tests.load.crash import die_at; from pathlib import Path; import sys; die_at(int(sys.argv.pop(1)), Path(sys.argv.pop(1))); "


def test_a_publisher_killed_at_any_point_leaves_the_old_version_or_the_new(tmp_path):
    done = subprocess.run([sys.executable, "-m", "tests.load.crash"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    points = [json.loads(line) for line in done.stdout.splitlines()]
    assert len([one for one in points if one["died"]]) >= 8
    assert points[0]["old"] == 20 and points[-1]["new"] == 20
    assert not points[-1]["died"]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A warehouse of two versions, the second in force."""
    folder = tmp_path_factory.mktemp("original")
    for count in (20, 22):
        hes = write_apc(folder / f"{count}.txt", year(2022, count, last=f"2023-03-{count + 5}"))
        status, _, err = run("load", hes, "--warehouse", folder / "warehouse")
        assert status == 0, err
    return folder / "warehouse"


@pytest.fixture
def warehouse(original, tmp_path):
    shutil.copytree(original, tmp_path / "warehouse")
    versions.file_sum.cache_clear()
    return tmp_path / "warehouse"


def people(warehouse: Path) -> int:
    return len(table(warehouse, "denervations"))


def begin(warehouse: Path, code: str, *words, **options) -> subprocess.CompletedProcess:
    """Load a third extract in a process of its own."""
    hes = write_apc(warehouse.parent / "next.txt", year(2022, 23, last="2023-03-29"))
    command = [sys.executable, "-c", code, *map(str, words), "load", hes, "--warehouse", warehouse]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


@pytest.mark.soak
@pytest.mark.parametrize("point", [12, 28])
def test_a_whole_load_killed_on_the_way_changes_nothing_and_the_next_one_works(warehouse, point):
    done = begin(warehouse, DYING + LOAD, point, warehouse)
    assert done.returncode == -9, done.stderr
    assert people(warehouse) in (22, 23)
    done = begin(warehouse, LOAD)
    assert done.returncode == 0, done.stderr
    assert people(warehouse) == 23
    assert not list(warehouse.glob("loading-*"))


@pytest.mark.soak
@pytest.mark.parametrize("room", [1_000, 1_000_000])
def test_a_full_disk_is_told_and_changes_nothing(warehouse, room):
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))  # noqa: E731
    done = begin(warehouse, LOAD, preexec_fn=limit)
    assert done.returncode in (1, 3), done.stderr
    assert "Nothing was published" in done.stderr and "Traceback" not in done.stderr
    assert people(warehouse) == 22


def test_a_second_publisher_is_told_to_wait(warehouse):
    with versions.locked(warehouse):
        done = begin(warehouse, LOAD)
    assert done.returncode == 2 and "another load is publishing" in done.stderr
    assert people(warehouse) == 22


WRONG = {
    "each denervation is in one course": "delete from courses",
    "unaccounted files": "update sources set rows_loaded = rows_read + 1",
    "index_blocks": "drop table index_blocks",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_built_version_that_is_wrong_is_found_before_it_is_served(warehouse, words):
    built = versions.path_of(warehouse, versions.listed(warehouse)[0])
    with duckdb.connect(str(built)) as version:
        version.sql(WRONG[words])
    with verifier() as waiting, pytest.raises(Stopped, match=words):
        verify(built, waiting)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(0, 0))


HARM = {
    "a flipped byte": lambda warehouse, version: flip(versions.path_of(warehouse, version)),
    "a truncated file": lambda warehouse, version: os.truncate(versions.path_of(warehouse, version), 5000),
    "a file that is gone": lambda warehouse, version: versions.path_of(warehouse, version).unlink(),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_version_is_replaced_by_the_one_before_with_a_banner(warehouse, harm):
    HARM[harm](warehouse, versions.read_pointer(warehouse)["version"])
    assert people(warehouse) == 20
    assert "is damaged" in Warehouse(warehouse).banner


def test_a_version_that_is_put_back_is_served_again_by_who_served_the_one_before(warehouse):
    version = versions.read_pointer(warehouse)["version"]
    path = versions.path_of(warehouse, version)
    kept = path.read_bytes()
    flip(path)
    served = Warehouse(warehouse)
    assert served.version != version
    path.write_bytes(kept)
    served.refresh()
    assert (served.version, served.banner) == (version, None)


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_older_version_is_in_no_list_and_answers_nothing(warehouse, harm):
    older, current = versions.listed(warehouse)
    served = Warehouse(warehouse)
    HARM[harm](warehouse, older)
    assert [one["version"] for one in Ask(served).versions()] == [current]
    with pytest.raises(Refused, match="no longer kept"):
        Ask(served, Filters(version=older)).counts(DENERVATIONS)


def test_a_version_removed_while_it_is_asked_is_no_longer_kept(warehouse):
    older, _ = versions.listed(warehouse)
    path = versions.path_of(warehouse, older)
    path.write_bytes(b"no database")  # sound by its sum, and yet it cannot be opened, as one that went a moment ago
    path.with_suffix(".sha256").write_text(hashlib.sha256(b"no database").hexdigest())
    with pytest.raises(Refused, match="no longer kept"):
        Ask(Warehouse(warehouse), Filters(version=older)).counts(DENERVATIONS)


def test_a_pointer_with_another_sum_serves_the_newest_sound_version_with_a_banner(warehouse):
    pointer = versions.read_pointer(warehouse)
    (warehouse / "CURRENT").write_text(json.dumps(pointer | {"sha256": "0" * 64}))
    assert people(warehouse) == 22
    assert "pointer" in Warehouse(warehouse).banner


def test_a_load_beside_a_damaged_older_version_is_published_and_said_so(warehouse):
    os.truncate(versions.path_of(warehouse, versions.listed(warehouse)[0]), 5000)
    done = begin(warehouse, LOAD)
    assert done.returncode == 0 and "published" in done.stdout, done.stderr
    assert people(warehouse) == 23


@pytest.mark.parametrize("harm", HARM)
def test_a_load_does_not_go_on_from_an_older_version_than_the_one_in_force_unless_told_to(warehouse, harm):
    older, current = versions.listed(warehouse)
    HARM[harm](warehouse, current)
    done = begin(warehouse, LOAD)
    assert done.returncode == 2 and f"rfd publish {older}" in done.stderr, done.stderr
    assert people(warehouse) == 20
    assert run("publish", older, "--warehouse", warehouse)[0] == 0
    assert begin(warehouse, LOAD).returncode == 0
    assert people(warehouse) == 23


def test_a_load_where_no_version_is_whole_begins_anew_and_says_so(warehouse):
    for version in versions.listed(warehouse):
        HARM["a flipped byte"](warehouse, version)
    done = begin(warehouse, LOAD)
    assert done.returncode == 0 and "nothing else" in done.stdout, done.stdout + done.stderr
    assert people(warehouse) == 23


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"version": 3}', '{"version": "none", "sha256": "x"}'])
def test_a_pointer_that_is_gone_or_garbled_serves_the_newest_sound_version_with_a_banner(warehouse, content):
    if content is None:
        (warehouse / "CURRENT").unlink()
    else:
        (warehouse / "CURRENT").write_text(content)
    assert people(warehouse) == 22
    assert Warehouse(warehouse).banner


def test_an_analyst_goes_back_to_a_kept_version_and_loads_on_from_it(warehouse):
    first, second = versions.listed(warehouse)
    assert run("publish", first, "--warehouse", warehouse)[0] == 0
    assert people(warehouse) == 20
    assert run("publish", "none", "--warehouse", warehouse)[0] == 2
    flip(versions.path_of(warehouse, second))
    status, _, err = run("publish", second, "--warehouse", warehouse)
    assert status == 2 and "damaged" in err


def test_readers_see_whole_versions_while_the_pointer_moves(warehouse):
    first, second = versions.listed(warehouse)
    served, seen, wrong = Warehouse(warehouse), set(), []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                served.refresh()
                ask = Ask(served, profile="exact")
                counts, patients = (ask.counts(DENERVATIONS, by=by, period="all").frame for by in ("england", "provider"))
                seen.add((ask.version.name, int(counts["value"].sum()), int(patients["value"].sum())))
            except Exception as error:  # any error at all is what this test looks for
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(20):
        for version in (first, second):
            versions.point(warehouse, version)
            threading.Event().wait(0.02)
    ended.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert seen and seen <= {(first, 20, 20), (second, 22, 22)}


def test_the_page_lists_each_test_of_a_fault():
    assert {test for *_, test in FAULTS} == {name for name in globals() if name.startswith("test_")} - {
        "test_the_page_lists_each_test_of_a_fault"
    }
