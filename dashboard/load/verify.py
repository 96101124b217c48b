"""Open a built version as it will be served and look at it: run in a process of its own before publishing."""

import sys
from pathlib import Path

import duckdb

from dashboard.warehouse import open_version


def main(path: str, *tables: str) -> int:
    """0 when the version opens hardened, has these tables and refuses to reach outside itself."""
    connection = open_version(Path(path))
    for table in tables:
        connection.table(table).count("*").fetchall()
    try:
        connection.read_csv(__file__).limit(1).fetchall()
    except duckdb.PermissionException:
        return 0
    print("the served connection can read other files", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
