"""Every declared measure, by place and period, from lists of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from tests.recount import adherence, cohorts, courses, curves, places
from tests.recount.cohorts import World
from tests.recount.courses import days_before

ENGLAND = "E92"
BANDS = [(19, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79)]
HORIZON_DAYS = {6: 182, 12: 365, 18: 547, 24: 730}
Answers = dict[tuple, tuple]


def year(day: date) -> str:
    """The financial year of a day, 2023/24."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def quarter(day: date) -> str:
    """The quarter of the financial year: 2023/24 Q1 is April to June."""
    return f"{year(day)} Q{(day.month - 4) % 12 // 3 + 1}"


def month(day: date) -> str:
    """The calendar month, 2023-04."""
    return f"{day:%Y-%m}"


def age_band(age: int) -> str:
    """The ten-year band of an adult's age."""
    return next((f"{low}-{high}" for low, high in BANDS if low <= age <= high), "80+")


PERIODS = {"year": year, "quarter": quarter, "month": month}
PLACES: dict[str, Callable[[dict], str | None]] = {
    "england": lambda fact: ENGLAND,
    "region": lambda fact: places.region(fact["commissioner"]),
    "commissioner": lambda fact: fact["commissioner"],
    "provider": lambda fact: fact["provider"],
}
SPLITS = {"sex": lambda fact: fact["sex"] or "unknown", "age_band": lambda fact: age_band(fact["age"]) or "unknown"}


def cells(facts: list[dict], by: str, period: str, split: tuple[str, ...] = ()) -> dict[tuple, list[dict]]:
    """Facts by (place, period, …splits); a fact without a place is in no cell, one without a split's value is unknown."""
    found = defaultdict(list)
    for fact in facts:
        place = PLACES[by](fact)
        if place:
            found[place, PERIODS[period](fact["date"]), *(SPLITS[name](fact) for name in split)].append(fact)
    return found


def count(facts: list[dict]) -> tuple:
    """A count of facts."""
    return len(facts), None, len(facts), None, None


def people(facts: list[dict]) -> tuple:
    """A count of distinct persons."""
    known = len({fact["person"] for fact in facts})
    return known, None, known, None, None


def share(facts: list[dict]) -> tuple:
    """Those that `count`, of all, with Wilson's limits."""
    x, n = sum(fact["counts"] for fact in facts), len(facts)
    return x, n, x / n, *curves.wilson(x, n)


def cohort(world: World, name: str) -> list[dict]:
    """The denervations of a cohort."""
    return [fact for fact in cohorts.denervations(world) if fact[name]]


def marked(facts: list[dict], test: Callable[[dict], bool]) -> list[dict]:
    """The facts, each with `counts` set by the test."""
    return [fact | {"counts": bool(test(fact))} for fact in facts]


def index_courses(world: World, staged_days: int = 90) -> list[dict]:
    """The index courses."""
    return [course for course in courses.courses(world, staged_days) if course["is_index"]]


def blocks_within(months: int, at_least: int) -> Callable[[dict], bool]:
    """Whether a course has so many block days in the months before it."""
    return lambda course: len(days_before(course["blocks"], course["date"], months)) >= at_least


def repeats_too_soon(world: World, policy: str, changes: dict) -> list[dict]:
    """Repeat courses under a policy with a minimum; those before the minimum count."""
    judged = adherence.judged(world, policy, changes)
    repeats = [course for course in judged if course["previous"] and course["rules"]["repeat_min_months"]]
    return marked(repeats, lambda course: course["states"]["repeat_interval"] == "not_met")


def criterion(world: World, name: str, policy: str, changes: dict) -> list[dict]:
    """Courses for which a criterion is met or not met; those that meet it count."""
    judged = adherence.judged(world, policy, changes)
    decided = [course for course in judged if course["states"][name] in ("met", "not_met")]
    return marked(decided, lambda course: course["states"][name] == "met")


def adherent(world: World, policy: str, changes: dict) -> list[dict]:
    """Courses with a verdict; the adherent count."""
    decided = [one for one in adherence.judged(world, policy, changes) if one["verdict"] != "not_assessable"]
    return marked(decided, lambda course: course["verdict"] == "adherent")


