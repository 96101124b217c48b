"""The one gate: raw cells go in with what they are, a released table comes out."""

from collections.abc import Callable

import pandas as pd

from dashboard.disclosure import incidence, rates, tables
from dashboard.disclosure.numbers import profile as profile_named
from dashboard.disclosure.released import Released
from dashboard.filters import Filters
from dashboard.metrics import Metric

GATES: dict[str, Callable[..., pd.DataFrame]] = {
    "count": tables.counts,
    "people": tables.counts,
    "share": tables.shares,
    "tally": tables.tally,
    "waterfall": tables.waterfall,
    "loading": tables.loading,
    "incidence": incidence.at_horizon,
    "curve": incidence.along,
    "rate": rates.rate,
}


def release(
    raw: pd.DataFrame | dict[str, pd.DataFrame],
    kind: str,
    profile: str,
    *,
    title: str,
    about: dict,
    filters: Filters,
    metric: Metric | None = None,
    notes: tuple[str, ...] = (),
    **options,
) -> Released:
    """The table that may be told of raw cells under a profile."""
    told = GATES[kind](raw, profile_named(profile), **options)
    return Released(told.reset_index(drop=True), metric, title, profile, about, filters, notes)
