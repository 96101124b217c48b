"""A path as it arrives: readable, what its manifest says it is, and unpacked. Nothing here knows what a row is."""

import gzip
import hashlib
import lzma
import zipfile
import zlib
from pathlib import Path, PureWindowsPath

from dashboard.errors import Refused
from dashboard.load.manifests import check_manifest

CHUNK = 1 << 24
MAX_MEMBERS, MAX_RATIO, MAX_BYTES = 64, 200, 1 << 40
DAMAGED = (gzip.BadGzipFile, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError)


def unpack(path: Path, scratch: Path) -> list[tuple[str, Path]]:
    """(shown name, plain path) of each data file in a path: itself, a .gz's content or a .zip's members."""
    check_readable(path)
    check_manifest(path)
    if path.suffix.lower() == ".gz":
        target = scratch / f"{key_of(path)}-{path.stem}"
        copy_checked(gzip.GzipFile(path), target, path.name, path.stat().st_size)
        return [(path.name, target)]
    if path.suffix.lower() == ".zip":
        return unzip(path, scratch)
    return [(path.name, path)]


def check_readable(path: Path) -> None:
    """Refused, saying why, when a path is no file that can be read."""
    if path.is_dir():
        raise Refused(f"{path}: a folder. Name the files in it, or zip them.")
    if path.exists() and not path.is_file():
        raise Refused(f"{path}: not a file but a pipe or a device. Write it to a file first.")
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except FileNotFoundError as error:
        raise Refused(f"{path}: no such file.") from error
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Check who may read it.") from error


def key_of(path: Path) -> str:
    """A short text of one's own for each path, so that two files of one name are unpacked side by side."""
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]


def unzip(path: Path, scratch: Path) -> list[tuple[str, Path]]:
    """The members of a zip as plain files; Refused when it is damaged, too many, or points outside itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = data_members(archive, path.name)
            plain, room = [], path.stat().st_size
            for number, member in enumerate(members):
                name, target = f"{path.name}/{member.filename}", scratch / f"{key_of(path)}-{number}-{Path(member.filename).name}"
                # members that overlap would each be within bounds: together they must be too
                written = copy_checked(open_member(archive, member, name), target, name, min(member.compress_size, room))
                room -= written // MAX_RATIO
                plain.append((name, target))
    except zipfile.BadZipFile as error:
        raise Refused(f"{path.name}: not a readable zip ({error}). Send it again.") from error
    return plain


def data_members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The files of a zip, less what macOS adds; Refused for none, for too many, and for names that point outside."""
    members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if not members:
        raise Refused(f"{name}: a zip with nothing in it. Check the transfer.")
    if len(members) > MAX_MEMBERS:
        raise Refused(f"{name}: {len(members)} members, at most {MAX_MEMBERS} are read. Split it.")
    for member in members:
        place = PureWindowsPath(member.filename)  # knows both kinds of slash, and drives
        if place.anchor or ".." in place.parts:
            raise Refused(f"{name}: member {member.filename} points outside the archive. Zip the files without paths.")
    return members


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str):
    """A member's bytes; Refused when it is encrypted or packed in a way that is not known."""
    if member.flag_bits & 1:
        raise Refused(f"{name}: encrypted. Unpack it with its password, and load what comes out.")
    try:
        return archive.open(member)
    except NotImplementedError as error:
        raise Refused(f"{name}: packed in a way that cannot be read ({error}). Zip it as Deflate.") from error


def copy_checked(stream, target: Path, name: str, packed: int) -> int:
    """Unpack a stream to a file and return its bytes; Refused on a wrong checksum, a truncated end, or a bomb."""
    written = 0
    with stream, target.open("wb") as out:
        while chunk := next_chunk(stream, name):
            written += len(chunk)
            if written > MAX_BYTES or written > packed * MAX_RATIO + CHUNK:
                raise Refused(f"{name}: unpacks to more than {MAX_RATIO} times its size; not read further.")
            out.write(chunk)
    return written


def next_chunk(stream, name: str) -> bytes:
    """The next bytes of what is being unpacked; Refused when they are damaged. A full disk is another matter, and not caught."""
    try:
        return stream.read(CHUNK)
    except (*DAMAGED, OSError) as error:
        raise Refused(f"{name}: damaged or truncated ({error}). Send the file again.") from error
