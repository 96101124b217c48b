"""Sifted files into rows: what was left of each is parsed, and rows that share a record number with another are brought back."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load import reading, reference
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched
from dashboard.load.repeats import repeated
from dashboard.load.resume import sifted_or_resumed
from dashboard.load.sieve import Sieve, sieve_for
from dashboard.load.sifting import Sifted, look_again, sifted_columns, sifted_places
from dashboard.load.tally import DATES_SENT


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
        paths = [str(self.sifted.folder / name) for name in names]
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
        odd, path = self.sifted.odd, self.sifted.folder / "odd.txt"
        whole = self.file.ends_whole or odd[-1] != self.file.lines
        lines = replace(self.file, path=path, first_line=1, lines=len(odd), blank_lines=(), ends_whole=whole)
        return reading.read_text(connection, self.number, lines, self.matched, odd)


def sift_file(number: int, file: TextFile, matched: Matched, scratch: Path, kept: Path | None) -> SiftedFile | None:
    """A file sifted, with its sum and lines; None when its layout or its first lines do not allow that."""
    sieve = sieve_for(matched, file.delimiter, len(file.header), reference.treatment_codes(), dt.date.today())
    done = sifted_or_resumed(file, sieve, scratch / f"sifted-{number}", kept) if sieve else None
    return SiftedFile(number, done[0], matched, sieve, done[1]) if done else None


def read_counted(connection, every: list[SiftedFile]) -> None:
    """Append to `raw` the idle rows whose record number comes twice in a year, and the counts of all other idle rows.

    The dates these were sent with go to `counted_dates`. Raises Refused when the rows of a file do not add up any more.
    """
    rows = [(one, *take_back(connection, one, known)) for known in [repeated_keys(connection, every)] for one in every]
    sent = [(one.number, name, count) for one, counts in rows for name, count in zip(DATES_SENT, counts, strict=True)]
    schema = [("file_no", pyarrow.int32()), ("column_name", pyarrow.string()), ("rows_sent", pyarrow.int64())]
    columns = {name: pyarrow.array([row[at] for row in sent], kind) for at, (name, kind) in enumerate(schema)}
    columns["column_name"] = pyarrow.array([row[1].upper() for row in sent], pyarrow.string())
    connection.from_arrow(pyarrow.table(columns)).to_table("counted_dates")


def take_back(connection, one: SiftedFile, known: dict[int, np.ndarray]) -> tuple[list[int]]:
    """Read the rows of a file that have to be looked at again, and the counts of the others; return the dates these were sent with."""
    again, counted, sent = look_again(one.file, one.sieve, one.sifted, known)
    one.read_plain(connection, "again.txt", "counted.txt")
    if again + counted != one.sifted.idle:
        raise Refused(f"{one.file.name}: {one.sifted.idle} rows were counted, and {again + counted} are left. Load it again.")
    return (sent,)


def repeated_keys(connection, every: list[SiftedFile]) -> dict[int, np.ndarray]:
    """The record numbers that come twice in a year and not all in rows that are parsed."""
    return repeated([one.sifted for one in every], parsed_keys(connection)) if every else {}


def parsed_keys(connection) -> dict[int, np.ndarray]:
    """The record numbers of the rows that were parsed, by the last two digits of their financial year."""
    typed = connection.sql(queries.text("extract/episodes/typed_rows"), params={"today": dt.date.today()})
    typed.create_view("typed_rows")  # not a table: only two of its columns are wanted
    keys = connection.sql(queries.text("extract/files/parsed_keys")).to_arrow_table()
    connection.sql("drop view typed_rows")
    years, records = keys["year"].to_numpy(), keys["record"].to_numpy()
    return {int(year): records[years == year] for year in np.unique(years)}
