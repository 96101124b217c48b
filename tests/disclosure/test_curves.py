"""Curves through the gate, on random people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import curves, incidence
from dashboard.disclosure.numbers import PROFILES
from dashboard.disclosure.steps import Steps
from dashboard.stats.survival import cumulative_incidence

CK, EXACT = PROFILES["hes2018_ck"], PROFILES["exact"]
HORIZON = 24
people = st.lists(st.tuples(st.integers(0, 900), st.sampled_from([0, 0, 1, 1, 2])), min_size=1, max_size=150)


def raw(ends: list[tuple[int, int]], step: str) -> pd.DataFrame:
    """What the question gives of people with these days and outcomes, every one the first of a patient."""
    last = HORIZON if step == "month" else HORIZON * 1461 // 48
    rows = []
    for n, (days, outcome) in enumerate(ends):
        at = min(days if step == "day" else int(np.ceil(days / 30.4375)), last + 1)
        rows.append({"step": at, "outcome": outcome if at <= last else 0, "key": (7 * n) % 5, "mask": 1 << (n % 64)})
    frame = pd.DataFrame(rows)
    cells = []
    for at, part in frame.groupby("step"):
        event = part[part["outcome"] == 1]
        death, other = part[part["outcome"] == 2], part[part["outcome"] != 1]
        cells.append({
            "place": "E92", "period": "", "split_1": "", "split_2": "", "step": at, "provisional": False,
            "leaving": len(part), "events": len(event), "deaths": len(death),
            "leaving_key": part["key"].sum() % 5, "event_key": event["key"].sum() % 5, "death_key": death["key"].sum() % 5,
            "other_firsts": len(other), "event_firsts": len(event),
            "other_mask": np.bitwise_or.reduce(other["mask"].to_numpy(dtype=np.uint64), initial=0),
            "event_mask": np.bitwise_or.reduce(event["mask"].to_numpy(dtype=np.uint64), initial=0),
        })  # fmt: skip
    return pd.DataFrame(cells)


@settings(deadline=None, max_examples=10)
@given(people)
def test_the_exact_curve_is_that_of_the_method_person_by_person(ends):
    told = incidence.at_horizon(raw(ends, "day"), EXACT, last=730, deaths_observed=True).iloc[0]
    known = cumulative_incidence(*zip(*ends, strict=True))
    known = known[known["time"] <= 730]
    assert told.numerator == sum(outcome == 1 and days <= 730 for days, outcome in ends)
    assert told.denominator == len(ends)
    if sum(days >= 730 for days, _ in ends) < 10:
        assert np.isnan(told.value)
    else:
        value = known["incidence"].iloc[-1] if len(known) else 0
        assert told.value == pytest.approx(value)
        if 0 < value < 1:
            assert (told.lower, told.upper) == pytest.approx(tuple(known[["lower", "upper"]].iloc[-1]))


@settings(deadline=None, max_examples=10)
@given(people)
def test_no_step_of_a_released_curve_tells_of_fewer_than_eight(ends):
    frame = incidence.along(raw(ends, "month"), CK, months=HORIZON, deaths_observed=True)
    assert ((frame["events"] == 0) | ((frame["events"] >= 10) & (frame["events"] % 5 == 0))).all()
    assert ((frame["at_risk"] >= 10) & (frame["at_risk"] % 5 == 0)).all()
    bounds = [-1, *frame["months"]]
    steps = [int(np.ceil(days / 30.4375)) for days, outcome in ends if outcome == 1]
    for first, last, events in zip(bounds, frame["months"], frame["events"], strict=False):
        true = sum(first < step <= last for step in steps)
        assert true == 0 if events == 0 else true >= 8


@settings(deadline=None, max_examples=10)
@given(people)
def test_an_incidence_of_few_events_or_of_all_but_few_is_hidden(ends):
    told = incidence.at_horizon(raw(ends, "month"), CK, last=HORIZON, deaths_observed=True).iloc[0]
    events = sum(outcome == 1 and np.ceil(days / 30.4375) <= HORIZON for days, outcome in ends)
    if 1 <= events <= 7 or 1 <= len(ends) - events <= 7:
        assert np.isnan([told.numerator, told.value, told.lower, told.upper]).all()
        assert told.flag == "suppressed"


def test_a_released_incidence_is_near_the_exact_one_where_there_are_many():
    random = np.random.default_rng(3)
    ends = [(int(days), int(outcome)) for days, outcome in zip(
        random.integers(1, 1500, 5000), random.choice([0, 1, 2], 5000, p=[0.5, 0.45, 0.05]), strict=True
    )]  # fmt: skip
    exact = incidence.at_horizon(raw(ends, "day"), EXACT, last=730, deaths_observed=True).iloc[0]
    told = incidence.at_horizon(raw(ends, "month"), CK, last=HORIZON, deaths_observed=True).iloc[0]
    assert told.value == pytest.approx(exact.value, abs=0.01)
    assert (told.lower, told.upper) == pytest.approx((exact.lower, exact.upper), abs=0.01)


def test_the_example_of_time_to_repeat_comes_out_as_written():
    ends = [(200, 1), (365, 0), (400, 1), (500, 2), (600, 1), (730, 0)]
    steps = Steps.of(raw(ends, "day"), incidence.cells_of(raw(ends, "day"))[1], 730)
    found = curves.exact(steps, deaths_observed=True).incidence[0]
    assert [found[day] for day in (200, 400, 600)] == pytest.approx([1 / 6, 0.375, 0.5833333])


def test_the_same_events_by_one_patient_are_not_enough():
    frame = raw([(40, 1)] * 9 + [(900, 0)] * 40, "month").assign(event_firsts=lambda one: one["event_firsts"].clip(upper=1))
    frame["event_mask"] = np.where(frame["events"] > 0, 1, 0).astype(np.uint64)
    told = incidence.at_horizon(frame, CK, last=HORIZON, deaths_observed=True).iloc[0]
    assert told.flag == "suppressed"


@settings(deadline=None, max_examples=10)
@given(people)
def test_no_run_of_a_released_curve_is_left_by_fewer_than_eight(ends):
    frame = raw(ends, "month")
    steps = Steps.of(frame, incidence.cells_of(frame)[1], HORIZON)
    closed = np.flatnonzero(curves.run_ends(steps, CK)[0])
    leaving = np.diff(np.cumsum(steps.leaving[0])[closed], prepend=0)
    assert all(one == 0 or one >= 8 for one in leaving) or len(closed) == 1
