"""Every statistic takes lists, arrays and pandas' series alike, and says in print where it comes from."""

import inspect
import math
import re
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from dashboard.stats.funnel import proportions
from dashboard.stats.opportunity import excess
from dashboard.stats.spc import xmr
from dashboard.stats.standardise import direct
from dashboard.stats.survival import cumulative_incidence, kaplan_meier

MODULES = [
    import_module(f"dashboard.stats.{name}") for name in ("funnel", "intervals", "opportunity", "spc", "standardise", "survival")
]
# These prepare or read off a statistic; they estimate nothing.
NO_METHOD = {"counted", "floats", "plotted", "at", "total", "concentration"}
PUBLIC = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_") and name not in NO_METHOD
]
X, N = [5, 30, None, 44, 9, 61, 18, 2, 27, 33, 8, 70], [50, 100, 90, 120, 75, 110, 60, 40, 150, 95, 80, 130]
KINDS = {
    "tuple": tuple,
    "array": lambda one: np.array(one, dtype=float),
    "nullable": lambda one: pd.Series(one, dtype="Int64", index=range(5, 5 + len(one))),
    "floats": lambda one: pd.Series(one, dtype="float64"),
    "NA": lambda one: [pd.NA if number is None else number for number in one],
}


@pytest.mark.parametrize("function", PUBLIC, ids=lambda function: function.__name__)
def test_a_statistic_cites_its_source_with_a_year(function):
    assert re.search(r"[A-Z][a-z]+.*\(?(19|20)\d\d", function.__doc__, flags=re.S), function.__doc__


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("statistic", [proportions, excess])
def test_shares_are_the_same_from_any_kind_of_input(statistic, kind):
    frame = statistic(KINDS[kind](X), KINDS[kind](N))
    pd.testing.assert_frame_equal(frame, statistic(X, N))
    assert frame.attrs == statistic(X, N).attrs


@pytest.mark.parametrize("kind", KINDS)
def test_an_xmr_chart_is_the_same_from_any_kind_of_input(kind):
    pd.testing.assert_frame_equal(xmr(KINDS[kind](X)), xmr(X))


@pytest.mark.parametrize("kind", ["tuple", "array", "nullable", "floats"])
def test_curves_are_the_same_from_any_kind_of_input(kind):
    days, outcome, entry = [5, 7, 7, 9, 12], [1, 0, 1, 0, 1], [0, 2, 0, 8, 3]
    made = KINDS[kind]
    pd.testing.assert_frame_equal(
        kaplan_meier(made(days), made(outcome), made(entry)), kaplan_meier(days, outcome, entry), check_dtype=False
    )
    pd.testing.assert_frame_equal(
        cumulative_incidence(made(days), made(outcome)), cumulative_incidence(days, outcome), check_dtype=False
    )


def test_a_curve_takes_yes_and_no_as_events():
    expected = kaplan_meier([1, 2, 3], [1, 0, 1])
    for event in ([True, False, True], pd.Series([True, False, True], dtype="boolean")):
        pd.testing.assert_frame_equal(kaplan_meier([1, 2, 3], event), expected)


@pytest.mark.parametrize("nothing", [None, math.nan, pd.NA])
@pytest.mark.parametrize("place", ["time", "event", "entry"])
def test_a_missing_time_event_or_entry_is_refused_and_never_dropped(nothing, place):
    people = {"time": [3, 4], "event": [1, 1], "entry": [0, 1]} | {place: [nothing, 1]}
    with pytest.raises(ValueError, match=r"missing|not one of|entry before"):
        kaplan_meier(*people.values())


def test_an_infinite_time_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        kaplan_meier([math.inf, 4], [1, 1])


def test_when_everybody_is_censored_nobody_has_the_event():
    survival, incidence = kaplan_meier([3, 5, 5], [0, 0, 0]), cumulative_incidence([3, 5, 5], [0, 0, 0])
    assert (survival[["survival", "lower", "upper"]] == 1).all(axis=None)
    assert (incidence[["incidence", "lower", "upper"]] == 0).all(axis=None)


def test_a_rate_is_the_same_from_any_kind_of_input():
    expected = direct([20, 9], [1000, 800], [1, 2], repeats={2: [5, 0]})
    for made in (np.array, pd.Series, lambda one: pd.Series(one, dtype="Int64")):
        assert direct(made([20, 9]), made([1000, 800]), made([1, 2]), repeats={2: made([5, 0])}) == expected
