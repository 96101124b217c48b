"""The audit log: nothing is taken out unseen, and nothing in it changes unseen."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import audit
from dashboard.errors import Failed, Stopped

ROOT = Path(__file__).parent.parent.parent


def entry(**more) -> audit.Entry:
    given = {"who": "ann @ https://id.test", "role": "trust_rows", "what": "rows", "filters": {"place": "RTH"}}
    return audit.Entry(**given | {"data_version": "v1", "profile": "rows", "rows": 3} | more)


@pytest.fixture
def log(tmp_path) -> Path:
    path = tmp_path / "audit.jsonl"
    for n in range(4):
        audit.append(path, entry(rows=n))
    return path


def test_an_entry_holds_who_what_when_and_the_sum_of_the_bytes(tmp_path):
    log = tmp_path / "audit.jsonl"
    audit.append(log, entry(sha256="ab", export_id="cd", purpose="notes review", reference="A1"))
    (one,) = audit.entries(log)
    told = ("who", "role", "what", "filters", "data_version", "profile", "rows", "sha256", "export_id", "time")
    assert all(name in one for name in told)
    assert (one["sha256"], one["export_id"], one["rows"], one["n"]) == ("ab", "cd", 3, 1)


def test_a_log_is_for_its_owner_to_read_and_is_put_on_disk_before_it_counts(tmp_path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_size) or real(number))
    log = tmp_path / "audit.jsonl"
    audit.append(log, entry())
    assert log.stat().st_size in synced
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_untouched_log_is_sound_and_a_log_that_never_was_has_no_lines(log, tmp_path):
    assert audit.check(log)["n"] == 4
    assert audit.check(tmp_path / "none.jsonl")["n"] == 0


def lines(log: Path) -> list[bytes]:
    return log.read_bytes().splitlines(keepends=True)


def rehashed(line: bytes, **changes) -> bytes:
    record = json.loads(line) | changes
    return audit._line(record | {"hash": audit._hash(record)})


def anew(lines: list[bytes], start: int = 0, **changes) -> list[bytes]:
    """The same lines as a chain of their own, or as one that goes on after them."""
    made, before = [], json.loads(lines[start - 1])["hash"] if start else audit.START
    for n, line in enumerate(lines, start + 1):
        made.append(rehashed(line, n=n, previous=before, **changes))
        before = json.loads(made[-1])["hash"]
    return made


TAMPERED = {
    "a number edited": (lambda one: [*one[:1], one[1].replace(b'"rows":1', b'"rows":9'), *one[2:]], "line 2 was changed"),
    "a space added": (lambda one: [one[0].replace(b",", b", ", 1), *one[1:]], "line 1 was changed"),
    "an edit with a new hash": (lambda one: [one[0], rehashed(one[1], rows=9), *one[2:]], "line 3 does not follow line 2"),
    "the last line edited with a new hash": (lambda one: [*one[:3], rehashed(one[3], rows=9)], "line 4"),
    "a line in the middle removed": (lambda one: [one[0], *one[2:]], "line 2 is the entry numbered 3"),
    "the first line removed": (lambda one: one[1:], "line 1 is the entry numbered 2"),
    "the last line removed": (lambda one: one[:3], "line 4 to line 4 are missing"),
    "the last three lines removed": (lambda one: one[:1], "line 2 to line 4 are missing"),
    "all lines removed": (lambda one: [], "line 1 to line 4 are missing"),
    "two lines changed places": (lambda one: [one[0], one[2], one[1], one[3]], "line 2 is the entry numbered 3"),
    "a line twice": (lambda one: [*one[:2], one[1], *one[2:]], "line 3 is the entry numbered 2"),
    "the end cut off": (lambda one: [*one[:3], one[3][:-5]], "line 4 is cut off"),
    "a line of another log put in": (
        lambda one: [*one[:2], rehashed(one[1], n=3, rows=7), *one[2:]],
        "line 3 does not follow|line 4 is the entry",
    ),
    "a line made up and put in": (
        lambda one: [*one[:2], rehashed(one[2], who="eve", previous=json.loads(one[1])["hash"]), *one[2:]],
        "line 4",
    ),
    "all lines made up anew": (lambda one: anew(one, rows=0), "line 4 is not the last line"),
    "lines added without the head": (lambda one: [*one, *anew(one, start=4)], "line 8 is not the last line"),
    "something else": (lambda one: [one[0], b"hello\n", *one[2:]], "line 2 is not an entry"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_log_that_was_tampered_with_is_found_and_the_line_is_named(log, how):
    tamper, told = TAMPERED[how]
    log.write_bytes(b"".join(tamper(lines(log))))
    with pytest.raises(Stopped, match=told):
        audit.check(log)


def test_a_log_or_a_head_that_is_gone_is_found(log):
    head = audit.head_of(log)
    kept = head.read_bytes()
    head.unlink()
    with pytest.raises(Stopped, match="line 4 is not the last"):
        audit.check(log)
    head.write_bytes(kept)
    log.unlink()
    with pytest.raises(Stopped, match="there were 4 lines"):
        audit.check(log)


def test_a_log_written_anew_with_its_head_is_found_by_a_hash_noted_before(log):
    noted = audit.check(log)["hash"]
    audit.append(log, entry())
    assert audit.check(log, noted)["n"] == 5
    log.unlink()
    audit.head_of(log).unlink()
    audit.append(log, entry(rows=7))
    assert audit.check(log)["n"] == 1
    with pytest.raises(Stopped, match="written anew"):
        audit.check(log, noted)


def test_nothing_is_added_to_a_log_whose_end_was_cut_or_that_cannot_be_written(log, tmp_path):
    log.write_bytes(b"".join(lines(log)[:2]))
    with pytest.raises(Failed, match="nothing was taken out"):
        audit.append(log, entry())
    assert len(lines(log)) == 2
    with pytest.raises(Failed, match="cannot be written"):
        audit.append(tmp_path, entry())
    with pytest.raises(Failed, match="cannot be written"):
        audit.append(tmp_path / "no" / "folder" / "log", entry())


def test_a_head_that_cannot_be_moved_leaves_the_log_as_it_was(log, monkeypatch, tmp_path):
    before = log.read_bytes()
    (tmp_path / "audit.jsonl.head.new").mkdir()
    with pytest.raises(Failed):
        audit.append(log, entry())
    assert log.read_bytes() == before
    assert audit.check(log)["n"] == 4


FULL = (
    "import resource, sys; from pathlib import Path; from dashboard import audit; log = Path(sys.argv[1])\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 100,) * 2)\n"
    "audit.append(log, audit.Entry('a', 'r', 'w', {}, 'v', 'p', 1))"
)


def test_a_disk_that_takes_half_a_line_leaves_the_log_as_it_was_and_nothing_is_taken_out(log):
    before = log.read_bytes()
    done = subprocess.run([sys.executable, "-c", FULL, str(log)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "nothing was taken out" in done.stderr
    assert log.read_bytes() == before
    assert audit.check(log)["n"] == 4


def test_a_write_cut_off_before_its_head_moved_is_carried_on_from(log):
    head = audit.head_of(log)
    before = head.read_bytes()
    audit.append(log, entry())
    head.write_bytes(before)
    assert audit.check(log)["n"] == 5
    audit.append(log, entry())
    assert audit.check(log)["n"] == 6


@pytest.mark.parametrize("line", [b"hello", b"5", b"[]", b"{}", b'{"n": 1}', b'{"filters": 3}'])
def test_a_line_that_is_no_entry_is_left_out_of_the_entries_and_named_by_the_check(log, line):
    with log.open("ab") as stream:
        stream.write(line + b"\n")
    assert [one["rows"] for one in audit.entries(log)] == [0, 1, 2, 3]
    with pytest.raises(Stopped, match=r"line 5 (is not an entry|was changed)"):
        audit.check(log)


def test_processes_that_write_at_once_leave_one_sound_chain(log):
    program = (
        "import sys; from pathlib import Path; from dashboard import audit\n"
        "for n in range(10): audit.append(Path(sys.argv[1]), audit.Entry('a', 'r', 'w', {}, 'v', 'p', n))"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, str(log)], cwd=ROOT) for _ in range(3)]
    assert [one.wait(timeout=600) for one in started] == [0, 0, 0]
    assert audit.check(log)["n"] == 34
