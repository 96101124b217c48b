"""Exact rows, by the one other door: for those who hold the data, within what they may see."""

from dataclasses import replace

import pandas as pd

from dashboard.ask import kinds
from dashboard.ask.compose import question
from dashboard.ask.road import CHOICES, Cells, Road
from dashboard.disclosure.numbers import PROFILES
from dashboard.errors import Refused

COLUMNS = {
    "denervations": (
        "person", "date", "provider", "commissioner", "age", "sex", "ebi", "lumbar", "broad", "sides", "levels",
        "image_control", "episodes",
    ),
    "blocks": ("person", "date", "provider", "commissioner", "lumbar_site"),
    "courses": (
        "person", "course_number", "start", "end", "provider", "commissioner", "sides", "denervations", "is_index",
        "is_repeat", "interval_days", "interval_months", "same_side", "side_unknown", "blocks_before_24m",
        "days_since_block",
    ),
    "index_blocks": ("person", "date", "provider", "outcome", "days", "elsewhere"),
    "adherence": ("person", "course_number", "start", "provider", "criterion", "state", "value", "threshold"),
    "refusals": ("file", "line", "severity", "rule", "column", "value"),
    "waterfall": ("rule", "lost", "remaining"),
}  # fmt: skip
HEEDS = {"courses": ("policy", "staged_days"), "adherence": tuple(set(CHOICES) - {"cohort"})}
ORDERS = {
    "denervations": ["date", "provider", "person"],
    "blocks": ["date", "provider", "person"],
    "courses": ["person", "course_number"],
    "index_blocks": ["person", "date"],
    "adherence": ["person", "course_number", "place_in_order"],
}


def of(table: str, road: Road) -> pd.DataFrame:
    """The rows of a table; Refused, naming those there are, when there is none of that name."""
    if table not in COLUMNS:
        raise Refused(f"no table of rows is called {table!r}; there are: {', '.join(COLUMNS)}")
    if road.scope[0] == "none":
        raise Refused("rows are for whoever was granted them; nobody said whose rows these may be")
    road.heed(table, HEEDS.get(table, ()))
    if table == "waterfall":
        return _waterfall(road)
    found = _refusals(road) if table == "refusals" else _facts(table, road)
    return found.sort_values(ORDERS.get(table, ["file", "line"]), kind="stable")[list(COLUMNS[table])].reset_index(drop=True)


def _facts(table: str, road: Road) -> pd.DataFrame:
    asked = question(f"rows/{table}", "ask/chosen", "ask/door")
    return road.version.frame(asked, asked.bind(road.row_choices()))


def _refusals(road: Road) -> pd.DataFrame:
    """The refused lines: they have no place that could be trusted, so only a reader of everything sees them."""
    if road.scope[0] != "all":
        raise Refused("refused lines belong to no provider or commissioner; they are for a reader of everything")
    return road.version.frame(question("rows/refusals"), {})


def _waterfall(road: Road) -> pd.DataFrame:
    """The waterfall in exact numbers, of the place a scope allows; every rule with none where there is nothing to lose."""
    scope_type, scope = road.scope
    filters = road.filters if scope_type == "all" else replace(road.filters, place_type=scope_type, place=scope)
    exact = replace(road, filters=filters, gate=PROFILES["exact"], strict=False)
    frame = exact.answer(kinds.WATERFALL, Cells("place")).frame
    if frame.empty:
        frame = road.version.frame(question("ask/stages"), {}).sort_values("stage").assign(lost=0, remaining=0)
    return frame[list(COLUMNS["waterfall"])].astype({"lost": int, "remaining": int})
