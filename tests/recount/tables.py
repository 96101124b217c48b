"""The recount in the words of `rfd rows`: every cell as text."""

from __future__ import annotations

from datetime import date

from tests.recount import adherence, cohorts, courses
from tests.recount.codes import side_word
from tests.recount.cohorts import World

DENERVATIONS = ["person", "date", "provider", "commissioner", "age", "sex", "ebi", "lumbar", "broad", "sides",
                "levels", "image_control", "episodes"]  # fmt: skip
BLOCKS = ["person", "date", "provider", "commissioner", "lumbar_site"]
COURSES = ["person", "course_number", "start", "end", "provider", "commissioner", "sides", "denervations",
           "is_index", "is_repeat", "interval_days", "interval_months", "same_side", "side_unknown",
           "blocks_before_24m", "days_since_block"]  # fmt: skip
INDEX_BLOCKS = ["person", "date", "provider", "outcome", "days", "elsewhere"]
ADHERENCE = ["person", "course_number", "start", "provider", "criterion", "state"]
WATERFALL = ["rule", "lost", "remaining"]


def word(value: object) -> str:
    """A value as the command line prints it: ISO dates, true and false, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, set):
        return side_word(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _worded(facts: list[dict], columns: list[str]) -> list[dict[str, str]]:
    return [{column: word(fact[column]) for column in columns} for fact in facts]


def denervations(world: World) -> list[dict[str, str]]:
    """The denervations table."""
    facts = [fact | {"levels": {3: "3+"}.get(fact["levels"], fact["levels"])} for fact in cohorts.denervations(world)]
    return _worded(facts, DENERVATIONS)


def blocks(world: World) -> list[dict[str, str]]:
    """The blocks table."""
    return _worded(cohorts.blocks(world), BLOCKS)


def course_table(world: World, staged_days: int = 90) -> list[dict[str, str]]:
    """The courses table at one of the stops of `staged_days`."""
    facts = [
        course
        | {"start": course["date"], "denervations": len(course["denervations"])}
        | {"is_repeat": course["course_number"] > 1}
        for course in courses.courses(world, staged_days)
    ]
    return _worded(facts, COURSES)


def index_blocks(world: World) -> list[dict[str, str]]:
    """The index blocks table."""
    return _worded(courses.index_blocks(world), INDEX_BLOCKS)


def adherence_table(world: World, policy: str = "reference", changes: dict | None = None) -> list[dict[str, str]]:
    """The adherence table, less the value and the threshold."""
    facts = [
        course | {"start": course["date"], "criterion": criterion, "state": state}
        for course in adherence.judged(world, policy, changes)
        for criterion, state in course["states"].items()
    ]
    return _worded(facts, ADHERENCE)


def waterfall(world: World) -> list[dict[str, str]]:
    """The waterfall table."""
    return _worded(cohorts.waterfall(world), WATERFALL)
