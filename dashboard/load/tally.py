"""Rows that need only be counted: by year, provider fields and month."""

from pathlib import Path
from typing import Self

import numpy as np
import pyarrow
from pyarrow import parquet

from dashboard.load.fields import as_text
from dashboard.load.sieve import BY_DAY, BY_MONTH, COUNTED_BY, Looked, grouped

MOST_GROUPS = 1 << 19  # counts waiting to be added up


class Tally:
    """Idle rows counted: by year, provider fields and month, and by year and day."""

    def __init__(self):
        self.months: list[pyarrow.Table] = []
        self.days: list[pyarrow.Table] = []
        self.waiting = 0

    def add(self, looked: Looked) -> None:
        """Count what one block gave."""
        self.months.append(looked.months)
        self.days.append(looked.days)
        self.waiting += len(looked.months)
        if self.waiting > MOST_GROUPS:
            self.months, self.days = [self.added_up(self.months, BY_MONTH)], [self.added_up(self.days, BY_DAY)]
            self.waiting = 0

    @staticmethod
    def added_up(tables: list[pyarrow.Table], by: list[str]) -> pyarrow.Table:
        """Tables of counts as one."""
        return grouped(pyarrow.concat_tables(tables), by)

    def keep(self, folder: Path) -> None:
        """Put the counts into a folder."""
        for name, tables, by in (("months", self.months, BY_MONTH), ("days", self.days, BY_DAY)):
            parquet.write_table(self.added_up(tables, by), folder / f"{name}.parquet")

    @classmethod
    def kept(cls, folder: Path) -> Self:
        """The counts that were put into a folder."""
        tally = cls()
        tally.months, tally.days = ([parquet.read_table(folder / f"{name}.parquet")] for name in ("months", "days"))
        return tally

    def lines(self, at: dict[str, int], width: int, delimiter: str) -> list[bytes]:
        """The counts as lines among those that matter: line 0, the rows each stands for, dated in its month.

        Those of a year's last month are dated on the last day seen in it, so that the year is known to end there.
        """
        last: dict[int, int] = {}
        for row in self.added_up(self.days, BY_DAY).to_pylist():
            if row["rows"]:
                last[row["fyear"]] = max(row["day"], last.get(row["fyear"], row["day"]))
        found = []
        for row in self.added_up(self.months, BY_MONTH).to_pylist():
            if not row["rows"]:
                continue
            month = np.datetime64(row["month"], "M")
            day = month.astype("M8[D]")
            if row["fyear"] in last and (latest := np.datetime64(last[row["fyear"]], "D")).astype("M8[M]") == month:
                day = latest
            found.append(line_of(row, day, at, width, delimiter))
        return found


def line_of(row: dict, day: np.datetime64, at: dict[str, int], width: int, delimiter: str) -> bytes:
    """One count as a line: 0 for its number, the rows it stands for, what it is counted by, and a day."""
    cells = [""] * width
    cells[:2] = "0", str(row["rows"])
    for ours in COUNTED_BY:
        if ours in at:
            cells[at[ours]] = as_text(row[ours])
    cells[at["epistart"] if "epistart" in at else at["admidate"]] = str(day)
    return (delimiter.join(cells) + "\n").encode("ascii")
