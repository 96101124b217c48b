"""A file as text: check that it is, count its physical lines, find its header. Nothing here knows what a column means."""

import csv
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dashboard.errors import Refused
from dashboard.load.archives import CHUNK, key_of
from dashboard.load.blocks import NEWLINE, RETURN, blocks, lines_in

DELIMITERS = ("|", ",", "\t")
FIRST_LOOK = 1 << 16  # bytes
# how other kinds of file begin, and what to do with them
OTHERS = {
    b"PK\x03\x04": "a zip or an Excel workbook. Name a zip .zip (one in another is not read); save a workbook as CSV.",
    b"\x1f\x8b": "packed with gzip. Name it .gz; one in another archive is not read.",
    b"PAR1": "a Parquet file. Name it .parquet.",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook. Save it as CSV.",
    b"%PDF": "a PDF.",
}


@dataclass(frozen=True)
class TextFile:
    """A plain text file: its shown name, header, delimiter and the line its rows begin on; once read, its sum and physical lines."""

    name: str
    path: Path
    header: list[str]
    delimiter: str
    first_line: int
    sha256: str = ""
    lines: int = 0
    blank_lines: tuple[int, ...] = ()
    ends_whole: bool = True
    mixed_ends: bool = False


def recode(path: Path, encoding: str, scratch: Path) -> Path:
    """The file as UTF-8; characters its encoding cannot hold stay undecodable, and their rows are put aside."""
    target = scratch / f"utf8-{key_of(path)}-{path.name}"
    try:
        with (
            path.open(encoding=encoding, errors="surrogateescape", newline="") as source,
            target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out,
        ):
            while chunk := source.read(CHUNK):
                out.write(chunk)
    except (LookupError, UnicodeError) as error:
        words = "; without a byte-order mark say utf-16-le or utf-16-be" if "BOM" in str(error) else ""
        raise Refused(f"{path.name}: --encoding {encoding}: {error}{words}. Say the encoding the file was written in.") from error
    return target


class Survey:
    """What goes by of a file, looked at as bytes: its sum and its physical lines."""

    def __init__(self, file: TextFile):
        self.file = file
        self._sum, self._lines, self._returns, self._quotes, self._last = hashlib.sha256(), 0, 0, False, b""

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes; Refused for what no text of rows holds."""
        if not chunk:
            return
        refuse_strange_bytes(self.file.name, self._last, chunk, self._lines)
        self._sum.update(chunk)
        self._quotes = self._quotes or b'"' in chunk
        self._lines, self._returns = self._lines + lines_in(chunk), self._returns + lines_in(chunk, RETURN)
        self._last = chunk[-1:]

    def told(self, blank_lines: list[int]) -> TextFile:
        """The file with its sum and lines; Refused for newlines inside quotes, and for a header without rows."""
        ends_whole = self._last.endswith(NEWLINE)
        lines = self._lines + (0 if ends_whole else 1)
        if self._quotes:
            refuse_open_quotes(self.file.name, self.file.path)
        if lines < self.file.first_line:
            raise Refused(f"{self.file.name}: a header without rows. Check the export.")
        mixed, seen = self._returns not in (0, self._lines), {"sha256": self._sum.hexdigest(), "lines": lines}
        return replace(self.file, **seen, blank_lines=tuple(blank_lines), ends_whole=ends_whole, mixed_ends=mixed)


def with_one_end(file: TextFile, scratch: Path) -> TextFile:
    """The file, its lines ending in LF alone where some end in CRLF: DuckDB reads either, and stops at a file that has both."""
    if not file.mixed_ends:
        return file
    target = scratch / f"lines-{key_of(file.path)}-{file.path.name}"
    with target.open("wb") as out:
        for block in blocks(file.path, 1, 0):
            out.write(block.text.replace(b"\r\n", NEWLINE))
    return replace(file, path=target)


def surveyed(file: TextFile) -> TextFile:
    """A file, read to its end, with its sum and lines."""
    survey, blanks = Survey(file), []
    for block in blocks(file.path, 1, 0, survey.take):
        ends = np.flatnonzero(np.frombuffer(block.text, "u1") == ord("\n"))  # looking for two in a row takes three times as long
        width = np.diff(ends, prepend=-1) - 1
        short = np.flatnonzero(width <= 1)
        blanks += [block.line + at for at in short.tolist() if block.text[ends[at] - width[at] : ends[at]] in (b"", b"\r")]
    return survey.told(blanks)


def refuse_strange_bytes(name: str, before: bytes, chunk: bytes, lines_before: int) -> None:
    """Refused for a NUL, and for a carriage return without a line feed, which one reader takes for a line's end and another does not."""
    at = chunk.find(b"\0")
    if at >= 0:
        raise Refused(
            f"{name}, line {lines_before + chunk.count(NEWLINE, 0, at) + 1}: expected text, found NUL bytes, as in UTF-16. "
            "Say --encoding utf-16 (utf-16-le when it has no byte-order mark), or send it as UTF-8."
        )
    alone = before == b"\r" and not chunk.startswith(NEWLINE)
    if alone or (b"\r" in chunk and chunk.count(b"\r") - chunk.endswith(b"\r") > chunk.count(b"\r\n")):
        at = 0 if alone else re.search(rb"\r(?![\n])", chunk).start()
        raise Refused(
            f"{name}, line {lines_before + chunk.count(NEWLINE, 0, at) + 1}: expected lines that end in LF or CRLF, "
            "found a carriage return alone. Export it with one kind of line end."
        )


