"""Signing in for real: a certified OpenID provider, a browser, and what each person then sees, asks for and loses."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import NO_ROWS, again, choose, column, granted, look, sees_nothing, served, sign_in
from tests.browser.steps import done


@pytest.fixture(scope="module")
def rows(demo_warehouse):
    """Every course of the data: the truth that what is seen is held against."""
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    return Ask(Warehouse(demo_warehouse), scope=("all", "")).rows("courses")


@pytest.fixture(scope="module")
def site(demo_warehouse, tmp_path_factory):
    """(address, issuer, folder): a dashboard with a sign-in, its provider, and where its grants and log are."""
    with served(demo_warehouse, tmp_path_factory.mktemp("site")) as running:
        yield running


def test_a_person_without_a_grant_signs_in_and_sees_no_rows_though_a_claim_says_otherwise(page, site):
    sign_in(page, site, "vic")
    for name, words in (("episodes", NO_ROWS), ("log", "for auditors")):
        look(page, site, name)
        sees_nothing(page, words)
    expect(page.get_by_role("link", name="Episodes")).to_have_count(0)
    expect(page.get_by_role("link", name="Volumes").first).to_be_attached()


def test_a_role_is_what_the_grant_says_at_this_run_and_no_link_widens_it(page, site, rows):
    ours, other = rows["provider"].value_counts().index[:2]
    icb, foreign = rows["commissioner"].value_counts().index[:2]
    granted(site, "trust_rows", ours)
    sign_in(page, site, "ann")
    look(page, site)
    assert column(page, "Trust") == {ours}
    expect(page.get_by_role("link", name="Episodes").first).to_be_attached()
    version = page.locator(".rfd-foot").inner_text().split()[2]
    look(page, site, place_type="provider", place=other, version=version)
    sees_nothing(page, "no rows for this choice")
    look(page, site, version="no-such-version", scope="all", role="national_reviewer")
    assert column(page, "Trust") == {ours}

    granted(site, "commissioner_rows", icb)
    look(page, site, place_type="commissioner", place=foreign)
    sees_nothing(page, "no rows for this choice")
    look(page, site)
    assert column(page, "Trust") <= set(rows[rows["commissioner"] == icb]["provider"])

    granted(site, "national_reviewer")
    again(page)
    sees_nothing(page, "choose a trust")
    look(page, site, place_type="provider", place=other)
    assert column(page, "Trust") == {other}

    granted(site, "steward")
    again(page)
    sees_nothing(page)
    look(page, site, "refusals")
    expect(page.get_by_role("region", name="Lines by rule")).to_be_visible()

    granted(site, "auditor")
    look(page, site, "log")
    expect(page.get_by_text("The log is whole")).to_be_visible()
    expect(page.get_by_role("cell", name=f"ann @ {site[1]}").first).to_be_visible()


def taken_out_and_logged(page, site, ours: str) -> None:
    """Take a sample out, and hold the file against the log; without a log there is no file, and the list stays."""
    choose(page, "Random sample", "10 courses")
    expect(page.get_by_text("a random sample drawn with seed 1")).to_be_visible()
    done(page)
    choose(page, "Purpose", "Notes review")
    page.get_by_label("Your reference").fill("AUD-2026/17")
    page.keyboard.press("Enter")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download (zip, logged)", disabled=False).click()
    content = waiting.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode("utf-8-sig"))))
        told = json.loads(archive.read("metadata.json"))
    entry = json.loads((site[2] / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert {row["provider"] for row in rows} == {ours} and len({row["course"] for row in rows}) == entry["rows"] == 10
    assert (entry["sha256"], entry["export_id"]) == (hashlib.sha256(content).hexdigest(), told["export_id"])
    assert (entry["who"], entry["what"], entry["reference"]) == (f"ann @ {site[1]}", "episodes: export", "AUD-2026/17")
    log, kept = site[2] / "audit.jsonl", site[2] / "kept"
    log.rename(kept)
    log.mkdir()
    page.get_by_role("button", name="Draw another sample").click()
    expect(page.get_by_text("nothing can be taken out")).to_be_visible()
    assert column(page, "Trust") == {ours}
    log.rmdir()
    kept.rename(log)


def test_a_grant_that_ended_was_taken_away_or_is_another_issuers_shows_nothing_from_the_next_run(page, site, rows):
    ours = rows["provider"].value_counts().index[0]
    granted(site, "trust_rows", ours)
    sign_in(page, site, "ann")
    look(page, site)
    assert column(page, "Trust") == {ours}
    taken_out_and_logged(page, site, ours)
    for change in ({"subject": "bob"}, {"until": -1}, {"until": 400}, {"issuer": "https://id.example.test"}):
        granted(site, "trust_rows", ours, **change)
        again(page)
        sees_nothing(page)
        granted(site, "trust_rows", ours)
        again(page)
        assert column(page, "Trust") == {ours}
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: not address.startswith(f"{site[0]}/episodes"))
    look(page, site)
    sees_nothing(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    log = (site[2] / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log and "a-secret" not in log and "0123456789abcdef" not in log


def test_a_sign_in_ends_with_its_token_in_a_page_that_stays_open(page, site, rows):
    granted(site, "trust_rows", rows["provider"].value_counts().index[0], subject="brief")
    sign_in(page, site, "brief")
    ended = page.get_by_text("Your sign-in has ended")
    while not ended.count():
        again(page)
        page.wait_for_timeout(1000)
    look(page, site)
    sees_nothing(page)
