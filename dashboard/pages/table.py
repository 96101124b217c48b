"""A released table as the HTML a person reads: the same numbers as the chart and the file."""

import html
import re

import pandas as pd

from dashboard.charts.flow import OUTCOMES
from dashboard.charts.steps import RULES as WATERFALL
from dashboard.charts.words import number
from dashboard.disclosure.numbers import profile
from dashboard.disclosure.released import Released
from dashboard.filters import DECLARED, GROUPS
from dashboard.metrics import METRICS
from dashboard.pages.courses import CRITERIA
from dashboard.pages.rules import RULES, SEVERITIES

HEADINGS = {
    "place": "Code", "place_name": "Place", "numerator": "Number", "denominator": "Out of", "lower": "95% lower",
    "upper": "95% upper", "flag": "Note", "at_risk": "At risk", "incidence": "Share by then", "count": "Number",
    "rows_quarantined": "Put aside", "rows_flagged": "Flagged", "rows_dropped": "Dropped as copies", "complete": "Complete", "months_sent": "Months sent", "months": "Months of data", "rows_read": "Rows read", "rows_loaded": "Loaded",
    "severity": "What was done", "fails_only": "Fails this alone", "fails_with_others": "Fails this and others", "sex": "Sex", "age_band": "Age",
    "england": "England", "lowest": "Lowest peer", "quarter": "Lower quarter", "middle": "Middle peer", "three_quarters": "Upper quarter",
    "highest": "Highest peer", "told": "Peers told",
    "events": "Events", "expected": "At the target", "excess": "Above the target", "hidden": "Providers hidden", "first": "Since", "last": "Latest", "old": "Before", "new": "Now", "with_england": "England too", "distinguishable": "Distinguishable", "cost": "Cost, £",
}  # fmt: skip
LABELS = (
    "place",
    "place_name",
    "period",
    "band",
    "counted_as",
    "stage",
    "outcome",
    "rule",
    "criterion",
    "measure",
    *("sex", "age_band", "setting"),
    *(
        "month",
        "state",
        "file",
        "kind",
        "layout",
        "status",
        "years",
        "severity",
        "code",
        "year",
        "successor",
        "successor_name",
        "note",
    ),
)
LABELS = (*LABELS, "levels", "course", "sector", "distinguishable", "flag")
LABELS = (*LABELS, "signal", "direction", "verdict", "first", "last", "by", "with_england")
AS_SHARES = (
    *("value", "lower", "upper", "incidence", "reference_value", "old", "new"),
    *("england", "lowest", "quarter", "middle", "three_quarters", "highest"),
)
WHOLE = ("numerator", "denominator")
WORDS = {
    "severity": SEVERITIES, "rule": RULES | WATERFALL, "criterion": CRITERIA, "outcome": OUTCOMES,
    "counted_as": {"denervations": "Denervations", "patients": "Patients", "spells": "Hospital spells", "episodes": "Episodes", "code_mentions": "Mentions of codes"},
    "measure": {name: metric.title for name, metric in METRICS.items()},
}  # fmt: skip
NOT_HERE = ("place_type",)


def table(answer: Released, most: int = 600) -> str:
    """The table with its caption, in a frame that scrolls and that the keyboard reaches."""
    frame = shown(answer)
    rows = "".join(_row(row, answer) for row in frame.head(most).to_dict("records"))
    head = "".join(f"<th scope='col'{_side(name)}>{html.escape(heading(name, answer))}</th>" for name in frame.columns)
    more = f"<p>The first {most:,} rows of {len(frame):,}; the download holds all.</p>" if len(frame) > most else ""
    made = f"<table><caption><span>{html.escape(caption(answer))}</span></caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='rfd-table' role='region' tabindex='0' aria-label='{html.escape(answer.title)}, table'>{made}</div>{more}"


def shown(answer: Released) -> pd.DataFrame:
    """The columns that say something: not the measure when it is one, nor a column that is empty for this kind of number."""
    frame = answer.frame.drop(columns=[name for name in NOT_HERE if name in answer.frame])
    if "measure" in frame and frame["measure"].nunique() <= 1:
        frame = frame.drop(columns="measure")
    if answer.metric and answer.metric.unit in ("count", "people"):
        empty = [name for name in ("lower", "upper") if name in frame and frame[name].isna().all()]
        frame = frame.drop(columns=["numerator", "denominator", *empty], errors="ignore")
    if "flag" in frame and frame["flag"].eq("").all():
        frame = frame.drop(columns="flag")
    return frame


def caption(answer: Released) -> str:
    """What the table is, from which data, and what its star means."""
    made_up = "Synthetic data. " if answer.about.get("synthetic") == "true" else ""
    star = f"* is a number of 1 to {profile(answer.profile).threshold - 1} patients or events, or one that would give such a number away"
    return f"{made_up}{answer.title}. Data version {answer.about['version']}. {star}; it is not zero."


def heading(name: str, answer: Released) -> str:
    """A column's heading in words."""
    if name == "value" and answer.metric:
        titles = {"share": "Share", "incidence": "Share by then", "rate": "Per 100,000"}
        return titles.get(answer.metric.unit, answer.metric.title)
    if name == "months" and "incidence" in answer.frame:
        return "Months"
    return HEADINGS.get(name, str(name).replace("_", " ").capitalize())


def _side(name: str) -> str:
    return "" if name in LABELS else " class='rfd-number'"


def _row(row: dict, answer: Released) -> str:
    unit = METRICS[row["measure"]].unit if row.get("measure") in METRICS else answer.metric.unit if answer.metric else "count"
    cells = (
        f"<td{_side(name)}>{html.escape(cell(name, value, row.get('flag', ''), unit, answer, row.get('denominator', 0)))}</td>"
        for name, value in row.items()
    )
    return f"<tr>{''.join(cells)}</tr>"


def cell(name: str, value, flag: str, unit: str, answer: Released, of: float = 0) -> str:
    """A value as a person reads it: a star where it is hidden, a dash where there is none."""
    if name == "flag":
        return flag_words(flag, answer)
    if isinstance(value, str):
        return label(name, value)
    if pd.isna(value):
        return "" if name in LABELS else "*" if flag == "suppressed" else "–"
    if name in ("difference", "change") and unit == "share":
        return f"{value * 100:+.0f} points"
    if name in AS_SHARES and unit in ("share", "incidence"):
        return number(value, "share", of)
    whole = name in WHOLE or (float(value).is_integer() and unit != "rate")
    return number(value, "count" if whole else "rate")


def label(name: str, value: str) -> str:
    """A code of the table in words."""
    if name == "file":
        return value
    if name == "code":
        return re.sub(r"^([A-Z]\d\d)(\d)$", r"\1.\2", value)  # V485 is written V48.5
    if value in WORDS.get(name, ()):
        return WORDS[name][value]
    return DECLARED[name].name(value) if name in GROUPS else value.replace("_", " ")


def flag_words(flag: str, answer: Released) -> str:
    """Why a number is missing, or not final."""
    few = profile(answer.profile).threshold - 1
    words = {"suppressed": f"Suppressed: 1 to {few} patients or events are not shown", "provisional": "Provisional"}
    return words.get(flag, "Too few to estimate" if flag == "not_applicable" else "")
