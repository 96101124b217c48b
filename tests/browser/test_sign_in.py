"""Signing in for real: a certified OpenID provider, a browser, and what each person then sees, asks for and loses."""

import datetime as dt
import os
import socket
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.access.node import installed
from tests.browser.conftest import LONGEST, ROOT, wait_for

pytestmark = pytest.mark.soak
SECRETS = """[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "dashboard"
client_secret = "a-secret-of-the-tests-alone"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", timeout = 900 }}
"""
NO_ROWS = "No rows are granted to you"
LOGGED_OUT = "Sign in"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def trusts(demo_warehouse) -> list[str]:
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    frame = Ask(Warehouse(demo_warehouse), scope=("all", "")).rows("courses")
    return list(frame["provider"].value_counts().index[:2])


@pytest.fixture(scope="module")
def site(demo_warehouse, tmp_path_factory):
    """(address, issuer, folder): a dashboard with a sign-in, its provider, and where its grants and log are."""
    folder, ports = tmp_path_factory.mktemp("site"), (free_port(), free_port())
    app, issuer = (f"http://127.0.0.1:{port}" for port in ports)
    (folder / "secrets.toml").write_text(SECRETS.format(app=app, issuer=issuer), encoding="utf-8")
    provider = ROOT / "tests" / "access" / "provider.mjs"
    expect.set_options(timeout=LONGEST * 1000)
    commands = (
        ["node", str(provider), str(installed()), str(ports[1]), f"{app}/oauth2callback", "7200"],
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


def granted(site, subject: str, code: str, until: dt.date) -> None:
    """Have the grants be one person's alone."""
    (site[2] / "access.toml").write_text(
        f'[[grant]]\nissuer = "{site[1]}"\nsubject = "{subject}"\nrole = "trust_rows"\norganisation = "{code}"\n'
        f'agreement = "DSA-1"\nexpires = {until}\n',
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


def trusts_listed(page) -> set[str]:
    page.locator(".rfd-table td").first.wait_for()
    return set(page.locator(".rfd-table tbody td:nth-child(4)").all_inner_texts())


def test_a_person_without_a_grant_signs_in_and_sees_no_rows_though_a_claim_says_otherwise(page, site):
    page.goto(f"{site[0]}/episodes")
    expect(page.get_by_text(NO_ROWS)).to_be_visible()
    sign_in(page, site, "vic")
    page.goto(f"{site[0]}/episodes")
    expect(page.get_by_text(NO_ROWS)).to_be_visible()
    expect(page.locator(".rfd-table")).to_have_count(0)


def test_a_trusts_person_sees_their_own_rows_until_the_grant_is_taken_away_or_they_sign_out(page, site, trusts):
    ours, other = trusts
    until = dt.date.today() + dt.timedelta(days=30)
    granted(site, "ann", ours, until)
    sign_in(page, site, "ann")
    page.goto(f"{site[0]}/episodes")
    assert trusts_listed(page) == {ours}

    page.goto(f"{site[0]}/episodes?place_type=provider&place={other}")
    expect(page.get_by_text("no rows for this choice")).to_be_visible()
    expect(page.locator(".rfd-table")).to_have_count(0)

    page.goto(f"{site[0]}/episodes")
    assert trusts_listed(page) == {ours}
    granted(site, "bob", ours, until)
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text(NO_ROWS)).to_be_visible()
    expect(page.locator(".rfd-table")).to_have_count(0)

    granted(site, "ann", ours, dt.date.today() - dt.timedelta(days=1))
    page.goto(f"{site[0]}/episodes")
    expect(page.get_by_text(NO_ROWS)).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: not address.startswith(f"{site[0]}/episodes"))
    page.goto(f"{site[0]}/episodes")
    expect(page.get_by_role("button", name=LOGGED_OUT)).to_be_visible()
    log = (site[2] / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log and "a-secret" not in log
