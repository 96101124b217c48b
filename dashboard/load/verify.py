"""Open a built version as it will be served and look at it: run in a process of its own before publishing."""

import sys
from pathlib import Path


def main(path: str) -> int:
    """0 when the version opens hardened, has its facts and refuses to reach outside itself."""
    import duckdb

    from dashboard.build import FACTS
    from dashboard.warehouse import open_version

    connection = open_version(Path(path))
    for table in (*FACTS, "about", "sources", "refusals"):
        connection.table(table).count("*").fetchall()
    try:
        connection.read_csv(__file__).limit(1).fetchall()
    except duckdb.PermissionException:
        return 0
    print("the served connection can read other files", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
