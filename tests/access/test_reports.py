"""What stewards and auditors see that nobody else does: refused lines without what stood in them, and the download log."""

import datetime as dt
import json
import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import audit, door
from dashboard.access import ROLES, Reader
from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.pages.rules import RULES
from tests.ask.tiny import Tiny

ROOT = Path(__file__).parent.parent.parent
ISSUER = "https://id.test"
PAGES = {"episodes": {"trust_rows", "commissioner_rows", "national_reviewer"}, "refusals": {"steward"}, "log": {"auditor"}}


def served(folder: str, name: str):
    """One page of the dashboard."""
    import os

    import app

    os.environ["RFD_WAREHOUSE"] = folder
    app.run(name, {})


@pytest.fixture
def opened(demo_warehouse, tmp_path, monkeypatch):
    """A page's text as somebody with a role, or without one, sees it."""
    monkeypatch.setenv("RFD_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setenv("RFD_AUDIT_LOG", str(tmp_path / "audit.jsonl"))

    def open_page(name: str, role: str | None) -> str:
        until = dt.date.today() + dt.timedelta(days=30)
        (tmp_path / "access.toml").write_text(
            f'[[grant]]\nissuer = "{ISSUER}"\nsubject = "ann"\nrole = "{role or "viewer"}"\norganisation = "ZA1"\n'
            f'agreement = "DSA-1"\nexpires = {until}\n',
            encoding="utf-8",
        )
        page = AppTest.from_function(served, args=(str(demo_warehouse), name), default_timeout=600)
        if role:
            page.user = {"is_logged_in": True, "iss": ISSUER, "sub": "ann", "exp": time.time() + 3600}
        page.run()
        assert not page.exception
        return " ".join(
            getattr(one, "value", None) or one.proto.body for one in [*page.markdown, *page.header, *page.get("html")]
        )

    return open_page


def rows(text: str) -> list[list[str]]:
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.S) for line in re.findall(r"<tr.*?</tr>", text, re.S)]


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_is_not_for_everybody_is_for_the_roles_of_the_table_alone(role):
    reader = Reader("x", role, "RTH", "DSA-1")
    assert {page for page in (*PAGES, "elsewhere") if reader.may_open(page)} == {
        page for page, roles in PAGES.items() if role in roles
    }


@pytest.mark.parametrize("name", ["refusals", "log"])
@pytest.mark.parametrize("role", [None, "viewer", "trust_rows"])
def test_whoever_is_no_steward_or_auditor_is_told_so_and_shown_nothing(opened, name, role):
    text = opened(name, role)
    assert "Nothing here is granted to you" in text
    assert "<td>" not in text and "The log is" not in text


def test_a_steward_sees_which_lines_were_refused_by_which_rule_and_no_value(opened, demo_warehouse):
    from dashboard.warehouse import Warehouse

    text = opened("refusals", "steward")
    head = ["File", "Line", "What was done", "Rule", "Column"]
    assert head in rows(text)
    exact = Ask(Warehouse(demo_warehouse), scope=("all", "")).rows("refusals")
    shown = [row for row in rows(text) if len(row) == 5 and row[2] != "What it means"]
    shown = shown[: exact.groupby(["severity", "rule", "column"], dropna=False).ngroups]
    assert sum(int(row[4].replace(",", "")) for row in shown) == len(exact)
    assert {row[0] for row in shown} <= {"Put aside", "Flagged"} and all(row[2] for row in shown)
    keys = exact[exact["column"].isin(["EPIKEY", "TOKEN_PERSON_ID"])]["value"].dropna()
    assert not [key for key in keys.unique() if len(key) > 4 and key in text]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "steward"])
def test_refused_lines_are_given_to_no_other_role(role):
    with pytest.raises(Refused, match="for stewards"):
        door.refused_lines(Ask(Tiny(), scope=("all", "")), Reader("x", role, "RTH", "DSA-1"))


def test_a_refused_line_never_holds_what_stood_in_it():
    tiny = Tiny()
    tiny.connection.execute("insert into refusals values ('hes.txt', 7, 'quarantine', 'bad-date', 'OPDATE_01', 'SECRET')")
    frame = door.refused_lines(Ask(tiny), Reader("x", "steward"))
    assert frame.to_dict("records") == [
        {"file": "hes.txt", "line": 7, "severity": "quarantine", "rule": "bad-date", "column": "OPDATE_01"}
    ]


def test_an_auditor_sees_every_entry_and_whether_the_log_is_whole(opened, tmp_path):
    log = tmp_path / "audit.jsonl"
    for n in range(3):
        filters = {"place": "<script>"} if n else {}
        audit.append(log, audit.Entry(f"ann{n}", "trust_rows", "episodes: export", filters, "v1", "rows", n, export_id="abc"))
    text = opened("log", "auditor")
    assert [row[2] for row in rows(text) if row[0] in "123"] == ["ann2", "ann1", "ann0"]
    assert "3 entries" in text and audit.check(log)["hash"] in text
    assert "<script>" not in text and "Place &lt;script&gt;" in text
    log.write_bytes(log.read_bytes().replace(b'"rows":1', b'"rows":9'))
    assert "The log is not whole" in opened("log", "auditor") and json.loads(log.read_bytes().splitlines()[1])["rows"] == 9


def test_a_log_says_roles_choices_and_times_in_words_and_an_altered_line_does_not_stop_the_page(opened, tmp_path):
    log = tmp_path / "audit.jsonl"
    chosen = {"sex": "2", "repeat_min_months": "16", "reason": "all", "sex_of_old": "7"}
    audit.append(log, audit.Entry("ann", "national_reviewer", "episodes: view", chosen, "v1", "rows", 1234))
    (found,) = (dict(zip(*pair, strict=True)) for pair in [rows(opened("log", "auditor"))])
    assert (found["Role"], found["Rows"]) == ("National reviewer", "1,234")
    assert found["Choices"] == "Reason all; Minimum interval 16 months; Sex Female; Sex of old 7"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", found["Time (UTC)"])
    log.write_text('{"n": 1}\n[]\n', encoding="utf-8")
    assert "The log is not whole" in opened("log", "auditor")


def test_each_rule_that_puts_rows_aside_or_flags_them_is_explained_in_words():
    page, flags = ((ROOT / one).read_text(encoding="utf-8") for one in ("docs/bad-input.md", "queries/cohort/row_flags.sql"))
    known = {*re.findall(r"`(?:quarantine|flag): ([a-z-]+)`", page), *re.findall(r"^    '([a-z]+-[a-z-]+)'", flags, re.M)}
    assert known == set(RULES)
