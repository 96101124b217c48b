"""Why each criterion of each course has its state: the value seen and the threshold, in the words of the product."""

from __future__ import annotations

from datetime import timedelta

from tests.recount import adherence
from tests.recount.cohorts import World
from tests.recount.courses import days_before
from tests.recount.rows import add_months, whole_months


def explained(world: World, policy: str, changes: dict) -> dict[tuple[str, int, str], tuple[str, str]]:
    """{(person, course, criterion): (value, threshold)}, both empty where the criterion does not apply or is not recorded."""
    care, found = adherence.attended(world), {}
    for course in adherence.judged(world, policy, changes):
        for criterion, state in course["states"].items():
            told = ("", "")
            if state != "not_applicable" and criterion in WORDS:
                told = WORDS[criterion](world, course, care.get(course["person"], []))
            found[course["person"], course["course_number"], criterion] = told
    return found


def _blocks(world: World, course: dict, care: list) -> tuple[str, str]:
    rule = course["rules"]
    seen = days_before(course["blocks"], course["date"], rule["block_lookback_months"])
    since = f"; days since the last: {(course['date'] - seen[-1]).days}" if seen else ""
    return f"blocks: {len(seen)}{since}", f"at least {rule['min_blocks']} in {rule['block_lookback_months']} months"


def _interval(world: World, course: dict, care: list) -> tuple[str, str]:
    least = course["rules"]["repeat_min_months"]
    if not course["previous"]:
        return f"months of data before: {whole_months(world.data_start, course['date'])}", f"at least {least} months"
    due = add_months(course["date"] - timedelta(days=course["interval_days"]), least)
    return f"months: {course['interval_months']}; days: {course['interval_days']}", f"at least {least} months, due {due}"


def _new_block(world: World, course: dict, care: list) -> tuple[str, str]:
    months = course["rules"]["block_lookback_months"]
    new = any(day > course["previous"]["end"] for day in days_before(course["blocks"], course["date"], months))
    return f"{'a' if new else 'no'} block since the course before", f"a new block in {months} months"


def _levels(world: World, course: dict, care: list) -> tuple[str, str]:
    return {1: "1", 2: "2", 3: "3+"}.get(course["levels"], "unknown"), f"at most {course['rules']['max_levels']}"


def _care(world: World, course: dict, care: list) -> tuple[str, str]:
    return f"attendances: {len(set(days_before(care, course['date'], 24)))}", "at least 1 in 24 months"


WORDS = {
    "block_before": _blocks, "repeat_interval": _interval, "repeat_block": _new_block, "levels": _levels, "conservative_care": _care,
}  # fmt: skip
