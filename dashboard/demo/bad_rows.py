"""Rows as real files hold them: copies, cut short, impossible. Few enough for a load to accept."""

import numpy as np
import pyarrow

ONE_IN = 2200  # rows
BUSY = 200  # bad rows are made from providers with at least so many rows, so that none loses much of its year


def made_from(columns: list[str], body: pyarrow.Array, where: np.ndarray) -> bytes:
    """Bad lines made from some of the good ones, spread over the positions allowed; each stands beside its original."""
    chosen = where[:: max(len(where) * ONE_IN // max(len(body), 1), 1)] if len(where) else where
    ways = (copied, cut_short, ends_before_it_starts, undecodable, impossibly_old, without_dates)
    bad = [ways[number % len(ways)](columns, body[int(at)].as_py().encode()) for number, at in enumerate(chosen)]
    return b"".join(bad)


def changed(columns: list[str], line: bytes, **cells: bytes) -> bytes:
    """A line with some cells replaced, and a record number of its own."""
    values = line.rstrip(b"\n").split(b"|")
    values[columns.index("EPIKEY")] += b"9"
    for name, value in cells.items():
        values[columns.index(name)] = value
    return b"|".join(values) + b"\n"


def copied(columns: list[str], line: bytes) -> bytes:
    """The very same line once more."""
    return line


def cut_short(columns: list[str], line: bytes) -> bytes:
    """Half a line, as a broken transfer leaves."""
    return line[: len(line) // 2] + b"\n"


def ends_before_it_starts(columns: list[str], line: bytes) -> bytes:
    """An episode that ended in 1999."""
    return changed(columns, line, EPIEND=b"1999-01-01")


def undecodable(columns: list[str], line: bytes) -> bytes:
    """A line with a byte that UTF-8 cannot hold."""
    return changed(columns, line).replace(b"SYNTHETIC", b"SYNTHETIC\xff", 1)


def impossibly_old(columns: list[str], line: bytes) -> bytes:
    """A person of 250."""
    return changed(columns, line, STARTAGE=b"250")


def without_dates(columns: list[str], line: bytes) -> bytes:
    """An episode whose only dates are the archive's way of saying none."""
    dated = [name for name in columns if name.startswith("OPDATE")]
    nothing = dict.fromkeys(("EPISTART", "EPIEND", "ADMIDATE", "DISDATE"), b"1801-01-01") | dict.fromkeys(dated, b"")
    return changed(columns, line, **nothing)