def refuse_open_quotes(name: str, path: Path) -> None:
    """Refused when a quote opens on one line and closes on another: the reader would eat the lines between."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.count(b'"') % 2:
                raise Refused(
                    f"{name}, line {number}: a quote is opened and not closed on the line, so a newline stands inside quotes. "
                    "Expected one row a line: export without newlines in fields."
                )


def first_line(path: Path) -> str:
    """A file's first line as text, without a byte-order mark."""
    with path.open("rb") as stream:
        return stream.readline(1 << 20).decode("utf-8-sig", errors="replace").rstrip("\r\n")


def open_text(name: str, path: Path, header_file: Path | None) -> TextFile:
    """A plain file with its header, its own first line or the one line of a header file; its rows have not been looked at."""
    refuse_other_kinds(name, path)
    header, delimiter = header_of(f"{name}, line 1", path)
    if header_file:
        own, (header, delimiter) = header, header_of(f"--header {header_file}", header_file)
        if plain_names(own) == plain_names(header):
            raise Refused(f"{name}, line 1: expected a row, found the names of --header again. Leave --header out.")
    return TextFile(name, path, header, delimiter, 1 if header_file else 2)


def refuse_other_kinds(name: str, path: Path) -> None:
    """Refused, saying what it is, when a file is empty or no text at all."""
    with path.open("rb") as stream:
        begins = stream.read(FIRST_LOOK)
    if not begins:
        raise Refused(f"{name}: the file is empty. Check the transfer.")
    for mark, what in OTHERS.items():
        if begins.startswith(mark):
            raise Refused(f"{name}: expected text, found {what}")
    refuse_strange_bytes(name, b"", begins, 0)


def header_of(words: str, path: Path) -> tuple[list[str], str]:
    """(names, delimiter) of a file's first line; Refused, beginning with the words, when it is none."""
    if not path.is_file():
        raise Refused(f"{words}: no such file.")
    top = first_line(path)
    if re.search(r"[\x00-\x08\x80-\x9f\ufffd]", top[:200]):
        raise Refused(f"{words}: expected text in UTF-8, found other bytes. Say --encoding.")
    delimiter = max(DELIMITERS, key=top.count)
    if not top.count(delimiter):
        raise Refused(f"{words}: no |, comma or tab in the header: {top[:60]!r}. Export it delimited by one of these.")
    return next(csv.reader([top], delimiter=delimiter)), delimiter


def plain_names(header: list[str]) -> list[str]:
    """The names of a header as they are compared: without case or spaces."""
    return [re.sub(r"\s", "", name).upper() for name in header]
