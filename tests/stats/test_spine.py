import numpy as np
import pandas as pd
import pytest

from dashboard.stats.spine import scaled, spread


def test_the_spread_of_peers_is_of_those_that_can_be_told():
    assert spread([0.1, 0.5, None, 0.3, 0.2, 0.4]) == pytest.approx(
        {"lowest": 0.1, "quarter": 0.2, "middle": 0.3, "three_quarters": 0.4, "highest": 0.5, "told": 5}
    )


def test_two_peers_have_no_spread():
    found = spread([0.1, 0.2])
    assert found.pop("told") == 2
    assert all(np.isnan(value) for value in found.values())


def test_the_furthest_of_a_row_lies_at_one_and_the_whole_at_nought():
    frame = pd.DataFrame({"a": [0.1, 0.5], "b": [0.4, 0.5], "whole": [0.2, 0.5]})
    at = scaled(frame, ["a", "b"], "whole")
    assert at["b"].tolist() == pytest.approx([1, 0])
    assert at["a"].tolist() == pytest.approx([-0.5, 0])
