"""Cumulative incidence with one competing event, event by event, and Wilson's interval."""

from __future__ import annotations

import math
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
ENOUGH = 10


def wilson(x: int, n: int) -> tuple[float, float]:
    """The 95% interval of a proportion, without continuity correction."""
    p, z2 = x / n, Z * Z
    middle, spread = p + z2 / (2 * n), Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (middle - spread) / (1 + z2 / n), (middle + spread) / (1 + z2 / n)


def steps(times: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """For each time: (time, at risk, events, competing); outcome 0 censored, 1 event, 2 competing."""
    found = []
    for time in sorted({time for time, outcome in times if outcome}):
        at_risk = sum(other >= time for other, _ in times)
        found.append((time, at_risk, times.count((time, 1)), times.count((time, 2))))
    return found


def incidence(times: list[tuple[int, int]], until: int) -> float:
    """Aalen-Johansen: the share who had the event by a day."""
    share, free = 0.0, 1.0
    for time, at_risk, events, competing in steps(times):
        if time <= until:
            share += free * events / at_risk
            free *= 1 - (events + competing) / at_risk
    return share


def variance(times: list[tuple[int, int]], until: int) -> float:
    """Greenwood's variance of the Aalen-Johansen incidence (delta method), summed step by step."""
    final, total, free = incidence(times, until), 0.0, 1.0
    for time, n, events, competing in steps(times):
        if time > until:
            break
        rest, both = final - incidence(times, time), events + competing
        total += rest**2 * both / (n * (n - both)) if n > both else 0
        total += free**2 * events * (n - events) / n**3 - 2 * rest * free * events / n**2
        free *= 1 - both / n
    return total


def limits(value: float, variance: float) -> tuple[float, float] | None:
    """The 95% interval on the log-log scale; none for 0 and 1."""
    if not 0 < value < 1:
        return None
    spread = Z * math.sqrt(max(variance, 0)) / (value * math.log(value))
    return tuple(sorted((value ** math.exp(spread), value ** math.exp(-spread))))


def answer(times: list[tuple[int, int]], until: int, *, deaths_observed: bool = True) -> tuple:
    """(events by then, number at the start, incidence, lower, upper); no incidence under ten at risk."""
    events = sum(outcome == 1 and time <= until for time, outcome in times)
    if sum(time >= until for time, _ in times) < ENOUGH:
        return events, len(times), None, None, None
    value, spread = incidence(times, until), variance(times, until)
    if deaths_observed:
        return events, len(times), value, *(limits(value, spread) or (None, None))
    lower, upper = limits(1 - value, spread) or (None, None)
    return events, len(times), value, upper and 1 - upper, lower and 1 - lower
