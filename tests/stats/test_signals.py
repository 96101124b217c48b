"""Signals among many series: the promise about false ones, and what is told of a true one."""

import itertools

import numpy as np
import pytest

from dashboard.stats import signals, spc


def rounded(number: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Numbers as the gate tells them: a multiple of 5 that a key picks, at least 10; NaN from 1 to 7."""
    told = np.maximum(5 * ((number + random.integers(0, 5, number.shape)) // 5), 10).astype(float)
    return np.where(number == 0, 0.0, np.where(number < 8, np.nan, told))


def counts(mean: float, points: int, random) -> tuple:
    return signals.counts(rounded(random.poisson(mean, points), random))


def spread_counts(mean: float, points: int, random) -> tuple:
    """Counts that vary more than chance, but as much as ever."""
    return signals.counts(rounded(random.poisson(random.gamma(20, mean / 20, points)), random))


def shares(share: float, points: int, random) -> tuple:
    denominator = random.poisson(120, points)
    numerator = random.binomial(denominator, share)
    return signals.shares(rounded(numerator, random), rounded(denominator, random))


def test_a_count_is_scaled_by_its_root_and_is_as_uncertain_as_chance_and_rounding_make_it():
    scaled, error = signals.counts([100, 1, 0])
    assert scaled == pytest.approx([2 * 100.375**0.5, 2 * 1.375**0.5, 2 * 0.375**0.5])
    assert error == pytest.approx([1.04**0.5, 5**0.5, 5**0.5])


def test_a_share_is_an_angle_and_is_as_uncertain_as_chance_and_two_roundings_make_it():
    scaled, error = signals.shares([30, 95], [90, 90])
    p = [30.375 / 90.75, 90.375 / 90.75]
    assert np.sin(scaled) ** 2 == pytest.approx(p)
    assert error**2 == pytest.approx([1 / 360 + 4 * (1 + one * one) / 8100 / (4 * one * (1 - one)) for one in p])


def test_a_rate_is_a_logarithm_and_is_as_uncertain_as_its_events():
    scaled, error = signals.rates([50, 2], [40, 0])
    assert np.exp(scaled) == pytest.approx([50, 2])
    assert error**2 == pytest.approx([1 / 40 + 4 / 1600, 5])


STABLE = [(counts, 25, 56), (counts, 300, 168), (spread_counts, 70, 56), (shares, 0.3, 56), (shares, 0.85, 20)]


def false_share(make, size: float, points: int, series: int, least: float) -> float:
    """The share of so many stable series whose end has a chance of at most `least`."""
    random = np.random.default_rng(20260401)
    return float(np.mean([signals.chance(*make(size, points, random)) <= least for _ in range(series)]))


@pytest.mark.parametrize(("make", "size", "points"), STABLE)
def test_of_stable_series_no_more_are_below_a_chance_than_it_says(make, size, points):
    assert false_share(make, size, points, 1000, 0.02) <= 0.02 + 3 * np.sqrt(0.02 * 0.98 / 1000)


@pytest.mark.soak
@pytest.mark.parametrize(("make", "size", "points"), STABLE)
def test_of_a_thousand_stable_series_at_most_one_is_told_on_average(make, size, points):
    told = 20_000 * false_share(make, size, points, 20_000, signals.threshold(1000))
    assert told <= 20 + 3 * np.sqrt(20)


def test_the_promise_holds_however_the_series_depend_on_one_another():
    """The same series many times over is told as often, all together: its expected number is the same."""
    random = np.random.default_rng(7)
    chances = np.array([signals.chance(*counts(70, 56, random)) for _ in range(1000)])
    together = [50 * (chance <= signals.threshold(50)) for chance in chances]
    assert np.mean(together) <= signals.BUDGET + 3 * 50 * np.sqrt(0.02 * 0.98 / 1000)


@pytest.mark.parametrize(("size", "points"), [(1, 1), (3, 3), (7, 7)])
def test_a_change_that_a_rule_would_see_is_found_among_a_thousand_series(size, points):
    random = np.random.default_rng(3)
    level = {1: 320, 3: 270, 7: 250}[size]
    number = np.append(random.poisson(200, 56), random.poisson(level, points)).astype(float)
    assert signals.chance(*signals.counts(number)) <= signals.threshold(1000)


def test_a_chance_is_one_where_too_little_is_known():
    flat = np.full(11, 5.0)
    assert signals.chance(flat, np.ones(11)) == 1
    assert signals.chance(np.append(np.full(20, 5.0), np.nan), np.ones(21)) == 1
    assert signals.chance(np.full(20, np.nan), np.ones(20)) == 1


def test_a_window_with_a_gap_in_it_is_left_out_and_the_others_are_not():
    value = np.append(np.random.default_rng(1).normal(10, 1, 40), [np.nan, 10, 30])
    assert 0 < signals.chance(value, np.full(43, 1.0)) < 1e-6


def test_a_series_that_never_moved_is_as_uncertain_as_its_counts():
    number = np.full(40, 100.0)
    assert signals.chance(*signals.counts(np.append(number, 105))) > 0.5
    assert signals.chance(*signals.counts(np.append(number, 200))) < 1e-3


@pytest.mark.parametrize("series", [1, 10, 1000])
def test_the_threshold_times_the_series_is_the_budget(series):
    assert series * signals.threshold(series) == pytest.approx(signals.BUDGET)


def test_a_mark_is_the_charts_own_with_the_run_it_stands_in():
    values = [40, 60] * 10 + [90, 92, 91, 93, 90, 92, 91]
    found, chart = signals.mark(values), spc.xmr(values)
    assert found.kind == chart["signal"].iloc[-1] != ""
    assert (found.start, found.length, found.above, found.is_news) == (20, 7, True, True)


def test_a_mark_below_the_mean_is_told_as_below():
    found = signals.mark([48, 52] * 20 + [5])
    assert (found.kind, found.start, found.above) == ("outside", 40, False)


def test_a_run_that_has_gone_on_for_longer_than_news_is_none_any_more():
    values = [40, 60] * 20 + [90, 92] * 6
    assert signals.mark(values).length > signals.NEWS and not signals.mark(values).is_news


def test_no_mark_is_none_and_a_gap_ends_a_run():
    assert signals.mark([40, 60] * 10) is None
    assert signals.mark([*[40, 60] * 10, 200, None, 210]).start == 22


def slow_chance(scaled: list[float], error: list[float]) -> float:
    """The chance again, in plain steps, for a series without gaps."""
    from math import sqrt

    from scipy.stats import t

    found = []
    for size in (1, 3, 7):
        past, last = scaled[:-size], scaled[-size:]
        ranges = [abs(b - a) for a, b in itertools.pairwise(past)]
        moving = (sum(ranges) / len(ranges) / 1.128) ** 2
        before = max(moving, sum(e * e for e in error[:-size]) / len(past)) / len(past)
        after = max(moving, sum(e * e for e in error[-size:]) / size) / size
        away = abs(sum(last) / size - sum(past) / len(past)) / sqrt(before + after)
        found.append(2 * (1 - t.cdf(away, 0.62 * len(ranges))))
    return min(1, 3 * min(found))


@pytest.mark.parametrize("seed", range(8))
def test_a_chance_agrees_with_a_slow_recount(seed):
    random = np.random.default_rng(seed)
    scaled, error = counts(60, 12 + 5 * seed, random)
    assert signals.chance(scaled, error) == pytest.approx(slow_chance(list(scaled), list(error)), abs=1e-9)
