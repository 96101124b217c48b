"""Immutable versions and the pointer to the one in force: named, checked, moved, kept, rolled back."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from dashboard.errors import Refused, written_to

KEPT = 3


def home() -> Path:
    """The folder of the warehouse: where `RFD_WAREHOUSE` says, else data/warehouse in the folder one is in."""
    return Path(os.environ.get("RFD_WAREHOUSE") or "data/warehouse")


def folder_of(warehouse: Path) -> Path:
    """Where the versions of a warehouse are."""
    return warehouse / "versions"


def path_of(warehouse: Path, version: str) -> Path:
    """The file of a version."""
    return folder_of(warehouse) / f"{version}.duckdb"


def read_pointer(warehouse: Path) -> dict | None:
    """What CURRENT says ({version, sha256}); None when it is missing or garbled."""
    try:
        pointer = json.loads((warehouse / "CURRENT").read_text(encoding="utf-8"))
        return pointer if {"version", "sha256"} <= set(pointer) else None
    except (OSError, ValueError, TypeError):
        return None


def listed(warehouse: Path) -> list[str]:
    """The versions there are, oldest first."""
    return sorted(path.stem for path in folder_of(warehouse).glob("*.duckdb"))


def to_serve(warehouse: Path) -> tuple[str | None, str | None]:
    """(version to serve, banner): the one in force, or the newest sound one with the reason it stands in."""
    pointer = read_pointer(warehouse)
    if pointer and sound(warehouse, pointer["version"]):
        if pointer["sha256"] == kept_sum(warehouse, pointer["version"]):
            return pointer["version"], None
        pointer = None  # half a pointer is none
    wrong = f"version {pointer['version']} is damaged" if pointer else "the pointer to the current version is unreadable"
    for version in reversed(listed(warehouse)):
        if (not pointer or version != pointer["version"]) and sound(warehouse, version):
            return version, f"Showing version {version}, because {wrong}. Tell whoever loads the data."
    return None, None


def to_go_on_from(warehouse: Path) -> str | None:
    """The version in force, for a load to add to; None when there is none.

    Refused where an older one stands in for it: what was loaded since would be lost without a word.
    """
    (version, _), pointer = to_serve(warehouse), read_pointer(warehouse)
    if pointer and version != pointer["version"]:
        other = f"go on from the one before with `rfd publish {version}`" if version else "load all files into a new warehouse"
        raise Refused(f"{pointer['version']}: the version in force is damaged or gone. Put its file back, or {other}; then load.")
    return version


def sound(warehouse: Path, version: str) -> bool:
    """Whether a version's file has the sum it was published with."""
    path = path_of(warehouse, version)
    try:
        stat = path.stat()
        return file_sum(path, stat.st_size, stat.st_mtime_ns) == kept_sum(warehouse, version)
    except OSError:  # gone, if only a moment ago, or not to be read
        return False


def kept_sum(warehouse: Path, version: str) -> str:
    """The sum a version was published with."""
    return path_of(warehouse, version).with_suffix(".sha256").read_text(encoding="utf-8", errors="replace").strip()


@lru_cache(maxsize=16)
def file_sum(path: Path, size: int, changed: int) -> str:
    """The SHA-256 of a file; read again only when its size or time changes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def locked(warehouse: Path):
    """Hold the warehouse for one publisher; Refused when another has it, or when it cannot be written."""
    with written_to(warehouse):
        warehouse.mkdir(parents=True, exist_ok=True)
        lock = (warehouse / "lock").open("w")
    with lock as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"{warehouse}: another load is publishing here. Try again when it has finished.") from error
        yield


def secret(warehouse: Path) -> bytes:
    """The deployment's cell-key secret, outside any version; made on first use, readable by its owner alone."""
    path = warehouse / "cell-key.secret"
    if not path.exists():
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(32))
        sync(draft)
        os.replace(draft, path)
        sync(path.parent)
    return path.read_bytes()


def put_in_place(warehouse: Path, version: str, built: Path) -> None:
    """Give a built file its final name and sum, durably. It is not in force until `point` says so."""
    target = path_of(warehouse, version)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_suffix(".building")
    shutil.move(built, staged)
    sync(staged)
    stat = staged.stat()
    write_durably(target.with_suffix(".sha256"), file_sum(staged, stat.st_size, stat.st_mtime_ns) + "\n")
    os.replace(staged, target)
    sync(target.parent)


def point(warehouse: Path, version: str) -> None:
    """Make a version the one in force; Refused when it is not there or not sound."""
    if not path_of(warehouse, version).exists():
        raise Refused(f"{version}: no such version; there are {', '.join(listed(warehouse)) or 'none'}.")
    if not sound(warehouse, version):
        raise Refused(f"{version}: the file is damaged (its sum has changed). Publish another, or load again.")
    pointer = {"version": version, "sha256": kept_sum(warehouse, version)}
    write_durably(warehouse / "CURRENT", json.dumps(pointer) + "\n")


def clear_leftovers(warehouse: Path, keep: Path) -> None:
    """Remove what a load that was cut off left behind; the lock is held, so nobody else is at work."""
    for path in warehouse.glob("loading-*"):
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder_of(warehouse).glob("*.building"):
        path.unlink()
    for path in folder_of(warehouse).glob("*.sha256"):
        if not path.with_suffix(".duckdb").exists():
            path.unlink()


def prune(warehouse: Path) -> None:
    """Keep the newest versions and the one in force."""
    pointer = read_pointer(warehouse)
    for version in listed(warehouse)[:-KEPT]:
        if not pointer or version != pointer["version"]:
            path_of(warehouse, version).unlink()
            path_of(warehouse, version).with_suffix(".sha256").unlink(missing_ok=True)


def write_durably(path: Path, content: str) -> None:
    """Write a small file so that a reader sees the old content or the new, never half."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(content, encoding="utf-8")
    sync(draft)
    os.replace(draft, path)
    sync(path.parent)


def sync_all(folder: Path) -> None:
    """Have the system write a folder's files, its names and its own name to disk."""
    for path in (*folder.iterdir(), folder, folder.parent):
        sync(path)


def sync(path: Path) -> None:
    """Have the system write a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
