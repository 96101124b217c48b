"""A chart says what rounding does to it where that matters, and is silent where it does not."""

from dataclasses import replace

import pytest

from dashboard.charts.precision import of_curve, of_places, of_trend
from tests.charts.tables import released, years


def places(*denominators):
    return released("adherent", [{"value": 0.5, "numerator": one / 2, "denominator": one} for one in denominators])


def test_small_places_are_counted_and_large_ones_need_no_word():
    assert "the 2 of 3 places with fewer than 50" in of_places(places(20, 45, 400))
    assert of_places(places(50, 400)) == ""


def test_a_trend_of_small_counts_says_how_large_the_rounding_is():
    assert "up to 20% of the mean" in of_trend(released("denervations", years([10, 20, 30])))
    assert of_trend(released("denervations", years([100, 200]))) == ""


def test_a_trend_of_shares_speaks_of_its_smallest_denominator():
    assert "up to 10% of the smallest number judged" in of_trend(places(40, 400))


@pytest.mark.parametrize(("months", "words"), [([0, 1, 2], ""), ([0, 4, 6], "longest step here is 4 months")])
def test_a_curve_says_how_long_its_longest_step_is(months, words):
    told = of_curve(released("repeat_by_24_months", [{"months": one} for one in months]))
    assert words in told and bool(told) == bool(words)


def test_exact_numbers_lose_nothing():
    for answer in (places(20), released("denervations", years([10]))):
        assert of_places(replace(answer, profile="exact")) == of_trend(replace(answer, profile="exact")) == ""
