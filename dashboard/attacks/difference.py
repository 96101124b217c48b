"""Attacks by taking away: a whole less its other parts, read with full knowledge of how numbers are rounded."""

from functools import cache

import numpy as np
import pandas as pd

from dashboard.attacks.ground import FEWEST, MOST, Ground, Result, few, guessed
from dashboard.filters import ENGLAND
from dashboard.metrics.declared import ALL_SPLITS

DRAWS, SEED = 40_000, 7
SMALL = np.arange(FEWEST, MOST + 1)
STAR = "suppressed"
PROVIDERS = 12


@cache
def likelihood(others: int) -> dict[int, np.ndarray]:
    """For each difference of a told whole and its told other parts, how likely it is under each small number left.

    Keys of parts add up to the key of the whole, which anybody can read in the source: so do these.
    """
    random = np.random.default_rng(SEED)
    number, key = random.integers(8, 80, (DRAWS, others)), random.integers(0, 5, (DRAWS, others))
    own, seen = random.integers(0, 5, DRAWS), {}
    for at, small in enumerate(SMALL):
        whole = _told(number.sum(axis=1) + small, (key.sum(axis=1) + own) % 5)
        left, counts = np.unique(whole - _told(number, key).sum(axis=1), return_counts=True)
        for difference, count in zip(left.astype(int), counts, strict=True):
            seen.setdefault(int(difference), np.zeros(len(SMALL)))[at] = count / DRAWS
    return seen


def _told(number: np.ndarray, key: np.ndarray) -> np.ndarray:
    return np.maximum(5 * ((number + key) // 5), 10)


def left_alone(parts: pd.DataFrame, wholes: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The hidden parts that are the only one of their whole: true number, told difference and how many others are told."""
    hidden = parts["flag"].eq(STAR)
    counted = parts.assign(hidden=hidden, told=parts["numerator"].fillna(0), others=parts["numerator"] > 0)
    summed = counted.groupby(keys)[["hidden", "told", "others"]].sum()
    alone = parts[hidden].merge(summed[summed["hidden"] == 1].drop(columns="hidden").reset_index(), on=keys)
    alone = alone.merge(wholes[[*keys, "numerator"]].rename(columns={"numerator": "total"}), on=keys)
    alone = alone[alone["total"].notna() & (alone["others"] > 0) & few(alone["number"])]
    return alone.assign(difference=alone["total"] - alone["told"])


def best_guesses(alone: pd.DataFrame) -> np.ndarray:
    """The likeliest small number of each, the attacker knowing how often each small number occurs among them."""
    prior = np.array([(alone["number"] == one).mean() for one in SMALL])
    found = [
        likelihood(int(others)).get(int(left), np.ones(len(SMALL))) * prior
        for others, left in zip(alone["others"], alone["difference"], strict=True)
    ]
    return SMALL[np.argmax(found, axis=1)] if found else np.array([])


def _attacked(name: str, alone: list[pd.DataFrame]) -> Result:
    every = pd.concat(alone, ignore_index=True)
    return guessed(name, every["number"], best_guesses(every))


def unions(ground: Ground) -> Result:
    """England less its regions, a region less its commissioners, a year less its quarters, a total less a split."""
    total = ground.both("denervations", by="provider", period="year")
    quarters = ground.both("denervations", by="provider", period="quarter")
    quarters = quarters.assign(period=quarters["period"].str[:7])
    found = [left_alone(quarters, total, ["place", "period"])]
    for split in ALL_SPLITS:
        parts = ground.both("denervations", by="provider", period="year", split=(split,))
        found.append(left_alone(parts, total, ["place", "period"]))
    return _attacked("union totals", [*found, *_of_places(ground)])


def _of_places(ground: Ground) -> list[pd.DataFrame]:
    found, regions = [], ground.released.version.regions
    for split in ("age_band", "levels"):
        asked = {"period": "quarter", "split": (split,)}
        parts, wholes = (ground.both("denervations", by=kind, **asked) for kind in ("commissioner", "region"))
        parts = parts.assign(place=parts["place"].map(regions))
        found.append(left_alone(parts, wholes, ["place", "period", split]))
        england = ground.both("denervations", by="england", **asked)
        found.append(left_alone(wholes.assign(place=ENGLAND), england, ["place", "period", split]))
    return found


def crossings(ground: Ground) -> Result:
    """A provider's total less all its commissioners that are told, shared out among those that are not."""
    total, found = ground.both("denervations", by="provider", period="year"), []
    for provider in list(dict.fromkeys(total["place"]))[:PROVIDERS]:
        chosen = {"place_type": "provider", "place": provider}
        parts = ground.both("denervations", chosen, by="commissioner", period="year").assign(place=provider)
        hidden = parts[parts["numerator"].isna()].groupby("period")["number"].agg(["count"])
        left = total[total["place"] == provider].set_index("period")["numerator"] - parts.groupby("period")["numerator"].sum()
        hidden["guess"] = (left.reindex(hidden.index) / hidden["count"]).round().clip(FEWEST, MOST)
        found.append(parts[few(parts["number"])].merge(hidden.dropna().reset_index(), on="period"))
    every = pd.concat(found, ignore_index=True)
    return guessed("commissioner by provider", every["number"], every["guess"])


def overlaps(ground: Ground) -> Result:
    """Download every stretch of years that may be pooled, and take them apart: one stretch less its other years."""
    years, found = ground.released.version.years, []
    parts = ground.both("denervations", by="provider", period="year")
    for size in (3, 5, len(years)):
        for at in range(len(years) - size + 1):
            window = {"from_": years[at], "to": years[at + size - 1]}
            wholes = ground.both("denervations", window, by="provider", period="all")
            inside = parts[parts["period"].between(*window.values())]
            found.append(left_alone(inside, wholes, ["place"]))
    every = pd.concat(found, ignore_index=True)
    return _most_of(every)


def _most_of(every: pd.DataFrame) -> Result:
    """One guess of each cell from all the differences it is in, as if they were independent."""
    prior = np.log([max((every["number"] == one).mean(), 1e-9) for one in SMALL])
    cells = every.groupby(["place", "period"], sort=False)
    guesses = [SMALL[np.argmax(prior + _evidence(cell))] for _, cell in cells]
    return guessed("overlapping downloads", cells["number"].first(), guesses)


def _evidence(cell: pd.DataFrame) -> np.ndarray:
    found = [
        likelihood(int(n)).get(int(left), np.ones(len(SMALL))) for n, left in zip(cell["others"], cell["difference"], strict=True)
    ]
    return np.log(np.maximum(found, 1e-9)).sum(axis=0)


def cohorts(ground: Ground) -> Result:
    """A wider cohort less the one inside it: what is in one alone is few, and is in no cell that can be asked."""
    found = []
    for wide, narrow in (("broad", "lumbar"), ("lumbar", "ebi")):
        whole, part = (ground.both("denervations", {"cohort": one}, by="provider", period="year") for one in (wide, narrow))
        both = whole.merge(part, on=["place", "period"], suffixes=("", "_part"))
        both = both[both[["numerator", "numerator_part"]].notna().all(axis=1)]
        left = both.assign(number=both["number"] - both["number_part"], difference=both["numerator"] - both["numerator_part"])
        found.append(left[few(left["number"])].assign(others=1))
    return _attacked("cohort inside cohort", found)
