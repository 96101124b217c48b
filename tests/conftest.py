"""What many tests look at: a small synthetic England, written, loaded and published once for the whole run."""

from pathlib import Path

import pytest

from tests.worked.command import run


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory) -> Path:
    """A warehouse of synthetic data, a twentieth of England's size."""
    files, warehouse = tmp_path_factory.mktemp("demo-files"), tmp_path_factory.mktemp("demo") / "warehouse"
    status, _, err = run("demo", "--out", files, "--scale", "0.05")
    assert status == 0, err
    status, _, err = run("load", *sorted(files.glob("*.txt")), "--warehouse", warehouse)
    assert status == 0, err
    return warehouse
