"""Open a built version as it will be served and look at it: run in a process of its own before publishing."""

import sys
from pathlib import Path

import duckdb

from dashboard.warehouse import open_version

# read as text, not through `dashboard.queries`: this process is started for each load, and is to be quick
QUERIES = Path(__file__).parents[2] / "queries"


def main(path: str, *tables: str) -> int:
    """0 when the version opens hardened, has these tables, passes the audits, adds up, and cannot reach outside itself."""
    connection = open_version(Path(path))
    for table in tables:
        connection.table(table).count("*").fetchall()
    about = dict(connection.table("about").fetchall())
    for rule in (*sorted((QUERIES / "audits").glob("*.sql")), QUERIES / "build" / "unaccounted_files.sql"):
        if found := first_row(connection, rule.read_text(encoding="utf-8"), about):
            print(f"{rule.stem.replace('_', ' ')}: {found}", file=sys.stderr)
            return 1
    try:
        connection.read_csv(__file__).limit(1).fetchall()
    except duckdb.PermissionException:
        return 0
    print("the served connection can read other files", file=sys.stderr)
    return 1


def first_row(connection: duckdb.DuckDBPyConnection, sql: str, about: dict[str, str]) -> list[tuple]:
    """The first row that a rule finds in a version; none when it keeps it."""
    days = {name: about[name] for name in ("data_start", "data_end") if f"${name}" in sql}
    return connection.sql(sql, params=days or None).limit(1).fetchall()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
