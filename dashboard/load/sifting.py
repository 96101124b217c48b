"""A file sifted before it is parsed: the lines that matter, those only a whole parser can judge, and counts of all the rest.

A record number that comes twice matters wherever it comes, so the numbers of idle rows are kept aside (eight bytes a row) until all
files of a load are sifted; rows that share one are then looked at again.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dashboard.load.fields import PAD, Block, blocks, padded
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched
from dashboard.load.sieve import Looked, Sieve, look
from dashboard.load.tally import Groups, Tally


@dataclass
class Sifted:
    """What sifting a file left in a folder: `plain.txt`, `odd.txt`, `years/*.keys`; and where the keys of each block came from."""

    folder: Path
    plain: int = 0
    idle: int = 0
    odd: list[int] = field(default_factory=list)
    blocks: list[tuple[int, int, int]] = field(default_factory=list)
    years: list[dict[int, int]] = field(default_factory=list)

    def keys(self, year: int) -> np.ndarray:
        """The record numbers of a year's idle rows, in the order of the file."""
        path = self.folder / f"{year}.keys"
        return np.memmap(path, "<u8", "r") if path.exists() else np.zeros(0, "u8")


def sift(file: TextFile, sieve: Sieve, folder: Path, watch) -> Sifted | None:
    """Sift a file into a folder, `watch` seeing all its bytes; None when most of its first lines need the whole parser anyway."""
    folder.mkdir(parents=True)
    sifted, tally = Sifted(folder), Tally(Groups())
    with (folder / "plain.txt").open("wb") as plain, (folder / "odd.txt").open("wb") as odd:
        for block, looked in looked_at(blocks(file.path, file.first_line, begin_of(file), watch), sieve, tally.groups):
            if not sifted.blocks and len(looked.odd_lines) > looked.plain_lines + looked.idle:
                return None
            plain.write(looked.plain)
            odd.write(looked.odd)
            sifted.plain += looked.plain_lines
            sifted.idle += looked.idle
            sifted.odd += looked.odd_lines.tolist()
            sifted.blocks.append((block.offset, block.line, len(block.text) - 2 * PAD))
            sifted.years.append({year: len(keys) for year, keys in looked.keys.items()})
            append_keys(folder, looked.keys)
            tally.add(looked.counted)
    tally.keep(folder / "counts.json")
    return sifted


def begin_of(file: TextFile) -> int:
    """Where a file's first row begins."""
    with file.path.open("rb") as stream:
        for _ in range(file.first_line - 1):
            stream.readline()
        return stream.tell()


def looked_at(some: Iterable[Block], sieve: Sieve, groups: Groups, known=None) -> Iterator[tuple[Block, Looked]]:
    """Each block with what it gave, in order; as many at one time as there are processors."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque = deque()
        for block in some:
            waiting.append((block, pool.submit(look, block, sieve, groups, known)))
            if len(waiting) > workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def append_keys(folder: Path, keys: dict[int, np.ndarray]) -> None:
    """Keep the record numbers of idle rows, a file for each year."""
    for year, some in keys.items():
        with (folder / f"{year}.keys").open("ab") as stream:
            stream.write(some.astype("<u8").tobytes())


def sifted_places(sieve: Sieve) -> tuple[list[int], int]:
    """(where each column stands behind line and rows once delimiters are folded, how many columns that makes)."""
    kept = np.ones(sieve.columns, bool)
    kept[sieve.folded] = False
    places = 2 + np.concatenate([[0], kept.cumsum()[:-1]])
    return places.tolist(), int(places[-1]) + 1


def sifted_columns(matched: Matched, sieve: Sieve) -> Matched:
    """Where our columns stand in a sifted file: a list of codes is one column now."""
    at, _ = sifted_places(sieve)
    columns = {ours: [at[place] for place in found] for ours, found in matched.columns.items()}
    lists = {ours: [[at[one.start]] for one in ranges] for ours, ranges in sieve.lists.items()}
    return replace(matched, columns=columns, lists=lists)


def look_again(file: TextFile, sieve: Sieve, sifted: Sifted, known: dict[int, np.ndarray]) -> tuple[int, int, list[int]]:
    """Write the idle rows with a known record number as `again.txt`, and the counts without them as `counted.txt`.

    Return how many rows are in each, and with how many of each date those counted were sent.
    """
    tally, rows = Tally.kept(sifted.folder / "counts.json"), 0
    with (sifted.folder / "again.txt").open("wb") as again:
        for _, looked in looked_at(touched(file, sifted, known), sieve, tally.groups, known):
            again.write(looked.plain)
            rows += looked.plain_lines
            tally.add(looked.counted)
    places, width = sifted_places(sieve)
    at = {ours: places[place] for ours, place in sieve.at.items() if place is not None}
    (sifted.folder / "counted.txt").write_bytes(tally.lines(at, width, chr(sieve.delimiter)))
    return rows, tally.rows, tally.sent.tolist()


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
            yield padded([text] if text.endswith(b"\n") else [text, b"\n"], offset, line)
