"""Files of released numbers: with a sign-in each is in the log before it is given; without one there is nobody to name."""

import ast
import hashlib
import io
import json
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import audit, door, export, pages
from dashboard.access import Reader
from dashboard.door import File
from dashboard.errors import Failed
from tests.charts.tables import released

ANN = Reader("ann @ https://id.test")


def test_a_released_file_is_logged_with_who_what_filters_version_profile_rows_and_the_sum_of_its_bytes(tmp_path):
    answer = released("adherent", [{"value": 0.5}, {"value": 0.4}], repeat_min_months=16)
    content = door.give(File.of(answer, "zip"), ANN, lambda told: export.zip_bytes(answer, told), tmp_path / "log")
    (entry,) = audit.entries(tmp_path / "log")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = json.loads(archive.read("metadata.json"))
    assert (entry["who"], entry["role"], entry["what"]) == (ANN.who, "viewer", "adherent: zip")
    assert (entry["filters"], entry["data_version"], entry["profile"]) == ({"repeat_min_months": "16"}, "v1", "hes2018_ck")
    assert (entry["rows"], entry["sha256"]) == (2, hashlib.sha256(content).hexdigest())
    assert entry["export_id"] == told["export_id"] and len(told["export_id"]) == 32


def test_a_workbook_in_the_log_holds_its_id():
    answer = released("adherent", [{"value": 0.5}])
    book = openpyxl.load_workbook(io.BytesIO(export.excel_bytes(answer, "an id")))
    assert dict(book["about"].iter_rows(values_only=True))["export_id"] == "an id"


def test_no_released_file_is_given_when_it_cannot_be_logged(tmp_path):
    with pytest.raises(Failed, match="nothing was taken out"):
        door.give(File.of(released("adherent", [{"value": 0.5}]), "csv"), ANN, lambda _: b"x", tmp_path)


@pytest.mark.parametrize(
    ("user", "lines"),
    [(None, 0), ({"is_logged_in": False}, 1), ({"is_logged_in": True, "iss": "https://id.test", "sub": "ann"}, 1)],
)
def test_a_button_logs_where_there_is_a_sign_in_and_only_there(tmp_path, monkeypatch, user, lines):
    monkeypatch.setenv("RFD_AUDIT_LOG", str(tmp_path / "audit.jsonl"))
    monkeypatch.setenv("RFD_ACCESS", str(tmp_path / "none.toml"))
    page = AppTest.from_function(pressed, default_timeout=600)
    if user:
        page.user = user | {"exp": time.time() + 60}
    page.run()
    assert not page.exception
    entries = audit.entries(tmp_path / "audit.jsonl")
    assert len(entries) == lines
    assert {entry["who"] for entry in entries} <= {"", "ann @ https://id.test"}


def pressed():
    """A download button of released numbers, pressed."""
    from dashboard import export
    from dashboard.door import File
    from dashboard.pages.taken import taken
    from tests.charts.tables import released

    answer = released("denervations", [{"value": 10}])
    assert taken(File.of(answer, "csv"), lambda _: export.csv_bytes(answer))() == export.csv_bytes(answer)


def buttons() -> list[tuple[str, str]]:
    """(page, what gives the file) of every download button."""
    found = []
    for path in sorted(Path(pages.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button"):
                found.append((path.stem, ast.unparse(node.args[1])))
    return found


def test_every_download_button_logs_and_makes_its_file_when_it_is_pressed():
    given = buttons()
    assert len(given) >= 4
    assert [page for page, what in given if not what.startswith("taken(")] == ["episodes"]
    assert ("episodes", "make") in given
