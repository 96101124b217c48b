"""Every criterion of every course under a policy, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache

from tests.recount import codes
from tests.recount.cohorts import World
from tests.recount.courses import courses, days_before
from tests.recount.rows import add_months, clean, day

REFERENCE = {
    "min_blocks": 1, "block_lookback_months": 24, "repeat_min_months": 12, "repeat_needs_new_block": False,
    "max_levels": None, "staged_days": 90,
}  # fmt: skip
POLICIES = {
    "reference": REFERENCE,
    "humber_north_yorkshire": REFERENCE | {"block_lookback_months": 6, "repeat_min_months": 16, "repeat_needs_new_block": True},
    "norfolk_waveney": REFERENCE,
    "greater_manchester": REFERENCE | {"min_blocks": 2, "repeat_min_months": None},
}
LOCAL = [
    ("QOQ", date(2022, 7, 1), "humber_north_yorkshire"),
    ("QOP", date(2019, 4, 1), "greater_manchester"),
]
NEVER_RECORDED = ["pain_score", "block_response", "facet_source", "shared_decision", "prior_approval"]
DECIDING = ["block_before", "repeat_interval", "repeat_block", "levels"]


def rules(policy: str, changes: dict, course: dict) -> dict:
    """The parameters a course is judged by: the chosen policy's, or its commissioner's own, then the changes."""
    if policy == "local":
        policy = next((name for icb, start, name in LOCAL if _in_force(course, icb, start)), "reference")
    return POLICIES[policy] | changes


def _in_force(course: dict, icb: str, start: date) -> bool:
    return course["commissioner"] == icb and course["date"] >= start


def judged(world: World, policy: str = "reference", changes: dict | None = None) -> list[dict]:
    """Every course with its `rules`, the state of each criterion in `states`, and its `verdict`."""
    changes, care, found = changes or {}, attended(world), []
    staged_days = (POLICIES.get(policy, REFERENCE) | changes)["staged_days"]
    for course in courses(world, staged_days):
        rule = rules(policy, changes, course)
        states = _states(world, course, rule, care.get(course["person"], []))
        found.append(course | {"rules": rule, "states": states, "verdict": verdict(states)})
    return found


def _states(world: World, course: dict, rule: dict, care: list[date]) -> dict[str, str]:
    return {
        "block_before": _block_before(world, course, rule),
        "repeat_interval": _repeat_interval(world, course, rule),
        "repeat_block": _repeat_block(course, rule),
        "levels": _levels(course, rule),
        "conservative_care": _conservative_care(course, care),
    } | dict.fromkeys(NEVER_RECORDED, "not_assessable")


def _met(met: bool) -> str:
    return "met" if met else "not_met"


def _block_before(world: World, course: dict, rule: dict) -> str:
    if course["previous"]:
        return "not_applicable"
    seen = len(days_before(course["blocks"], course["date"], rule["block_lookback_months"]))
    cut_off = add_months(course["date"], -rule["block_lookback_months"]) < world.data_start
    return "not_assessable" if seen < rule["min_blocks"] and cut_off else _met(seen >= rule["min_blocks"])


def _repeat_interval(world: World, course: dict, rule: dict) -> str:
    months = rule["repeat_min_months"]
    if months is None:
        return "not_applicable"
    if course["previous"]:
        return _met(course["interval_months"] >= months)
    return "not_assessable" if course["date"] < add_months(world.data_start, months) else "not_applicable"


def _repeat_block(course: dict, rule: dict) -> str:
    if not course["previous"] or not rule["repeat_needs_new_block"]:
        return "not_applicable"
    recent = days_before(course["blocks"], course["date"], rule["block_lookback_months"])
    return _met(any(block > course["previous"]["end"] for block in recent))


def _levels(course: dict, rule: dict) -> str:
    if rule["max_levels"] is None:
        return "not_applicable"
    return _met(course["levels"] <= rule["max_levels"]) if course["levels"] else "not_assessable"


def _conservative_care(course: dict, care: list[date]) -> str:
    if course["previous"]:
        return "not_applicable"
    return "met" if days_before(care, course["date"], 24) else "not_assessable"


def verdict(states: dict[str, str]) -> str:
    """Adherent, non-adherent or not assessable, from the states of all criteria."""
    if "not_met" in states.values():
        return "non_adherent"
    return "adherent" if any(states[name] == "met" for name in DECIDING) else "not_assessable"


@cache
def attended(world: World) -> dict[str, list[date]]:
    """Each person's attended outpatient days of the specialties that count as conservative care."""
    found = defaultdict(list)
    for row in world.op or []:
        seen = clean(row["ATTENDED"]) in ("5", "6") and clean(row["TRETSPEF"]) in codes.CONSERVATIVE_CARE
        when = day(row["APPTDATE"])
        if seen and when:
            found[clean(row["TOKEN_PERSON_ID"])].append(when)
    return found
