"""The security page: each control is held up by tests that there are and that run every time."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINES = [line for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]


@cache
def found_in(path: str) -> frozenset[str]:
    """The tests of a file that run every time; none when it is gone or is for the long run alone."""
    if not (ROOT / path).exists():
        return frozenset()
    text = (ROOT / path).read_text(encoding="utf-8")
    if re.search(r"^pytestmark = .*soak", text, re.M):
        return frozenset()
    made = [one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    return frozenset(one.name for one in made if not any("soak" in ast.unparse(mark) for mark in one.decorator_list))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:50])
def test_every_control_names_tests_that_there_are_and_that_run_every_time(line):
    threat, control, named = (part.strip() for part in line.strip("|").split("|"))
    links = re.findall(r"`([^`]+)`", named)
    assert threat and control and links
    assert not re.sub(r"`[^`]+`", "", named).strip()
    assert not [link for link in links if link.partition("::")[2] not in found_in(link.partition("::")[0])]


def test_a_test_that_is_gone_is_none():
    assert "test_that_never_was" not in found_in("tests/access/test_audit.py")
    assert not found_in("tests/access/no_such_file.py")
