"""A server of the dashboard on the demo data, and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
HOST = "dashboard.example.nhs.uk"  # of the deployment page; its address is this machine's
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
LONGEST = 300
WIDE = {"width": 1440, "height": 1000}


@pytest.fixture(scope="session")
def server(demo_warehouse):
    """The address of a running server."""
    with serving(demo_warehouse) as address:
        yield address


@contextmanager
def serving(warehouse):
    """A server of a warehouse, ended at last; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "dashboard/serve.py", f"--server.port={port}", "--server.address=127.0.0.1",
        "--server.headless=true",
    ]  # fmt: skip
    environment = os.environ | {"RFD_WAREHOUSE": str(warehouse)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Come back once an address answers; fail when the server ends or takes too long."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{address} did not answer")


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium on PATH: see tests/need.sh")
    expect.set_options(timeout=LONGEST * 1000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


def chromium() -> str | None:
    """The path of a Chromium, where there is one."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def window(browser):
    """One browser window for all tests, patient with a slow machine: the scripts of the pages are fetched once."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    context.set_default_timeout(LONGEST * 1000)
    yield context
    context.close()


@pytest.fixture
def tab(window):
    """A tab of the window that tests share, for a test that leaves nothing behind."""
    one = window.new_page()
    yield one
    one.close()


@pytest.fixture
def page(browser):
    """A window of its own, for a test that signs in or must be a stranger."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    context.set_default_timeout(LONGEST * 1000)
    yield context.new_page()
    context.close()
