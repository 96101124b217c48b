"""Policies: chosen, set by hand, and each commissioner's own."""

from datetime import date

import pytest

from dashboard import policy
from dashboard.errors import Refused
from dashboard.filters import Filters
from dashboard.metrics.adherence import MET_BLOCK_BEFORE, MET_REPEAT_INTERVAL
from dashboard.metrics.repeats import REPEAT_WITHIN_MINIMUM
from tests.ask.tiny import Tiny


def shares(tiny: Tiny, metric, **filters) -> list[tuple]:
    frame = tiny.exact(**filters).counts(metric, period="all").frame
    return list(zip(frame["numerator"], frame["denominator"], strict=True))


def test_local_judges_by_the_commissioners_own_policy_from_the_day_it_begins():
    tiny = Tiny()
    fourteen = {"is_repeat": True, "interval_months": 14, "interval_days": 430}
    tiny.add("courses", "A", day=date(2022, 6, 30), commissioner="QOQ", **fourteen)
    assert shares(tiny, MET_REPEAT_INTERVAL, policy="local") == [(1, 1)]
    tiny.add("courses", "B", day=date(2022, 7, 1), commissioner="QOQ", **fourteen)
    tiny.version = "two"
    assert shares(tiny, MET_REPEAT_INTERVAL, policy="local") == [(1, 2)]
    tiny.add("courses", "C", day=date(2022, 7, 1), commissioner=None, **fourteen)
    tiny.version = "three"
    assert shares(tiny, MET_REPEAT_INTERVAL, policy="local") == [(2, 3)]


def test_a_chosen_policy_judges_courses_of_every_commissioner_and_date():
    tiny = Tiny()
    fourteen = {"is_repeat": True, "interval_months": 14, "interval_days": 430}
    tiny.add("courses", day=date(2015, 6, 30), commissioner="QYG", **fourteen)
    assert shares(tiny, REPEAT_WITHIN_MINIMUM, policy="humber_north_yorkshire") == [(1, 1)]


def test_local_leaves_out_repeats_where_the_commissioner_has_no_minimum():
    tiny = Tiny()
    three = {"is_repeat": True, "interval_months": 3, "interval_days": 100}
    tiny.add("courses", "A", commissioner="QOP", **three)
    tiny.add("courses", "B", commissioner="QYG", **three)
    assert shares(tiny, REPEAT_WITHIN_MINIMUM, policy="local") == [(1, 1)]
    assert shares(tiny, REPEAT_WITHIN_MINIMUM, policy="local", repeat_min_months=6) == [(2, 2)]


def add_policy(tiny: Tiny, name: str, first: str, last: str | None, min_blocks: int) -> None:
    values = [name, "QYG", first, last, min_blocks]
    tiny.connection.execute(
        "insert into policies (policy, commissioner, effective_from, effective_to, min_blocks, block_lookback_months, "
        "repeat_needs_new_block, staged_days) values (?, ?, ?, ?, ?, 24, false, 90)",
        values,
    )


def test_of_two_in_force_the_later_to_begin_holds_until_its_last_day():
    tiny = Tiny()
    add_policy(tiny, "older", "2018-01-01", None, 1)
    add_policy(tiny, "newer", "2020-01-01", "2020-12-31", 2)
    days = {"before": date(2019, 12, 31), "first": date(2020, 1, 1), "last": date(2020, 12, 31), "after": date(2021, 1, 1)}
    for day in days.values():
        tiny.add("courses", f"P{day}", day=day, blocks_before_24m=1)
    frame = tiny.exact(policy="local").counts(MET_BLOCK_BEFORE, period="month").frame
    assert dict(zip(frame["period"], frame["numerator"], strict=True)) == {
        "2019-12": 1,
        "2020-01": 0,
        "2020-12": 0,
        "2021-01": 1,
    }


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("repeat_min_months=none", "repeat_min_months", 0),
        ("repeat_min_months=16", "repeat_min_months", 16),
        ("min_blocks=0", "min_blocks", 0),
        ("max_levels=none", "max_levels", 0),
        ("repeat_needs_new_block=no", "repeat_needs_new_block", False),
        ("staged_days=180", "staged_days", 180),
    ],
)
def test_a_threshold_is_set_by_hand_on_its_stops(text, name, value):
    changed = policy.with_setting(Filters(), text)
    assert policy.set_by_hand(changed) == {name: value}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("repeat_min_months=13", "6, 12, 16, 24 or none"),
        ("repeat_min_months=0", "6, 12, 16, 24 or none"),
        ("min_blocks=none", "0, 1 or 2"),
        ("min_blocks", "cannot be empty"),
        ("staged_days=ninety", "42, 90 or 180"),
        ("repeat_needs_new_block=perhaps", "yes or no"),
        ("window=6", "these can"),
    ],
)
def test_a_threshold_off_its_stops_is_refused_with_those_there_are(text, words):
    with pytest.raises(Refused, match=words):
        policy.with_setting(Filters(), text)


def test_a_threshold_of_filters_made_elsewhere_is_checked_too():
    with pytest.raises(Refused, match="block_lookback_months cannot be 7"):
        policy.check(Filters(block_lookback_months=7))


def test_no_minimum_set_by_hand_is_not_the_policys_own():
    tiny = Tiny()
    tiny.add("courses", is_repeat=True, interval_months=3, interval_days=100)
    assert shares(tiny, REPEAT_WITHIN_MINIMUM) == [(1, 1)]
    assert shares(tiny, REPEAT_WITHIN_MINIMUM, repeat_min_months=0) == []
    assert shares(tiny, REPEAT_WITHIN_MINIMUM, policy="greater_manchester", repeat_min_months=12) == [(1, 1)]


def test_staging_is_set_by_hand_else_the_policys_own_else_ninety_days():
    known = Tiny().exact().version.policies
    known.loc[known["policy"] == "norfolk_waveney", "staged_days"] = 42
    assert policy.staged_days(Filters(policy="norfolk_waveney"), known) == 42
    assert policy.staged_days(Filters(policy="norfolk_waveney", staged_days=180), known) == 180
    assert policy.staged_days(Filters(policy="local"), known) == 90
