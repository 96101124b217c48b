"""The synthetic world's places: real ICBs by population, invented providers that differ for a reason."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent.parent.parent / "data"
YEARS = range(2012, 2026)


@dataclass(frozen=True)
class World:
    """ICBs with their share of people and their areas, and providers with their habits (arrays over providers).

    `areas` are (old CCG, sub-ICB, ICB of 2022–26); `area_of` the positions of each ICB's areas. The last of `codes` is closed:
    it became provider `merged`. `chances` is, by year, each provider's chance (columns) for people of an ICB (rows).
    """

    share: np.ndarray
    areas: list[tuple[str, str, str]]
    area_of: list[np.ndarray]
    codes: list[str]
    independent: np.ndarray
    merged: int
    habits: dict[str, np.ndarray]
    chances: dict[int, np.ndarray]


def rows(path: str) -> list[dict]:
    """A table's rows, by its path under data/."""
    with (DATA / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def world() -> World:
    """The places and habits, the same on every run: habits are drawn from a seed of their own."""
    rng = np.random.default_rng(20260401)
    icbs = [row["code"] for row in rows("reference/commissioners.csv")]
    [closed] = rows("reference/fictional_successors.csv")
    providers = [row for row in rows("reference/fictional_providers.csv") if row["code"] != closed["code"]]
    codes = [row["code"] for row in providers]
    independent = np.array([row["sector"] == "independent" for row in providers])
    home = np.array([icbs.index(row["icb"]) for row in providers])
    habits = drawn_habits(rng, len(codes))
    for row in rows("demo/provider_habits.csv"):
        habits[row["habit"]][codes.index(row["code"])] = float(row["value"])
    steady = np.isnan(habits["blocks_first_from_2019"])
    habits["blocks_first_from_2019"][steady] = habits["blocks_first"][steady]
    areas, area_of = areas_by_icb(icbs)
    return World(
        people_by_icb(rng, icbs), areas, area_of, [*codes, closed["code"]], independent, codes.index(closed["successor"]), habits,
        {year: chances(habits, home, independent, len(icbs), year) for year in YEARS},
    )  # fmt: skip


def drawn_habits(rng: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    """Ordinary providers' habits, by name: shares, or factors around one."""
    return {
        "size": rng.lognormal(0, 0.8, count),
        "growth": rng.normal(1.0, 0.03, count),  # a year
        "opens": np.full(count, float(YEARS[0])),
        "blocks_first": rng.beta(24, 6, count),  # of first courses
        "blocks_first_from_2019": np.full(count, np.nan),
        "blocks_in_outpatients": np.zeros(count),
        "block_again": rng.lognormal(0, 0.25, count),
        "renewed_block": rng.beta(3, 7, count),  # of repeats
        "hurry": rng.lognormal(0, 0.2, count),
        "sides": rng.beta(18, 2, count),
        "codes_sides_until": np.full(count, float(YEARS[-1] + 1)),
        "levels": rng.beta(15, 4, count),
        "joint_sites": rng.lognormal(0, 0.7, count),  # how readily it names the joint, as EBI 2K asks
        "image_control": rng.beta(8, 3, count),
        "care_seen": rng.beta(21, 9, count),
        "day_case": rng.beta(40, 3, count),
    }


def people_by_icb(rng: np.random.Generator, icbs: list[str]) -> np.ndarray:
    """Each ICB's share of new people: its adults, times a local readiness to treat."""
    adults = dict.fromkeys(icbs, 0.0)
    for row in rows("reference/population.csv"):
        adults[row["commissioner"]] += float(row["persons"])
    share = np.array([adults[code] for code in icbs]) * rng.lognormal(0, 0.2, len(icbs))
    return share / share.sum()


def chances(habits: dict, home: np.ndarray, independent: np.ndarray, icbs: int, year: int) -> np.ndarray:
    """Chances of going to each provider (columns) from each ICB (rows): the near ones mostly, any now and then."""
    size = habits["size"] * habits["growth"] ** (year - 2018) * (habits["opens"] <= year)
    near = home[None, :] == np.arange(icbs)[:, None]
    chance = size * np.where(near, 1.0, np.where(independent, 0.02, 0.0008))
    return chance / chance.sum(axis=1, keepdims=True)


def areas_by_icb(icbs: list[str]) -> tuple[list[tuple[str, str, str]], list[np.ndarray]]:
    """(all areas, positions of each ICB's areas); an area shared between ICBs stands in the one with most of its people."""
    older: dict[str, list[str]] = {}
    for row in rows("reference/ccg_subicb.csv"):
        older.setdefault(row["subicb"], []).append(row["ccg"])
    areas, icb_of = [], []
    for row in rows("reference/subicb_icb.csv"):
        if float(row["weight"]) > 0.5:
            for ccg in older.get(row["subicb"], [row["subicb"]]):
                areas.append((ccg, row["subicb"], row["icb_2022"]))
                icb_of.append(icbs.index(row["icb_2026"]))
    return areas, [np.flatnonzero(np.array(icb_of) == icb) for icb in range(len(icbs))]
