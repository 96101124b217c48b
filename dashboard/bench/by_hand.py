"""The same questions by hand, of the rows in memory, in pandas, polars and SQLite.

Each counts events and different patients, which whoever releases a number must know; nothing is rounded, hidden or laid out.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pandas as pd

from dashboard import queries, versions
from dashboard.ask import Ask
from dashboard.bench.opening import known
from dashboard.bench.questions import milliseconds
from dashboard.metrics import METRICS
from dashboard.warehouse import OneVersion, Warehouse

DENERVATIONS = ["month", "provider", "year", "sex", "age_band", "lumbar", "patient_key"]
COURSES = ["provider", "is_repeat", "interval_months", "staged_days", "patient_key"]
MINIMUM, STAGED = 12, 90
OURS = {
    "monthly": lambda ask: ask.counts(METRICS["denervations"], period="month"),
    "by_provider_and_year": lambda ask: ask.counts(METRICS["denervations"], by="provider", period="year"),
    "by_age_and_sex": lambda ask: ask.counts(METRICS["denervations"], period="all", split=("age_band", "sex")),
    "early_repeats": lambda ask: ask.counts(METRICS["repeat_within_minimum"], by="provider", period="all"),
}


def beside(folder: Path, times: int) -> pd.DataFrame:
    """One row per question: median milliseconds here, cold and through the gate, and by hand; and how many times as long each takes."""
    denervations, courses = tables(folder)
    ways = {"pandas": in_pandas(denervations, courses), "sqlite": in_sqlite(denervations, courses)}
    ways |= in_polars(denervations, courses)
    rows = []
    for name, question in OURS.items():
        here = median(milliseconds(partial(question, known(Ask(Warehouse(folder))))) for _ in range(times))
        told = {way: median(milliseconds(asks[name]) for _ in range(times)) for way, asks in ways.items()}
        ratios = {f"{way}_ratio": round(taken / here, 1) for way, taken in told.items()}
        rows.append(
            {"question": name, "here_ms": round(here, 1)} | {f"{way}_ms": round(taken, 1) for way, taken in told.items()} | ratios
        )
    return pd.DataFrame(rows)


def tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The denervations and courses that the questions by hand are asked of, in memory."""
    with OneVersion(versions.path_of(folder, Warehouse(folder).version)) as version:
        return version.table("denervations")[DENERVATIONS], version.table("courses")[COURSES]


def in_pandas(denervations: pd.DataFrame, courses: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """The questions in pandas."""

    def early() -> object:
        repeats = courses[courses["is_repeat"] & (courses["staged_days"] == STAGED)]
        told = repeats.assign(early=repeats["interval_months"] < MINIMUM).groupby("provider")
        return told.agg(early=("early", "sum"), repeats=("early", "size"), patients=("patient_key", "nunique"))

    def counted(*by: str) -> Callable[[], object]:
        return lambda: denervations[denervations["lumbar"]].groupby(list(by))["patient_key"].agg(["size", "nunique"])

    return {
        "monthly": counted("month"),
        "by_provider_and_year": counted("provider", "year"),
        "by_age_and_sex": counted("age_band", "sex"),
        "early_repeats": early,
    }


def in_polars(denervations: pd.DataFrame, courses: pd.DataFrame) -> dict[str, dict[str, Callable[[], object]]]:
    """The questions in polars; none where the extra `bench` is not installed."""
    try:
        import polars as pl
    except ModuleNotFoundError:
        return {}
    facts, all_courses = pl.from_pandas(denervations), pl.from_pandas(courses)

    def early() -> object:
        repeats = all_courses.filter(pl.col("is_repeat") & (pl.col("staged_days") == STAGED))
        return repeats.group_by("provider").agg((pl.col("interval_months") < MINIMUM).sum(), pl.len(), pl.n_unique("patient_key"))

    def counted(*by: str) -> Callable[[], object]:
        return lambda: facts.filter(pl.col("lumbar")).group_by(by).agg(pl.len(), pl.n_unique("patient_key"))

    asks = {
        "monthly": counted("month"),
        "by_provider_and_year": counted("provider", "year"),
        "by_age_and_sex": counted("age_band", "sex"),
        "early_repeats": early,
    }
    return {"polars": asks}


def in_sqlite(denervations: pd.DataFrame, courses: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """The questions in SQLite, of tables in memory."""
    connection = sqlite3.connect(":memory:")
    denervations.to_sql("denervations", connection, index=False)
    courses.to_sql("courses", connection, index=False)
    return {
        "monthly": lambda: connection.execute(queries.text("bench/monthly")).fetchall(),
        "by_provider_and_year": lambda: connection.execute(queries.text("bench/by_provider_and_year")).fetchall(),
        "by_age_and_sex": lambda: connection.execute(queries.text("bench/by_age_and_sex")).fetchall(),
        "early_repeats": lambda: connection.execute(
            queries.text("bench/early_repeats"), {"repeat_min_months": MINIMUM, "staged_days": STAGED}
        ).fetchall(),
    }
