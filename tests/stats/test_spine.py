import numpy as np
import pandas as pd
import pytest

from dashboard.stats.spine import middle_curve, scaled, spread


def test_the_spread_of_peers_is_of_those_that_can_be_told():
    assert spread([0.1, 0.5, None, 0.3, 0.2, 0.4]) == pytest.approx(
        {"lowest": 0.1, "quarter": 0.2, "middle": 0.3, "three_quarters": 0.4, "highest": 0.5, "told": 5}
    )


def test_three_peers_have_a_spread():
    assert spread([0.1, 0.2, 0.4])["middle"] == 0.2


def test_the_middle_curve_holds_each_until_its_next_step_and_stops_when_two_go_on():
    curves = pd.DataFrame(
        {"a": [0.1, None, 0.3, 0.4], "b": [None, 0.2, None, None], "c": [0.0, 0.6, 0.8, None]}, index=[0, 2, 4, 6]
    )
    curves["d"] = [0.5, None, 0.7, None]
    assert middle_curve(curves).to_dict() == pytest.approx({0: 0.05, 1: 0.05, 2: 0.35, 3: 0.5, 4: 0.7})


def test_the_middle_curve_reaches_the_last_month():
    curves = pd.DataFrame({"a": [0.1, 0.3], "b": [0.2, 0.4], "c": [0.3, 0.8]}, index=[0, 2])
    assert middle_curve(curves).to_dict() == pytest.approx({0: 0.2, 1: 0.2, 2: 0.4})


def test_no_curves_have_no_middle():
    assert middle_curve(pd.DataFrame()).empty


def test_two_peers_have_no_spread():
    found = spread([0.1, 0.2])
    assert found.pop("told") == 2
    assert all(np.isnan(value) for value in found.values())


def test_the_furthest_of_a_row_lies_at_one_and_the_whole_at_nought():
    frame = pd.DataFrame({"a": [0.1, 0.5], "b": [0.4, 0.5], "whole": [0.2, 0.5]})
    at = scaled(frame, ["a", "b"], "whole")
    assert at["b"].tolist() == pytest.approx([1, 0])
    assert at["a"].tolist() == pytest.approx([-0.5, 0])
