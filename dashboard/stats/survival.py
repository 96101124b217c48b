"""Time to an event: Kaplan-Meier, and Aalen-Johansen with one competing event.

Someone censored at t is at risk at t; all that happens at one time happens together; no curve goes on after the last
follow-up. Limits are 95% on the log-log scale, curve ** exp(-/+ z se / (curve ln curve)): Kalbfleisch and Prentice
(2002), The Statistical Analysis of Failure Time Data, 2nd ed., eq. 1.18, and for the incidence Pintilie (2006),
Competing Risks, p. 62. Survival 1 and incidence 0 have themselves as limits; survival 0 and incidence 1 have none.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.stats.intervals import Z95, floats

ROUNDING = 1e-12


class Curve(NamedTuple):
    """A curve at sorted times, which run along the last axis: at risk, the share, its standard error and limits."""

    at_risk: np.ndarray
    share: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


def kaplan_meier(days: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None) -> pd.DataFrame:
    """A row per distinct time: `time, at_risk, events, survival, se, lower, upper`; `event` 0 or 1, `se` Greenwood's.

    Kaplan and Meier (1958), J Am Stat Assoc 53:457-481. With `entry` (left truncation) someone is at risk at t when
    entry < t <= days. `se` is NaN where nobody is left, as in R's survfit; all censored: a survival of 1 throughout.
    ValueError for a missing, infinite or negative time, any other event, or an entry that is not before its time.
    """
    days, event = _checked(days, event, (0, 1))
    time, counts = _counted(days, event, 2)
    at_risk = _at_risk(time, days, entry)
    curve = survival_from_counts(at_risk, counts[1])
    return _frame(time, curve, counts[1], "survival")


def cumulative_incidence(days: ArrayLike, outcome: ArrayLike) -> pd.DataFrame:
    """A row per distinct time: `time, at_risk, events, incidence, se, lower, upper`; events are those of outcome 1.

    `outcome` is 0 censored, 1 event, 2 competing event. Aalen and Johansen (1978), Scand J Stat 5:141-150; variance of
    Greenwood's kind, see `aalen_johansen`. ValueError for a missing, infinite or negative time, or any other outcome.
    """
    days, outcome = _checked(days, outcome, (0, 1, 2))
    time, counts = _counted(days, outcome, 3)
    return _frame(time, incidence_from_counts(time, *counts), counts[1], "incidence")


def incidence_from_counts(time: ArrayLike, censored: ArrayLike, events: ArrayLike, competing: ArrayLike) -> Curve:
    """The cumulative incidence from counts at rising times (last axis; any axes before it are separate curves).

    Aalen and Johansen (1978), Scand J Stat 5:141-150. ValueError unless the times rise.
    """
    if (np.diff(np.asarray(time)) <= 0).any():
        raise ValueError("the times do not rise")
    leaving = np.asarray(censored) + np.asarray(events) + np.asarray(competing)
    return aalen_johansen(np.flip(np.cumsum(np.flip(leaving, -1), -1), -1), events, competing)


def aalen_johansen(at_risk: ArrayLike, events: ArrayLike, competing: ArrayLike) -> Curve:
    """The cumulative incidence of `events` from counts at rising times (last axis); a step with none at risk is flat.

    Variance by the delta method on multinomial steps: Dinse and Larson (1986), Biometrika 73:379-386; Marubini and
    Valsecchi (1995), Analysing Survival Data, eq. 10.12. With F the incidence and S what is left before step j, the
    sum over j of (F - Fj)^2 d/(n(n - d)) + S^2 d1(n - d1)/n^3 - 2(F - Fj) S d1/n^2. Without competing events it is
    Greenwood's.
    """
    at_risk = np.asarray(at_risk)
    n, d1, d = _steps(at_risk, events, np.asarray(events) + np.asarray(competing))
    free = np.cumprod((n - d) / n, axis=-1)
    before = np.concatenate([np.ones_like(free[..., :1]), free[..., :-1]], axis=-1)
    share = np.minimum(np.cumsum(before * d1 / n, axis=-1), 1.0)
    share = np.where(share > 1 - ROUNDING, 1.0, share)
    a, b = _greenwood(n, d), before * d1 / n**2
    # The squares are multiplied out, so that each sum over j is a running sum.
    variance = share**2 * _sum(a) - 2 * share * _sum(share * a) + _sum(share**2 * a)
    variance += _sum(before**2 * d1 * (n - d1) / n**3) - 2 * (share * _sum(b) - _sum(share * b))
    se = np.sqrt(np.maximum(variance, 0))
    lower, upper = (np.where(share == 0, 0.0, limit) for limit in _log_log(share, se))
    return Curve(at_risk, share, se, lower, upper)


def survival_from_counts(at_risk: ArrayLike, events: ArrayLike) -> Curve:
    """The survival from counts at rising times (last axis), with Greenwood's standard error: Greenwood (1926)."""
    at_risk = np.asarray(at_risk)
    n, d, _ = _steps(at_risk, events, events)
    share = np.cumprod((n - d) / n, axis=-1)
    left = share > 0
    se = np.where(left, share * np.sqrt(_sum(_greenwood(n, d))), np.nan)
    lower, upper = (np.where(share == 1, 1.0, limit) for limit in _log_log(share, se))
    return Curve(at_risk, share, se, lower, upper)


