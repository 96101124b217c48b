"""Sifted files into rows: what was left of each is parsed, and rows that share a record number with another are brought back."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load import reading, reference
from dashboard.load.files import TextFile
from dashboard.load.idle import COUNTED_BY, DATES_SENT
from dashboard.load.layouts import Matched
from dashboard.load.repeats import repeated
from dashboard.load.resume import sifted_or_resumed
from dashboard.load.sieve import Plan, plan_for
from dashboard.load.sifting import Sifted, look_again


@dataclass(frozen=True)
class SiftedFile:
    """A file of a load by its number, how it was looked at, and what that left."""

    number: int
    file: TextFile
    matched: Matched
    plan: Plan
    sifted: Sifted

    def read(self, connection) -> int:
        """Append the kept lines to `raw`, or to `rejected_lines`; return the rows of the whole file.

        Raises Refused when lines read and counted do not add up to the physical lines.
        """
        file, sifted = self.file, self.sifted
        blank, expected = len(file.blank_lines), file.lines - file.first_line + 1
        if sifted.kept + sifted.idle + blank != expected:
            raise Refused(
                f"{file.name}: expected {expected} rows from its physical lines, found {sifted.kept} that may matter, {sifted.idle} others "
                f"and {blank} blank. Rows were lost in reading: send it again."
            )
        blanks = [(line, "ragged", "blank line") for line in file.blank_lines if line < file.lines]
        reading.add_lines(connection, self.number, blanks)
        return self.read_lines(connection, "kept") + sifted.idle + len(blanks)

    def read_lines(self, connection, name: str) -> int:
        """Append what the whole parser makes of the lines of `kept.txt` or `again.txt`; return how many rows they are."""
        numbers = self.sifted.numbers(name)
        whole = self.file.ends_whole or not len(numbers) or numbers[-1] != self.file.lines
        path = self.sifted.folder / f"{name}.txt"
        lines = replace(self.file, path=path, first_line=1, lines=len(numbers), blank_lines=(), ends_whole=whole)
        return reading.read_text(connection, self.number, lines, self.matched, numbers)


def sift_file(number: int, file: TextFile, matched: Matched, scratch: Path, kept: Path | None) -> SiftedFile | None:
    """A file sifted, with its sum and lines; None when its layout or its first lines do not allow that."""
    plan = plan_for(matched, file.delimiter, len(file.header), reference.treatment_codes(), dt.date.today())
    done = sifted_or_resumed(file, plan, scratch / f"sifted-{number}", kept) if plan else None
    return SiftedFile(number, done[0], matched, plan, done[1]) if done else None


def read_counted(connection, every: list[SiftedFile]) -> None:
    """Append to `raw` the idle rows whose record number comes twice in a year, and the counts of all other idle rows.

    The dates these were sent with go to `counted_dates`. Raises Refused when the rows of a file do not add up any more.
    """
    known = repeated([one.sifted for one in every], parsed_keys(connection))
    for one in every:
        sent = take_back(connection, one, known)
        reading.note_dates_counted(connection, [(one.number, *each) for each in zip(DATES_SENT, sent, strict=True)])


def take_back(connection, one: SiftedFile, known: dict[int, np.ndarray]) -> list[int]:
    """Read the rows of a file that have to be looked at again, and the counts of the others; return the dates these were sent with."""
    again, counted = look_again(one.file, one.plan, one.sifted, known)
    if again:
        one.read_lines(connection, "again")
    months = counted.months()
    if again + sum(int(rows) for *_, rows in months) != one.sifted.idle:
        raise Refused(f"{one.file.name}: {one.sifted.idle} rows were counted, and not as many are left. Load it again.")
    reading.read_counts(connection, one.number, [*COUNTED_BY, "epistart"], months, one.matched)
    return counted.sent


def parsed_keys(connection) -> dict[int, np.ndarray]:
    """The record numbers of the rows that were parsed, by the last two digits of their financial year."""
    typed = connection.sql(queries.text("extract/episodes/typed_rows"), params={"today": dt.date.today()})
    typed.create_view("typed_rows")  # not a table: only two of its columns are wanted
    keys = connection.sql(queries.text("extract/files/parsed_keys")).to_arrow_table()
    connection.sql("drop view typed_rows")
    years, records = keys["year"].to_numpy(), keys["record"].to_numpy()
    return {int(year): records[years == year] for year in np.unique(years)}
