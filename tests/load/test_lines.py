"""Lines that end in different ways are all read, and one that cannot be is named by its physical number."""

import shutil

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.load import reading
from dashboard.load.files import TextFile, surveyed, with_one_end
from tests.make_hes import episode, write_apc
from tests.worked.command import run

HEADER = b"A|B"
KINDS = {
    "row": b"1|2",
    "windows": b"1|2\r",
    "blank": b"",
    "windows blank": b"\r",
    "short": b"3",
    "long": b"3|4|5",
    "bytes": b"3|\xff\xfe",
}
GONE = {"short", "long", "bytes"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=14), st.sampled_from([b"\n", b"\r\n", b""]))
def test_every_line_is_a_row_or_blank_or_is_named_by_its_number(tmp_path, kinds, end):
    kinds, path = [*kinds, "row"], tmp_path / "file.txt"  # a header alone is refused
    path.write_bytes(b"\n".join([HEADER, *(KINDS[kind] for kind in kinds)]).rstrip(b"\r") + end)
    file = with_one_end(surveyed(TextFile(path.name, path, ["A", "B"], "|", 2)), tmp_path)
    connection = duckdb.connect()
    reading.parse(connection, str(file.path), "|", 2, 1).to_table("parsed")
    found = {row["line"] for row in reading.rejects(connection)}
    assert found == {line for line, kind in enumerate(kinds, start=2) if kind in GONE}
    rows = connection.table("parsed").count("*").fetchall()[0][0]
    assert rows == sum(kind in ("row", "windows") for kind in kinds)
    assert rows + len(found) + len([one for one in file.blank_lines if one > 1]) == file.lines - 1


@pytest.mark.parametrize("windows", [{0}, {7}, set(range(40))], ids=["the first row", "one row", "all but the header"])
def test_a_file_of_lines_with_two_kinds_of_end_loads_as_one_with_either(tmp_path, windows):
    path = tmp_path / "apc.txt"
    write_apc(path, [episode(f"P{n}", "2023-05-02", "V485 Z676 Z942") | {"LAST": "x"} for n in range(40)])
    head, *lines = path.read_bytes().splitlines()
    told = []
    for some in (set(), windows):
        path.write_bytes(b"\n".join([head, *(line + b"\r" * (n in some) for n, line in enumerate(lines))]) + b"\n")
        status, _, err = run("load", path, "--warehouse", tmp_path / "w")
        assert status == 0, err
        told.append(run("rows", "denervations", "--warehouse", tmp_path / "w")[1])
        shutil.rmtree(tmp_path / "w")
    assert told[0] == told[1] and told[0].count("P") >= 40
