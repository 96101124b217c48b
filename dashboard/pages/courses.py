"""Courses as a table: one line each, with every criterion, what was seen and what was asked."""

import html
import re

import pandas as pd

from dashboard.filters import DECLARED, GROUPS

HEADINGS = {
    "patient": "Patient", "month": "Month", "days_since_index": "Days since first course", "provider": "Trust", "age": "Age",
    "sex": "Sex", "sides": "Side", "course_kind": "Course", "verdict": "Verdict",
}  # fmt: skip
VERDICTS = {"adherent": "Adherent", "non_adherent": "Not adherent", "not_assessable": "Cannot be judged"}
STATES = {"met": "✓ Met", "not_met": "✗ Not met", "not_assessable": "? Cannot be judged", "not_applicable": "– Does not apply"}
CRITERIA = {
    "block_before": "Block before", "repeat_interval": "Interval", "repeat_block": "New block", "levels": "Levels limit",
    "conservative_care": "Conservative care",
}  # fmt: skip


def table(frame: pd.DataFrame, about: dict) -> str:
    """One line per course: who and when without a name, then each criterion with its state, the value seen and the threshold."""
    made_up = "Synthetic data. " if about.get("synthetic") == "true" else ""
    names = [*HEADINGS.values(), *CRITERIA.values()]
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in names)
    parts = frame.groupby("course", sort=False)
    rows = "".join(f"<tr>{line(part)}</tr>" for _, part in parts)
    caption = f"{made_up}Courses and their criteria. Data version {html.escape(about['version'])}."
    made = f"<table><caption><span>{caption}</span></caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='rfd-table rfd-courses' role='region' tabindex='0' aria-label='Courses, table'>{made}</div>"


def line(part: pd.DataFrame) -> str:
    """The cells of one course."""
    course, criteria = part.iloc[0], part.set_index("criterion")
    cells = [f"<td>{html.escape(words(name, course[name]))}</td>" for name in HEADINGS]
    return "".join([*cells, *(cell(criteria.loc[name]) for name in CRITERIA)])


def cell(criterion: pd.Series) -> str:
    """A criterion of a course: its state, and under it what was seen against what was asked."""
    told = {"Seen": criterion["value"], "Asked": criterion["threshold"]}
    parts = [f"{name}: {html.escape(seen(value))}" for name, value in told.items() if pd.notna(value)]
    small = f"<br><small>{'<br>'.join(parts)}</small>" if parts else ""
    return f"<td>{STATES[criterion['state']]}{small}</td>"


def seen(text: str) -> str:
    """What was seen or asked, its numbers as elsewhere: `months 43; days 1,326` for `months: 43; days: 1326`."""
    return re.sub(r"\d{4,}", lambda found: f"{int(found[0]):,}", text.replace(": ", " "))


def words(name: str, value) -> str:
    """A value of a column as a person reads it; nothing where it is not known."""
    if pd.isna(value):
        return ""
    if name in GROUPS:
        return DECLARED[name].name(value)
    if name in ("sides", "course_kind"):
        return value.capitalize()
    return VERDICTS.get(value, value) if isinstance(value, str) else f"{value:,.0f}"


def trusts(codes: set[str], names: dict) -> str:
    """The name of each trust whose code stands in the table."""
    told = (f"{code} is {names.get(('provider', code), 'a provider that no list names')}" for code in sorted(codes))
    return f"{'; '.join(told)}."
