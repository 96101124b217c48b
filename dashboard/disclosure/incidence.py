"""Cumulative incidence by cell: at one horizon, or along a monthly grid."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from dashboard.disclosure import curves
from dashboard.disclosure.families import NO_KIN, Kin
from dashboard.disclosure.numbers import Profile, hide_both, rounded
from dashboard.disclosure.steps import Steps
from dashboard.disclosure.tables import flags, two_sides

CELL = ["place", "period", "split_1", "split_2"]
NUMBERS_AT_ONCE = 500_000
ESTIMATE = ("incidence", "lower", "upper")


def cells_of(raw: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The cells of raw rows in their order, each once with its `provisional`, and the number of the cell of each row."""
    joined = np.zeros(len(raw), dtype=np.int64)
    for name in CELL:
        code, known = pd.factorize(raw[name].to_numpy(dtype=object), sort=True, use_na_sentinel=False)
        joined = joined * max(len(known), 1) + code
    _, first, numbers = np.unique(joined, return_index=True, return_inverse=True)
    provisional = np.zeros(len(first), dtype=bool)
    provisional[numbers[raw["provisional"].to_numpy(bool)]] = True
    return raw[CELL].iloc[first].reset_index(drop=True).assign(provisional=provisional), numbers


def last_day(months) -> np.ndarray:
    """The last whole day of so many months of 365.25 / 12 days."""
    return np.asarray(months) * 1461 // 48


def horizon(months: int, chosen: Profile) -> tuple[str, int]:
    """The kind of step and the last one of a horizon in months: days for the exact estimate, else months."""
    return ("day", int(last_day(months))) if chosen.exact else ("month", months)


def at_horizon(raw: pd.DataFrame, chosen: Profile, *, last: int, deaths_observed: bool, kin: Kin = NO_KIN) -> pd.DataFrame:
    """A row per cell: events by the horizon, number at the start, incidence and limits, empty under ten at risk."""
    estimated = _in_parts(raw, last, lambda *part: _at_horizon(*part, chosen, last, deaths_observed))
    numerator, denominator, hidden = two_sides(estimated, chosen, kin)
    shown = estimated["shown"].to_numpy(bool) & ~hidden
    columns = {"numerator": numerator, "denominator": denominator}
    for name, part in zip(("value", "lower", "upper"), ESTIMATE, strict=True):
        columns[name] = rounded(hide_both(estimated[part], ~shown), denominator, chosen)
    columns["flag"] = flags(hidden, ~shown, estimated["provisional"])
    return pd.concat([estimated[CELL], pd.DataFrame(columns)], axis=1)


def _in_parts(raw: pd.DataFrame, last: int, answer: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The answers, given raw rows, their cells and the number of the cell of each, for some cells at a time: days × thousands of cells would take gigabytes at once."""
    cells, numbers = cells_of(raw)
    most = max(NUMBERS_AT_ONCE // (last + 2), 1)
    if len(cells) <= most:
        return answer(raw, cells, numbers)
    parts = []
    for first in range(0, len(cells), most):
        mine = (numbers >= first) & (numbers < first + most)
        some = cells.iloc[first : first + most].reset_index(drop=True)
        parts.append(answer(raw[mine], some, numbers[mine] - first))
    return pd.concat(parts, ignore_index=True)


def _at_horizon(
    raw: pd.DataFrame, cells: pd.DataFrame, numbers: np.ndarray, chosen: Profile, last: int, deaths_observed: bool
) -> pd.DataFrame:
    """Of each cell its raw numbers, the estimate at the horizon, and whether enough are at risk then to show it."""
    steps = Steps.of(raw, numbers, last)
    estimate = curves.estimate(steps, chosen, deaths_observed=deaths_observed)
    at_risk = estimate.at_risk[:, last if chosen.exact else last + 1]
    columns = _numbers(steps, last) | {part: getattr(estimate, part)[:, last] for part in ESTIMATE}
    columns["shown"] = (np.nan_to_num(at_risk) >= curves.LEAST_AT_RISK) & estimate.told[:, last]
    return pd.concat([cells, pd.DataFrame(columns)], axis=1)


def _numbers(steps: Steps, last: int) -> dict[str, np.ndarray]:
    """Events by the last step, the number at the start and those without an event by then, with patients and keys."""
    with_event, everybody, without = steps.patients_until(last)
    return {
        "numerator": steps.until("events")[:, last],
        "numerator_patients": with_event,
        "numerator_key": steps.until("event_key")[:, last],
        "denominator": steps.leaving.sum(axis=1),
        "denominator_patients": everybody,
        "denominator_key": steps.leaving_key.sum(axis=1),
        "complement_patients": without,
    }


def along(raw: pd.DataFrame, chosen: Profile, *, months: int, deaths_observed: bool) -> pd.DataFrame:
    """A row per cell and month: months, at_risk, events since the row before, incidence, lower, upper, flag.

    The exact curve has every month at its last day; a released one the months where its runs end. Both stop where
    fewer than ten are at risk.
    """
    _, last = horizon(months, chosen)
    return _in_parts(raw, last, lambda *part: _along(*part, chosen, months, last, deaths_observed))


def _along(
    raw: pd.DataFrame, cells: pd.DataFrame, numbers: np.ndarray, chosen: Profile, months: int, last: int, deaths_observed: bool
) -> pd.DataFrame:
    estimate = curves.estimate(Steps.of(raw, numbers, last), chosen, deaths_observed=deaths_observed)
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