def first_courses_with_care(world: World, policy: str, changes: dict) -> list[dict]:
    """First courses; those with conservative care seen count. None without outpatient data."""
    judged = adherence.judged(world, policy, changes) if world.op else []
    first = [course for course in judged if not course["previous"]]
    return marked(first, lambda course: course["states"]["conservative_care"] == "met")


def shares(world: World, name: str, policy: str, changes: dict) -> list[dict] | None:
    """The marked facts of a share by its measure name, or nothing when the name is of no share."""
    followed = [block for block in courses.index_blocks(world) if block["followed"]]
    injected = [block for block in courses.index_blocks(world) if block["is_first"] and block["followed_365"]]
    converted = [block for block in courses.index_blocks(world) if block["elsewhere"] is not None]
    rule = adherence.POLICIES.get(policy, adherence.REFERENCE) | changes
    index, lookback = index_courses(world, rule["staged_days"]), rule["block_lookback_months"]
    found = {
        "prolonged_response": lambda: marked(followed, lambda block: block["prolonged"]),
        "converted_elsewhere": lambda: marked(converted, lambda block: block["elsewhere"]),
        "repeat_injection_girft": lambda: marked(injected, lambda block: block["repeated"]),
        "no_block_found": lambda: marked(index, lambda course: not blocks_within(lookback, 1)(course)),
        "block_within_6_months": lambda: marked(index, blocks_within(6, 1)),
        "two_or_more_blocks": lambda: marked(index, blocks_within(lookback, 2)),
        "repeat_within_minimum": lambda: repeats_too_soon(world, policy, changes),
        "adherent": lambda: adherent(world, policy, changes),
        "conservative_care_seen": lambda: first_courses_with_care(world, policy, changes),
    } | {f"met_{one}": lambda one=one: criterion(world, one, policy, changes) for one in adherence.DECIDING}
    return found[name]() if name in found else None


CODED = {
    "linked_to_person": lambda fact: fact["person"],
    "side_recorded": lambda fact: fact["sides"],
    "levels_recorded": lambda fact: fact["levels"],
    "image_control_recorded": lambda fact: fact["image_control"],
}


def incidence(world: World, name: str, changes: dict) -> Callable[[list[dict]], tuple]:
    """The answer of a cumulative incidence for a list of facts that carry `outcome` and `days`."""
    until = HORIZON_DAYS[int(name.split("_")[-2])]
    event = "repeat" if name.startswith("repeat") else "rfd"
    observed = bool(cohorts.deaths(world))

    def answer(facts: list[dict]) -> tuple:
        times = [(fact["days"], {event: 1, "death": 2}.get(fact["outcome"], 0)) for fact in facts]
        return curves.answer(times, until, deaths_observed=observed)

    return answer


def measure(
    world: World,
    name: str,
    *,
    by: str = "england",
    period: str = "year",
    split: tuple[str, ...] = (),
    cohort_name: str = "lumbar",
    policy: str = "reference",
    changes: dict | None = None,
) -> Answers:
    """{(place, period, …splits): (numerator, denominator, value, lower, upper)} of one measure."""
    facts, answer = _facts(world, name, cohort_name, policy, changes or {})
    return {key: answer(found) for key, found in cells(facts, by, period, split).items()}


def _facts(world: World, name: str, cohort_name: str, policy: str, changes: dict) -> tuple:
    if name == "denervations":
        return cohort(world, cohort_name), count
    if name == "patients":
        return [fact for fact in cohort(world, cohort_name) if fact["person"]], people
    if name in CODED:
        return marked(cohort(world, cohort_name), CODED[name]), share
    if name == "blocks":
        return cohorts.blocks(world), count
    if name.startswith("repeat_by_"):
        return index_courses(world, changes.get("staged_days", 90)), incidence(world, name, changes)
    if name.startswith("block_to_denervation"):
        return courses.index_blocks(world), incidence(world, name, changes)
    return shares(world, name, policy, changes), share
