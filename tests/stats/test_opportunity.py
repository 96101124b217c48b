"""Events above the peers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stats import opportunity
from dashboard.stats.intervals import wilson
from dashboard.stats.opportunity import excess, total

X, N = [10, 20, 30, 80], [100, 100, 100, 100]


def test_the_excess_is_what_lies_above_the_median_share():
    frame = excess(X, N)
    assert frame.attrs["target"] == pytest.approx(0.25)
    assert frame["expected"].tolist() == pytest.approx([25] * 4)
    assert frame["excess"].tolist() == pytest.approx([-15, -5, 5, 55])


def test_the_lower_quartile_is_a_harder_target():
    assert excess(X, N, "p25").attrs["target"] == pytest.approx(0.175)
    assert (excess(X, N, "p25")["excess"] > excess(X, N)["excess"]).all()


def test_a_target_can_be_given_outright():
    assert excess(X, N, 0.1)["excess"].tolist() == pytest.approx([0, 10, 20, 70])


def test_a_row_says_the_share_what_was_expected_and_how_far_off_it_lies():
    frame = excess([30], [100], 0.25)
    assert list(frame.columns) == ["value", "expected", "excess", "lower", "upper", "distinguishable"]
    assert frame[["value", "expected", "excess"]].iloc[0].tolist() == [0.3, 25, 5]


def test_a_limit_at_the_target_is_not_beyond_it():
    assert not excess([0], [20], 0)["distinguishable"][0]
    assert not excess([20], [20], 1)["distinguishable"][0]


@pytest.mark.parametrize(("target", "side"), [(0.2135, "lower"), (0.3967, "upper")])
def test_a_limit_less_than_one_event_beyond_the_target_is_beyond_it(target, side):
    frame = excess([30], [100], target)
    assert 0 < abs(frame[side][0]) < 1
    assert frame["distinguishable"][0]


def test_an_interval_that_spans_0_is_not_distinguishable():
    frame = excess(X, N)
    assert frame["distinguishable"].tolist() == [True, False, False, True]
    lower, upper = wilson(30, 100)
    assert (frame["lower"][2], frame["upper"][2]) == pytest.approx((100 * lower - 25, 100 * upper - 25))


def test_the_total_leaves_out_the_undistinguishable_and_those_below():
    assert total(excess(X, N)) == pytest.approx(55)


def test_each_provider_counts_once_towards_the_target_whatever_its_size():
    assert excess([1, 2, 600], [10, 10, 1000]).attrs["target"] == pytest.approx(0.2)


def test_a_denominator_under_ten_takes_no_part():
    frame = excess([*X, 9, None], [*N, 9, 50])
    assert frame.attrs == excess(X, N).attrs
    assert frame.iloc[4:].drop(columns="distinguishable").isna().all(axis=None)
    assert not frame["distinguishable"][4:].any()


def test_one_provider_is_its_own_peer():
    frame = excess([30], [100])
    assert frame["excess"][0] == 0
    assert not frame["distinguishable"][0]


def test_no_providers_have_no_opportunity():
    assert excess([], []).empty
    assert total(excess([], [])) == 0


@pytest.mark.parametrize("target", ["mean", 1.5, -0.1])
def test_an_unknown_target_is_refused(target):
    with pytest.raises(ValueError, match="median, p25"):
        excess(X, N, target)


@given(st.lists(st.integers(10, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1))
def test_the_limits_hold_the_excess_and_half_the_providers_have_none(pairs):
    frame = excess(*np.array(pairs).T)
    assert (frame["lower"] <= frame["excess"] + 1e-9).all()
    assert (frame["excess"] <= frame["upper"] + 1e-9).all()
    assert (frame["excess"] > 1e-9).sum() <= len(frame) / 2


def test_the_limits_of_a_total_hold_it_and_are_narrower_than_the_limits_added_up():
    frame = opportunity.excess([60, 65, 20, 20, 20], [100] * 5)
    total, low, high = opportunity.total_limits(frame)
    above = frame[frame["distinguishable"] & (frame["excess"] > 0)]
    assert total == opportunity.total(frame)
    assert above["lower"].sum() < low < total < high < above["upper"].sum()


def test_the_limits_of_a_total_take_no_notice_of_who_is_not_in_it():
    frame = pd.DataFrame({"excess": [0.5, 8.0, -9.0], "lower": [0.25, -1.0, -12.0], "upper": [0.75, 17.0, -6.0]})
    frame["distinguishable"] = [True, False, True]
    assert opportunity.total_limits(frame) == (0.5, 0.25, 0.75)


def test_less_than_one_event_is_held_too_and_seven_tenths_is_what_is_asked():
    frame = pd.DataFrame({"excess": [0.75, 0.25], "distinguishable": [True, True]})
    assert opportunity.total(frame) == 1
    assert opportunity.concentration(frame) == (1, 0.75)
    assert opportunity.concentration(frame, 0.8) == (2, 1.0)


def test_the_fewest_providers_that_hold_a_part_are_counted_from_the_largest():
    frame = pd.DataFrame({"excess": [10.0, 50.0, 30.0, 10.0, 900.0, -5.0], "distinguishable": [True] * 4 + [False, True]})
    assert opportunity.concentration(frame, 0.7) == (2, 0.8)
    assert opportunity.concentration(frame, 0.8) == (2, 0.8)
    assert opportunity.concentration(frame, 1.0) == (4, 1.0)


def test_nobody_above_the_target_holds_nothing():
    frame = pd.DataFrame({"excess": [-1.0], "distinguishable": [True]})
    assert opportunity.concentration(frame)[0] == 0
