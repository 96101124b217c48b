"""Who a provider is held against: of its type, its region or its size, its published peers, or a list made by hand."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from dashboard.filters import PEERS

PUBLISHED = Path(__file__).parent.parent / "data" / "reference" / "peers.csv"
NEAREST = 10


def of(provider: str, chosen: str, places: pd.DataFrame, sizes: Mapping[str, float], now: Mapping[str, str]) -> list[str]:
    """The codes of a provider's peers among the providers of `places`, itself left out.

    `chosen` is a kind of `PEERS` or codes with commas between; `sizes` are released numbers; `now` gives the code an old one has today.
    """
    known = places[places["place_type"] == "provider"].set_index("place")
    if chosen not in PEERS:
        found = [now.get(code, code) for code in chosen.split(",")]
    elif chosen == "published":
        found = published().get(provider, [])
    elif chosen == "size":
        found = nearest(provider, sizes)
    else:
        column = {"type": "sector", "region": "region"}[chosen]
        found = alike(provider, known[column])
    return [code for code in dict.fromkeys(found) if code in known.index and code != provider]


def alike(provider: str, column: pd.Series) -> list[str]:
    """The providers that have the same as a provider in a column; none where it has nothing there."""
    mine = column.get(provider)
    return [] if pd.isna(mine) else list(column.index[column == mine])


def nearest(provider: str, sizes: Mapping[str, float]) -> list[str]:
    """The providers nearest to one in size; none where its own size cannot be told."""
    told = {code: size for code, size in sizes.items() if not pd.isna(size)}
    if provider not in told:
        return []
    others = sorted(told.keys() - {provider}, key=lambda code: (abs(told[code] - told[provider]), code))
    return others[:NEAREST]


@cache
def published() -> dict[str, list[str]]:
    """The peers of each trust in the New Hospital Programme's inputs."""
    found: dict[str, list[str]] = {}
    with PUBLISHED.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["provider"], []).append(row["peer"])
    return found
