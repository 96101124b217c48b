"""The XmR chart and its signals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stats.spc import xmr
from tests.stats import slowly

# Aircraft primer paint viscosity, Montgomery (2001), Introduction to Statistical Quality Control, 4th ed., ch. 5: mean 33.52,
# mean moving range 0.48, limits 32.24 and 34.80 in print.
PAINT = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
# Its mean is 0 and its mean moving range is 2: limits -5.32 and 5.32, two thirds of the way 3.55.
EVEN = [1, -1] * 12


def signals(values):
    return list(xmr(values)["signal"])


def test_the_limits_of_primer_paint_are_as_published():
    chart = xmr(PAINT)
    assert chart["mean"].tolist() == pytest.approx([33.5233] * 15, abs=1e-4)
    assert chart["lower"][0] == pytest.approx(32.2446, abs=1e-4)
    assert chart["upper"][0] == pytest.approx(34.8020, abs=1e-4)
    assert set(chart["signal"]) == {""}


def test_limits_take_in_a_point_outside_and_may_lie_below_0():
    values = [*EVEN, 9]
    spread = 2.66 * (2 * 23 + 10) / 24
    chart = xmr(values)
    assert chart["upper"][0] == pytest.approx(9 / 25 + spread)
    assert chart["lower"][0] == pytest.approx(9 / 25 - spread)
    assert signals(values) == [""] * 24 + ["outside"]


def test_a_moving_range_does_not_reach_across_a_gap():
    values = [1, 2, 1, 2, 1, 2, None, 101, 102, 101, 102, 101, 102]
    chart = xmr(values)
    assert chart["upper"][0] - chart["mean"][0] == pytest.approx(2.66)
    assert math.isnan(chart["value"][6])
    assert chart["mean"][6] == chart["mean"][0]


def test_under_twelve_points_there_is_a_mean_and_nothing_else():
    chart = xmr([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000, None, None])
    assert chart["mean"][0] == pytest.approx(1055 / 11)
    assert chart[["lower", "upper"]].isna().all(axis=None)
    assert set(chart["signal"]) == {""}


def test_twelve_points_are_enough():
    assert xmr(range(12))[["lower", "upper"]].notna().all(axis=None)


def test_points_without_neighbours_have_no_limits_and_no_signals():
    chart = xmr([1, None] * 12)
    assert chart[["lower", "upper"]].isna().all(axis=None)
    assert set(chart["signal"]) == {""}


def test_a_constant_series_signals_nothing():
    for constant in (0, 5, 0.1, 1 / 49, 1e9 / 7):
        chart = xmr([constant] * 49)
        assert set(chart["signal"]) == {""}
        assert chart["upper"][0] == pytest.approx(constant)


def test_a_point_on_the_limit_is_not_outside_it_and_one_just_beyond_is():
    # v - v/25 = 2.66 (46 + 1 + v) / 24
    on_the_limit = (2.66 * 47 / 24) / (0.96 - 2.66 / 24)
    chart = xmr([*EVEN, on_the_limit])
    assert chart["upper"][0] == pytest.approx(on_the_limit, rel=1e-12)
    assert chart["signal"][24] == ""
    assert signals([*EVEN, on_the_limit * (1 + 1e-9)])[24] == "outside"


def test_seven_rising_points_are_a_trend_and_six_are_not():
    rising = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]
    seven = [*EVEN[:6], 0.5, *rising, -0.5, *EVEN[:6]]
    assert signals(seven) == [""] * 7 + ["trend"] * 7 + [""] * 7
    assert set(signals([*EVEN[:6], 0.5, *rising[1:], -0.5, *EVEN[:6]])) == {""}
    assert signals(seven[::-1])[7:14] == ["trend"] * 7


def test_two_equal_points_end_a_trend():
    assert set(signals([*EVEN[:6], 0.5, -0.3, -0.2, -0.1, -0.1, 0, 0.1, 0.2, -0.5, *EVEN[:6]])) == {""}


def test_a_trend_may_begin_at_the_first_point_and_end_at_the_last():
    rising = [0.1 * n for n in range(7)]
    assert signals([*rising, *EVEN])[:7] == ["trend"] * 7
    assert signals([*EVEN[:-1], *rising])[-8:] == ["", *["trend"] * 7]


def test_a_gap_ends_a_trend():
    assert set(signals([*EVEN[:6], 0.5, -0.3, -0.2, -0.1, None, 0, 0.1, 0.2, 0.3, -0.5, *EVEN[:6]])) == {""}


def test_two_of_three_marks_the_two_near_the_limit_and_not_the_third():
    values = [*EVEN, 4.5, 1, 4.5, *EVEN]
    assert signals(values) == [""] * 24 + ["two_of_three", "", "two_of_three"] + [""] * 24


def test_two_of_three_below_are_marked_as_those_above_are():
    assert signals([*EVEN, -4.5, 1, -4.5, *EVEN])[24:27] == ["two_of_three", "", "two_of_three"]


@pytest.mark.parametrize("three", [[4.5, 4.5, 1], [1, 4.5, 4.5]])
def test_the_two_of_three_may_be_neighbours(three):
    assert [one for one in signals([*EVEN, *three, *EVEN]) if one] == ["two_of_three"] * 2


def test_points_just_short_of_two_thirds_of_the_way_are_no_signal():
    values = [*EVEN, 3.5, 1, 3.5, *EVEN]
    chart = xmr(values)
    assert 0.55 < (3.5 - chart["mean"][0]) / (chart["upper"][0] - chart["mean"][0]) < 2 / 3
    assert set(chart["signal"]) == {""}


def test_the_third_of_three_may_lie_on_the_other_side():
    assert signals([*EVEN, 4.5, -1, 4.5, *EVEN])[24:27] == ["two_of_three", "", "two_of_three"]


def test_two_near_opposite_limits_are_no_signal():
    values = [*EVEN, *EVEN, 4.5, 0, -4.5, *EVEN, *EVEN]
    assert set(signals(values)) == {""}


def test_a_point_outside_the_limit_makes_its_neighbour_one_of_two():
    values = [*EVEN, *EVEN, 9, 5.2, *EVEN, *EVEN]
    assert signals(values)[48:50] == ["outside", "two_of_three"]


def test_two_of_three_does_not_reach_across_a_gap():
    assert set(signals([*EVEN, 4.5, None, 4.5, -1, 1, *EVEN])) == {""}


def test_seven_above_the_mean_are_a_shift_and_six_are_not():
    seven = [*EVEN, 0.7, 0.5, 0.7, 0.5, 0.7, 0.5, 0.7, *[-one for one in EVEN]]
    assert signals(seven)[24:31] == ["shift"] * 7
    assert set(signals([*EVEN, 0.7, 0.5, 0.7, 0.5, 0.7, 0.5, -1, *EVEN])) == {""}


def test_a_point_on_the_mean_and_a_gap_end_a_shift():
    before, after = [0.7, 0.5, 0.7], [0.5, 0.7, 0.5, 0.7]
    balance = [-0.7, 0.0, -0.5, 0.0, -0.7, 0.0, -0.5, 0.0, -0.7, 0.0, -0.5, 0.0, -0.7]
    for middle in (0.0, None):
        assert "shift" not in signals([*EVEN, *before, middle, *after, *balance])


def test_outside_comes_before_trend_before_two_of_three_before_shift():
    values = [*EVEN, 0.5, 1, 1.5, 2, 2.5, 5.2, 30, *[-1, 0.5] * 10]
    assert signals(values)[24:31] == ["trend"] * 6 + ["outside"]


def test_no_values_give_an_empty_chart():
    chart = xmr([])
    assert chart.empty
    assert list(chart.columns) == ["value", "mean", "lower", "upper", "signal"]


def test_only_gaps_have_no_mean():
    assert xmr([None, float("nan")])["mean"].isna().all()


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        xmr([1, math.inf])


points = st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=1, max_size=60).filter(any)


@given(points)
def test_the_chart_agrees_with_a_slow_recount(values):
    mean, spread, expected = slowly.xmr(values)
    chart = xmr(values)
    assert chart["mean"][0] == pytest.approx(mean, abs=1e-9)
    if spread is None:
        assert chart["upper"].isna().all()
    else:
        assert chart["upper"][0] - mean == pytest.approx(spread, abs=1e-9)
    assert signals(values) == expected


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=12, max_size=40), st.integers(-50, 50))
def test_signals_do_not_depend_on_where_0_is_or_which_way_is_up(values, shift):
    moved = [None if one is None else one + shift for one in values]
    flipped = [None if one is None else -one for one in values]
    assert signals(values) == signals(moved) == signals(flipped)
    assert signals(values) == signals(values[::-1])[::-1]
