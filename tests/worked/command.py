"""The real command line, in process: load rows into a warehouse, ask, read the answer back."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from pathlib import Path

from tests import make_hes

Rows = list[dict[str, str]]


def run(*arguments: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of one command."""
    from dashboard.cli import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


def answer(*arguments: str) -> Rows:
    """The CSV rows that a command prints, as text; anything but exit code 0 fails."""
    status, out, err = run(*arguments, "--format", "csv")
    assert status == 0, f"{arguments} exited with {status}: {err}"
    return list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))


def load(folder: Path, apc: Rows, start: str, end: str, *, op: Rows = (), deaths: Rows = (), options=()) -> Path:
    """Write the rows as files, load them, and return the warehouse they are published in."""
    arguments = [make_hes.write_apc(folder / "HES_APC.txt", apc)]
    arguments += ["--op", make_hes.write_op(folder / "HES_OP.txt", op)] if op else []
    arguments += ["--deaths", make_hes.write_deaths(folder / "deaths.csv", deaths)] if deaths else []
    arguments += ["--data-start", start] if start else []
    arguments += ["--data-end", end] if end else []
    status, out, err = run("load", *arguments, "--warehouse", folder / "warehouse", *options)
    assert status == 0, f"load exited with {status}: {out}{err}"
    return folder / "warehouse"


def table(warehouse: Path, name: str, *options: str) -> Rows:
    """One of the row-level tables."""
    return answer("rows", name, "--warehouse", warehouse, *options)


def measure(warehouse: Path, name: str, *options: str) -> Rows:
    """One measure, exact."""
    return answer("measure", name, "--warehouse", warehouse, "--profile", "exact", "--period", "year", *options)


def by_place(rows: Rows, column: str = "numerator") -> dict[str, str]:
    """One column of a measure, by place."""
    return {row["place"]: row[column] for row in rows}


def number(text: str) -> float | None:
    """A number printed in a cell, or nothing where the cell is empty."""
    return float(text) if re.search(r"\d", text) else None


def columns(rows: Rows, *names: str) -> list[tuple[str, ...]]:
    """The named columns of every row, in order of the text."""
    return sorted(tuple(row[name] for name in names) for row in rows)
