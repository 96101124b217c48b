"""Sessions while the pointer moves: two versions put in force in turn, as `rfd publish` does, and no page may tell of both."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pandas as pd

from dashboard import versions
from dashboard.bench.served import dashboard
from dashboard.bench.sessions import crowd, row

EVERY = 5.0


def moving(folder: Path, seconds: float, number: int = 20) -> pd.DataFrame:
    """One row with the pointer at rest, one with it moving every five seconds: changes, their median and 95%, errors, moves, MB."""
    rows = []
    with twice(folder) as warehouse, dashboard(warehouse) as server:
        for name, every in (("at rest", None), ("moving", EVERY)):
            before = server.processor_seconds()
            taken, errors, most, moves = asyncio.run(_crowd_and_moves(server, warehouse, number, seconds, every))
            told = row(number, taken, errors, server.processor_seconds() - before)
            rows.append({"pointer": name, "moves": moves} | told | {"mb": round(most)})
    return pd.DataFrame(rows)


async def _crowd_and_moves(server, warehouse: Path, number: int, seconds: float, every: float | None) -> tuple:
    moved: list[str] = []
    mover = asyncio.create_task(_move(warehouse, every, moved))
    told = await crowd(server, number, seconds, seed=number)
    mover.cancel()
    return *told, len(moved)


async def _move(warehouse: Path, every: float | None, moved: list[str]) -> None:
    """Put each version in force in turn, for as long as it is let."""
    for version in cycle(versions.listed(warehouse)):
        if every is None:
            return
        await asyncio.sleep(every)
        with versions.locked(warehouse):
            await asyncio.to_thread(versions.point, warehouse, version)
        moved.append(version)


@contextmanager
def twice(folder: Path) -> Iterator[Path]:
    """A copy of a warehouse with two versions: its last two, or its only one under two names."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "warehouse"
        versions.folder_of(copy).mkdir(parents=True)
        shutil.copy(folder / "CURRENT", copy)
        kept = versions.listed(folder)[-2:]
        for version, name in zip((kept * 2)[:2], (*kept, f"{kept[-1]}-again")[:2], strict=True):
            for suffix in (".duckdb", ".sha256"):
                shutil.copy(
                    versions.path_of(folder, version).with_suffix(suffix), versions.path_of(copy, name).with_suffix(suffix)
                )
        yield copy
