"""What each column of a released table means, from `data/columns.csv`."""

import csv
from functools import cache
from pathlib import Path

COLUMNS = Path(__file__).parent.parent / "data" / "columns.csv"
KINDS = {"i": "whole number", "u": "whole number", "f": "number"}


@cache
def meanings() -> dict[str, str]:
    """What every column that can be released means, by its name."""
    with COLUMNS.open(encoding="utf-8", newline="") as stream:
        return {row["column"]: row["meaning"] for row in csv.DictReader(stream)}


def described(frame) -> list[dict[str, str]]:
    """A row per column of a frame: its name, kind and meaning."""
    return [
        {"name": name, "datatype": KINDS.get(dtype.kind, "text"), "description": meanings().get(name, "")}
        for name, dtype in frame.dtypes.items()
    ]
