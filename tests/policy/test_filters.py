"""Filters in a link."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import DECLARED, DEFAULTS, IN_LINK, MOST_COST, Filters, parse, to_query

PLACES = {"region": ["Y62"], "commissioner": ["QYG", "QOQ"], "provider": ["RTH"]}
OPEN = {
    "from_": st.sampled_from(["", "2015/16"]),
    "to": st.sampled_from(["", "2019/20"]),
    "policy": st.sampled_from(["reference", "local", "humber_north_yorkshire"]),
    "version": st.sampled_from([None, "20240601-abc"]),
    "peers": st.sampled_from(["type", "size", "RTH,RTE"]),
    "unit_cost": st.integers(1, MOST_COST),
}
closed = {
    name: st.sampled_from([getattr(DEFAULTS, name), *DECLARED[name].texts.values()])
    for name in IN_LINK.values()
    if DECLARED[name].texts and name != "place_type"
}
links = st.builds(Filters, **OPEN, **closed)
places = st.sampled_from([("england", "E92"), ("region", "Y62"), ("commissioner", "QOQ"), ("provider", "RTH")])


@settings(deadline=None)
@given(links, places)
def test_a_link_brings_back_the_filters_it_was_made_of(filters, place):
    chosen = Filters(**{**filters.__dict__, "place_type": place[0], "place": place[1]})
    assert parse(to_query(chosen), PLACES) == (chosen, [])


def test_the_default_link_is_empty():
    assert to_query(Filters()) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"place_type": "provider", "place": "XXX"},
        {"place_type": "provider"},
        {"place": "RTH"},
        {"place_type": "village", "place": "RTH"},
        {"from": "2019"},
        {"from": "2019/21"},
        {"from": "2020/21", "to": "2019/20"},
        {"period": "week"},
        {"repeat_min_months": "13"},
        {"repeat_min_months": "0"},
        {"min_blocks": "none"},
        {"staged_days": "９０"},
        {"sex": "3"},
        {"policy": "DROP TABLE"},
        {"version": "../../etc"},
        {"max_levels": "2"},
        {"peers": "everybody"},
        {"peers": "RTH,"},
        {"measure": "denervations"},
        {"target": "mean"},
        {"unit_cost": "0"},
        {"download_measure": "everything"},
        {"download_by": "ward"},
        {"download_period": "day"},
        {"download_split": "sex,sex"},
        {"download_split": "sex,age_band,setting"},
        {"download_split": "name"},
        {"unit_cost": "682.50"},
        {"unit_cost": "9999999"},
        {"colour": "red"},
    ],
)
def test_a_bad_value_is_dropped_with_a_note(query):
    filters, notes = parse(query, PLACES)
    assert filters == Filters()
    assert notes


def test_a_note_does_not_repeat_markup_from_the_link():
    _, notes = parse({"period": "<script>alert(1)</script>"})
    assert "<" not in notes[0]


def test_none_in_a_link_is_none_and_not_the_policys_own():
    filters, notes = parse({"repeat_min_months": "none"})
    assert (filters.repeat_min_months, notes) == (0, [])
    assert to_query(filters) == {"repeat_min_months": "none"}


def test_the_years_and_policies_of_a_version_are_all_that_a_link_may_name():
    filters, notes = parse({"from": "2001/02", "policy": "mine"}, policies=["reference"], years=["2019/20"])
    assert filters == Filters()
    assert len(notes) == 2
