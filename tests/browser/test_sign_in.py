"""Signing in for real: a certified OpenID provider, a browser, and what each person then sees, asks for and loses."""

import csv
import datetime as dt
import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.access.node import installed
from tests.browser.conftest import LONGEST, ROOT, wait_for

SECRETS = """[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "dashboard"
client_secret = "a-secret-of-the-tests-alone"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", timeout = 900 }}
"""
NO_ROWS = "No rows are granted to you"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def rows(demo_warehouse):
    """Every course of the data: the truth that what is seen is held against."""
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    return Ask(Warehouse(demo_warehouse), scope=("all", "")).rows("courses")


@pytest.fixture(scope="module")
def site(demo_warehouse, tmp_path_factory):
    """(address, issuer, folder): a dashboard with a sign-in, its provider, and where its grants and log are."""
    folder, ports = tmp_path_factory.mktemp("site"), (free_port(), free_port())
    app, issuer = (f"http://127.0.0.1:{port}" for port in ports)
    (folder / "secrets.toml").write_text(SECRETS.format(app=app, issuer=issuer), encoding="utf-8")
    provider = ROOT / "tests" / "access" / "provider.mjs"
    expect.set_options(timeout=LONGEST * 1000)
    commands = (
        ["node", str(provider), str(installed()), str(ports[1]), f"{app}/oauth2callback"],
        [
            sys.executable, "-m", "streamlit", "run", "dashboard/serve.py", f"--server.port={ports[0]}", "--server.address=127.0.0.1",
            f"--secrets.files={folder / 'secrets.toml'}",
        ],
    )  # fmt: skip
    environment = os.environ | {
        "RFD_WAREHOUSE": str(demo_warehouse),
        "RFD_ACCESS": str(folder / "access.toml"),
        "RFD_AUDIT_LOG": str(folder / "audit.jsonl"),
    }
    with (folder / "server.log").open("wb") as log:
        running = [subprocess.Popen(one, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT) for one in commands]
    try:
        wait_for(f"{issuer}/.well-known/openid-configuration", running[0])
        wait_for(f"{app}/_stcore/health", running[1])
        yield app, issuer, folder
    finally:
        for one in running:
            one.terminate()
            one.wait(timeout=LONGEST)


def granted(site, role: str, code: str = "", *, subject: str = "ann", until: int = 30, issuer: str = "") -> None:
    """Have the grants be one person's alone, for so many days."""
    expires = dt.date.today() + dt.timedelta(days=until)
    organisation = f'organisation = "{code}"\n' if code else ""
    (site[2] / "access.toml").write_text(
        f'[[grant]]\nissuer = "{issuer or site[1]}"\nsubject = "{subject}"\nrole = "{role}"\n{organisation}'
        f'agreement = "DSA-1"\nexpires = {expires}\n',
        encoding="utf-8",
    )


def sign_in(page, site, name: str) -> None:
    """Go through the provider and come back."""
    page.goto(f"{site[0]}/episodes")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Sign out").wait_for()


def look(page, site, name: str = "episodes", **query: str) -> None:
    """Open a link, as somebody does who edits the address."""
    page.goto(f"{site[0]}/{name}?{urlencode(query)}")
    page.locator(".rfd-foot").wait_for()


def again(page) -> None:
    """Have the page run once more in the same session."""
    page.get_by_role("button", name="Reset").click()


def column(page, heading: str) -> set[str]:
    """What stands in one column of the courses."""
    table = page.get_by_role("region", name="Courses, table")
    table.wait_for()
    at = table.locator("th").all_inner_texts().index(heading)
    return set(table.locator(f"tbody td:nth-child({at + 1})").all_inner_texts())


def sees_nothing(page, words: str = NO_ROWS) -> None:
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("region", name="Courses, table")).to_have_count(0)
    expect(page.get_by_role("button", name="Download (zip, logged)", disabled=False)).to_have_count(0)


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


def choose(page, box: str, words: str) -> None:
    """Type into a box and take what it then offers."""
    page.get_by_role("combobox", name=box).click()
    page.get_by_role("combobox", name=box).fill(words)
    page.get_by_role("option", name=words).click()


def taken_out_and_logged(page, site, ours: str) -> None:
    """Take a sample out, and hold the file against the log; without a log there is no file, and the list stays."""
    choose(page, "Random sample", "10 courses")
    expect(page.get_by_text("a random sample drawn with seed 1")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
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
