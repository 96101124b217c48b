"""Courses one by one: only those in scope, never a name, and a sample that can be drawn again."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.access import ROLES, Reader
from dashboard.ask import Ask
from dashboard.ask.episodes import COLUMNS, REASONS, SAMPLES, Selection
from dashboard.ask.rows import COLUMNS as ROWS
from dashboard.errors import Refused
from dashboard.filters import AGE_BANDS, Filters
from tests.ask.tiny import REGIONS, Tiny

PROVIDERS, COMMISSIONERS = ("RTH", "RTE", "NT4", None), (*REGIONS, None)
KEY = b"one key"
EVERYTHING = ("all", "")


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    """Sixty courses over every pairing of provider and commissioner, of every verdict; the person's name says where."""
    made = Tiny()
    for n in range(60):
        provider, commissioner = PROVIDERS[n % 4], COMMISSIONERS[n // 4 % 4]
        again = {"is_repeat": True, "course_number": 2, "interval_days": 200 + n, "interval_months": 6 + n % 12} if n % 3 else {}
        made.add(
            "courses", f"Secret {n}", date(2016 + n % 5, 1 + n % 12, 1 + n % 28), provider=provider, commissioner=commissioner,
            sex="12"[n % 2], age=40 + n, age_band=AGE_BANDS[n % 7], blocks_before_24m=n % 2, blocks_before_6m=0,
            levels_number=n % 3 + 1, **again,
        )  # fmt: skip
    return made


def seen(tiny: Tiny, scope, selection=Selection(), **filters):  # noqa: B008 - a frozen value
    return Ask(tiny, Filters(**filters), scope=scope).episodes(selection, KEY)


scopes = st.one_of(
    st.tuples(st.just("provider"), st.sampled_from(["RTH", "RTE", "NT4", "ZZZ", "", "' or true --"])),
    st.tuples(st.just("commissioner"), st.sampled_from([*REGIONS, "ZZZ", "E92"])),
)
places = st.sampled_from(
    [
        ("england", "E92"),
        ("provider", "RTH"),
        ("provider", "RTE"),
        ("provider", "' or true --"),
        ("commissioner", "QOQ"),
        ("commissioner", "QYG"),
        ("region", "Y62"),
        ("region", "Y63"),
    ]
)
years = st.sampled_from(["", "2016/17", "2018/19", "2020/21"])
selections = st.builds(Selection, st.sampled_from(REASONS), st.sampled_from(SAMPLES), st.integers(0, 2**31))


@settings(max_examples=15, deadline=None)
@given(scopes, places, years, years, st.sampled_from([None, "1", "2"]), st.sampled_from([None, *AGE_BANDS]), selections)
def test_no_row_outside_the_scope_is_seen_under_any_choice(tiny, scope, place, first, last, sex, band, selection):
    chosen = {"place_type": place[0], "place": place[1], "from_": first, "to": last, "sex": sex, "age_band": band}
    frame = seen(tiny, scope, selection, **chosen)
    assert set(frame[scope[0]]) <= {scope[1]}
    if place[0] in ("provider", "commissioner"):
        assert set(frame[place[0]]) <= {place[1]}
    whole = seen(tiny, EVERYTHING, Selection(selection.reason), **chosen)
    within = set(whole[whole[scope[0]] == scope[1]]["course"])
    assert set(frame["course"]) <= within
    assert frame["course"].nunique() == min(len(within), selection.sample or len(within))


@pytest.fixture(scope="module")
def world() -> Tiny:
    """Every kind of fact over every pairing of provider and commissioner; the person's name says where it was."""
    made = Tiny()
    for table in ("denervations", "blocks", "courses", "index_blocks", "days"):
        for n in range(16):
            provider, commissioner = PROVIDERS[n % 4], COMMISSIONERS[n // 4 % 4]
            made.add(
                table,
                f"{provider} {commissioner} {n}",
                date(2016 + n % 5, 1 + n % 12, 3),
                provider=provider,
                commissioner=commissioner,
            )
    return made


@settings(max_examples=40, deadline=None)
@given(
    scopes, places, years, years, st.sampled_from(sorted(set(ROWS) - {"refusals"})), st.sampled_from(["lumbar", "ebi", "broad"])
)
def test_no_row_of_any_table_outside_the_scope_is_given_at_any_place(world, scope, place, first, last, table, cohort):
    filters = Filters(place_type=place[0], place=place[1], from_=first, to=last, cohort=cohort)
    frame = Ask(world, filters, scope=scope).rows(table)
    if table == "waterfall":
        own = Filters(place_type=scope[0], place=scope[1], from_=first, to=last, cohort=cohort)
        assert frame.equals(Ask(world, own, scope=EVERYTHING).rows(table))
        return
    assert {name.split()[("provider", "commissioner").index(scope[0])] for name in frame["person"]} <= {scope[1]}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", ROWS)
def test_a_role_is_given_of_every_table_what_the_table_of_roles_says(world, role, table):
    scope = Reader("x", role, "RTH" if role == "trust_rows" else "QOQ", "DSA-1").scope
    ask = Ask(world, scope=scope)
    if scope == ("none", "") or (table == "refusals" and scope[0] != "all"):
        with pytest.raises(Refused):
            ask.rows(table)
        return
    frame = ask.rows(table)
    if "person" in frame:
        assert len(frame) == len(Ask(world, scope=EVERYTHING).rows(table)) // (1 if scope[0] == "all" else 4)
    elif table == "waterfall":
        everyones = Ask(world, scope=EVERYTHING).rows(table)["remaining"].max()
        assert frame["remaining"].max() == everyones // (1 if scope[0] == "all" else 4) > 0


def test_a_reader_of_everything_sees_every_course_with_its_ten_criteria_in_order(tiny):
    frame = seen(tiny, EVERYTHING)
    assert tuple(frame.columns) == COLUMNS
    assert frame["course"].nunique() == 60
    orders = {tuple(part["criterion"]) for _, part in frame.groupby("course", sort=False)}
    assert len(orders) == 1 and len(next(iter(orders))) == 10


@pytest.mark.parametrize("scope", [("none", ""), ("", ""), ("england", "E92"), ("region", "Y62")])
def test_without_a_scope_that_is_one_nothing_is_given(tiny, scope):
    with pytest.raises(Refused):
        seen(tiny, scope)
    with pytest.raises(Refused):
        Ask(tiny).episodes(Selection(), KEY)


def test_nothing_in_an_episode_names_a_person_or_a_day(tiny):
    text = seen(tiny, EVERYTHING).to_csv()
    assert "Secret" not in text
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)
    assert set(seen(tiny, EVERYTHING)["age"]) <= {f"{low}-{low + 4}" for low in range(15, 90, 5)} | {"90+"}


def test_pseudonyms_are_one_to_a_person_within_a_key_and_nothing_alike_between_keys(tiny):
    one, other = (Ask(tiny, scope=EVERYTHING).episodes(Selection(), key) for key in (b"one", b"other"))
    assert one["patient"].nunique() == 60
    assert not set(one["patient"]) & set(other["patient"])
    assert not set(one["course"]) & set(other["course"])


def test_a_reason_keeps_the_courses_that_fail_it(tiny):
    for criterion in ("block_before", "repeat_interval"):
        frame = seen(tiny, EVERYTHING, Selection(criterion))
        assert len(frame)
        assert set(frame[frame["criterion"] == criterion]["state"]) == {"not_met"}
    assert set(seen(tiny, EVERYTHING, Selection("non_adherent"))["verdict"]) == {"non_adherent"}


def test_a_sample_is_the_same_for_a_seed_another_for_another_and_part_of_the_whole(tiny):
    first, again = (set(seen(tiny, EVERYTHING, Selection("all", 10, 7))["course"]) for _ in range(2))
    assert first == again and len(first) == 10
    assert first != set(seen(tiny, EVERYTHING, Selection("all", 10, 8))["course"])
    assert first < set(seen(tiny, EVERYTHING, Selection("all", 20, 7))["course"])


def test_days_since_index_count_from_the_persons_first_course():
    tiny = Tiny()
    tiny.add("courses", "Ann", date(2020, 1, 10))
    tiny.add("courses", "Ann", date(2020, 7, 10), course_number=2, is_repeat=True, provider="RTE")
    frame = seen(tiny, ("provider", "RTE"))
    assert set(frame["days_since_index"]) == {182}
    assert set(frame["month"]) == {"2020-07"}


def test_a_choice_that_is_none_is_refused(tiny):
    for selection in (Selection("person = 'Ann'"), Selection(sample=7)):
        with pytest.raises(Refused, match="no such choice"):
            seen(tiny, EVERYTHING, selection)
