"""The rules of the house that a linter has no word for, held against every file of the product."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from dashboard import queries

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py"))]
NAMES = {path: str(path.relative_to(ROOT)) for path in FILES}
SQL = re.compile(
    r"^\s*(select\s.*\sfrom\s|with\s+\w+\s+as\s*\(|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s|create\s+(or\s+replace\s+)?(table|view|macro)\s"
    r"|drop\s+(table|view)\s|attach\s+'|copy\s+.*\sto\s|pragma\s|show\s+tables$|checkpoint$|case\s+when\s)",
    re.I | re.S,
)
# no rule about data is in these, and DuckDB's relational API has no word for them; the last ends a chain of whole files
ALLOWED = ("drop table ", "drop view typed_rows", "show tables", "checkpoint", "\nselect * from ")
# a demo writes codes, and a plain app to be held against is written as people write one: neither is a rule about data
WRITES_CODES = ("dashboard/demo/", "dashboard/bench/")
CODE = re.compile(r"[A-Z]\d{2}(\.?[\dX])?")
ENGLAND = "E92"


@cache
def texts(path: Path) -> tuple[str, ...]:
    """Every text in a file's code, the fixed part of a formatted one, without what documents it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return tuple(node.value for node in found if id(node) not in documents)


def relational(path: Path) -> list[str]:
    """Texts given to DuckDB's relational API that are more than a column's name or a star: SQL in small pieces."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    given = [arg for call in calls if call.func.attr in ("filter", "project", "aggregate") for arg in call.args]
    return [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def codes_listed() -> frozenset[str]:
    """Every code of a codelist, with and without its dot."""
    found = set()
    for path in (ROOT / "data" / "codelists").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            found |= {row["code"] for row in csv.DictReader(stream)}
    return frozenset(found | {code.replace(".", "") for code in found})


def a_code(text: str) -> bool:
    """Whether a text is a clinical code: one of a codelist, or of the form of one."""
    return text != ENGLAND and (text in codes_listed() or bool(CODE.fullmatch(text)))


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_sql_is_in_queries_alone(path):
    assert not [text for text in texts(path) if SQL.search(text) and not text.startswith(ALLOWED)]
    assert not relational(path)


@pytest.mark.parametrize("text", ["select a from b", "with x as (select 1)", "drop table facts", "create view v as", "PRAGMA x"])
def test_sql_is_known_when_it_is_seen(text):
    assert SQL.search(text)


@pytest.mark.parametrize("text", ["select a measure", "Show tables of rows", "with limits", "copy a layout", "update it"])
def test_words_are_not_taken_for_sql(text):
    assert not SQL.search(text)


def test_code_literals_are_in_codelists_alone():
    code = [
        (NAMES[path], text) for path in FILES if not NAMES[path].startswith(WRITES_CODES) for text in texts(path) if a_code(text)
    ]
    sql = [
        (path.name, text)
        for path in sorted(queries.FOLDER.rglob("*.sql"))
        for text in re.findall(r"'([^']*)'", re.sub(r"--.*", "", path.read_text(encoding="utf-8")))
        if a_code(text)
    ]
    assert (code, sql) == ([], [])


def test_a_code_is_known_with_and_without_its_dot():
    assert all(map(a_code, ("V48.5", "V485", "C79", "M545")))
    assert not any(map(a_code, ("E92", "2023", "QYG", "year")))


def test_no_file_is_longer_than_can_be_read_at_once_and_the_app_is_forty_lines():
    lines = {NAMES[path]: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert lines.pop("app.py") <= 40
    assert {name: count for name, count in lines.items() if count > 220} == {}
