"""Directly standardised rates."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stats.intervals import byar
from dashboard.stats.standardise import direct
from tests.stats import slowly


def test_a_rate_of_two_strata_worked_by_hand():
    # 10/1,000 and 30/1,000 in a standard of 3 to 1: 750 + 750; its variance 0.75^2 10 + 0.25^2 30, over 1,000^2.
    value, lower, upper = direct([10, 30], [1000, 1000], [3, 1])
    assert value == pytest.approx(1500)
    below, above = byar(40)
    step = math.sqrt((0.5625 * 10 + 0.0625 * 30) / 1e6 / 40) * 1e5
    assert (lower, upper) == pytest.approx((1500 + step * (below - 40), 1500 + step * (above - 40)))


def test_one_stratum_has_byars_limits_over_its_people():
    assert direct([25], [5000], [7]) == pytest.approx([1e5 * one / 5000 for one in (25, *byar(25))])


def test_the_standard_population_itself_gives_the_crude_rate():
    value, _, _ = direct([5, 20, 40], [3000, 2000, 1000], [3, 2, 1])
    assert value == pytest.approx(1e5 * 65 / 6000)


def test_nine_events_give_no_rate_and_ten_do():
    assert all(math.isnan(one) for one in direct([4, 5], [100, 100], [1, 1]))
    assert not any(math.isnan(one) for one in direct([5, 5], [100, 100], [1, 1]))


def test_no_events_and_no_people_give_no_rate():
    assert all(math.isnan(one) for one in direct([0, 0], [0, 0], [1, 1]))


def test_an_empty_stratum_counts_as_a_rate_of_0():
    assert direct([20, 0], [1000, 0], [1, 1]) == direct([20, 0], [1000, 500], [1, 1])


def test_events_of_the_same_people_widen_the_limits_and_leave_the_rate():
    value, lower, upper = direct([20], [1000], [1])
    same, low, high = direct([20], [1000], [1], repeats={1: [10], 2: [5]})
    assert same == value
    # 10 people once and 5 twice: 10 + 4 x 5 = 30 in place of 20.
    assert value - low == pytest.approx(math.sqrt(1.5) * (value - lower))
    assert high - value == pytest.approx(math.sqrt(1.5) * (upper - value))


def test_repeats_read_alike_by_number_or_by_stratum_with_or_without_those_with_one():
    by_number = direct([20, 9], [1000, 800], [1, 2], repeats={1: [10, 6], 2: [5, 0], 3: [0, 1]})
    assert by_number == direct([20, 9], [1000, 800], [1, 2], repeats=[{1: 10, 2: 5}, {1: 6, 3: 1}])
    assert by_number == direct([20, 9], [1000, 800], [1, 2], repeats={2: [5, 0], 3: [0, 1]})


def test_a_lower_limit_is_never_below_0():
    assert direct([100], [1000], [1], repeats={100: [1]})[1] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([20, 1], [1000, 0], [1, 1]), "no people"),
        (([20, -1], [1000, 10], [1, 1]), "below 0"),
        (([20, None], [1000, 10], [1, 1]), "missing"),
        (([20], [1000, 10], [1, 1]), "one number per stratum"),
        (([20], [1000], [0]), "standard population is empty"),
        (([20], [1000], [1], {2: [11]}), "more events than there are"),
        (([20], [1000], [1], {2: [-1]}), "repeats count people"),
        (([20], [1000], [1], [{2: 1}, {2: 1}]), "one mapping per stratum"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        direct(*arguments)


strata = st.lists(
    st.tuples(st.lists(st.integers(1, 4), max_size=30), st.integers(50, 90_000), st.integers(1, 7000)),
    min_size=1,
    max_size=12,
).filter(lambda rows: sum(sum(had) for had, _, _ in rows) >= 10)


@given(strata)
def test_the_rate_agrees_with_a_slow_recount_person_by_person(rows):
    people, population, standard = zip(*rows, strict=True)
    events = [sum(had) for had in people]
    repeats = [{k: had.count(k) for k in set(had)} for had in people]
    answer = direct(events, population, standard, repeats)
    assert answer == pytest.approx(slowly.direct(people, population, standard), rel=1e-9, abs=1e-9)


@given(strata, st.integers(2, 50))
def test_the_size_of_the_standard_population_does_not_matter(rows, times):
    people, population, standard = zip(*rows, strict=True)
    events = [sum(had) for had in people]
    larger = [times * one for one in standard]
    assert direct(events, population, standard) == pytest.approx(direct(events, population, larger))


# Cases of Down's syndrome by age of the mother among first to fifth and later births, and the births: Michigan 1950-1964,
# Stark and Mantel (1966), J Natl Cancer Inst 37:687-698, as table 14.4 of Fleiss (1981), Statistical Methods for Rates
# and Proportions, 2nd ed.; the standard is all births.
CASES = [
    [107, 141, 60, 40, 39, 25], [25, 150, 110, 84, 82, 39], [3, 71, 114, 103, 108, 75], [1, 26, 64, 89, 137, 96], [0, 8, 63, 112, 262, 295],
]  # fmt: skip
BIRTHS = [
    [230061, 329449, 114920, 39487, 14208, 3052], [72202, 326701, 208667, 83228, 28466, 5375],
    [15050, 175702, 207081, 117300, 45026, 8660], [2293, 68800, 132424, 98301, 46075, 9834], [327, 30666, 123419, 149919, 104088, 34392],
]  # fmt: skip
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]


@pytest.mark.parametrize(("order", "published"), list(enumerate([92.3, 91.2, 85.1, 92.7, 75.5])))
def test_rates_by_birth_order_are_as_fleiss_published(order, published):
    assert direct(CASES[order], BIRTHS[order], ALL_BIRTHS)[0] == pytest.approx(published, abs=0.05)


def test_a_stratum_may_have_more_events_than_people():
    assert direct([30], [20], [1], repeats={2: [15]})[0] == pytest.approx(150_000)


def test_an_infinite_number_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        direct([math.inf], [1000], [1])


def test_without_repeats_one_stratum_has_byars_limits_of_its_count():
    value, lower, upper = direct([24], [1000], [1])
    assert (value, lower, upper) == pytest.approx((2400, *(100 * limit for limit in byar(24))))


def test_a_stratum_of_one_person_counts_and_one_of_nobody_weighs_as_a_rate_of_nothing():
    assert direct([10], [1], [1])[0] == pytest.approx(1_000_000)
    assert direct([10, 0], [100, 0], [1, 1])[0] == pytest.approx(5_000)
