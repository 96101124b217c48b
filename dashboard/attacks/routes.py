"""Attacks by asking the same cell again: by another route, and from many threads in several roles at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pandas as pd

from dashboard.ask import Ask
from dashboard.attacks.ground import Ground, Result
from dashboard.disclosure.numbers import PROFILES
from dashboard.metrics import METRICS

NAMES = ("denervations", "patients", "no_block_found", "repeat_by_24_months")
PLACES = 2


def routes(ground: Ground) -> Result:
    """Ask a cell by every route there is and look for two answers, which would be two draws of one number."""
    tried = differs = 0
    for name, kind in product(NAMES, ("region", "commissioner", "provider")):
        table = ground.told(name, by=kind, period="year", split=("sex",))
        for place in list(dict.fromkeys(table["place"]))[:PLACES]:
            for again in _again(ground, name, kind, place):
                both = table.merge(again, on=["place", "period", "sex"], suffixes=("", "_again"))
                same = both["numerator"].fillna(-1).eq(both["numerator_again"].fillna(-1))
                tried, differs = tried + len(both), differs + int((~same).sum())
    return Result("route independence", tried, differs, 0.0)


def _again(ground: Ground, name: str, kind: str, place: str) -> Iterator[pd.DataFrame]:
    """The cells of a place with place, sex, or a single year chosen by filter instead of split."""
    year, here = ground.released.version.years[-2], {"place_type": kind, "place": place}
    yield ground.told(name, here, by="place", period="year", split=("sex",))
    for sex in ("1", "2"):
        yield ground.told(name, here | {"sex": sex}, by="place", period="year").assign(sex=sex)
        yield ground.told(name, {"sex": sex, "from_": year, "to": year}, by=kind, period="year").assign(sex=sex)


def cache(ground: Ground) -> Result:
    """Ask the same from many threads under every profile and look for an answer that belongs to another."""
    asks = {name: Ask(ground.released.warehouse, profile=name) for name in PROFILES}
    jobs = [(profile, name) for _ in range(6) for name in NAMES for profile in PROFILES]

    def answer(job: tuple[str, str]) -> pd.DataFrame:
        return asks[job[0]].counts(METRICS[job[1]], by="provider", period="year").frame

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(answer, jobs))
    wrong = sum(_exact(frame) is not (profile == "exact") for (profile, _), frame in zip(jobs, found, strict=True))
    return Result("cross-role cache under threads", len(jobs), wrong, 0.0)


def _exact(frame: pd.DataFrame) -> bool:
    return bool((frame["numerator"] % 5).fillna(0).gt(0).any())
