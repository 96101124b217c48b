"""CSV files in and out for the derive scripts."""

import csv
from collections.abc import Iterable
from pathlib import Path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, a byte-order mark removed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, header: str, rows: Iterable[tuple]) -> None:
    """Write a CSV file with line feeds, whatever the machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
