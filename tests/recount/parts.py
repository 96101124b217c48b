"""Parts of a whole, one fact at a time: bands, the year after a block, why courses fail, curves, mentions of codes."""

from __future__ import annotations

from collections import Counter

from tests.recount import adherence, cohorts, courses, curves, measures, rows
from tests.recount.cohorts import World
from tests.recount.courses import days_before

MONTHS = [(0, 2), (3, 5), (6, 8), (9, 11), (12, 15), (16, 19), (20, 23), (24, 35)]
DAYS = [(0, 27), (28, 55), (56, 90), (91, 182), (183, 364)]
LEVELS = {1: "1", 2: "2", 3: "3+", None: "unknown"}
CURVE_MONTHS = {"repeat": 60, "block": 36}
ENOUGH = 10


def band(number: int, bands: list[tuple[int, int]]) -> str:
    """The band a number lies in; the last has no end."""
    return next((f"{low}-{high}" for low, high in bands if low <= number <= high), f"{bands[-1][1] + 1}+")


def bands(world: World, name: str, changes: dict) -> dict[str, int]:
    """How many courses lie in each band of a distribution."""
    rule = adherence.REFERENCE | changes
    every = courses.courses(world, rule["staged_days"])
    index = [course for course in every if course["is_index"]]
    seen = [len(days_before(course["blocks"], course["date"], rule["block_lookback_months"])) for course in index]
    found = {
        "repeat_interval_months": [band(course["interval_months"], MONTHS) for course in every if course["previous"]],
        "blocks_before": [str(number) if number < 3 else "3+" for number in seen],
        "days_since_block": [band(course["days_since_block"], DAYS) for course in index if course["blocks_before_24m"]],
        "levels": [LEVELS[course["levels"]] for course in every],
        "sides": [course["same_side"] for course in every if course["previous"]]
        + ["staged" for course in every if len(course["denervations"]) > 1],
    }
    return dict(Counter(found[name]))


def counted_as(world: World, cohort: str) -> dict[str, int]:
    """How many denervations there are, and spells, episodes and mentions of codes behind them."""
    facts = [one for one in cohorts.denervations(world) if one[cohort]]
    return {"denervations": len(facts)} | {
        name: sum(one[name] for one in facts) for name in ("spells", "episodes", "code_mentions")
    }


def first_year(world: World) -> dict[tuple[str, str], int]:
    """What came of each index block within a year, and of those with a second block after it."""
    counted: Counter = Counter()
    days = {}
    for block in cohorts.blocks(world):
        days.setdefault(block["person"], []).append(block["date"])
    for block in courses.index_blocks(world):
        second = sum(0 <= (day - block["date"]).days <= 365 for day in days[block["person"]]) >= 2
        counted["index_block", "second_block" if second else _result(block)] += 1
        if second:
            counted["second_block", _result(block)] += 1
    return dict(counted)


def _result(block: dict) -> str:
    if block["outcome"] in ("rfd", "death") and block["days"] <= 365:
        return block["outcome"]
    return "neither" if block["followed"] else "still_waiting"


def reasons(world: World, policy: str, changes: dict) -> dict[tuple[str, str], int]:
    """How many courses are in each state of each criterion, and fail it alone or with others; `any` is the verdict."""
    counted: Counter = Counter()
    for course in adherence.judged(world, policy, changes):
        failed = [name for name in adherence.DECIDING if course["states"][name] == "not_met"]
        for name in [*adherence.DECIDING, "conservative_care"]:
            counted[name, course["states"][name]] += 1
        for name in failed:
            counted[name, "fails_only" if len(failed) == 1 else "fails_with_others"] += 1
        counted["several", "fails_with_others"] += len(failed) > 1
        counted["any", {"adherent": "met", "non_adherent": "not_met"}.get(course["verdict"], "not_assessable")] += 1
    return {key: number for key, number in counted.items() if number}


def curve(world: World, name: str, changes: dict) -> list[tuple]:
    """(months, at risk, events since the month before, incidence, lower, upper) at the end of each month, while ten are at risk."""
    kind = "repeat" if name.startswith("repeat") else "block"
    facts = measures.index_courses(world, changes.get("staged_days", 90)) if kind == "repeat" else courses.index_blocks(world)
    times = [(fact["days"], {"repeat": 1, "rfd": 1, "death": 2}.get(fact["outcome"], 0)) for fact in facts]
    told, before = [], -1
    for month in range(CURVE_MONTHS[kind] + 1):
        last = month * 1461 // 48
        at_risk = sum(day >= last for day, _ in times)
        if at_risk < ENOUGH:
            break
        events = sum(outcome == 1 and before < day <= last for day, outcome in times)
        told.append((month, at_risk, events, *curves.answer(times, last, deaths_observed=bool(cohorts.deaths(world)))[2:]))
        before = last
    return told


def mentions(world: World, wanted: set[str]) -> dict[tuple[str, str], int]:
    """Mentions of each code in any position of a finished episode, by the financial year it was filed in."""
    counted: Counter = Counter()
    for row in world.kept:
        if rows.finished(row):
            codes = [rows.code(row.get(f"OPERTN_{n:02d}")) for n in range(1, 25)]
            counted.update((code, _year(row)) for code in codes if code in wanted)
    return dict(counted)


def _year(row: rows.Row) -> str:
    """The financial year of a row: FYEAR 2324 is 2023/24."""
    return f"20{row['FYEAR'][:2]}/{row['FYEAR'][2:]}"
