"""Directly standardised rates per 100,000 adults, stratum by stratum, with Dobson and Byar's limits."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from tests.recount import measures, places
from tests.recount.cohorts import World
from tests.recount.curves import Z

FEWEST = 10
Stratum = tuple[str, str, str]


def byar(x: int) -> tuple[float, float]:
    """Byar's 95% limits of a count."""
    lower = x * (1 - 1 / (9 * x) - Z / (3 * math.sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * math.sqrt(x + 1))) ** 3
    return lower, upper


def standard() -> dict[tuple[str, str], float]:
    """The weight of each five-year band of adults in the European Standard Population of 2013."""
    return {(one["age_from"], one["age_to"]): float(one["weight"]) for one in places._table("standard_population")}


def population(by: str) -> dict[str, dict[Stratum, float]]:
    """Persons by place and (sex, from age, to age)."""
    found: dict[str, dict[Stratum, float]] = defaultdict(lambda: defaultdict(float))
    for line in places._table("population"):
        place = measures.PLACES[by](line)
        found[place][line["sex"], line["age_from"], line["age_to"]] += float(line["persons"])
    return found


def stratum(fact: dict) -> Stratum:
    """The sex and five-year band of a person on the day."""
    bands = standard()
    low, high = next((low, high) for low, high in bands if int(low) <= fact["age"] <= int(high))
    return fact["sex"], low, high


def rate(facts: list[dict], persons: dict[Stratum, float]) -> tuple:
    """(events, None, rate, lower, upper); no rate under ten events."""
    if len(facts) < FEWEST:
        return len(facts), None, None, None, None
    weights = {key: standard()[key[1:]] / persons[key] for key in persons}
    whole = sum(standard()[key[1:]] for key in persons)
    value = sum(weights[stratum(fact)] for fact in facts) / whole
    spread = math.sqrt(_variance(facts, weights) / whole**2 / len(facts))
    limits = [value + spread * (limit - len(facts)) for limit in byar(len(facts))]
    return len(facts), None, *(1e5 * number for number in (value, *limits))


def _variance(facts: list[dict], weights: dict[Stratum, float]) -> float:
    """Each person adds, in each stratum, the square of their number of events there: who has a birthday is in two."""
    times = Counter((fact["person"] or id(fact), stratum(fact)) for fact in facts)
    return sum(number**2 * weights[where] ** 2 for (_, where), number in times.items())


def rates(world: World, by: str = "commissioner", cohort: str = "lumbar") -> measures.Answers:
    """{(place, year): (events, None, rate, lower, upper)} of denervations of a known sex."""
    facts, persons = [one for one in measures.cohort(world, cohort) if one["sex"]], population(by)
    return {key: rate(found, persons[key[0]]) for key, found in measures.cells(facts, by, "year").items()}
