"""Organisations that took others over: the codes given up, and who counts them today."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "data" / "reference"
SUCCESSORS = ("successors", "fictional_successors", "icb_successors")


@cache
def former() -> dict[str, list[str]]:
    """The codes that each organisation took over, from the successor lists; a split area has no one successor."""
    taken = defaultdict(list)
    for path in (REFERENCE / f"{name}.csv" for name in SUCCESSORS):
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["code"] != row["successor"] and row.get("kind", "whole") == "whole":
                    taken[row["successor"]].append(row["code"])
    return dict(taken)


@cache
def today() -> dict[str, str]:
    """The code that each code given up is counted under today."""
    return {old: code for code, olds in former().items() for old in olds}
