"""Every statistic again in plain Python, point by point and without a library, to hold the quick ones against."""

import math
from itertools import pairwise
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def xmr(values):
    points = [one for one in values if one is not None]
    mean = sum(points) / len(points)
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(points) < 12 or not ranges:
        return mean, None, [""] * len(values)
    spread = 2.66 * sum(ranges) / len(ranges)
    return mean, spread, [_signal(values, i, mean, spread) for i in range(len(values))]


def _signal(values, i, mean, spread):
    if values[i] is None:
        return ""
    if abs(values[i] - mean) > spread + 1e-9:
        return "outside"
    if any(_trending(window) for window in _windows(values, i, 7)):
        return "trend"
    for side in (1, -1):
        if _near(values[i], mean, spread, side) and any(
            sum(_near(one, mean, spread, side) for one in window) >= 2 for window in _windows(values, i, 3)
        ):
            return "two_of_three"
        if any(all(side * (one - mean) > 1e-9 for one in window) for window in _windows(values, i, 7)):
            return "shift"
    return ""


def _windows(values, i, length):
    """Every stretch of so many neighbours without a gap that holds point i."""
    starts = range(max(0, i - length + 1), min(i, len(values) - length) + 1)
    return [window for start in starts if None not in (window := values[start : start + length])]


def _trending(window):
    pairs = list(pairwise(window))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def _near(value, mean, spread, side):
    return side * (value - mean) > 2 / 3 * spread + 1e-9


def kaplan_meier(days, event, entry=None):
    """{time: (at risk, events, survival, Greenwood's variance)}."""
    rows, survival, total = {}, 1.0, 0.0
    entry = entry or [-1] * len(days)
    for t in sorted(set(days)):
        n = sum(e < t <= d for e, d in zip(entry, days, strict=True))
        d = sum(day == t and one == 1 for day, one in zip(days, event, strict=True))
        survival *= (n - d) / n
        total += d / (n * (n - d)) if n > d else math.inf
        rows[t] = n, d, survival, survival**2 * total if survival else None
    return rows


def cumulative_incidence(days, outcome):
    """{time: (at risk, events, incidence, variance)}: the covariances are carried from step to step."""
    rows, free, share = {}, 1.0, 0.0
    of_free = of_both = of_share = 0.0
    for t in sorted(set(days)):
        n = sum(d >= t for d in days)
        d1, d2 = (sum(d == t and o == kind for d, o in zip(days, outcome, strict=True)) for kind in (1, 2))
        stay, leave, left = 1 - (d1 + d2) / n, d1 / n, n - d1 - d2
        of_share += leave**2 * of_free + free**2 * d1 * (n - d1) / n**3 + 2 * leave * of_both
        of_both = stay * of_both + stay * leave * of_free - free**2 * d1 * left / n**3
        of_free = stay**2 * of_free + free**2 * (d1 + d2) * left / n**3
        share, free = share + free * leave, free * stay
        rows[t] = n, d1, share, of_share
    return rows


def log_log(curve, variance):
    spread = Z * math.sqrt(variance) / (curve * math.log(curve))
    return sorted((curve ** math.exp(spread), curve ** math.exp(-spread)))


def byar(x):
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * math.sqrt(x + 1))) ** 3
    return (x * (1 - 1 / (9 * x) - Z / (3 * math.sqrt(x))) ** 3 if x else 0.0), upper


def direct(people, population, standard):
    """From per stratum a list of the number of events of each person who had any."""
    whole, rate, variance, total = sum(standard), 0.0, 0.0, 0
    for had, persons, weight in zip(people, population, standard, strict=True):
        for k in had:
            rate += weight / whole / persons * k
            variance += (weight / whole / persons * k) ** 2
            total += k
    lower, upper = (rate + math.sqrt(variance / total) * (limit - total) for limit in byar(total))
    return 1e5 * rate, 1e5 * max(lower, 0), 1e5 * upper


def quantile(numbers, share):
    """Type 7 of Hyndman and Fan."""
    ordered = sorted(numbers)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def funnel(x, n, adjust=True):
    """(target, phi, tau2, [(lower95, upper95, z)]) of providers that all take part."""
    target = sum(x) / sum(n)
    centre = math.asin(math.sqrt(target))
    away = [math.asin(math.sqrt(a / b)) - centre for a, b in zip(x, n, strict=True)]
    z = [y * 2 * math.sqrt(b) for y, b in zip(away, n, strict=True)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    phi = sum(min(max(one, low), high) ** 2 for one in z) / len(z)
    w = [4 * b for b in n]
    tau2 = 0.0
    if adjust and len(x) >= 10:
        tau2 = max(0.0, (len(x) * phi - (len(x) - 1)) / (sum(w) - sum(one**2 for one in w) / sum(w)))
    rows = []
    for y, b in zip(away, n, strict=True):
        sd = math.sqrt(1 / (4 * b) + tau2)
        angles = [max(centre - 1.959964 * sd, 0), min(centre + 1.959964 * sd, math.pi / 2)]
        rows.append((*(math.sin(angle) ** 2 for angle in angles), y / sd))
    return target, phi, tau2, rows
