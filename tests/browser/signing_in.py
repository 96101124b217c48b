"""A dashboard with a sign-in and its OpenID provider, and the steps of people who sign in there."""

import datetime as dt
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.access.node import installed
from tests.browser.conftest import LONGEST, ROOT, wait_for
from tests.browser.steps import done

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


@contextmanager
def served(warehouse: Path, folder: Path) -> Iterator[tuple[str, str, Path]]:
    """(address, issuer, folder): a dashboard with a sign-in, its provider, and where its grants and log are."""
    ports = free_port(), free_port()
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
        "RFD_WAREHOUSE": str(warehouse),
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
    done(page)


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


def choose(page, box: str, words: str) -> None:
    """Type into a box and take what it then offers."""
    page.get_by_role("combobox", name=box).click()
    page.get_by_role("combobox", name=box).fill(words)
    page.get_by_role("option", name=words).click()
