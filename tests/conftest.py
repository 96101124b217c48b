"""What many tests look at: a small synthetic England, written, loaded and published once for the whole run."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.worked.command import run


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory, worker_id) -> Path:
    """A warehouse of synthetic data, a twentieth of England's size; all tests of one `make test` share it."""
    base = tmp_path_factory.getbasetemp()
    home = Path(os.environ.get("RFD_TEST_DEMO") or (base if worker_id == "master" else base.parent) / "shared-demo")
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "warehouse" / "CURRENT").exists():
            make_demo(home / "files", home / "warehouse")
    return home / "warehouse"


def make_demo(files: Path, warehouse: Path) -> None:
    """Write the synthetic files and publish them."""
    status, _, err = run("demo", "--out", files, "--scale", "0.05")
    assert status == 0, err
    status, _, err = run("load", *sorted(files.glob("*.txt")), "--warehouse", warehouse)
    assert status == 0, err
