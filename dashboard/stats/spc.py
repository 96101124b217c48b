"""The XmR chart: individual values against limits from their moving range.

Wheeler (1993), Understanding Variation, ch. 3 (2.66 = 3 / 1.128); rules and their order as Making Data Count.
"""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

FEWEST_POINTS = 12
RUN = 7
SCALE = 2.66
# Values that differ from a line by less than this share of the largest value lie on it: a mean is a rounded number.
ON_THE_LINE = 1e-12


def xmr(values: Iterable[float | None]) -> pd.DataFrame:
    """A row per value (None or NaN = gap), in their order: `value, mean, lower, upper, signal`.

    `mean` is of all points; `lower` and `upper` are mean -/+ 2.66 mean moving ranges between neighbours with no gap
    between, unscreened and not truncated. `signal` is the first that holds of `outside` (strictly), `trend` (seven
    points, six strict steps one way), `two_of_three` (a point strictly beyond two thirds of the way to a limit, with
    another such on that side among three neighbours; the third may lie anywhere, and one outside the limit counts),
    `shift` (seven strictly on one side), else `""`. All of a run are marked; a gap ends it. Under 12 points, or with
    no two neighbours: limits NaN, no signals; a constant series has its mean as both limits and no signal.
    Wheeler (1993), Understanding Variation; NHS England (2019), Making Data Count. ValueError for an infinite value.
    """
    value = np.array([np.nan if pd.isna(one) else float(one) for one in values], dtype=float)
    if np.isinf(value).any():
        raise ValueError("a value is infinite")
    points = value[~np.isnan(value)]
    mean = math.fsum(points) / len(points) if len(points) else np.nan
    spread = _spread(value) if len(points) >= FEWEST_POINTS else np.nan
    return pd.DataFrame(
        {
            "value": value,
            "mean": mean,
            "lower": mean - spread,
            "upper": mean + spread,
            "signal": _signals(value, mean, spread),
        }
    )


def _spread(value: np.ndarray) -> float:
    ranges = np.abs(np.diff(value))
    ranges = ranges[~np.isnan(ranges)]
    return SCALE * math.fsum(ranges) / len(ranges) if len(ranges) else np.nan


def _signals(value: np.ndarray, mean: float, spread: float) -> np.ndarray:
    if np.isnan(spread):
        return np.full(len(value), "")
    slack = ON_THE_LINE * np.nanmax(np.abs(value))
    away = value - mean
    rules = {
        "outside": np.abs(away) > spread + slack,
        "trend": _trend(value),
        "two_of_three": _two_of_three(away, 1, spread, slack) | _two_of_three(away, -1, spread, slack),
        "shift": _in_run(np.where(np.abs(away) > slack, np.sign(away), 0), RUN),
    }
    return np.select(list(rules.values()), list(rules), default="")


def _trend(value: np.ndarray) -> np.ndarray:
    steps = _in_run(np.nan_to_num(np.sign(np.diff(value))), RUN - 1)
    return np.append(steps, False) | np.insert(steps, 0, False)


def _two_of_three(away: np.ndarray, side: int, spread: float, slack: float) -> np.ndarray:
    near = side * away > spread * 2 / 3 + slack
    there = ~np.isnan(away)
    whole = there[:-2] & there[1:-1] & there[2:]
    hit = whole & (near[:-2].astype(int) + near[1:-1] + near[2:] >= 2)
    first = np.append(hit, [False, False])
    return near & (first | np.roll(first, 1) | np.roll(first, 2))


def _in_run(side: np.ndarray, length: int) -> np.ndarray:
    """Where a run of at least so many of one sign is; 0 and NaN (never equal to itself) are in none."""
    marked = np.zeros(len(side), dtype=bool)
    side = np.nan_to_num(side)
    for run in np.split(np.arange(len(side)), np.flatnonzero(np.diff(side)) + 1):
        marked[run] = len(run) >= length and side[run[0]] != 0
    return marked
