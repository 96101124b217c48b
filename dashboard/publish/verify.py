"""Open a built version as it will be served, look at it and attack it: run in a process of its own before publishing."""

import sys
from pathlib import Path

import duckdb

from dashboard import attacks
from dashboard.warehouse import OneVersion, open_version

# read as text, not through `dashboard.queries`: this process is started for each load, and is to be quick
QUERIES = Path(__file__).parents[2] / "queries"


def main(path: str, *tables: str) -> int:
    """0 when the version opens hardened, has these tables, passes the audits, adds up, reaches nothing outside itself, and withstands the quick attacks."""
    wrong = opened(Path(path), tables) or attacked(Path(path))
    if wrong:
        print(wrong, file=sys.stderr)
    return int(bool(wrong))


def opened(path: Path, tables: tuple[str, ...]) -> str:
    """What is wrong with a version as it opens; nothing, when nothing is."""
    with open_version(path) as connection:
        for table in tables:
            connection.table(table).count("*").fetchall()
        about = dict(connection.table("about").fetchall())
        for rule in (*sorted((QUERIES / "audits").glob("*.sql")), QUERIES / "build" / "unaccounted_files.sql"):
            if found := first_row(connection, rule.read_text(encoding="utf-8"), about):
                return f"{rule.stem.replace('_', ' ')}: {found}"
        try:
            connection.read_csv(__file__).limit(1).fetchall()
        except duckdb.PermissionException:
            return ""
    return "the served connection can read other files"


def attacked(path: Path) -> str:
    """Which of the quick attacks recover small numbers from a version; nothing, when none does."""
    with OneVersion(path) as version:
        won = [one.attack for one in attacks.sample(attacks.Ground.of(version)) if one.won]
    return f"small numbers can be recovered from it: {', '.join(won)}" if won else ""


def first_row(connection: duckdb.DuckDBPyConnection, sql: str, about: dict[str, str]) -> list[tuple]:
    """The first row that a rule finds in a version; none when it keeps it."""
    days = {name: about[name] for name in ("data_start", "data_end") if f"${name}" in sql}
    return connection.sql(sql, params=days or None).limit(1).fetchall()


if __name__ == "__main__":
    told = sys.stdin.read().splitlines()  # once there is a version to look at; nothing, when there will be none
    sys.exit(main(*told) if told else 0)
