"""The funnel plot of proportions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stats.funnel import Z95, limits, proportions
from tests.stats import slowly

X = [5, 30, 12, 44, 9, 61, 18, 2, 27, 33, 8, 70]
N = [50, 100, 90, 120, 75, 110, 60, 40, 150, 95, 80, 130]
QUIET = [10 + i % 2 for i in range(12)]


def test_limits_without_adjustment_are_symmetric_on_the_arcsine_scale():
    frame = proportions([25, 75], [100, 100])
    centre, spread = math.pi / 4, 1.959964 / 20
    assert frame.attrs["target"] == 0.5
    assert frame["lower95"][0] == pytest.approx(math.sin(centre - spread) ** 2, abs=1e-12)
    assert frame["upper95"][0] == pytest.approx(math.sin(centre + spread) ** 2, abs=1e-12)
    assert frame["lower998"][0] == pytest.approx(math.sin(centre - 3.090232 / 20) ** 2, abs=1e-12)
    assert frame["z"].tolist() == pytest.approx([-math.pi / 12 * 20, math.pi / 12 * 20])


def test_a_provider_is_plotted_at_its_share():
    assert proportions([25, 60], [100, 80])["value"].tolist() == [0.25, 0.75]


def test_overdispersed_providers_get_wider_limits_and_smaller_z():
    adjusted, plain = proportions(X, N), proportions(X, N, adjust=False)
    assert adjusted.attrs["tau2"] > 0 == plain.attrs["tau2"]
    assert adjusted.attrs["phi"] == plain.attrs["phi"] > 1
    assert (adjusted["upper95"] > plain["upper95"]).all()
    assert (adjusted["z"].abs() < plain["z"].abs()).all()


def test_providers_that_agree_too_well_are_not_adjusted():
    frame = proportions(QUIET, [100] * 12)
    assert frame.attrs["phi"] < 11 / 12
    assert frame.attrs["tau2"] == 0


def test_nine_providers_are_too_few_to_adjust_and_ten_are_enough():
    assert proportions(X[:9], N[:9]).attrs["tau2"] == 0
    assert proportions(X[:9], N[:9]).attrs["phi"] > 1
    assert proportions(X[:10], N[:10]).attrs["tau2"] > 0


def test_a_denominator_under_ten_or_a_missing_number_takes_no_part():
    frame = proportions([*X, 9, None, 0, 3], [*N, 9, 50, 0, None])
    whole = proportions(X, N)
    assert frame.attrs == whole.attrs
    assert frame.iloc[12:].isna().all(axis=None)
    assert frame.iloc[:12].equals(whole)


def test_a_denominator_of_ten_takes_part():
    assert proportions([3], [10])["lower95"].notna().all()


def test_small_denominators_do_not_count_towards_ten_providers():
    assert proportions([*X[:9], 4], [*N[:9], 9]).attrs["tau2"] == 0


def test_one_provider_lies_on_its_own_target():
    frame = proportions([30], [100])
    assert frame["z"].tolist() == [0]
    assert frame.attrs == {"target": 0.3, "phi": 0.0, "tau2": 0.0}


def test_nobody_and_everybody_clip_at_0_and_1():
    none, every = proportions([0] * 12, N), proportions(N, N)
    assert (none["lower998"] == 0).all()
    assert (every["upper998"] == 1).all()
    assert (none["z"] == 0).all()


def test_no_providers_give_an_empty_frame_without_a_target():
    frame = proportions([], [])
    assert frame.empty
    assert math.isnan(frame.attrs["target"])


def test_only_small_providers_give_rows_without_a_target():
    frame = proportions([1, 2], [5, 9])
    assert len(frame) == 2
    assert math.isnan(frame.attrs["target"])


def test_more_events_than_people_are_refused():
    with pytest.raises(ValueError, match="above its denominator"):
        proportions([11], [10])


def test_the_curve_passes_through_the_limits_of_the_providers():
    frame = proportions(X, N)
    lower, upper = limits(N, frame.attrs["target"], frame.attrs["tau2"], Z95)
    assert np.array_equal(lower, frame["lower95"])
    assert np.array_equal(upper, frame["upper95"])


providers = st.lists(st.integers(10, 900).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30)


@given(providers, st.booleans())
def test_the_funnel_agrees_with_a_slow_recount(pairs, adjust):
    x, n = zip(*pairs, strict=True)
    target, phi, tau2, rows = slowly.funnel(x, n, adjust)
    frame = proportions(x, n, adjust)
    assert frame.attrs["target"] == pytest.approx(target, abs=1e-12)
    assert frame.attrs["phi"] == pytest.approx(phi, abs=1e-9)
    assert frame.attrs["tau2"] == pytest.approx(tau2, abs=1e-9)
    assert frame[["lower95", "upper95", "z"]].to_numpy() == pytest.approx(np.array(rows), abs=1e-9)


@given(providers)
def test_the_wider_limits_hold_the_narrower_and_both_hold_the_target(pairs):
    frame = proportions(*zip(*pairs, strict=True))
    target = frame.attrs["target"]
    assert (frame["lower998"] <= frame["lower95"]).all()
    assert (frame["lower95"] <= target + 1e-12).all()
    assert (frame["upper95"] >= target - 1e-12).all()
    assert (frame["upper998"] >= frame["upper95"]).all()
