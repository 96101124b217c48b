"""What each column of a released table means, from `data/columns.csv`."""

import csv
from functools import cache
from pathlib import Path

COLUMNS = Path(__file__).parent.parent / "data" / "columns.csv"


@cache
def meanings() -> dict[str, str]:
    """What every column that can be released means, by its name."""
    with COLUMNS.open(encoding="utf-8", newline="") as stream:
        return {row["column"]: row["meaning"] for row in csv.DictReader(stream)}
