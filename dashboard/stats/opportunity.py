"""How many events a provider has above what its peers would have had."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.stats.funnel import plotted
from dashboard.stats.intervals import counted, floats, wilson

TARGETS = {"median": 0.5, "p25": 0.25}


def excess(numerators: ArrayLike, denominators: ArrayLike, target: str | float = "median") -> pd.DataFrame:
    """A row per provider, in their order: `value, expected, excess, lower, upper, distinguishable`.

    The target is the `median` or 25th percentile (`p25`, EBI's choice; Hyndman and Fan 1996, type 7) of the providers'
    shares, each counting once, or a share given outright; `.attrs` hold it. `expected` is the target times the
    denominator; `excess` the numerator above it (below: negative); `lower` and `upper` the 95% Wilson limits of the
    share times the denominator, above it: the target is taken as known. `distinguishable` where they do not span 0;
    a provider that is its own only peer never is. A denominator under 10, or a missing number, makes a row of NaN that
    takes no part. Wilson (1927), as method 3 of Newcombe (1998), Stat Med 17:857-872. ValueError as `wilson`.
    """
    x, n = counted(np.atleast_1d(floats(numerators)), np.atleast_1d(floats(denominators)))
    taken = plotted(x, n)
    x, n = np.where(taken, x, np.nan), np.where(taken, n, np.nan)
    value = x / n
    share = _target(value[taken], target)
    expected = share * n
    lower, upper = (limit * n - expected for limit in wilson(x, n))
    frame = pd.DataFrame({"value": value, "expected": expected, "excess": x - expected, "lower": lower, "upper": upper})
    frame["distinguishable"] = (lower > 0) | (upper < 0)
    frame.attrs = {"target": share}
    return frame


def total(frame: pd.DataFrame) -> float:
    """The events above target of the providers that lie above it distinguishably."""
    return float(frame.loc[frame["distinguishable"] & (frame["excess"] > 0), "excess"].sum())


def total_limits(frame: pd.DataFrame) -> tuple[float, float, float]:
    """The `total`, and its 95% limits: each provider's distance to its limit, squared, summed and rooted.

    Providers are taken as independent of one another and of the target. The limits of a sum recovered from the limits of its
    parts: Zou and Donner (2008), Stat Med 27:1693-1702.
    """
    above = frame[frame["distinguishable"] & (frame["excess"] > 0)]
    down, up = (np.sqrt(((above[limit] - above["excess"]) ** 2).sum()) for limit in ("lower", "upper"))
    return total(frame), float(total(frame) - down), float(total(frame) + up)


def concentration(frame: pd.DataFrame, part: float = 0.7) -> tuple[int, float]:
    """The fewest providers that hold at least a part of the `total`, and the share they hold; (0, NaN) where there is none."""
    above = frame.loc[frame["distinguishable"] & (frame["excess"] > 0), "excess"].sort_values(ascending=False)
    if above.empty:
        return 0, np.nan
    held = above.cumsum().to_numpy() / above.sum()
    enough = int(np.argmax(held >= part - 1e-12))
    return enough + 1, float(held[enough])


def _target(shares: np.ndarray, target: str | float) -> float:
    if not isinstance(target, str) and 0 <= target <= 1:
        return float(target)
    if target not in TARGETS:
        raise ValueError(f"the target is a share or one of {', '.join(TARGETS)}, not {target}")
    return float(np.quantile(shares, TARGETS[target])) if len(shares) else np.nan
