"""Cumulative incidence by cell: at one horizon, or along a monthly grid."""

import numpy as np
import pandas as pd

from dashboard.disclosure import curves
from dashboard.disclosure.numbers import Profile, hide_both, release_number, rounded, small
from dashboard.disclosure.tables import flags

CELL = ["place", "period", "split_1", "split_2"]


def cells_of(raw: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The cells of raw rows, each once with its `provisional`, and the number of the cell of each row."""
    grouped = raw.groupby(CELL, sort=True, dropna=False)
    return grouped["provisional"].any().reset_index(), grouped.ngroup().to_numpy()


def horizon(months: int, chosen: Profile) -> tuple[str, int]:
    """The kind of step and the last one of a horizon in months: days for the exact estimate, else months."""
    return ("day", months * 1461 // 48) if chosen.exact else ("month", months)


def at_horizon(raw: pd.DataFrame, last: int, chosen: Profile, *, deaths_observed: bool) -> pd.DataFrame:
    """A row per cell: events by the horizon, number at the start, incidence and limits, empty under ten at risk."""
    cells, numbers = cells_of(raw)
    steps = curves.Steps.of(raw, numbers, last)
    told = _told(steps, last, chosen)
    if chosen.exact:
        estimate = curves.exact(steps, deaths_observed=deaths_observed)
        at_risk = estimate.at_risk[:, last]
    else:
        estimate = curves.released(steps, chosen, deaths_observed=deaths_observed)
        at_risk = np.nan_to_num(estimate.at_risk[:, last + 1])
    shown = (at_risk >= curves.LEAST_AT_RISK) & estimate.told[:, last] & ~told["hidden"]
    columns = {name: told[name] for name in ("numerator", "denominator")}
    for name in ("value", "lower", "upper"):
        array = estimate.incidence if name == "value" else getattr(estimate, name)
        columns[name] = rounded(hide_both(array[:, last], ~shown), told["denominator"], chosen)
    columns["flag"] = flags(told["hidden"], ~shown, cells["provisional"])
    return pd.concat([cells, pd.DataFrame(columns)], axis=1)


def _told(steps: curves.Steps, last: int, chosen: Profile) -> dict[str, np.ndarray]:
    """Events by the last step and the number at the start, released as the two sides of a yes/no split."""
    events, people, event_key = (
        steps.until(name)[:, last] for name in ("events", "new_patients", "event_key")
    )
    total, patients, key = (getattr(steps, name).sum(axis=1) for name in ("leaving", "last_patients", "leaving_key"))
    numerator = release_number(events, people, event_key, chosen)
    denominator = release_number(total, patients, key, chosen)
    hidden = np.isnan(numerator) | np.isnan(denominator) | small(total - events, patients - people, chosen)
    return {"numerator": hide_both(numerator, hidden), "denominator": denominator, "hidden": hidden}


def along(raw: pd.DataFrame, months: int, chosen: Profile, *, deaths_observed: bool) -> pd.DataFrame:
    """A row per cell and month: months, at_risk, events since the row before, incidence, lower, upper, flag."""
    cells, numbers = cells_of(raw)
    _, last = horizon(months, chosen)
    steps = curves.Steps.of(raw, numbers, last)
    if chosen.exact:
        estimate = curves.exact(steps, deaths_observed=deaths_observed)
        rows = [_exact_rows(estimate, cell, months) for cell in range(len(cells))]
    else:
        estimate = curves.released(steps, chosen, deaths_observed=deaths_observed)
        rows = [_released_rows(estimate, cell, months, chosen) for cell in range(len(cells))]
    frames = [frame.assign(**cells.loc[n, [*CELL, "provisional"]]) for n, frame in enumerate(rows) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*CELL, *COLUMNS, "provisional"])


COLUMNS = ("months", "at_risk", "events", "incidence", "lower", "upper")


def _exact_rows(estimate: curves.Estimate, cell: int, months: int) -> pd.DataFrame:
    """The curve at the last day of each month, as long as ten are at risk on it."""
    grid = np.arange(months + 1)
    days = grid * 1461 // 48
    total = np.cumsum(estimate.events[cell])[days]
    frame = pd.DataFrame({
        "months": grid,
        "at_risk": estimate.at_risk[cell, days],
        "events": np.diff(total, prepend=0),
        "incidence": estimate.incidence[cell, days],
        "lower": estimate.lower[cell, days],
        "upper": estimate.upper[cell, days],
    })
    return frame[frame["at_risk"] >= curves.LEAST_AT_RISK]


def _released_rows(estimate: curves.Estimate, cell: int, months: int, chosen: Profile) -> pd.DataFrame:
    """The curve where its runs end, from the start, as long as ten are at risk after it."""
    after = np.nan_to_num(estimate.at_risk[cell, 1 : months + 2])
    shown = estimate.ends[cell, : months + 1] & estimate.told[cell, : months + 1] & (after >= curves.LEAST_AT_RISK)
    shown = np.logical_and.accumulate(shown | ~estimate.ends[cell, : months + 1]) & shown
    grid = np.flatnonzero(shown)
    start = np.full(len(grid), np.nan_to_num(estimate.at_risk[cell, 0]))
    frame = pd.DataFrame({"months": grid, "at_risk": after[grid], "events": estimate.events[cell, grid]})
    for name in ("incidence", "lower", "upper"):
        frame[name] = rounded(getattr(estimate, name)[cell, grid], start, chosen)
    return frame
