"""Small released tables for charts, made by hand."""

import pandas as pd

from dashboard.disclosure.released import Released
from dashboard.filters import Filters
from dashboard.metrics import METRICS

ABOUT = {"version": "v1", "synthetic": "false", "data_start": "2012-04-01", "data_end": "2026-03-31", "definition_hash": "abc"}


def released(name: str | None, rows: list[dict], title: str = "A title", synthetic: bool = False, **filters) -> Released:
    """A released table of a measure whose rows say only what matters to a test."""
    blank = {"measure": name, "place_type": "provider", "place": "AAA", "place_name": "Aston", "period": "all"}
    numbers = {"numerator": None, "denominator": None, "value": None, "lower": None, "upper": None, "flag": ""}
    frame = pd.DataFrame([blank | numbers | row for row in rows], columns=list(blank | numbers | (rows[0] if rows else {})))
    for column in ("numerator", "denominator", "value", "lower", "upper"):
        frame[column] = frame[column].astype(float)
    about = ABOUT | {"synthetic": "true" if synthetic else "false"}
    return Released(frame, METRICS.get(name), title, "hes2018_ck", about, Filters(**filters))


def years(values: list, first: int = 2012) -> list[dict]:
    """Rows of consecutive financial years; a None is suppressed."""
    return [
        {"period": f"{year}/{(year + 1) % 100:02d}", "value": value, "flag": "suppressed" if value is None else ""}
        for year, value in enumerate(values, first)
    ]
