"""Sifted files into rows: what was left of each is parsed, and rows that share a record number with another are brought back."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load import reading, reference
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched
from dashboard.load.repeats import repeated
from dashboard.load.sieve import Sieve, sieve_for
from dashboard.load.sifting import Sifted, look_again, sift, sifted_columns, sifted_places


@dataclass(frozen=True)
class SiftedFile:
    """A file of a load by its number, how it was looked at, and what that left."""

    number: int
    file: TextFile
    matched: Matched
    sieve: Sieve
    sifted: Sifted

    def read_plain(self, connection, *names: str) -> int:
        """Append lines of the sifted columns to `raw`; return how many."""
        paths = [self.sifted.folder / name for name in names]
        matched, (_, width) = sifted_columns(self.matched, self.sieve), sifted_places(self.sieve)
        return reading.read_plain(connection, self.number, paths, self.file.delimiter, width, matched)

    def read(self, connection) -> int:
        """Append the lines that matter to `raw` and the unreadable ones to `rejected_lines`; return the rows of the whole file.

        Raises Refused when lines read and counted do not add up to the physical lines.
        """
        file, odd = self.file, self.sifted.odd
        plain = self.read_plain(connection, "plain.txt")
        blank, expected = len(file.blank_lines), file.lines - file.first_line + 1
        if plain != self.sifted.plain or plain + self.sifted.idle + len(odd) + blank != expected:
            raise Refused(
                f"{file.name}: expected {expected} rows from its physical lines, found {plain} that matter, {self.sifted.idle} others, "
                f"{len(odd)} odd and {blank} blank. Rows were lost in reading: send it again."
            )
        blanks = [(line, "ragged", "blank line") for line in file.blank_lines if line < file.lines]
        reading.add_lines(connection, self.number, blanks)
        return plain + self.sifted.idle + len(blanks) + (self.read_odd(connection) if odd else 0)

    def read_odd(self, connection) -> int:
        """Append what the whole parser makes of the odd lines; return how many rows they are."""
        odd = self.sifted.odd
        ends_whole = self.file.ends_whole or odd[-1] != self.file.lines
        lines = replace(
            self.file, path=self.sifted.folder / "odd.txt", first_line=1, lines=len(odd), blank_lines=(), ends_whole=ends_whole
        )
        return reading.read_text(connection, self.number, lines, self.matched, odd)


def sift_all(numbered: list[tuple[int, TextFile, Matched]], folder: Path) -> dict[int, SiftedFile]:
    """The files that could be sifted, by number."""
    found = {}
    for number, file, matched in numbered:
        codes = reference.treatment_codes()
        sieve = sieve_for(matched, file.delimiter, len(file.header), codes, dt.date.today()) if file.delimiter else None
        if sieve and (sifted := sift(file, sieve, folder / f"sifted-{number}")):
            found[number] = SiftedFile(number, file, matched, sieve, sifted)
    return found


def read_repeated(connection, every: list[SiftedFile]) -> None:
    """Append to `raw` the idle rows whose record number comes twice in a year, and the counts of all other idle rows."""
    if not every:
        return
    known = repeated([one.sifted for one in every], parsed_keys(connection))
    for one in every:
        rows = look_again(one.file, one.sieve, one.sifted, known)
        one.read_plain(connection, "again.txt", "counted.txt")
        counted = connection.table("raw").filter(f"file_no = {one.number}").sum("rows").fetchall()[0][0] or 0
        _ = rows, counted


def parsed_keys(connection) -> dict[int, np.ndarray]:
    """The record numbers of the rows that were parsed, by the last two digits of their financial year."""
    typed = connection.sql(queries.text("extract/episodes/typed_rows"), params={"today": dt.date.today()})
    reading.replace_table(connection, "typed_rows", typed)
    keys = connection.sql(queries.text("extract/files/parsed_keys")).to_arrow_table()
    connection.sql("drop table typed_rows")
    years, records = keys["year"].to_numpy(), keys["record"].to_numpy()
    return {int(year): records[years == year] for year in np.unique(years)}
