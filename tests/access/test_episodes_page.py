"""The page of episodes and the navigation, run as the server runs them, for people with and without a grant."""

import datetime as dt
import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import audit

ISSUER = "https://id.test"


def served(folder: str, query: dict):
    """The page of episodes on a link."""
    import os

    import streamlit as st

    import app

    os.environ["RFD_WAREHOUSE"] = folder
    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        st.query_params.from_dict(query)
    app.run("episodes", {})


@pytest.fixture(scope="module")
def trusts(demo_warehouse) -> list[str]:
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    frame = Ask(Warehouse(demo_warehouse), scope=("all", "")).rows("courses")
    return list(frame["provider"].value_counts().index[:2])


@pytest.fixture
def opened(demo_warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("RFD_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setenv("RFD_AUDIT_LOG", str(tmp_path / "audit.jsonl"))

    def open_page(subject: str | None, grants: str = "", **query: str) -> AppTest:
        (tmp_path / "access.toml").write_text(grants, encoding="utf-8")
        page = AppTest.from_function(served, args=(str(demo_warehouse), query), default_timeout=600)
        if subject:
            page.user = {"is_logged_in": True, "iss": ISSUER, "sub": subject, "exp": time.time() + 3600}
        return page.run()

    return open_page


def grant(subject: str, code: str, *, days: int = 30, role: str = "trust_rows") -> str:
    until = dt.date.today() + dt.timedelta(days=days)
    return (
        f'[[grant]]\nissuer = "{ISSUER}"\nsubject = "{subject}"\nrole = "{role}"\norganisation = "{code}"\n'
        f'agreement = "DSA-1"\nexpires = {until}\n'
    )


def text(page: AppTest) -> str:
    found = [*page.markdown, *page.header, *page.title, *page.get("html")]
    return " ".join(getattr(one, "value", None) or one.proto.body for one in found)


def trusts_listed(page: AppTest) -> set[str]:
    """The trusts in the table: its fourth column."""
    rows = re.findall(r"<tr>(.*?)</tr>", text(page))
    return {cells[3] for row in rows if len(cells := re.findall(r"<td>(.*?)</td>", row)) > 9}


def test_without_a_sign_in_the_page_says_politely_that_there_are_no_rows(opened):
    page = opened(None)
    assert not page.exception
    assert "No rows are granted to you" in text(page)
    assert not trusts_listed(page) and not page.get("download_button") and not page.get("dataframe")


def test_a_person_sees_their_own_trust_alone_whatever_the_link_says_until_the_grant_is_taken_away(opened, trusts, tmp_path):
    ours, other = trusts
    page = opened("ann", grant("ann", ours))
    assert not page.exception
    assert trusts_listed(page) == {ours}
    (entry,) = audit.entries(tmp_path / "audit.jsonl")
    assert (entry["what"], entry["organisation"]) == ("episodes: view", ours)

    page.query_params.update(place_type="provider", place=other)
    page.run()
    assert not trusts_listed(page) and "no rows for this choice" in text(page)

    page.query_params.clear()
    (tmp_path / "access.toml").write_text("", encoding="utf-8")
    page.run()
    assert not trusts_listed(page) and "No rows are granted to you" in text(page)


def test_a_page_says_by_name_whose_courses_are_granted_and_until_when_and_afterwards_that_the_grant_ended(opened, trusts):
    last, past = (f"{day.day} {day:%B %Y}" for day in (dt.date.today() + dt.timedelta(days=n) for n in (30, -1)))
    assert f"({trusts[0]}), until {last}" in text(opened("ann", grant("ann", trusts[0])))
    page = opened("ann", grant("ann", trusts[0], days=-1))
    assert f"No rows are granted to you: your grant ended on {past}" in text(page) and not trusts_listed(page)


def test_a_commissioner_is_told_the_names_of_the_trusts_whose_codes_stand_in_the_table(opened, demo_warehouse):
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    asked = Ask(Warehouse(demo_warehouse), scope=("all", ""))
    icb = asked.rows("courses")["commissioner"].value_counts().index[0]
    page = opened("ann", grant("ann", icb, role="commissioner_rows"))
    names = dict(asked.places("provider"))
    shown = trusts_listed(page)
    assert len(shown) > 1 and all(f"{code} is {names[code]}" in text(page) for code in shown)


def test_with_a_bad_file_of_grants_nobody_sees_rows_and_the_page_stands(opened, trusts):
    page = opened("ann", grant("ann", trusts[0]).replace("expires", "until"))
    assert not page.exception
    assert "No rows are granted to you" in text(page)


def test_a_log_that_cannot_be_written_leaves_the_list_and_takes_the_export_away(opened, trusts, tmp_path, monkeypatch):
    monkeypatch.setenv("RFD_AUDIT_LOG", str(tmp_path))
    page = opened("ann", grant("ann", trusts[0]))
    assert trusts_listed(page) == {trusts[0]}
    assert "nothing can be taken out" in text(page)
    assert not page.get("download_button")


def courses(page: AppTest) -> list[list[str]]:
    """The lines of the table."""
    lines = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", text(page))]
    return [cells for cells in lines if len(cells) > 9]


def test_courses_are_chosen_by_reason_and_period_and_say_of_each_criterion_what_was_seen_and_asked(opened, trusts):
    page = opened("ann", grant("ann", trusts[0]))
    page.selectbox(key="episodes_reason").select("block_before").run()
    assert {line[8] for line in courses(page)} == {"Not adherent"}
    seen_and_asked = re.compile(r"✗ Not met<br><small>Seen: blocks 0<br>Asked: at least 1 in 24 months</small>")
    assert all(seen_and_asked.fullmatch(line[9]) for line in courses(page))
    page.query_params["from"], page.query_params["to"] = "2021/22", "2021/22"
    page.selectbox(key="episodes_reason").select("all").run()
    months = {line[1] for line in courses(page)}
    assert months and all("2021-04" <= month <= "2022-03" for month in months)


def test_a_random_sample_says_its_seed_and_another_is_drawn_with_a_button(opened, trusts, tmp_path):
    page = opened("ann", grant("ann", trusts[0]))
    assert "episodes_draw" not in {button.key for button in page.button}
    page.selectbox(key="episodes_sample").select(10).run()
    first = courses(page)
    assert len(first) == 10 and "a random sample drawn with seed 1" in text(page)
    page.button(key="episodes_draw").click().run()
    seed = page.number_input(key="episodes_seed").value
    assert seed != 1 and f"seed {seed}" in text(page) and courses(page) != first
    page.number_input(key="episodes_seed").set_value(1).run()
    assert courses(page) == first
    told = [entry["filters"] for entry in audit.entries(tmp_path / "audit.jsonl")]
    assert [one.get("seed") for one in told] == [None, "1", str(seed), "1"]


def test_an_export_waits_for_a_purpose_and_a_reference_and_says_so(opened, trusts):
    page = opened("ann", grant("ann", trusts[0]))
    page.selectbox(key="episodes_sample").select(10).run()
    assert "Choose a purpose" in text(page) and page.get("download_button")[0].proto.disabled
    page.selectbox(key="episodes_purpose").select("Notes review").run()
    page.text_input(key="episodes_reference").input("=x()").run()
    assert page.get("download_button")[0].proto.disabled
    page.text_input(key="episodes_reference").input("AUD-1").run()
    assert not page.get("download_button")[0].proto.disabled


def test_more_courses_than_one_export_may_hold_are_told_and_not_cut(opened, trusts):
    page = opened("ann", "export_rows = 5\n" + grant("ann", trusts[0]))
    assert "holds at most 5 courses" in text(page) and page.get("download_button")[0].proto.disabled
