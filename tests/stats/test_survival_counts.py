"""Curves from counts, many at once, and what is read off them."""

import math

import numpy as np
import pytest

from dashboard.stats.survival import aalen_johansen, at, cumulative_incidence, incidence_from_counts, median


def test_counts_give_the_same_curve_as_the_people_they_count():
    time, censored, events, competing = [3, 5, 9], [1, 0, 2], [2, 1, 0], [0, 1, 1]
    people = [(t, kind) for t, *row in zip(time, censored, events, competing, strict=True) for kind in _each(row)]
    frame = cumulative_incidence(*zip(*people, strict=True))
    curve = incidence_from_counts(time, censored, events, competing)
    assert curve.at_risk.tolist() == frame["at_risk"].tolist() == [8, 5, 3]
    for ours, name in ((curve.share, "incidence"), (curve.se, "se"), (curve.lower, "lower"), (curve.upper, "upper")):
        assert np.array_equal(ours, frame[name])


def _each(row):
    return [kind for kind, number in enumerate(row) for _ in range(number)]


def test_many_curves_at_once_are_the_same_as_one_by_one():
    counts = np.random.default_rng(7).integers(0, 4, (3, 5, 30))
    together = incidence_from_counts(np.arange(30), *counts)
    for cell in range(5):
        alone = incidence_from_counts(np.arange(30), *counts[:, cell])
        for ours, theirs in zip(together, alone, strict=True):
            assert np.array_equal(ours[cell], theirs, equal_nan=True)


def test_a_step_with_nobody_at_risk_is_flat():
    curve = aalen_johansen([4, 2, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0])
    assert curve.share.tolist() == [0.25, 0.5, 0.5, 0.5]
    assert len(set(curve.se[1:])) == 1


def test_times_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="rise"):
        incidence_from_counts([2, 2], [0, 0], [1, 1], [0, 0])


def test_a_million_people_lose_no_precision():
    counts = np.random.default_rng(3).multinomial(10_000, [0.6, 0.3, 0.1], 100)
    curve = incidence_from_counts(np.arange(100), *counts.T)
    expected = _carried(curve.at_risk, counts[:, 1], counts[:, 2])
    assert curve.se == pytest.approx(expected, rel=1e-9)


def _carried(at_risk, events, competing):
    """The standard error as in the slow recount, from counts."""
    free, of_free, of_both, of_share, found = 1.0, 0.0, 0.0, 0.0, []
    for n, d1, d2 in zip(at_risk.tolist(), events.tolist(), competing.tolist(), strict=True):
        stay, leave, left = 1 - (d1 + d2) / n, d1 / n, n - d1 - d2
        of_share += leave**2 * of_free + free**2 * d1 * (n - d1) / n**3 + 2 * leave * of_both
        of_both = stay * of_both + stay * leave * of_free - free**2 * d1 * left / n**3
        of_free = stay**2 * of_free + free**2 * (d1 + d2) * left / n**3
        free *= stay
        found.append(math.sqrt(of_share))
    return found


def test_the_standard_error_is_the_infinitesimal_jackknifes():
    random = np.random.default_rng(5)
    days, outcome = random.integers(1, 12, 40), random.integers(0, 3, 40)
    pulls = np.array([_pull(days, outcome, person) for person in range(40)])
    assert cumulative_incidence(days, outcome)["se"].tolist() == pytest.approx(np.sqrt((pulls**2).sum(0)), abs=1e-7)


def _pull(days, outcome, person, step=1e-5):
    """How much each height of the curve moves with the weight of one person."""
    moved = []
    for sign in (1, -1):
        weight = np.ones(len(days))
        weight[person] += sign * step
        counts = [[weight[(days == t) & (outcome == kind)].sum() for t in sorted(set(days.tolist()))] for kind in range(3)]
        moved.append(incidence_from_counts(range(len(counts[0])), *counts).share)
    return (moved[0] - moved[1]) / (2 * step)


def test_a_curve_keeps_its_height_until_the_next_time_and_is_not_extended():
    times, heights = [10, 20, 30], [0.1, 0.3, 0.6]
    assert at(times, heights, [9, 10, 19, 20, 30]).tolist() == [0, 0.1, 0.1, 0.3, 0.6]
    assert math.isnan(at(times, heights, 31))
    assert at(times, heights, 9, before=1.0) == 1


def test_several_curves_are_read_on_one_day():
    assert at([10, 20], [[0.1, 0.2], [0.3, 0.4]], 15).tolist() == [0.1, 0.3]


def test_no_curve_has_no_height():
    assert math.isnan(at([], [], 5))


def test_the_median_is_the_first_time_at_one_half():
    assert median([10, 20, 30], [0.2, 0.5, 0.9]) == 20
    assert median([10, 20], [0.2, 0.5 - 1e-15]) == 20
    assert math.isnan(median([10, 20], [0.2, 0.49]))
    assert math.isnan(median([], []))
