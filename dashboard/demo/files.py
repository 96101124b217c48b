"""Rows as text files in the DARS layouts: pipes, a header, every column of the layout in its place."""

import csv
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import compute

from dashboard.demo.people import START
from dashboard.demo.places import DATA

FIRST_DAY, LAST_DAY = -2000, 6000  # day numbers that dates are wanted for
DATES = pyarrow.array((START + np.arange(FIRST_DAY, LAST_DAY)).astype(str))


def columns_of(layout: str) -> list[str]:
    """The column names of a layout (`apc` or `op`), in order."""
    with (DATA / "demo" / f"hes_{layout}_columns.csv").open(encoding="utf-8", newline="") as stream:
        return [row["column"] for row in csv.DictReader(stream)]


def choose(words, index: np.ndarray) -> pyarrow.Array:
    """The word at each index, as a column."""
    return pyarrow.array(words, pyarrow.string()).take(pyarrow.array(np.asarray(index, dtype="i4")))


def dates(day: np.ndarray, shown: np.ndarray | None = None) -> pyarrow.Array:
    """Day numbers as YYYY-MM-DD, blank where not shown."""
    every = DATES.take(pyarrow.array(day.astype("i4") - FIRST_DAY))
    return every if shown is None else compute.if_else(pyarrow.array(shown), every, "")


def numbers(values: np.ndarray) -> pyarrow.Array:
    """Whole numbers as text."""
    return pyarrow.array(values.astype("i8")).cast(pyarrow.string())


def person_keys(count: int, first: int = 0) -> pyarrow.Array:
    """The keys of some people, numbered on from the first: no one could take one for a patient's."""
    return joined([pyarrow.scalar("SYNTHETIC"), compute.utf8_lpad(numbers(first + np.arange(count)), 9, "0")])


def joined(parts: list) -> pyarrow.Array:
    """Columns (and constant text) side by side as one column of text."""
    return compute.binary_join_element_wise(*parts, "")


def lines(columns: list[str], filled: dict[str, pyarrow.Array | str], count: int, delimiter: str = "|") -> pyarrow.Array:
    """One line of text per row, with the columns of a layout in order; a column not filled is blank.

    Blank and constant columns are one piece of text together, which is what makes 267 columns quick.
    """
    parts, constant = [], ""
    for at, name in enumerate(columns):
        value = filled.get(name, "")
        constant += delimiter if at else ""
        if isinstance(value, str):
            constant += value
        else:
            parts += [pyarrow.scalar(constant), value]
            constant = ""
    if not count:
        return pyarrow.array([], pyarrow.string())
    return joined([*parts, pyarrow.scalar(constant + "\n")])


def begin(path: Path, columns: list[str], delimiter: str = "|") -> Path:
    """Write a file's header, in place of any file there; return the path."""
    path.write_bytes(delimiter.join(columns).encode() + b"\n")
    return path


def append(path: Path, body: pyarrow.Array, more: bytes = b"") -> None:
    """Write lines at a file's end, and bytes to follow."""
    with path.open("ab") as stream:
        stream.write(end_to_end(body))
        stream.write(more)


def end_to_end(body: pyarrow.Array) -> memoryview:
    """Lines as the one buffer they stand in: no need to take them apart."""
    if not len(body):
        return memoryview(b"")
    _, offsets, text = body.buffers()
    ends = np.frombuffer(offsets, "i4", len(body) + 1, body.offset * 4)
    return memoryview(text)[ends[0] : ends[-1]]


def year_name(year: int) -> str:
    """A financial year as HES writes it: 2012/13 is `1213`."""
    return f"{year % 100:02}{(year + 1) % 100:02}"
