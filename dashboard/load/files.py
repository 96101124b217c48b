"""A file as bytes: unpack it, check it is text, count its physical lines. Nothing here knows what a column means."""

import csv
import gzip
import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import Refused

CHUNK = 1 << 24
MAX_MEMBERS, MAX_RATIO, MAX_BYTES = 64, 200, 1 << 40
DELIMITERS = ("|", ",", "\t")


@dataclass(frozen=True)
class TextFile:
    """A plain text file ready to parse: its shown name, sum, header, delimiter and physical lines."""

    name: str
    path: Path
    sha256: str
    header: list[str]
    delimiter: str
    first_line: int
    lines: int
    blank_lines: tuple[int, ...]
    ends_whole: bool = True


def unpack(path: Path, scratch: Path) -> list[tuple[str, Path]]:
    """(shown name, plain path) of each data file in a path: itself, a .gz's content or a .zip's members."""
    if not path.is_file():
        raise Refused(f"{path}: no such file.")
    check_manifest(path)
    if path.suffix.lower() == ".gz":
        target = scratch / f"{hashlib.sha256(str(path).encode()).hexdigest()[:12]}-{path.stem}"
        copy_checked(gzip.GzipFile(path), target, path.name, path.stat().st_size)
        return [(path.name, target)]
    if path.suffix.lower() == ".zip":
        return unzip(path, scratch)
    return [(path.name, path)]


MANIFESTS = ("{name}.sha256", "SHA256SUMS", "sha256sums.txt", "MANIFEST.sha256", "manifest.txt", "manifest.csv")


def check_manifest(path: Path) -> None:
    """Refused when a manifest beside a file gives it a SHA-256 that it does not have."""
    for name in MANIFESTS:
        manifest = path.with_name(name.format(name=path.name))
        if not manifest.is_file() or manifest == path:
            continue
        for line in manifest.read_text(encoding="utf-8", errors="replace").splitlines():
            stated = re.search(r"\b[0-9a-fA-F]{64}\b", line)
            about = re.split(r"[\s,;*|/\\]+", line.replace(stated.group(), " ") if stated else line)
            if (
                stated
                and (path.name in about or manifest.name == f"{path.name}.sha256")
                and stated.group().lower() != sha256(path)
            ):
                raise Refused(
                    f"{path.name}: its SHA-256 is not the one {manifest.name} states, {stated.group().lower()[:12]}…: "
                    "the file was changed or damaged on its way. Send it again."
                )


def unzip(path: Path, scratch: Path) -> list[tuple[str, Path]]:
    """The members of a zip as plain files; Refused when it is damaged, too many, or points outside itself."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Refused(f"{path.name}: not a readable zip ({error}). Send it again.") from error
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise Refused(f"{path.name}: {len(members)} members, at most {MAX_MEMBERS} are read. Split it.")
    plain = []
    for number, member in enumerate(members):
        if Path(member.filename).is_absolute() or ".." in Path(member.filename).parts:
            raise Refused(f"{path.name}: member {member.filename} points outside the archive. Zip the files without paths.")
        target = scratch / f"{path.stem}-{number}-{Path(member.filename).name}"
        copy_checked(archive.open(member), target, f"{path.name}/{member.filename}", max(member.compress_size, 1))
        plain.append((f"{path.name}/{member.filename}", target))
    return plain


def copy_checked(stream, target: Path, name: str, packed: int) -> None:
    """Unpack a stream to a file; Refused on a wrong checksum, a truncated end, or a bomb."""
    written = 0
    try:
        with stream, target.open("wb") as out:
            while chunk := stream.read(CHUNK):
                written += len(chunk)
                if written > MAX_BYTES or written > packed * MAX_RATIO + CHUNK:
                    raise Refused(f"{name}: unpacks to more than {MAX_RATIO} times its size; not read further.")
                out.write(chunk)
    except (gzip.BadGzipFile, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise Refused(f"{name}: damaged or truncated ({error}). Send the file again.") from error


def recode(path: Path, encoding: str, scratch: Path) -> Path:
    """The file as UTF-8; characters its encoding cannot hold stay undecodable, and their rows are put aside."""
    target = scratch / f"utf8-{path.name}"
    try:
        with (
            path.open(encoding=encoding, errors="surrogateescape", newline="") as source,
            target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out,
        ):
            while chunk := source.read(CHUNK):
                out.write(chunk)
    except (LookupError, UnicodeError) as error:
        raise Refused(f"{path.name}: --encoding {encoding}: {error}.") from error
    return target


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def survey(name: str, path: Path) -> tuple[int, tuple[int, ...], bool]:
    """(physical lines, numbers of the blank ones, whether the last one ends); Refused for NULs and newlines inside quotes."""
    lines, blanks, quotes, last = 0, [], False, b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise Refused(f"{name}: holds NUL bytes, as UTF-16 text does. Say --encoding utf-16, or send it as UTF-8.")
            quotes = quotes or b'"' in chunk
            blanks += blank_lines(last + chunk, lines - last.count(b"\n"))
            lines += chunk.count(b"\n")
            last = chunk[-2:]
    if lines == 0 and not last:
        raise Refused(f"{name}: the file is empty. Check the transfer.")
    ends_whole = last.endswith(b"\n")
    lines += 0 if ends_whole else 1
    if quotes:
        refuse_open_quotes(name, path)
    return lines, tuple(sorted(set(blanks))), ends_whole


def blank_lines(chunk: bytes, lines_before: int) -> list[int]:
    """Physical numbers of the blank lines that a stretch of bytes shows."""
    found = []
    for pattern in (b"\n\n", b"\n\r\n"):
        at = chunk.find(pattern)
        while at >= 0:
            found.append(lines_before + chunk.count(b"\n", 0, at) + 2)
            at = chunk.find(pattern, at + 1)
    return found


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
    """A plain file, surveyed, with its header: its own first line, or the one line of a header file."""
    lines, blanks, ends_whole = survey(name, path)
    if header_file and not header_file.is_file():
        raise Refused(f"--header {header_file}: no such file.")
    top = first_line(header_file or path)
    if re.search(r"[\x80-\x9f\ufffd]", top[:200]) or top.startswith(("PK\x03\x04", "PAR1", "\x1f")):
        raise Refused(f"{name}, line 1: not text. Say --encoding, or rename it .gz, .zip or .parquet if it is one.")
    delimiter = max(DELIMITERS, key=top.count)
    if not top.count(delimiter):
        raise Refused(f"{name}, line 1: no |, comma or tab in the header: {top[:60]!r}. Export it delimited by one of these.")
    first = 1 if header_file else 2
    if lines < first:
        raise Refused(f"{name}: a header without rows. Check the export.")
    header = next(csv.reader([top], delimiter=delimiter))
    return TextFile(name, path, sha256(path), header, delimiter, first, lines, blanks, ends_whole)
