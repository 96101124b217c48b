"""Cumulative incidence by cell: at one horizon, or along a monthly grid."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from dashboard.disclosure import curves
from dashboard.disclosure.numbers import Profile, all_or_none_of_few, hide_both, release_number, rounded, small
from dashboard.disclosure.tables import flags

CELL = ["place", "period", "split_1", "split_2"]
CELLS_AT_ONCE = 400
ESTIMATE = ("incidence", "lower", "upper")


def cells_of(raw: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The cells of raw rows, each once with its `provisional`, and the number of the cell of each row."""
    grouped = raw.groupby(CELL, sort=True, dropna=False)
    return grouped["provisional"].any().reset_index(), grouped.ngroup().to_numpy()


def last_day(months) -> np.ndarray:
    """The last whole day of so many months of 365.25 / 12 days."""
    return np.asarray(months) * 1461 // 48


def horizon(months: int, chosen: Profile) -> tuple[str, int]:
    """The kind of step and the last one of a horizon in months: days for the exact estimate, else months."""
    return ("day", int(last_day(months))) if chosen.exact else ("month", months)


def at_horizon(raw: pd.DataFrame, chosen: Profile, *, last: int, deaths_observed: bool) -> pd.DataFrame:
    """A row per cell: events by the horizon, number at the start, incidence and limits, empty under ten at risk."""
    return _in_parts(raw, lambda part: _at_horizon(part, chosen, last, deaths_observed))


def _in_parts(raw: pd.DataFrame, answer: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """The answers for some cells at a time: days × thousands of cells would take gigabytes at once."""
    _, numbers = cells_of(raw)
    parts = [answer(part) for _, part in raw.groupby(numbers // CELLS_AT_ONCE)]
    return pd.concat(parts, ignore_index=True) if parts else answer(raw)


def _at_horizon(raw: pd.DataFrame, chosen: Profile, last: int, deaths_observed: bool) -> pd.DataFrame:
    cells, numbers = cells_of(raw)
    steps = curves.Steps.of(raw, numbers, last)
    told = _told(steps, last, chosen)
    estimate = curves.estimate(steps, chosen, deaths_observed=deaths_observed)
    at_risk = estimate.at_risk[:, last if chosen.exact else last + 1]
    shown = (np.nan_to_num(at_risk) >= curves.LEAST_AT_RISK) & estimate.told[:, last] & ~told["hidden"]
    columns = {name: told[name] for name in ("numerator", "denominator")}
    for name, part in zip(("value", "lower", "upper"), ESTIMATE, strict=True):
        columns[name] = rounded(hide_both(getattr(estimate, part)[:, last], ~shown), told["denominator"], chosen)
    columns["flag"] = flags(told["hidden"], ~shown, cells["provisional"])
    return pd.concat([cells[CELL], pd.DataFrame(columns)], axis=1)


def _told(steps: curves.Steps, last: int, chosen: Profile) -> dict[str, np.ndarray]:
    """Events by the last step and the number at the start, released as the two sides of a yes/no split."""
    with_event, all_patients, without = steps.patients_until(last)
    events, key = steps.until("events")[:, last], steps.until("event_key")[:, last]
    total, total_key = steps.leaving.sum(axis=1), steps.leaving_key.sum(axis=1)
    numerator = release_number(events, with_event, key, chosen)
    denominator = release_number(total, all_patients, total_key, chosen)
    hidden = np.isnan(numerator) | np.isnan(denominator) | small(total - events, without, chosen)
    if not chosen.exact:
        hidden |= all_or_none_of_few(numerator, denominator)
    return {"numerator": hide_both(numerator, hidden), "denominator": denominator, "hidden": hidden}


def along(raw: pd.DataFrame, chosen: Profile, *, months: int, deaths_observed: bool) -> pd.DataFrame:
    """A row per cell and month: months, at_risk, events since the row before, incidence, lower, upper, flag.

    The exact curve has every month at its last day; a released one the months where its runs end. Both stop where
    fewer than ten are at risk.
    """
    return _in_parts(raw, lambda part: _along(part, chosen, months, deaths_observed))


def _along(raw: pd.DataFrame, chosen: Profile, months: int, deaths_observed: bool) -> pd.DataFrame:
    cells, numbers = cells_of(raw)
    _, last = horizon(months, chosen)
    estimate = curves.estimate(curves.Steps.of(raw, numbers, last), chosen, deaths_observed=deaths_observed)
    grid = np.arange(months + 1)
    at = last_day(grid) if chosen.exact else grid
    at_risk = np.nan_to_num(estimate.at_risk[:, at if chosen.exact else at + 1])
    enough = np.logical_and.accumulate(at_risk >= curves.LEAST_AT_RISK, axis=1)
    cell, month = np.nonzero(enough & (estimate.ends & estimate.told)[:, at])
    events = np.diff(np.cumsum(np.nan_to_num(estimate.events), axis=1)[:, at], axis=1, prepend=0)
    start = np.nan_to_num(estimate.at_risk[cell, 0])
    columns = {"months": month, "at_risk": at_risk[cell, month], "events": events[cell, month]}
    columns |= {part: rounded(getattr(estimate, part)[cell, at[month]], start, chosen) for part in ESTIMATE}
    labels = cells.loc[cell].reset_index(drop=True)
    flag = flags(np.zeros(len(cell), dtype=bool), np.zeros(len(cell), dtype=bool), labels["provisional"])
    return pd.concat([labels[CELL], pd.DataFrame(columns | {"flag": flag})], axis=1)
