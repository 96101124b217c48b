"""Cumulative incidence through the gate: steps merged until they hold enough patients, then the estimate from them alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.disclosure.numbers import Profile, release_number, small

LEAST_AT_RISK = 10


@dataclass(frozen=True)
class Steps:
    """Cells × steps of time (0 … horizon + 1): who leaves at each, the events, deaths and new patients, and their keys."""

    leaving: np.ndarray
    events: np.ndarray
    deaths: np.ndarray
    leaving_key: np.ndarray
    event_key: np.ndarray
    death_key: np.ndarray
    last_patients: np.ndarray
    new_patients: np.ndarray

    @classmethod
    def of(cls, raw: pd.DataFrame, cells: np.ndarray, horizon: int) -> "Steps":
        """The steps of raw rows, given the number of the cell of each."""
        shape = (int(cells.max()) + 1 if len(cells) else 0, horizon + 2)
        arrays = {name: np.zeros(shape, dtype=np.int64) for name in cls.__dataclass_fields__}
        for name, array in arrays.items():
            array[cells, raw["step"].to_numpy()] = raw[name]
        return cls(**arrays)

    def before(self, name: str) -> np.ndarray:
        """Cells × steps: the sum of those that leave at the step or later."""
        return np.flip(np.cumsum(np.flip(getattr(self, name), axis=1), axis=1), axis=1)

    def until(self, name: str) -> np.ndarray:
        """Cells × steps: the sum of those up to and with the step."""
        return np.cumsum(getattr(self, name), axis=1)


@dataclass(frozen=True)
class Estimate:
    """Cells × steps: at risk as the step begins, its events, and the cumulative incidence by its end with 95% limits."""

    at_risk: np.ndarray
    events: np.ndarray
    incidence: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    ends: np.ndarray
    told: np.ndarray


def exact(steps: Steps, *, deaths_observed: bool) -> Estimate:
    """The estimate with every step by itself."""
    at_risk = steps.before("leaving")
    incidence, lower, upper = aalen_johansen(at_risk, steps.events, steps.deaths, deaths_observed=deaths_observed)
    everywhere = np.ones(at_risk.shape, dtype=bool)
    return Estimate(at_risk, steps.events, incidence, lower, upper, everywhere, everywhere)


def released(steps: Steps, chosen: Profile, *, deaths_observed: bool) -> Estimate:
    """The estimate from numbers that may be told: each run of steps by its released events, deaths and at risk.

    Those censored within a run are taken as at risk for half of it. Deaths too few to be told are taken as censored.
    """
    ends = run_ends(steps.events, steps.new_patients, chosen)
    events = _per_run(steps.events, ends)
    told = release_number(events, _per_run(steps.new_patients, ends), _per_run(steps.event_key, ends), chosen)
    deaths = _per_run(steps.deaths, ends)
    deaths = np.nan_to_num(release_number(deaths, deaths, _per_run(steps.death_key, ends), chosen))
    at_risk = release_number(steps.before("leaving"), steps.before("last_patients"), steps.before("leaving_key"), chosen)
    shown = ends & ~np.isnan(told)
    begin, finish = _at_ends(np.nan_to_num(at_risk), ends)
    lost = np.maximum(begin - finish - np.nan_to_num(told) - deaths, 0)
    exposed = np.maximum(begin - lost / 2, np.nan_to_num(told) + deaths)
    estimate = aalen_johansen(
        np.where(shown, exposed, 0),
        np.where(shown, told, 0),
        np.where(shown, deaths, 0),
        deaths_observed=deaths_observed,
    )
    return Estimate(at_risk, told, *estimate, ends, np.cumprod(np.where(ends, shown, True), axis=1).astype(bool))


def run_ends(events: np.ndarray, patients: np.ndarray, chosen: Profile) -> np.ndarray:
    """Cells × steps: where a run of steps ends, so that each holds no event, or events of enough patients to be told.

    What is left over after the last such run joins it. The last step, all that is later than the horizon, is in none.
    """
    ends, count, people = np.zeros(events.shape, dtype=bool), np.zeros(len(events)), np.zeros(len(events))
    last = events.shape[1] - 2
    closed = np.full(len(events), -1)
    for step in range(last + 1):
        count, people = count + events[:, step], people + patients[:, step]
        full = ~small(count, people, chosen)
        ends[:, step] = full
        closed = np.where(full & (count > 0), step, closed)
        count, people = np.where(full, 0, count), np.where(full, 0, people)
    leftover = np.flatnonzero(count > 0)
    for cell in leftover:
        ends[cell, max(closed[cell], 0) : last] = False
    ends[:, last] = True
    return ends


def aalen_johansen(at_risk, events, deaths, *, deaths_observed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Incidence and log-log 95% limits along the last axis, for many cells at once.

    The variance is Greenwood's by the delta method, its double sum kept as running sums. Where no deaths are
    observed the limits are those of the Kaplan-Meier survival.
    """
    at_risk, events, deaths = (np.asarray(array, dtype=float) for array in (at_risk, events, deaths))
    some = at_risk > 0
    n = np.where(some, at_risk, 1.0)
    both = np.where(some, events + deaths, 0.0)
    events = np.where(some, events, 0.0)
    free = np.cumprod(1 - both / n, axis=-1)
    before = np.concatenate([np.ones(free.shape[:-1] + (1,)), free[..., :-1]], axis=-1)
    share = np.cumsum(before * events / n, axis=-1)
    variance = _variance(n, events, both, before, share)
    if deaths_observed:
        lower, upper = _log_log(share, variance)
    else:
        upper, lower = (1 - limit for limit in _log_log(1 - share, variance))
    return share, lower, upper


def _variance(n, events, both, before, share) -> np.ndarray:
    left = n - both
    a = np.where(left > 0, both / (n * np.where(left > 0, left, 1)), 0.0)
    b = before * events / n**2
    c = before**2 * events * (n - events) / n**3

    def total(term):
        return np.cumsum(term, axis=-1)

    squares = share**2 * total(a) - 2 * share * total(share * a) + total(share**2 * a)
    return np.maximum(squares + total(c) - 2 * (share * total(b) - total(share * b)), 0)


def _log_log(share, variance) -> tuple[np.ndarray, np.ndarray]:
    inside = (share > 0) & (share < 1)
    held = np.where(inside, share, 0.5)
    spread = 1.959963984540054 * np.sqrt(variance) / np.abs(held * np.log(held))
    lower = np.where(inside, held ** np.exp(spread), np.nan)
    upper = np.where(inside, held ** np.exp(-spread), np.nan)
    return lower, upper


def _per_run(array: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The sum of each run, at the step where it ends; 0 elsewhere."""
    total = np.cumsum(array, axis=1)
    at_end = np.where(ends, total, 0)
    earlier = np.maximum.accumulate(np.concatenate([np.zeros((len(array), 1)), at_end[:, :-1]], axis=1), axis=1)
    return np.where(ends, total - earlier, 0).astype(np.int64)


def _at_ends(at_risk: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At each step where a run ends: at risk as the run began, and as the next begins."""
    after = np.concatenate([at_risk[:, 1:], np.zeros((len(at_risk), 1))], axis=1)
    began = np.where(ends, np.arange(ends.shape[1]) + 1, 0)
    start = np.maximum.accumulate(np.concatenate([np.zeros((len(ends), 1), int), began[:, :-1]], axis=1), axis=1)
    return np.take_along_axis(at_risk, start, axis=1), after
