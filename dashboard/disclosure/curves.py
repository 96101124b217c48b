"""Cumulative incidence through the gate: steps merged until they hold enough patients, then the estimate from them alone."""

from dataclasses import dataclass

import numpy as np

from dashboard.disclosure.numbers import Profile, release_number, small
from dashboard.disclosure.steps import Steps, patients
from dashboard.stats import survival

LEAST_AT_RISK = 10


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


def estimate(steps: Steps, chosen: Profile, *, deaths_observed: bool) -> Estimate:
    """The estimate that a profile allows: exact, or from released numbers."""
    if chosen.exact:
        return exact(steps, deaths_observed=deaths_observed)
    return released(steps, chosen, deaths_observed=deaths_observed)


def exact(steps: Steps, *, deaths_observed: bool) -> Estimate:
    """The estimate with every step by itself."""
    at_risk = steps.before("leaving")
    incidence, lower, upper = cumulative(at_risk, steps.events, steps.deaths, deaths_observed=deaths_observed)
    everywhere = np.ones(at_risk.shape, dtype=bool)
    return Estimate(at_risk, steps.events, incidence, lower, upper, everywhere, everywhere)


def released(steps: Steps, chosen: Profile, *, deaths_observed: bool) -> Estimate:
    """The estimate from numbers that may be told: each run of steps by its released events, deaths and at risk.

    Those censored within a run are taken as at risk for half of it. Deaths too few to be told are taken as censored.
    """
    ends = run_ends(steps, chosen)
    people = patients(_per_run(steps.event_firsts, ends), _masks_per_run(steps.event_mask, ends))
    told = release_number(_per_run(steps.events, ends), people, _per_run(steps.event_key, ends), chosen)
    deaths = _per_run(steps.deaths, ends)
    deaths = np.nan_to_num(release_number(deaths, deaths, _per_run(steps.death_key, ends), chosen))
    at_risk = release_number(steps.before("leaving"), steps.patients_at_risk(), steps.before("leaving_key"), chosen)
    shown = ends & ~np.isnan(told)
    begin, finish = _at_ends(np.nan_to_num(at_risk), ends)
    lost = np.maximum(begin - finish - np.nan_to_num(told) - deaths, 0)
    exposed = np.maximum(begin - lost / 2, np.nan_to_num(told) + deaths)
    lines = cumulative(
        np.where(shown, exposed, 0),
        np.where(shown, told, 0),
        np.where(shown, deaths, 0),
        deaths_observed=deaths_observed,
    )
    return Estimate(at_risk, told, *lines, ends, np.cumprod(np.where(ends, shown, True), axis=1).astype(bool))


def run_ends(steps: Steps, chosen: Profile) -> np.ndarray:
    """Cells × steps: where a run of steps ends, so that its events, and all who leave in it, are none or enough to be told.

    What is left over after the last such run joins it. The last step, all that is later than the horizon, is in none.
    Those who leave count too: the numbers at risk before and after them are told, and would leave a few by subtraction.
    """
    last = steps.events.shape[1] - 2
    ends, closed = np.zeros(steps.events.shape, dtype=bool), np.zeros(len(steps.events), dtype=int)
    events, leaving = _Run.of(len(ends)), _Run.of(len(ends))
    firsts, masks = steps.other_firsts + steps.event_firsts, steps.other_mask | steps.event_mask
    for step in range(last + 1):
        events = events.on(steps.events[:, step], steps.event_firsts[:, step], steps.event_mask[:, step])
        leaving = leaving.on(steps.leaving[:, step], firsts[:, step], masks[:, step])
        full = ~(events.small(chosen) | leaving.small(chosen))
        ends[:, step] = full
        closed = np.where(full & (leaving.count > 0), step, closed)
        events, leaving = events.unless(full), leaving.unless(full)
    for cell in np.flatnonzero(leaving.count > 0):
        ends[cell, closed[cell] : last] = False
    ends[:, last] = True
    return ends


@dataclass(frozen=True)
class _Run:
    """What a run of steps holds so far, of each cell: a number, the rows that are the first of their patient, a mask."""

    count: np.ndarray
    firsts: np.ndarray
    mask: np.ndarray

    @classmethod
    def of(cls, cells: int) -> "_Run":
        return cls(*(np.zeros(cells, dtype=kind) for kind in (np.int64, np.int64, np.uint64)))

    def on(self, count: np.ndarray, firsts: np.ndarray, mask: np.ndarray) -> "_Run":
        return _Run(self.count + count, self.firsts + firsts, self.mask | mask)

    def small(self, chosen: Profile) -> np.ndarray:
        return small(self.count, patients(self.firsts, self.mask), chosen)

    def unless(self, full: np.ndarray) -> "_Run":
        return _Run(*(np.where(full, one.dtype.type(0), one) for one in (self.count, self.firsts, self.mask)))


def cumulative(at_risk, events, deaths, *, deaths_observed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Incidence and 95% limits along the last axis, the limits NaN where nobody or everybody had the event.

    Without deaths in the data it is the complement of Kaplan-Meier's survival, and so are the limits.
    """
    if deaths_observed:
        curve = survival.aalen_johansen(at_risk, events, deaths)
        share, lower, upper = curve.share, curve.lower, curve.upper
    else:
        curve = survival.survival_from_counts(at_risk, events)
        share, lower, upper = 1 - curve.share, 1 - curve.upper, 1 - curve.lower
    inside = (share > 0) & (share < 1)
    return share, np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


def _per_run(array: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The sum of each run, at the step where it ends; 0 elsewhere."""
    total = np.cumsum(array, axis=1)
    at_end = np.where(ends, total, 0)
    earlier = np.maximum.accumulate(np.concatenate([np.zeros((len(array), 1)), at_end[:, :-1]], axis=1), axis=1)
    return np.where(ends, total - earlier, 0).astype(np.int64)


def _masks_per_run(masks: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The union of the masks of each run, at the step where it ends; no bits elsewhere."""
    union, found = np.zeros(len(masks), dtype=np.uint64), np.zeros_like(masks)
    for step in range(masks.shape[1]):
        union = union | masks[:, step]
        found[:, step] = np.where(ends[:, step], union, np.uint64(0))
        union = np.where(ends[:, step], np.uint64(0), union)
    return found


def _at_ends(at_risk: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At each step where a run ends: at risk as the run began, and as the next begins."""
    after = np.concatenate([at_risk[:, 1:], np.zeros((len(at_risk), 1))], axis=1)
    began = np.where(ends, np.arange(ends.shape[1]) + 1, 0)
    start = np.maximum.accumulate(np.concatenate([np.zeros((len(ends), 1), int), began[:, :-1]], axis=1), axis=1)
    return np.take_along_axis(at_risk, start, axis=1), after
