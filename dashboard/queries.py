"""The SQL files: where they are, what each needs, and the order that implies."""

import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "queries"
COMMENT_OR_TEXT = re.compile(r"--.*|'[^']*'")
READ = re.compile(r"(?<!distinct )\b(?:from|join)\s+([a-z_][a-z0-9_]*)\b(?!\s*\()")
DEFINED = re.compile(r"\b([a-z_][a-z0-9_]*)\s+as\s+(?:materialized\s+)?\(")


@cache
def text(name: str) -> str:
    """The SQL of `queries/<name>.sql`."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def tables_needed(sql: str) -> frozenset[str]:
    """The names a statement reads from that it does not itself define; a test holds them to what a parser finds."""
    plain = COMMENT_OR_TEXT.sub("", sql)
    return frozenset(READ.findall(plain)) - frozenset(DEFINED.findall(plain))


@cache
def parameters_needed(sql: str) -> frozenset[str]:
    """The `$parameters` a statement uses."""
    return frozenset(re.findall(r"\$([a-z_]+)", re.sub(r"--.*", "", sql)))


def used(sql: str, parameters: dict) -> dict:
    """Of some parameters those that a statement uses."""
    return {name: parameters[name] for name in parameters_needed(sql)}


@cache
def in_order(folder: str) -> tuple[str, ...]:
    """The files of `queries/<folder>`, each after the files it reads from."""
    names = {path.stem for path in (FOLDER / folder).glob("*.sql")}
    needs = {name: tables_needed(text(f"{folder}/{name}")) & names for name in sorted(names)}
    return tuple(TopologicalSorter(needs).static_order())


def make_tables(connection, folder: str, parameters: dict) -> None:
    """Make one table for each file of `queries/<folder>`, named after it, on a DuckDB connection."""
    for name in in_order(folder):
        relation(connection, f"{folder}/{name}", parameters).to_table(name)


def rows(connection, name: str, parameters: dict) -> list[tuple]:
    """The rows of `queries/<name>.sql` on a DuckDB connection."""
    return relation(connection, name, parameters).fetchall()


def relation(connection, name: str, parameters: dict):
    """What `queries/<name>.sql` gives on a DuckDB connection, with the parameters it uses."""
    sql = text(name)
    return connection.sql(sql, params=used(sql, parameters) or None)
