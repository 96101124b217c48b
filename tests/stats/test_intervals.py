"""Wilson's interval of a proportion and Byar's limits of a count."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, norm
from statsmodels.stats.proportion import proportion_confint

from dashboard.stats.intervals import Z95, byar, wilson


def test_the_quantile_is_exact():
    assert norm.ppf(0.975) == Z95


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_what_newcombe_published_in_1998(x, n, lower, upper):
    assert wilson(x, n) == pytest.approx((lower, upper), abs=5e-5)


def test_none_of_none_has_no_limits():
    assert all(math.isnan(limit) for limit in wilson(0, 0))


def test_none_starts_at_exactly_0_and_all_ends_at_exactly_1():
    lower, upper = wilson([0, 7, 0, 9], [7, 7, 9, 9])
    assert lower[0] == 0 == lower[2]
    assert upper[1] == 1 == upper[3]


def test_a_missing_number_has_no_limits():
    lower, upper = wilson([None, 3], [10, 10])
    assert np.isnan([lower[0], upper[0]]).all()
    assert (lower[1], upper[1]) == wilson(3, 10)


@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (0, -1)])
def test_more_events_than_people_are_refused(x, n):
    with pytest.raises(ValueError, match=r"above|below"):
        wilson(x, n)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_solves_the_score_equation_and_mirrors_itself(pair):
    x, n = pair
    lower, upper = wilson(x, n)
    assert 0 <= lower <= x / n <= upper <= 1
    for limit in (lower, upper):
        if 1e-9 < limit < 1 - 1e-9:
            assert abs(x / n - limit) == pytest.approx(Z95 * math.sqrt(limit * (1 - limit) / n), rel=1e-6)
    assert wilson(n - x, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


def test_byar_of_nothing_starts_at_0():
    assert byar(0) == (0.0, pytest.approx(3.668011834))


def test_byar_of_less_than_one_event_does_not_start_below_0():
    assert byar(0.3)[0] == 0


def test_byar_takes_arrays():
    lower, upper = byar([0, 10])
    assert (lower[1], upper[1]) == byar(10) == pytest.approx((4.787449910, 18.391458606))


def test_a_count_below_0_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        byar(-1)


@given(st.integers(10, 100_000))
def test_byar_is_close_to_the_exact_poisson_limits(x):
    exact = chi2.ppf(0.025, 2 * x) / 2, chi2.ppf(0.975, 2 * x + 2) / 2
    assert byar(x) == pytest.approx(exact, rel=2e-3)


def test_wilson_agrees_with_statsmodels():
    x, n = np.array([0, 1, 7, 50, 99, 400, 999]), np.array([9, 40, 7, 100, 100, 1000, 1000])
    assert np.array(wilson(x, n)) == pytest.approx(np.array(proportion_confint(x, n, method="wilson")), abs=1e-9)


@pytest.mark.parametrize("counts", [[7, None, 0], pd.Series([7, pd.NA, 0], dtype="Int64"), np.array([7, np.nan, 0])])
def test_lists_arrays_and_series_with_missing_counts_give_the_same_limits(counts):
    known = np.array([True, False, True])
    for lower, upper in (byar(counts), wilson(counts, [9, 9, 9])):
        assert np.isnan([lower[1], upper[1]]).all()
        assert np.isfinite([lower[known], upper[known]]).all()
    assert byar(counts)[0][0] == byar(7)[0]


def test_a_missing_count_has_no_byar_limits():
    assert all(math.isnan(limit) for limit in byar(None))


@pytest.mark.parametrize("asked", [lambda: byar(math.inf), lambda: wilson(1, math.inf)])
def test_an_infinite_count_is_refused(asked):
    with pytest.raises(ValueError, match="infinite"):
        asked()


def test_one_event_has_a_lower_limit_of_its_own():
    assert byar(1)[0] == pytest.approx((1 - 1 / 9 - 1.959963984540054 / 3) ** 3, abs=1e-12)
