"""`make run`: publish the demo data if nothing is published yet, then serve."""

import sys
import tempfile
from pathlib import Path

from dashboard import versions
from dashboard.cli import main

WAREHOUSE = Path("data/warehouse")


def start() -> int:
    """Serve the version in force, made from synthetic data when there is none; return the exit code."""
    version, _ = versions.to_serve(WAREHOUSE)
    if version is None:
        print("No data has been published here yet: making synthetic demo data (a few minutes, once).", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            done = main(["demo", "--out", folder])
            done = done or main(["load", *map(str, sorted(Path(folder).iterdir())), "--warehouse", str(WAREHOUSE)])
            if done:
                return done
    return main(["serve", "--warehouse", str(WAREHOUSE)])


if __name__ == "__main__":
    sys.exit(start())
