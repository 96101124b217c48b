"""Publish in a process that dies at its n-th touch of the warehouse; run as a program, with nothing but the standard library loaded.

Prints one line per point: the point, how often it was tried, how often the old and the new version were served afterwards.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from dashboard import versions

ROUNDS = 20
# many small files are made durable here: where there is a disk in memory, there
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None


def die_at(point: int, folder: Path) -> None:
    """From now on, be killed just before the n-th file operation inside a folder."""
    seen = 0

    def hook(event: str, given: tuple) -> None:
        nonlocal seen
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "shutil.move") and str(folder) in str(given[0]):
            seen += 1
            if seen == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def publish(warehouse: Path, version: str, content: bytes) -> None:
    """Everything from a built file to a version in force."""
    with versions.locked(warehouse):
        scratch = warehouse / "loading-x"
        scratch.mkdir(exist_ok=True)
        versions.clear_leftovers(warehouse, keep=scratch)
        built = scratch / "version.duckdb"
        built.write_bytes(content)
        versions.put_in_place(warehouse, version, built)
        versions.point(warehouse, version)
        versions.prune(warehouse)
        shutil.rmtree(scratch)


def tried(warehouse: Path, version: str, content: bytes, point: int) -> bool:
    """Publish in a child that dies at a point; whether it died."""
    child = os.fork()
    if not child:
        die_at(point, warehouse)
        publish(warehouse, version, content)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as name:
        for old in ("1", "2", "3"):
            publish(Path(name, "begun"), old, old.encode() * 1000)
        try_every_point(Path(name))


def try_every_point(folder: Path) -> None:
    """Die at each point of a publication in turn, until there is none left to die at."""
    point, died = 0, True
    while died:
        point += 1
        served = {"old": 0, "new": 0}
        for attempt in range(ROUNDS):
            warehouse = folder / f"{point}-{attempt}"
            shutil.copytree(folder / "begun", warehouse)
            died = tried(warehouse, "4", b"4" * 1000, point)
            version, banner = versions.to_serve(warehouse)
            assert version in ("3", "4") and banner is None, (point, attempt, version, banner)
            assert versions.path_of(warehouse, version).read_bytes() == version.encode() * 1000
            served["old" if version == "3" else "new"] += 1
            publish(warehouse, "5", b"5" * 1000)
            assert versions.to_serve(warehouse) == ("5", None)
            assert not list(warehouse.glob("loading-*")) and not list((warehouse / "versions").glob("*.building"))
            assert len(versions.listed(warehouse)) == versions.KEPT
            shutil.rmtree(warehouse)
        print(json.dumps({"point": point, "died": died, "tried": ROUNDS} | served), flush=True)


if __name__ == "__main__":
    main()
