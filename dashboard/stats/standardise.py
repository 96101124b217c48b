"""Directly standardised rates."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from dashboard.stats.intervals import byar, floats

LEAST_EVENTS = 10
PER = 100_000
Repeats = Mapping[int, ArrayLike] | Sequence[Mapping[int, float]]


def direct(events: ArrayLike, population: ArrayLike, standard: ArrayLike, repeats: Repeats | None = None) -> tuple:
    """Rate per 100,000 and its 95% limits from one number per stratum of each; NaN three times under 10 events.

    Rows of strata, one for each population, give an array of each instead, and may share their standard.

    Limits: Dobson et al (1991), Stat Med 10:457-462, on Byar's limits of all events. `repeats` says how many people
    had exactly k events, `{k: one number per stratum}` or a `{k: people}` per stratum (those with one may be left
    out): each such count is Poisson, so a stratum varies by the sum of k^2 people, as OHID's method for events that
    are not independent; Byar's limits stay those of the events. A stratum with neither people nor events has rate 0;
    one may have more events than people, since a person can have several in a year. ValueError for a number below 0, events without people, strata of different number, more repeats than events.
    """
    events, population, standard = _strata(events, population, standard)
    total = events.sum(axis=-1)
    few = total < LEAST_EVENTS
    if few.all():
        return tuple(_plain(np.full(few.shape, np.nan)) for _ in range(3))
    weight = np.divide(standard, population, out=np.zeros(events.shape), where=population > 0)
    weight = weight / standard.sum(axis=-1, keepdims=True)
    value = (weight * events).sum(axis=-1)
    spread = np.sqrt((weight**2 * _variance(events, repeats)).sum(axis=-1) / np.where(few, np.nan, total))
    lower, upper = (value + spread * (limit - total) for limit in byar(total))
    # Very many events of very few people could take the lower limit below nothing.
    return tuple(_plain(np.where(few, np.nan, PER * one)) for one in (value, np.maximum(lower, 0), upper))


def _plain(numbers: np.ndarray) -> float | np.ndarray:
    return numbers if np.ndim(numbers) else float(numbers)


def _strata(*numbers: ArrayLike) -> list[np.ndarray]:
    events, population, standard = strata = [np.atleast_1d(floats(one)) for one in numbers]
    if events.shape != population.shape or standard.shape not in (events.shape, events.shape[-1:]):
        raise ValueError("events, population and standard need one number per stratum each")
    if any((one < 0).any() or not np.isfinite(one).all() for one in strata) or (standard.sum(axis=-1) <= 0).any():
        raise ValueError("a number is below 0, infinite or missing, or the standard population is empty")
    if (events[population == 0] > 0).any():
        raise ValueError("a stratum has events and no people")
    return strata


def _variance(events: np.ndarray, repeats: Repeats | None) -> np.ndarray:
    """Per stratum the sum of k^2 people with k events: the events themselves and k(k - 1) for each such person."""
    people = _people(repeats or {}, events.shape)
    if (sum((k * number for k, number in people.items()), np.zeros(events.shape)) > events * (1 + 1e-9)).any():
        raise ValueError("the people with so many events had more events than there are")
    return events + sum(k * (k - 1) * number for k, number in people.items())


def _people(repeats: Repeats, strata: tuple[int, ...]) -> dict[int, np.ndarray]:
    if not isinstance(repeats, Mapping):
        if (len(repeats),) != strata:
            raise ValueError("repeats need one mapping per stratum")
        repeats = {k: [stratum.get(k, 0) for stratum in repeats] for k in {k for one in repeats for k in one}}
    people = {int(k): np.broadcast_to(floats(number), strata) for k, number in repeats.items()}
    if any(k < 1 or not (number >= 0).all() for k, number in people.items()):
        raise ValueError("repeats count people, by one or more events each")
    return people
