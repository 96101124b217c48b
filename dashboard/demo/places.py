"""The synthetic world's places: real ICBs by population, invented providers that differ for a reason."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent.parent.parent / "data"


@dataclass(frozen=True)
class World:
    """ICBs with their share of people and area codes, and providers with their habits; arrays run over providers."""

    icbs: list[str]
    share: np.ndarray
    areas: dict[str, list[tuple[str, str, str]]]
    codes: np.ndarray
    home: np.ndarray
    size: np.ndarray
    block_first: np.ndarray
    hurry: np.ndarray
    codes_side: np.ndarray
    independent: np.ndarray
    merged: int
    merged_from: str
    stops_sides: int


def rows(name: str) -> list[dict]:
    """A reference table's rows."""
    with (DATA / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def world() -> World:
    """The places and habits, the same on every run: habits are drawn from a seed of their own."""
    rng = np.random.default_rng(20260401)
    icbs = [row["code"] for row in rows("commissioners")]
    people = dict.fromkeys(icbs, 0.0)
    for row in rows("population"):
        people[row["commissioner"]] += float(row["persons"])
    share = np.array([people[code] for code in icbs])
    [(old, kept)] = [(row["code"], row["successor"]) for row in rows("fictional_successors")]
    providers = [row for row in rows("fictional_providers") if row["code"] != old]
    count = len(providers)
    codes = np.array([row["code"] for row in providers])
    size = rng.lognormal(0, 0.9, count)
    size[rng.choice(count, 8, replace=False)] = 0.02  # a few do it only now and then
    block_first, hurry, side = rng.beta(14, 4, count), rng.lognormal(0, 0.22, count), rng.beta(18, 2, count)
    # who differs, and why: one whose blocks are in outpatients, two that repeat early, one that waits, one that skips blocks
    block_first[3], hurry[[7, 31]], hurry[52], block_first[20] = 0.06, (3.0, 2.4), 0.35, 0.30
    size[[3, 7, 20, 31, 52]] = (2.0, 2.5, 1.6, 1.8, 1.5)
    return World(
        icbs, share / share.sum(), areas_by_icb(), codes, np.array([icbs.index(row["icb"]) for row in providers]), size,
        block_first, hurry, side, np.array([row["sector"] == "independent" for row in providers]),
        int(np.flatnonzero(codes == kept)[0]), old, 11,
    )  # fmt: skip


def areas_by_icb() -> dict[str, list[tuple[str, str, str]]]:
    """(old CCG, sub-ICB, ICB of 2022–26) choices of each April 2026 ICB."""
    older = {}
    for row in rows("ccg_subicb"):
        older.setdefault(row["subicb"], []).append(row["ccg"])
    areas: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows("subicb_icb"):
        if float(row["weight"]) > 0.5:
            ccg = older.get(row["subicb"], [row["subicb"]])[0]
            areas.setdefault(row["icb_2026"], []).append((ccg, row["subicb"], row["icb_2022"]))
    return areas
