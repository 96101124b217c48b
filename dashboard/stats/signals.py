"""Which of many series have changed lately, with a stated number of false alarms among them.

Every series gets the chance of a change as strong as its own if nothing had changed; a signal is told where that chance
is at most the budget divided by the number of series. Then the expected number of false signals is at most the budget,
however the series depend on one another: Gordon, Glazko, Qiu and Yakovlev (2007), Ann Appl Stat 1:179-190 [R], as expectations
add up (Benjamini and Hochberg's rate is a share, and asks for a dependence that England, its regions, ICBs and providers have not).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t

from dashboard.stats import spc

BUDGET = 1.0
# The latest point, three and seven of them: what the rules of an XmR chart look at.
WINDOWS = (1, 3, spc.RUN)
# A run is news until it is three points longer than the shortest that can be told.
NEWS = spc.RUN + 3
# 1.128 is the mean range of two normal values in standard deviations; a mean of k such ranges of neighbours knows the
# deviation as well as 0.62 k independent squares would (Roes, Does and Schurink 1993, J Qual Technol 25:188-198 [R]).
RANGE, FREEDOM = 1.128, 0.62
# A released number lies at most 4 from the exact one; measured, the square of the distance is 4 on average.
ROUNDING = 4.0


@dataclass(frozen=True)
class Change:
    """A signal at the end of a series: its kind as `spc.xmr` gives it, where its run begins, how long it is, and whether above the mean."""

    kind: str
    start: int
    length: int
    above: bool

    @property
    def is_news(self) -> bool:
        """Whether it is new enough to be told, and has a past to be held against."""
        return self.start > 0 and self.length <= NEWS


def counts(number: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Released counts on a scale where chance is alike at any size, and the standard error of each.

    Anscombe (1948), Biometrika 35:246-254 [R]; the error is that of a Poisson count and of rounding to a multiple of 5.
    """
    number = np.asarray(number, dtype=float)
    return 2 * np.sqrt(number + 3 / 8), np.sqrt(1 + ROUNDING / np.maximum(number, 1))


def shares(numerator: ArrayLike, denominator: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Released shares as angles (arcsine of the root, Anscombe 1948 [R]), and the standard error of each."""
    n = np.asarray(denominator, dtype=float)
    p = (np.minimum(numerator, n) + 3 / 8) / (n + 3 / 4)
    rounding = ROUNDING * (1 + p**2) / n**2
    return np.arcsin(np.sqrt(p)), np.sqrt(1 / (4 * n) + rounding / (4 * p * (1 - p)))


def rates(value: ArrayLike, events: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Rates as logarithms, and the standard error of each, from the released number of events."""
    events = np.maximum(np.asarray(events, dtype=float), 1)
    return np.log(np.asarray(value, dtype=float)), np.sqrt(1 / events + ROUNDING / events**2)


def chance(scaled: ArrayLike, error: ArrayLike) -> float:
    """How likely a stable series would end at least as far from its own past; 1 where too little is known.

    The mean of the last 1, 3 and 7 values is held against that of all before, in Student's t, and the least of the
    three chances is taken three times. The deviation is the moving range's, and never less than the errors of the counts
    alone. NaN is a gap: a window with one is not looked at.
    """
    scaled, error = np.asarray(scaled, dtype=float), np.asarray(error, dtype=float)
    found = [_window(scaled, error, size) for size in WINDOWS]
    return float(min(1.0, len(WINDOWS) * min(found)))


def _window(scaled: np.ndarray, error: np.ndarray, size: int) -> float:
    past, last = scaled[:-size], scaled[-size:]
    ranges = np.abs(np.diff(past))
    ranges = ranges[~np.isnan(ranges)]
    known = int((~np.isnan(past)).sum())
    if np.isnan(last).any() or known + size < spc.FEWEST_POINTS or not len(ranges):
        return 1.0
    moving = (ranges.mean() / RANGE) ** 2
    before = max(moving, np.nanmean(error[:-size] ** 2)) / known
    after = max(moving, np.mean(error[-size:] ** 2)) / size
    away = abs(last.mean() - np.nanmean(past)) / np.sqrt(before + after)
    return float(2 * t.sf(away, max(FREEDOM * len(ranges), 1)))


def threshold(series: int, budget: float = BUDGET) -> float:
    """The chance at or under which a signal is told, so that of so many stable series at most `budget` are expected to be."""
    return budget / max(series, 1)


def mark(values: ArrayLike) -> Change | None:
    """The signal at the last of the values that the XmR chart of them shows; None without one.

    Its run is what is marked without a break on one side of the mean up to the last value.
    """
    chart = spc.xmr(values)
    marked = chart["signal"].ne("").to_numpy()
    side = np.sign((chart["value"] - chart["mean"]).to_numpy())
    start = len(marked)
    while start and marked[start - 1] and side[start - 1] == side[-1]:
        start -= 1
    return Change(chart["signal"].iloc[-1], start, len(marked) - start, bool(side[-1] > 0)) if start < len(marked) else None
