"""What is taken out: permitted, capped, without names, safe in a spreadsheet, and logged before the first byte."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from dashboard import audit, door
from dashboard.access import ANYONE, Reader
from dashboard.ask import Ask
from dashboard.ask.episodes import Selection
from dashboard.errors import Failed, Refused
from dashboard.filters import Filters
from tests.ask.tiny import Tiny
from tests.worked.command import run

OURS = Reader("ann @ https://id.test", "trust_rows", "RTH", "DSA-1")
EVERYONES = Reader("gil @ https://id.test", "national_reviewer", "", "DSA-2")
REQUEST = door.Request(Selection(), "Notes review", "AUD-2026/17")


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    made = Tiny(definition_hash="abc")
    for n in range(6):
        made.add(
            "courses", f"Secret {n}", date(2020, 1 + n, 3), provider="RTH" if n < 4 else "RTE", sides="=1+1" if n else "both"
        )
    return made


def opened(content: bytes) -> tuple[list[dict], dict]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode("utf-8-sig"))))
        return rows, json.loads(archive.read("metadata.json"))


def test_an_export_holds_what_was_granted_and_is_logged_with_the_sum_of_its_bytes(tiny, tmp_path):
    log = tmp_path / "log"
    content = door.take(Ask(tiny), OURS, REQUEST, 500, log)
    rows, told = opened(content)
    assert {row["provider"] for row in rows} == {"RTH"}
    assert len({row["course"] for row in rows}) == 4
    (entry,) = audit.entries(log)
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert entry["export_id"] == told["export_id"] and len(told["export_id"]) == 32
    assert (entry["who"], entry["role"], entry["agreement"], entry["rows"]) == (OURS.who, "trust_rows", "DSA-1", 4)
    assert (entry["purpose"], entry["reference"], entry["data_version"]) == ("Notes review", "AUD-2026/17", "test")


def test_two_exports_of_the_same_rows_share_no_pseudonym_id_or_byte_sum(tiny, tmp_path):
    (one, first), (other, second) = (opened(door.take(Ask(tiny), OURS, REQUEST, 500, tmp_path / "log")) for _ in range(2))
    assert not {row["patient"] for row in one} & {row["patient"] for row in other}
    assert first["export_id"] != second["export_id"]
    assert len({entry["sha256"] for entry in audit.entries(tmp_path / "log")}) == 2


def test_an_export_holds_no_name_no_day_and_no_formula(tiny, tmp_path):
    content = door.take(Ask(tiny), OURS, REQUEST, 500, tmp_path / "log")
    rows, _ = opened(content)
    text = " ".join(value for row in rows for value in row.values())
    assert "Secret" not in text and "2020-01-03" not in text
    assert "'=1+1" in {row["sides"] for row in rows}
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_nothing_is_taken_out_when_the_log_cannot_be_written(tiny, tmp_path):
    with pytest.raises(Failed, match="nothing was taken out"):
        door.take(Ask(tiny), OURS, REQUEST, 500, tmp_path)
    with pytest.raises(Failed):
        audit.ready(tmp_path)
    assert len(door.listed(Ask(tiny), OURS, Selection(), b"k")) == 40


@pytest.mark.parametrize("reader", [ANYONE, Reader("x", "steward"), Reader("x", "auditor", "RTH"), Reader("x", "viewer", "RTH")])
def test_whoever_was_granted_no_rows_takes_none_out_and_nothing_is_logged(tiny, tmp_path, reader):
    with pytest.raises(Refused, match="no rows are granted"):
        door.take(Ask(tiny, scope=("all", "")), reader, REQUEST, 500, tmp_path / "log")
    assert not (tmp_path / "log").exists()


def test_an_ask_that_could_see_more_does_not_widen_a_grant(tiny, tmp_path):
    rows, _ = opened(door.take(Ask(tiny, scope=("all", "")), OURS, REQUEST, 500, tmp_path / "log"))
    assert {row["provider"] for row in rows} == {"RTH"}


def test_a_national_reviewer_reads_trust_by_trust(tiny, tmp_path):
    with pytest.raises(Refused, match="choose a trust"):
        door.take(Ask(tiny), EVERYONES, REQUEST, 500, tmp_path / "log")
    one = Ask(tiny, Filters(place_type="provider", place="RTE"))
    rows, _ = opened(door.take(one, EVERYONES, REQUEST, 500, tmp_path / "log"))
    assert {row["provider"] for row in rows} == {"RTE"}


def test_more_courses_than_the_cap_are_refused_and_not_cut(tiny, tmp_path):
    with pytest.raises(Refused, match="at most 3 courses"):
        door.take(Ask(tiny), OURS, REQUEST, 3, tmp_path / "log")
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(
    ("purpose", "reference"),
    [
        ("", "AUD-1"),
        ("Curiosity", "AUD-1"),
        ("Notes review", ""),
        ("Notes review", "ab"),
        ("Notes review", "AUD-1\n{}"),
        ("Notes review", "=x()"),
    ],
)
def test_without_a_purpose_and_a_reference_nothing_is_taken_out(tiny, tmp_path, purpose, reference):
    with pytest.raises(Refused, match="purpose"):
        door.take(Ask(tiny), OURS, door.Request(Selection(), purpose, reference), 500, tmp_path / "log")


def test_the_command_says_a_log_is_sound_and_stops_with_code_3_at_one_that_is_not(tiny, tmp_path):
    log = tmp_path / "audit.jsonl"
    for _ in range(2):
        door.take(Ask(tiny), OURS, REQUEST, 500, log)
    status, out, _ = run("check", "audit-log", "--warehouse", tmp_path)
    assert status == 0 and "2 lines" in out
    log.write_bytes(log.read_bytes().replace(b'"rows":4', b'"rows":5', 1))
    status, _, err = run("check", "audit-log", "--log", log)
    assert status == 3 and "line 1 was changed" in err


def test_the_command_says_what_is_wrong_with_the_grants(tmp_path, monkeypatch):
    monkeypatch.setenv("RFD_ACCESS", str(tmp_path / "access.toml"))
    assert run("check", "access")[0] == 0
    (tmp_path / "access.toml").write_text("[[grant]]\nrole = 'viewer'\n", encoding="utf-8")
    status, _, err = run("check", "access")
    assert status == 2 and "grant 1" in err
