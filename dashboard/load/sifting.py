"""A file sifted before it is parsed: the lines to be read in full, and counts of all the rest.

A record number that comes twice matters wherever it comes, so the numbers of idle rows are kept aside (eight bytes a row) until all
files of a load are sifted; rows that share one are then looked at again.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dashboard.load.blocks import Block, blocks
from dashboard.load.files import TextFile
from dashboard.load.idle import BLANK, IDLE, KEPT, ODD
from dashboard.load.sieve import Looked, Plan, looked_at
from dashboard.load.tally import Counted, Tally


@dataclass
class Sifted:
    """What sifting a file left in a folder: `kept.txt` with `kept.lines`, `YEAR.keys`; and where the keys of each block came from."""

    folder: Path
    kept: int = 0
    idle: int = 0
    blanks: list[int] = field(default_factory=list)
    blocks: list[tuple[int, int, int]] = field(default_factory=list)
    years: list[dict[int, int]] = field(default_factory=list)

    def keys(self, year: int) -> np.ndarray:
        """The record numbers of a year's idle rows, in the order of the file."""
        path = self.folder / f"{year}.keys"
        return np.memmap(path, "<u8", "r") if path.exists() else np.zeros(0, "u8")

    def numbers(self, name: str) -> np.ndarray:
        """The physical numbers of the lines of `kept.txt`, or of `again.txt`."""
        return np.fromfile(self.folder / f"{name}.lines", "<i8")


class Lines:
    """Two files of a folder that some lines of another, and their numbers, are written to."""

    def __init__(self, folder: Path, name: str):
        self._text, self._numbers, self.rows = (folder / f"{name}.txt").open("wb"), (folder / f"{name}.lines").open("wb"), 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._text.close()
        self._numbers.close()

    def write(self, looked: Looked, which: np.ndarray) -> None:
        """Add some lines of a block, ending in LF alone: DuckDB stops at a file that has both ends."""
        self._text.write(looked.text(which).replace(b"\r\n", b"\n"))
        self._numbers.write((looked.block.line + which).astype("<i8").tobytes())
        self.rows += len(which)


def sift(file: TextFile, plan: Plan, folder: Path, watch) -> Sifted | None:
    """Sift a file into a folder, `watch` seeing all its bytes; None when nothing can be told of most of its first lines."""
    folder.mkdir(parents=True)
    sifted, tally = Sifted(folder), Tally()
    with Lines(folder, "kept") as kept:
        for looked in every(blocks(file.path, file.first_line, begin_of(file), watch), plan):
            if not sifted.blocks and looked.mostly_odd:
                return None
            tally.add(looked.lines)
            idle = looked.those(IDLE)
            kept.write(looked, looked.those(KEPT, ODD))
            sifted.idle += len(idle)
            sifted.blanks += (looked.block.line + looked.those(BLANK)).tolist()
            keys = keys_of(looked.lines[idle])
            append_keys(folder, keys)
            sifted.blocks.append((looked.block.offset, looked.block.line, len(looked.block.text)))
            sifted.years.append({year: len(some) for year, some in keys.items()})
        sifted.kept = kept.rows
    tally.counted().keep(folder / "counts.json")
    return sifted


def begin_of(file: TextFile) -> int:
    """Where a file's first row begins."""
    with file.path.open("rb") as stream:
        for _ in range(file.first_line - 1):
            stream.readline()
        return stream.tell()


def every(some: Iterable[Block], plan: Plan) -> Iterator[Looked]:
    """Each block looked at, in order; as many at one time as there are processors."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque = deque()
        for block in some:
            waiting.append(pool.submit(looked_at, block, plan))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()


def keys_of(lines: np.ndarray) -> dict[int, np.ndarray]:
    """The record numbers of some idle lines, by year."""
    years = lines["year"]
    return {year: lines["key"][years == year] for year in np.flatnonzero(np.bincount(years)).tolist()}


def append_keys(folder: Path, keys: dict[int, np.ndarray]) -> None:
    """Keep the record numbers of idle rows, a file for each year."""
    for year, some in keys.items():
        with (folder / f"{year}.keys").open("ab") as stream:
            stream.write(some.astype("<u8").tobytes())


def look_again(file: TextFile, plan: Plan, sifted: Sifted, known: dict[int, np.ndarray]) -> tuple[int, Counted]:
    """Write the idle rows with a known record number as `again.txt`; return how many these are, and the counts without them."""
    taken = Tally()
    with Lines(sifted.folder, "again") as again:
        for looked in every(touched(file, sifted, known), plan):
            idle = looked.those(IDLE)
            lines = looked.lines[idle]
            some = np.zeros(len(idle), bool)
            for year, keys in known.items():
                some |= (lines["year"] == year) & np.isin(lines["key"], keys)
            taken.add(lines[some])
            again.write(looked, idle[some])
        return again.rows, Counted.kept(sifted.folder / "counts.json").without(taken.counted())


def touched(file: TextFile, sifted: Sifted, known: dict[int, np.ndarray]) -> Iterator[Block]:
    """The blocks of a file that hold an idle row with a known record number."""
    wanted = set()
    for year, some in known.items():
        ends = np.cumsum([block.get(year, 0) for block in sifted.years])
        wanted |= set(np.searchsorted(ends, np.flatnonzero(np.isin(sifted.keys(year), some)), side="right").tolist())
    with file.path.open("rb") as stream:
        for number in sorted(wanted):
            offset, line, size = sifted.blocks[number]
            stream.seek(offset)
            text = stream.read(size)
            yield Block(text if text.endswith(b"\n") else text + b"\n", offset, line)
