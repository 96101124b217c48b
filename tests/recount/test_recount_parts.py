"""The questions about parts, reasons, curves, rates and codes agree with the slow recount on awkward random data."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from dashboard.ask.kinds import BANDS
from dashboard.metrics import METRICS
from tests.recount import explained, measures, parts, rates
from tests.worked import command

STATES = ["met", "not_met", "not_assessable", "not_applicable", "fails_only", "fails_with_others"]
ASKED = [
    ("reference", {}),
    ("humber_north_yorkshire", {"max_levels": 1}),
    ("greater_manchester", {"max_levels": 2, "repeat_min_months": 24, "staged_days": 42}),
    ("local", {"block_lookback_months": 12}),
    ("reference", {"repeat_min_months": None, "min_blocks": 0}),
]
CODED = list(measures.CODED)


def close(ours, theirs) -> bool:
    """Whether two numbers agree, or both are missing."""
    if ours is None or theirs is None or theirs != theirs:
        return ours is None and (theirs is None or theirs != theirs)
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("changes", [{}, {"staged_days": 42, "block_lookback_months": 6}])
@pytest.mark.parametrize("name", BANDS)
def test_every_distribution_agrees(both, name, changes):
    frame = both.ask(**changes).distribution(name).frame
    assert dict(zip(frame["band"], frame["count"], strict=True)) == parts.bands(both.world, name, changes)


@pytest.mark.parametrize("cohort", ["lumbar", "broad", "ebi"])
def test_what_denervations_are_counted_as_agrees(both, cohort):
    frame = both.ask(cohort=cohort).counted_as().frame
    ours = parts.counted_as(both.world, cohort)
    assert dict(zip(frame["counted_as"], frame["count"], strict=True)) == {
        name: number for name, number in ours.items() if number
    }


def test_the_year_after_an_index_block_agrees(both):
    frame = both.ask().flow().frame
    assert dict(zip(zip(frame["stage"], frame["outcome"], strict=True), frame["count"], strict=True)) == parts.first_year(
        both.world
    )


@pytest.mark.parametrize(("policy", "changes"), ASKED)
def test_the_reasons_agree_and_add_up_to_the_courses_that_fail(both, policy, changes):
    frame = both.ask(policy=policy, **changes).reasons().frame.set_index("criterion")
    found = {(criterion, state): frame.loc[criterion, state] for criterion in frame.index for state in STATES}
    ours = parts.reasons(both.world, policy, changes)
    assert {key: number for key, number in found.items() if number} == ours
    failed = frame.loc["any", "not_met"]
    assert frame["fails_only"].sum() + (frame.loc["several", "fails_with_others"] if "several" in frame.index else 0) == failed


@pytest.mark.parametrize(("policy", "changes"), ASKED[:4])
def test_every_criterion_is_explained_with_its_value_and_threshold(both, policy, changes):
    words = [option for name, value in changes.items() for option in ("--set", f"{name}={value}")]
    rows = command.table(both.warehouse, "adherence", "--policy", policy, *words)
    found = {(row["person"], int(row["course_number"]), row["criterion"]): (row["value"], row["threshold"]) for row in rows}
    ours = explained.explained(both.world, policy, changes)
    wrong = [f"{key}: recount {told}, product {found.get(key)}" for key, told in ours.items() if found.get(key) != told]
    assert not wrong and len(found) == len(ours), "\n".join(wrong[:8])


def test_the_rows_of_adherence_and_the_reasons_of_the_policy_page_say_the_same(both):
    rows = command.table(both.warehouse, "adherence", "--policy", "humber_north_yorkshire")
    frame = both.ask(policy="humber_north_yorkshire").reasons().frame.set_index("criterion")
    for criterion in frame.index.drop(["any", "several"], errors="ignore"):
        states = [row["state"] for row in rows if row["criterion"] == criterion]
        assert {state: states.count(state) for state in STATES[:4]} == frame.loc[criterion, STATES[:4]].astype(int).to_dict()
    adherent = both.ask(policy="humber_north_yorkshire").counts(METRICS["adherent"], period="all").frame.iloc[0]
    assert (adherent["numerator"], adherent["denominator"]) == (
        frame.loc["any", "met"],
        frame.loc["any", ["met", "not_met"]].sum(),
    )


def test_what_is_not_recorded_in_hospital_data_is_never_a_pass(both):
    rows = command.table(both.warehouse, "adherence")
    states = {
        row["state"]
        for row in rows
        if row["criterion"] in ("pain_score", "block_response", "facet_source", "shared_decision", "prior_approval")
    }
    assert states == {"not_assessable"}


@pytest.mark.parametrize("name", ["repeat_by_24_months", "block_to_denervation_18_months"])
def test_every_point_of_a_curve_agrees(both, name):
    frame = both.ask().curve(METRICS[name]).frame
    theirs = list(frame[["months", "at_risk", "events", "incidence", "lower", "upper"]].itertuples(index=False, name=None))
    ours = parts.curve(both.world, name, {})
    assert len(ours) == len(theirs) > 12
    for mine, product in zip(ours, theirs, strict=True):
        assert all(close(one, other) for one, other in zip(mine, product, strict=True)), (mine, product)
    assert all(a[3] <= b[3] for a, b in pairwise(ours))


@pytest.mark.parametrize("by", ["england", "region", "commissioner"])
def test_standardised_rates_agree(both, by):
    frame = both.ask().counts(METRICS["denervation_rate"], by=by, period="year").frame
    theirs = {(row.place, row.period): (row.numerator, row.value, row.lower, row.upper) for row in frame.itertuples()}
    ours = {key: (answer[0], *answer[2:]) for key, answer in rates.rates(both.world, by).items()}
    assert sorted(theirs) == sorted(ours)
    wrong = [(key, ours[key], theirs[key]) for key in ours if not all(map(close, ours[key], theirs[key]))]
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("cohort", ["lumbar", "broad"])
@pytest.mark.parametrize("name", CODED)
def test_how_much_is_coded_agrees(both, name, cohort):
    frame = both.ask(cohort=cohort).counts(METRICS[name], by="provider", period="year").frame
    theirs = {
        (row.place, row.period): (row.numerator, row.denominator, row.value, row.lower, row.upper) for row in frame.itertuples()
    }
    ours = measures.measure(both.world, name, by="provider", cohort_name=cohort)
    assert sorted(theirs) == sorted(ours)
    assert all(all(map(close, ours[key], theirs[key])) for key in ours)


def test_mentions_of_each_code_agree(both):
    frame = both.ask().loading("published").frame
    theirs = {(row.code, row.year): row.mentions_here for row in frame.itertuples()}
    ours = parts.mentions(both.world, set(frame["code"]))
    assert theirs == {key: ours[key] for key in theirs} and theirs
