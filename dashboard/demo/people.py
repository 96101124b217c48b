"""Synthetic people as they come into being: where they live, where they go, when they were born and will die; and their days."""

import numpy as np

from dashboard.demo.places import World

START = np.datetime64("2012-04-01")  # day 0, a Sunday
PERSON = np.dtype([
    ("icb", "i2"), ("area", "i2"), ("home", "i2"), ("sex", "i1"), ("born", "i4"), ("death", "i4"), ("luck", "f4"),
])  # fmt: skip
MEN, WOMEN = 1, 2
# how busy each month is, from April; then the months of the pandemic
USUAL_MONTHS = (0.95, 1.0, 1.0, 1.0, 0.9, 1.0, 1.05, 1.1, 0.85, 1.0, 0.95, 1.1)
UNUSUAL_MONTHS = {
    2019: (*USUAL_MONTHS[:11], 0.6),
    2020: (0.06, 0.1, 0.35, 0.65, 0.75, 1.0, 1.15, 1.05, 0.85, 0.45, 0.55, 1.0),
}
AGEING = 0.095  # the hazard of death grows by this a year


def first_of(year: int) -> int:
    """The day number of 1 April of a year."""
    return int((np.datetime64(f"{year}-04-01") - START).astype(int))


def month_starts(year: int) -> np.ndarray:
    """The day numbers on which the twelve months of a financial year begin, and the one after its end."""
    months = np.datetime64(f"{year}-04") + np.arange(13)
    return (months.astype("datetime64[D]") - START).astype(int)


def busyness(year: int, day: np.ndarray) -> np.ndarray:
    """How busy the month of each day of a financial year is."""
    weights = np.array(UNUSUAL_MONTHS.get(year, USUAL_MONTHS))
    return weights[np.searchsorted(month_starts(year), day, side="right") - 1]


def held(rng: np.random.Generator, year: int, day: np.ndarray) -> np.ndarray:
    """Whether a clinic planned for each day of a financial year was held: always in usual months."""
    return rng.random(len(day)) * min(USUAL_MONTHS) < busyness(year, day)


def working(day: np.ndarray) -> np.ndarray:
    """Each day, with Saturday moved to Friday and Sunday to Monday."""
    weekday = (day + 6) % 7
    return day - (weekday == 5) + (weekday == 6)


def random_days(rng: np.random.Generator, year: int, count: int) -> np.ndarray:
    """Working days of a financial year, more of them in its busy months."""
    starts = month_starts(year)
    weights = np.array(UNUSUAL_MONTHS.get(year, USUAL_MONTHS)) * np.diff(starts)
    month = rng.choice(12, count, p=weights / weights.sum())
    day = working(starts[month] + (rng.random(count) * np.diff(starts)[month]).astype(int))
    return day + 3 * (day < starts[0]) - 3 * (day >= starts[-1])


def newcomers(rng: np.random.Generator, world: World, day: np.ndarray, year: int) -> np.ndarray:
    """People (an array of PERSON) first treated on the given days of a year."""
    people = np.zeros(len(day), PERSON)
    people["icb"] = rng.choice(len(world.share), len(day), p=world.share)
    odds = world.chances[year].cumsum(axis=1)[people["icb"]]
    people["home"] = np.minimum((rng.random((len(day), 1)) > odds).sum(axis=1), odds.shape[1] - 1)
    sizes = np.array([len(some) for some in world.area_of])
    starts = np.concatenate([[0], sizes.cumsum()[:-1]])
    within = (rng.random(len(day)) * sizes[people["icb"]]).astype(int)
    people["area"] = np.concatenate(world.area_of)[starts[people["icb"]] + within]
    people["sex"] = np.where(rng.random(len(day)) < 0.62, WOMEN, MEN)
    age = np.clip(rng.normal(60, 13.5, len(day)), 19.1, 95)
    age[rng.random(len(day)) < 0.001] = 17.2
    people["born"] = day - age * 365.25
    people["death"] = day + 1 + 365.25 * years_left(rng, age, people["sex"])
    people["luck"] = rng.random(len(day))
    return people


def years_left(rng: np.random.Generator, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """Years until death from a Gompertz law: about 0.9% a year at 60 for men, 0.6% for women."""
    hazard = np.where(sex == MEN, 0.009, 0.006) * np.exp(AGEING * (age - 60))
    return np.log1p(rng.exponential(size=len(age)) * AGEING / hazard) / AGEING
