"""Kaplan-Meier and Aalen-Johansen: published figures, other software, hand-worked examples and a slow recount."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from dashboard.stats.survival import at, cumulative_incidence, kaplan_meier
from tests.stats import slowly

# Weeks in remission on 6-mercaptopurine: Freireich et al (1963), Blood 21:699-716.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PUBLISHED = {
    6: (21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
    7: (17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
    10: (15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
    13: (12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
    16: (11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
    22: (7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
    23: (6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
}
people = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 2)), min_size=1, max_size=50)


def test_remission_on_6_mercaptopurine_is_as_published():
    curve = kaplan_meier(WEEKS, RELAPSE).set_index("time")
    for week, row in PUBLISHED.items():
        assert curve.loc[week].tolist() == pytest.approx(row, abs=5e-5)


def test_there_is_a_row_for_every_time_and_none_after_the_last():
    curve = kaplan_meier(WEEKS, RELAPSE)
    assert curve["time"].tolist() == sorted(set(WEEKS))
    assert list(curve.columns) == ["time", "at_risk", "events", "survival", "se", "lower", "upper"]


def test_someone_censored_on_a_day_is_at_risk_on_it():
    assert kaplan_meier([5, 5], [1, 0])["survival"].tolist() == [0.5]


def test_a_curve_at_1_has_itself_as_limits_and_at_0_none():
    curve = kaplan_meier([1, 2, 3], [0, 1, 1])
    assert curve.loc[0, ["survival", "se", "lower", "upper"]].tolist() == [1, 0, 1, 1]
    assert curve.loc[2, "survival"] == 0
    assert curve.loc[2, ["se", "lower", "upper"]].isna().all()


def test_someone_who_enters_late_is_at_risk_only_after_entry():
    curve = kaplan_meier([3, 5, 8, 9], [1, 1, 1, 0], entry=[0, 3, 0, 5])
    assert curve["at_risk"].tolist() == [2, 2, 2, 1]
    assert curve["survival"].tolist() == pytest.approx([1 / 2, 1 / 4, 1 / 8, 1 / 8])


def test_repeats_in_section_5_of_the_definitions():
    curve = cumulative_incidence([200, 365, 400, 500, 600, 730], [1, 0, 1, 2, 1, 0]).set_index("time")
    assert curve["incidence"][[200, 400, 500, 600]].tolist() == pytest.approx([1 / 6, 0.375, 0.375, 7 / 12])
    deaths = cumulative_incidence([200, 365, 400, 500, 600, 730], [2, 0, 2, 1, 2, 0]).set_index("time")
    assert deaths["incidence"][500] == pytest.approx(0.2083, abs=5e-5)


def test_conversion_in_section_6_of_the_definitions():
    curve = cumulative_incidence([60, 90, 120, 150, 200, 365, 365, 365], [1, 0, 1, 2, 1, 0, 0, 0])
    assert curve["incidence"].iloc[-1] == pytest.approx(0.4167, abs=5e-5)
    assert curve["at_risk"].tolist() == [8, 7, 6, 5, 4, 3]
    assert curve["events"].tolist() == [1, 0, 1, 0, 1, 0]


def test_no_events_have_an_incidence_of_0_with_limits_0():
    curve = cumulative_incidence([3, 4, 4], [0, 2, 0])
    assert (curve[["incidence", "se", "lower", "upper"]] == 0).all(axis=None)


def test_an_incidence_of_1_has_no_limits():
    curve = cumulative_incidence([1, 2, 3, 4, 5, 6, 7], [1] * 7)
    assert curve["incidence"].iloc[-1] == 1
    assert curve[["lower", "upper"]].iloc[-1].isna().all()


def test_nobody_gives_empty_curves():
    assert kaplan_meier([], []).empty
    assert cumulative_incidence([], []).empty


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [1]), "a time and an outcome"),
        (([-1], [1]), "below 0"),
        (([None], [1]), "missing"),
        (([1.0, float("nan")], [1, 0]), "missing"),
        (([1], [2]), "not one of"),
        (([1], [None]), "not one of"),
        (([4], [1], [4]), "entry before"),
        (([4, 5], [1, 0], [1]), "entry before"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        kaplan_meier(*arguments)


def test_an_outcome_of_3_is_refused():
    with pytest.raises(ValueError, match="not one of"):
        cumulative_incidence([1], [3])


@given(people, st.booleans())
def test_kaplan_meier_agrees_with_a_slow_recount(rows, late):
    days, event = [day for day, _ in rows], [int(outcome == 1) for _, outcome in rows]
    entry = [min(day - 1, i % 6) for i, day in enumerate(days)] if late else None
    curve = kaplan_meier(days, event, entry).set_index("time")
    for time, (n, d, survival, variance) in slowly.kaplan_meier(days, event, entry).items():
        assert curve.loc[time, ["at_risk", "events"]].tolist() == [n, d]
        assert curve.loc[time, "survival"] == pytest.approx(survival, abs=1e-12)
        if 0 < survival < 1:
            assert curve.loc[time, "se"] ** 2 == pytest.approx(variance, abs=1e-12)
            limits = slowly.log_log(survival, variance)
            assert curve.loc[time, ["lower", "upper"]].tolist() == pytest.approx(limits, abs=1e-9)


@given(people)
def test_aalen_johansen_agrees_with_a_slow_recount(rows):
    days, outcome = zip(*rows, strict=True)
    curve = cumulative_incidence(days, outcome).set_index("time")
    for time, (n, d, share, variance) in slowly.cumulative_incidence(days, outcome).items():
        assert curve.loc[time, ["at_risk", "events"]].tolist() == [n, d]
        assert curve.loc[time, "incidence"] == pytest.approx(share, abs=1e-12)
        assert curve.loc[time, "se"] ** 2 == pytest.approx(variance, abs=1e-12)
        if 0 < share < 1 - 1e-9:
            limits = slowly.log_log(share, variance)
            assert curve.loc[time, ["lower", "upper"]].tolist() == pytest.approx(limits, abs=1e-9)


@given(people)
def test_without_competing_events_the_incidence_is_1_less_the_survival(rows):
    days, event = [day for day, _ in rows], [int(outcome == 1) for _, outcome in rows]
    survival, incidence = kaplan_meier(days, event), cumulative_incidence(days, event)
    assert incidence["incidence"].tolist() == pytest.approx((1 - survival["survival"]).tolist(), abs=1e-12)
    left = survival["survival"] > 0
    assert incidence["se"][left].tolist() == pytest.approx(survival["se"][left].tolist(), abs=1e-7)


@given(people)
def test_what_happened_and_what_did_not_add_up_to_1(rows):
    days, outcome = np.array(rows).T
    repeats = cumulative_incidence(days, outcome)["incidence"]
    deaths = cumulative_incidence(days, np.array([0, 2, 1])[outcome])["incidence"]
    neither = kaplan_meier(days, outcome > 0)["survival"]
    assert (repeats + deaths + neither).tolist() == pytest.approx([1] * len(neither))


@pytest.mark.parametrize("seed", range(5))
def test_both_curves_agree_with_statsmodels(seed):
    random = np.random.default_rng(seed)
    days, outcome = random.integers(1, 40, 80), random.integers(0, 3, 80)
    days[0], outcome[0] = 41, 0
    theirs = CumIncidenceRight(days, outcome)
    ours = cumulative_incidence(days, outcome).set_index("time").loc[theirs.times]
    assert ours["incidence"].tolist() == pytest.approx(theirs.cinc[0], abs=1e-12)
    assert ours["se"].tolist() == pytest.approx(theirs.cinc_se[0], abs=1e-9)
    entry = np.minimum(random.integers(0, 9, 80), days - 1)
    entry[:20] = 0
    theirs = SurvfuncRight(days, outcome == 1, entry=entry)
    ours = kaplan_meier(days, outcome == 1, entry).set_index("time").loc[theirs.surv_times]
    assert ours["survival"].tolist() == pytest.approx(theirs.surv_prob, abs=1e-12)
    assert ours["se"].tolist() == pytest.approx(theirs.surv_prob_se, abs=1e-9)


def test_a_curve_of_nobody_has_no_height_on_any_day():
    heights = at([], [], [1, 2])
    assert heights.shape == (2,) and np.isnan(heights).all()
    assert type(at([], [], 1)) is float


def test_a_height_on_one_day_is_a_number_and_on_several_one_for_each():
    assert at([3, 5], [0.1, 0.4], 4) == 0.1 and type(at([3, 5], [0.1, 0.4], 4)) is float
    assert at([3, 5], [0.1, 0.4], [2, 3, 5]).tolist() == [0, 0.1, 0.4]
