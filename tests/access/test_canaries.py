"""Canaries: names planted in the rows, which must never be sung by a log, an error or an answer."""

import io
import json
import logging
import zipfile
from datetime import date

import pytest

from dashboard import audit, door, export
from dashboard.access import Reader
from dashboard.ask import Ask
from dashboard.ask.episodes import Selection
from dashboard.ask.rows import COLUMNS
from dashboard.errors import Failed, Refused
from dashboard.filters import Filters
from dashboard.metrics import METRICS
from tests.ask.tiny import Tiny

CANARY = "CANARY-7391"
OURS = Reader("ann @ https://id.test", "trust_rows", "RTH", "DSA-1")


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    made = Tiny()
    made.connection.execute("insert into about values ('definition_hash', 'abc')")
    for table in ("denervations", "blocks", "courses", "index_blocks", "days"):
        made.add(table, CANARY, date(2020, 6, 1))
    made.connection.execute("insert into refusals values ('hes.txt', 7, 'quarantine', 'bad_date', 'OPDATE_01', ?)", [CANARY])
    return made


def test_no_released_answer_holds_a_name(tiny):
    ask = tiny.released()
    answers = [ask.counts(METRICS[name]) for name in ("denervations", "patients", "adherent")]
    answers += [ask.counts(metric, by="provider", period="quarter") for metric in METRICS.values() if metric.unit != "rate"]
    answers += [
        ask.loading("rules"),
        ask.loading("files"),
        ask.waterfall(),
        ask.reasons(),
        ask.flow(),
        ask.distribution("levels"),
    ]
    assert not [one.title for one in answers if CANARY in one.frame.to_csv() + repr(one)]
    files = [make(one) for one in answers for make in (export.csv_bytes, export.excel_bytes, export.zip_bytes)]
    told = [json.dumps(export.metadata(one), default=str) + export.file_name(one, "csv") for one in answers]
    assert not [one for one in files if CANARY.encode() in one + opened(one)] + [one for one in told if CANARY in one]


def opened(content: bytes) -> bytes:
    """All that is inside a file that holds others, one after another; nothing of one that does not."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_nothing_a_version_says_of_itself_holds_a_name(tiny):
    said = [*tiny.released().about.items(), *tiny.released().version.places.to_numpy().ravel()]
    assert not [one for one in said if CANARY in str(one)]


def test_no_row_that_leaves_and_no_line_of_the_log_holds_a_name(tiny, tmp_path):
    log = tmp_path / "log"
    request = door.Request(Selection(), "Notes review", "AUD-1")
    content = door.take(Ask(tiny), OURS, request, 500, log)
    door.noted(Ask(tiny), OURS, Selection(), 1, log)
    assert CANARY.encode() not in content + log.read_bytes()
    assert CANARY not in door.listed(Ask(tiny), OURS, Selection(), b"k").to_csv()
    assert audit.check(log)["n"] == 2


def test_no_error_and_no_log_message_holds_a_name(tiny, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    request = door.Request(Selection(), "Notes review", "AUD-1")
    wrong = [
        lambda: door.take(Ask(tiny), OURS, request, 500, tmp_path),
        lambda: door.take(Ask(tiny), OURS, request, 0, tmp_path / "log"),
        lambda: door.take(Ask(tiny), Reader(), request, 500, tmp_path / "log"),
        lambda: door.take(Ask(tiny), OURS, door.Request(Selection("x"), "Notes review", "AUD-1"), 5, tmp_path / "log"),
        lambda: Ask(tiny, Filters(place_type="provider", place="RTH"), scope=("provider", "RTH")).rows("refusals"),
        *(lambda table=table: Ask(tiny).rows(table) for table in COLUMNS),
    ]
    for attempt in wrong:
        with pytest.raises((Refused, Failed)) as caught:
            attempt()
        assert CANARY not in str(caught.value) + repr(caught.value.__cause__)
    assert CANARY not in caplog.text
