"""A policy's dates: moving one moves only the courses in between."""

from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ask.compose import question
from dashboard.filters import Filters
from tests.ask.tiny import Tiny

FIRST, LAST = date(2018, 1, 1), date(2023, 12, 31)
days = st.dates(FIRST, LAST)
ends = st.one_of(st.none(), days)
JUDGED = question("ask/judged")


@cache
def with_courses() -> Tiny:
    """A course of a first-timer with one block, at each of two commissioners, every two months."""
    tiny, day = Tiny(), FIRST
    tiny.connection.execute(
        "insert into policies (policy, commissioner, effective_from, min_blocks, block_lookback_months, "
        "repeat_needs_new_block, staged_days) values ('strict', 'QYG', '2018-01-01', 2, 24, false, 90)"
    )
    while day <= LAST:
        for commissioner in ("QYG", "QOQ"):
            tiny.add(
                "courses", f"{commissioner}{day}", day=day, commissioner=commissioner, blocks_before_24m=1, blocks_before_6m=1
            )
        day += timedelta(days=61)
    return tiny


def verdicts(begins: date, ends: date | None) -> dict:
    """The verdict of every course under each commissioner's own policy, with the strict one in force between two days."""
    tiny = with_courses()
    tiny.connection.execute("update policies set effective_from = ?, effective_to = ? where policy = 'strict'", [begins, ends])
    frame = tiny.frame(JUDGED.sql, JUDGED.bind(tiny.exact(policy="local")._road.choices(Filters(policy="local"))))
    return {(row.commissioner, row.date.date()): row.verdict for row in frame.itertuples()}


def moved(one: dict, other: dict) -> set:
    return {key for key in one if one[key] != other[key]}


@settings(deadline=None, max_examples=5)
@given(days, days)
def test_moving_the_day_a_policy_begins_moves_only_the_courses_in_between(begins, later):
    early, late = sorted((begins, later))
    before, after = verdicts(early, None), verdicts(late, None)
    assert moved(before, after) == {("QYG", day) for _, day in before if early <= day < late}


@settings(deadline=None, max_examples=5)
@given(days, days, days)
def test_moving_the_day_a_policy_ends_moves_only_the_courses_in_between(begins, ends, later):
    first, early, late = sorted((begins, ends, later))
    before, after = verdicts(first, early), verdicts(first, late)
    assert moved(before, after) == {("QYG", day) for _, day in before if early < day <= late}


@settings(deadline=None, max_examples=5)
@given(days, ends)
def test_a_policy_holds_on_its_first_and_its_last_day_and_for_its_own_commissioner_alone(begins, ends):
    ends = max(begins, ends) if ends else None
    for (commissioner, day), verdict in verdicts(begins, ends).items():
        in_force = commissioner == "QYG" and begins <= day and (ends is None or day <= ends)
        assert verdict == ("non_adherent" if in_force else "adherent")
