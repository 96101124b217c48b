"""Canaries: names planted in the rows, which must never be sung by a log, an error or an answer."""

import logging
from datetime import date

import pytest

from dashboard import audit, door
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
    made = Tiny(definition_hash="abc")
    for table in ("denervations", "blocks", "courses", "index_blocks", "days"):
        made.add(table, CANARY, date(2020, 6, 1))
    made.connection.execute("insert into refusals values ('hes.txt', 7, 'quarantine', 'bad_date', 'OPDATE_01', ?)", [CANARY])
    return made


def test_no_released_answer_holds_a_name(tiny):
    ask = tiny.released()
    answers = [ask.counts(METRICS[name]) for name in ("denervations", "patients", "adherent")]
    answers += [ask.loading("rules"), ask.loading("files"), ask.waterfall(), ask.reasons()]
    assert not [one.title for one in answers if CANARY in one.frame.to_csv() + repr(one)]


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
