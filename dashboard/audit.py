"""Who took what out: an append-only log in a file of its own, each line holding the hash of the line before.

A head file beside it, or on another disk, says how many lines there are, so that lines cut off the end are missed.
"""

import datetime as dt
import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO

from dashboard.errors import Failed, Stopped
from dashboard.versions import home, write_durably

START = "0" * 64
LONGEST_LINE = 65536


@dataclass(frozen=True)
class Entry:
    """What somebody did: under which role and agreement, with which choices, how many rows, and the sum of the bytes."""

    who: str
    role: str
    what: str
    filters: dict
    data_version: str
    profile: str
    rows: int
    sha256: str = ""
    export_id: str = ""
    organisation: str = ""
    agreement: str = ""
    purpose: str = ""
    reference: str = ""


FIELDS = {one.name for one in fields(Entry)}


def place(warehouse: Path | None = None) -> Path:
    """The log of a warehouse, of the one being served when none is named: where `RFD_AUDIT_LOG` says, else beside the versions."""
    return Path(os.environ.get("RFD_AUDIT_LOG") or (warehouse or home()) / "audit.jsonl")


def head_of(log: Path) -> Path:
    """The head file of a log: where `RFD_AUDIT_HEAD` says, else beside it."""
    return Path(os.environ.get("RFD_AUDIT_HEAD") or log.with_name(log.name + ".head"))


def append(log: Path, entry: Entry) -> int:
    """Write one entry to disk and return its line number; Failed when it cannot be, and then nothing may be taken out."""
    try:
        with _held(log, "a+b", fcntl.LOCK_EX) as stream:
            last = _last(stream)
            _agree(last, _head(log))
            record = {"n": last["n"] + 1, "time": _now(), **asdict(entry), "previous": last["hash"]}
            record["hash"] = _hash(record)
            _write(stream, log, record)
            return record["n"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failed(f"the audit log cannot be written ({type(error).__name__}); nothing was taken out") from error


def ready(log: Path) -> None:
    """Come back when an entry could be written now; Failed otherwise."""
    try:
        with _held(log, "a+b", fcntl.LOCK_EX) as stream:
            _agree(_last(stream), _head(log))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failed(f"the audit log cannot be written ({type(error).__name__})") from error


def check(log: Path, expected: str = "") -> dict:
    """{n, hash} of the last line of a sound log; Stopped, naming the line, for one that was edited, cut or reordered.

    `expected` is a hash noted on another day: it must still be in the chain.
    """
    if not log.exists():
        if head_of(log).exists():
            raise Stopped(f"{log}: the log is gone; its head says there were {_read_head(log)['n']} lines")
        return {"n": 0, "hash": START}
    with _held(log, "rb", fcntl.LOCK_SH) as stream:
        last, hashes = {"n": 0, "hash": START}, {START}
        for raw in stream:
            last = _checked(log, raw, last)
            hashes.add(last["hash"])
        _check_head(log, last)
    if expected and expected not in hashes:
        raise Stopped(f"{log}: no line has the hash {expected}: the log was written anew, or cut before it")
    return {"n": last["n"], "hash": last["hash"]}


def entries(log: Path) -> list[dict]:
    """The entries of a log, oldest first; a line that is none is left out, for `check` to name."""
    if not log.exists():
        return []
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):
            one = json.loads(line)
            if isinstance(one, dict) and one.keys() >= FIELDS and isinstance(one["filters"], dict):
                found.append(one)
    return found


def _checked(log: Path, raw: bytes, before: dict) -> dict:
    """The record of a line that follows the one before; Stopped for any other."""
    n = before["n"] + 1
    if not raw.endswith(b"\n"):
        raise Stopped(f"{log}: line {n} is cut off")
    try:
        record = json.loads(raw)
        same = raw == _line(record) and record["hash"] == _hash(record)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stopped(f"{log}: line {n} is not an entry") from error
    if not same:
        raise Stopped(f"{log}: line {n} was changed")
    if record["n"] != n:
        raise Stopped(f"{log}: line {n} is the entry numbered {record['n']}: a line was taken out, added or moved here")
    if record["previous"] != before["hash"]:
        raise Stopped(f"{log}: line {n} does not follow line {n - 1}: that line was changed, or this one was")
    return record


def _check_head(log: Path, last: dict) -> None:
    head = _read_head(log)
    if head["n"] > last["n"]:
        raise Stopped(f"{log}: line {last['n'] + 1} to line {head['n']} are missing at the end")
    try:
        _agree(last, head)
    except ValueError as error:
        raise Stopped(f"{log}: line {last['n']} is not the last line that the head file knows") from error


def _agree(last: dict, head: dict) -> None:
    """Have the last line be the head's, or the one after it: a write can be cut off between the two files."""
    if (last["n"], last["hash"]) != (head["n"], head["hash"]) and last.get("previous") != head["hash"]:
        raise ValueError("the log and its head do not agree")


def _head(log: Path) -> dict:
    path = head_of(log)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"n": 0, "hash": START}


def _read_head(log: Path) -> dict:
    try:
        head = _head(log)
        return {"n": int(head["n"]), "hash": str(head["hash"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Stopped(f"{head_of(log)}: the head file cannot be read") from error


def _last(stream: BinaryIO) -> dict:
    """The last record of a log, or the start of an empty one."""
    size = stream.seek(0, os.SEEK_END)
    if not size:
        return {"n": 0, "hash": START}
    stream.seek(max(0, size - LONGEST_LINE))
    tail = stream.read()
    if not tail.endswith(b"\n"):
        raise ValueError("the last line is cut off")
    return json.loads(tail.splitlines()[-1])


def _write(stream: BinaryIO, log: Path, record: dict) -> None:
    """Put a record on disk and move the head to it; a write that fails leaves the log as it was."""
    size, line = stream.seek(0, os.SEEK_END), _line(record)
    try:
        if stream.write(line) < len(line):  # a disk that fills takes a part of it, without an error
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(stream.fileno())
        write_durably(head_of(log), json.dumps({"n": record["n"], "hash": record["hash"]}) + "\n")
    except OSError:
        with suppress(OSError):
            os.ftruncate(stream.fileno(), size)
        raise


@contextmanager
def _held(log: Path, mode: str, how: int) -> Iterator[BinaryIO]:
    """The log, opened unbuffered and locked against other processes and threads until done."""
    with open(log, mode, buffering=0, opener=_for_the_owner) as stream:
        fcntl.flock(stream, how)
        yield stream


def _for_the_owner(path: str, flags: int) -> int:
    """A new log is for whoever runs the server, and for nobody else to read."""
    return os.open(path, flags, 0o600)


def _line(record: dict) -> bytes:
    return json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _hash(record: dict) -> str:
    told = {name: value for name, value in record.items() if name != "hash"}
    return hashlib.sha256(_line(told)).hexdigest()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
