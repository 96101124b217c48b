"""Exact rows, and who may see which."""

from datetime import date

import pytest

from dashboard.ask import Ask
from dashboard.ask.rows import COLUMNS
from dashboard.errors import Refused
from dashboard.filters import Filters
from tests.ask.tiny import Tiny

NEVER = ["pain_score", "block_response", "facet_source", "shared_decision", "prior_approval"]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_the_columns_of_the_contract(table):
    tiny = Tiny()
    for fact in ("denervations", "blocks", "courses", "index_blocks", "days"):
        tiny.add(fact)
    assert tuple(tiny.exact().rows(table).columns) == COLUMNS[table]


def test_a_null_person_is_in_the_rows_of_denervations():
    tiny = Tiny()
    tiny.add("denervations", None)
    frame = tiny.exact().rows("denervations")
    assert len(frame) == 1
    assert frame["person"].isna().all()


def test_courses_are_those_of_the_chosen_staging():
    tiny = Tiny()
    tiny.add("courses", "Ann", staged_days=90)
    tiny.add("courses", "Bob", staged_days=180)
    assert list(tiny.exact().rows("courses")["person"]) == ["Ann"]
    assert list(tiny.exact(staged_days=180).rows("courses")["person"]) == ["Bob"]


def test_every_course_has_its_ten_criteria_with_state_value_and_threshold():
    tiny = Tiny()
    first = {"blocks_before_6m": 1, "blocks_before_24m": 1, "days_since_block": 98, "history_months": 37}
    tiny.add("courses", day=date(2021, 5, 10), **first)
    again = {"is_repeat": True, "course_number": 2, "interval_days": 448, "interval_months": 14}
    tiny.add("courses", day=date(2022, 8, 1), new_block_6m=False, **again)
    frame = tiny.exact(policy="humber_north_yorkshire").rows("adherence")
    one, two = (part.set_index("criterion") for _, part in frame.groupby("course_number"))
    assert list(one.index) == ["block_before", "repeat_interval", "repeat_block", "levels", "conservative_care", *NEVER]
    assert list(one["state"][:3]) == ["met", "not_applicable", "not_applicable"]
    assert "98" in one.loc["block_before", "value"]
    assert list(two["state"][:3]) == ["not_applicable", "not_met", "not_met"]
    assert "448" in two.loc["repeat_interval", "value"]
    assert "2022-09-10" in two.loc["repeat_interval", "threshold"]
    assert (one.loc[NEVER, "state"] == "not_assessable").all()
    assert one.loc["conservative_care", "state"] == "not_assessable"


def test_a_scope_shows_its_own_rows_and_no_refused_lines():
    tiny = Tiny()
    tiny.add("courses", "Ann", provider="RTH", commissioner="QYG")
    tiny.add("courses", "Bob", provider="RTE", commissioner="QOQ")
    tiny.add("days", "Ann", provider="RTH")
    tiny.add("days", "Bob", provider="RTE")
    ours = Ask(tiny, scope=("provider", "RTH"))
    assert list(ours.rows("courses")["person"]) == ["Ann"]
    assert next(iter(ours.rows("waterfall")["remaining"])) == 1
    assert list(Ask(tiny, scope=("commissioner", "QOQ")).rows("courses")["person"]) == ["Bob"]
    with pytest.raises(Refused, match="reader of everything"):
        ours.rows("refusals")


def test_a_scope_does_not_widen_to_the_place_that_is_chosen():
    tiny = Tiny()
    tiny.add("courses", "Bob", provider="RTE", commissioner="QOQ")
    filters = Filters(place_type="commissioner", place="QOQ")
    assert Ask(tiny, filters, scope=("provider", "RTH")).rows("courses").empty


def test_without_a_scope_no_rows_are_given():
    tiny = Tiny()
    tiny.add("courses", "Ann")
    for table in COLUMNS:
        with pytest.raises(Refused, match="granted"):
            tiny.released().rows(table)


def test_an_unknown_table_and_a_choice_it_takes_no_notice_of_are_refused():
    tiny = Tiny()
    with pytest.raises(Refused, match="denervations, blocks, courses"):
        tiny.exact().rows("people")
    with pytest.raises(Refused, match="min_blocks makes no difference"):
        Ask(tiny, Filters(min_blocks=2), strict=True, scope=("all", "")).rows("courses")