def at(times: ArrayLike, curve: ArrayLike, day: ArrayLike, before: float = 0.0) -> float | np.ndarray:
    """The height of a step curve on a day, or on several: `before` ahead of the first time, NaN after the last."""
    times, curve, day = np.asarray(times), np.asarray(curve, dtype=float), np.asarray(day)
    if not len(times):
        return np.full(day.shape, np.nan) if day.ndim else np.nan
    step = np.searchsorted(times, day, side="right") - 1
    height = np.where(step < 0, before, np.take(curve, np.maximum(step, 0), axis=-1))
    height = np.where(day > times[-1], np.nan, height)
    return height if height.ndim else float(height)


def median(times: ArrayLike, incidence: ArrayLike) -> float:
    """The first time at which the incidence (or 1 less the survival) reaches one half; NaN where it never does.

    Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed., sect. 1.4.
    """
    reached = np.flatnonzero(np.asarray(incidence, dtype=float) >= 0.5 - ROUNDING)
    return float(np.asarray(times)[reached[0]]) if len(reached) else np.nan


def _checked(days: ArrayLike, outcome: ArrayLike, known: tuple) -> tuple[np.ndarray, np.ndarray]:
    days, outcome = np.atleast_1d(np.asarray(days)), np.atleast_1d(np.asarray(outcome))
    if days.shape != outcome.shape:
        raise ValueError("each person needs a time and an outcome")
    days, outcome = (floats(one) if one.dtype == object else one for one in (days, outcome))
    if not ((days >= 0) & (days < np.inf)).all():
        raise ValueError("a time is missing, infinite or below 0")
    if not np.isin(outcome, known).all():
        raise ValueError(f"an outcome is not one of {known}")
    return days, outcome.astype(int)


def _counted(days: np.ndarray, outcome: np.ndarray, kinds: int) -> tuple[np.ndarray, np.ndarray]:
    time, place = np.unique(days, return_inverse=True)
    return time, np.array([np.bincount(place[outcome == kind], minlength=len(time)) for kind in range(kinds)])


def _at_risk(time: np.ndarray, days: np.ndarray, entry: ArrayLike | None) -> np.ndarray:
    gone = np.searchsorted(np.sort(days), time)
    if entry is None:
        return len(days) - gone
    entry = np.atleast_1d(floats(entry))
    if entry.shape != days.shape or not (entry < days).all():
        raise ValueError("each person needs an entry before their time")
    return np.searchsorted(np.sort(entry), time) - gone


def _steps(at_risk: np.ndarray, *counts: ArrayLike) -> list[np.ndarray]:
    """As floats; a step with nobody at risk becomes one of a person to whom nothing happens."""
    some = at_risk > 0
    return [np.where(some, at_risk, 1.0), *(np.where(some, count, 0.0) for count in counts)]


def _greenwood(n: np.ndarray, d: np.ndarray) -> np.ndarray:
    """The terms of Greenwood's sum; where nobody is left the term is not defined, and what it multiplies is 0."""
    left = n - d
    return np.where(left > 0, d / (n * np.where(left > 0, left, 1)), 0.0)


def _sum(term: np.ndarray) -> np.ndarray:
    return np.cumsum(term, axis=-1)


def _log_log(share: np.ndarray, se: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inside = (share > 0) & (share < 1)
    held = np.where(inside, share, 0.5)
    spread = Z95 * np.where(inside, se, 0) / np.abs(held * np.log(held))
    return tuple(np.where(inside, held ** np.exp(sign * spread), np.nan) for sign in (1, -1))


def _frame(time: np.ndarray, curve: Curve, events: np.ndarray, name: str) -> pd.DataFrame:
    columns = {"time": time, "at_risk": curve.at_risk, "events": events, name: curve.share}
    return pd.DataFrame(columns | {"se": curve.se, "lower": curve.lower, "upper": curve.upper})
