"""Parts of a whole through the gate: what a total and the other parts leave of a hidden one."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import tables
from dashboard.disclosure.families import CANDIDATES, Kin, Parts, bounds, exposed, wholes
from dashboard.disclosure.numbers import PROFILES, release_number
from dashboard.metrics import METRICS
from tests.ask.tiny import Tiny
from tests.disclosure.test_tables import crowd

CK, DENERVATIONS = PROFILES["hes2018_ck"], METRICS["denervations"]
parted = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4)), min_size=2, max_size=7)


def raw(parts: list[tuple[int, int]], period: str = "2023/24 Q", **labels) -> pd.DataFrame:
    number, key = (list(one) for one in zip(*parts, strict=True))
    cells = {"place": "RTH", "period": [f"{period}{n}" for n in range(1, len(parts) + 1)], "split_1": "", "split_2": ""}
    numbers = {"numerator": number, "numerator_patients": number, "numerator_key": key, "provisional": False}
    return pd.DataFrame(cells | numbers | labels)


@settings(deadline=None, max_examples=60)
@given(parted)
def test_one_told_part_beside_few_is_hidden_with_them(parts):
    told = tables.counts(raw(parts), CK)["value"]
    small = [number for number, _ in parts if number < 8]
    if len(parts) - len(small) == 1 and 0 < sum(small) < 8:
        assert told.isna().all()


@settings(deadline=None, max_examples=60)
@given(parted)
def test_a_hidden_part_keeps_four_values_whatever_the_others_and_the_whole_tell(parts):
    told = tables.counts(raw(parts), CK)["value"].to_numpy()
    number, key = np.array(parts).T
    whole = release_number([number.sum()], [number.sum()], [key.sum() % 5], CK)
    low, _ = bounds(told, CK)
    others = np.isnan(told).sum() - 1
    if np.isnan(told).any() and (told > 0).sum() > 1 and not np.isnan(whole[0]):
        most = min(7, bounds(whole, CK)[1][0] - np.nansum(low) - others)
        assert most >= CANDIDATES


@pytest.mark.parametrize("profile", [one for one in PROFILES.values() if not one.exact], ids=lambda one: one.name)
def test_a_told_number_can_stand_for_the_numbers_that_are_told_as_it_and_for_no_other(profile):
    number, key = np.divmod(np.arange(5 * 200), 5)
    told = release_number(number, number, key, profile)
    low, high = bounds(told, profile)
    frame = pd.DataFrame({"told": told, "number": number, "low": low, "high": high}).dropna().query("told < 150")
    found = frame.groupby("told").agg({"number": ["min", "max"], "low": "first", "high": "first"}).to_numpy()
    assert len(found) > 20 and (found[:, :2] == found[:, 2:]).all()


def slowly(parts: list[tuple[int, int]]) -> list[bool]:
    """Which parts of one whole are told, worked out by trying every value that its hidden parts can have."""
    number, key = (list(one) for one in zip(*parts, strict=True))
    told = list(release_number(number, number, key, CK))
    whole = release_number([sum(number)], [sum(number)], [sum(key) % 5], CK)
    for _ in range(2):  # a part hidden for one whole changes what it tells of the others
        hidden = [one for one, value in zip(number, told, strict=True) if np.isnan(value)]
        shown = [value for value in told if not np.isnan(value)]
        if len(shown) == 1 and 0 < sum(hidden) < 8:
            told = [np.nan] * len(told)
        elif len(shown) > 1 and not np.isnan(whole[0]) and 0 < len(values_left(hidden, shown, whole)) < CANDIDATES:
            told = [np.nan if value == min(shown) else value for value in told]
    return [not np.isnan(value) for value in told]


def values_left(hidden: list[int], shown: list[float], whole: np.ndarray) -> set[int]:
    """The values that a hidden small number can have, with any of the others, under what is shown and the whole; few of these are small."""
    (low,), (high,) = bounds(whole, CK)
    least, most = low - bounds(shown, CK)[1].sum(), high - bounds(shown, CK)[0].sum()
    large = sum(number >= 8 for number in hidden)
    tries = product(range(1, 8), repeat=len(hidden) - large)
    fit = [one for one in tries if sum(one) + 8 * large <= most and (large or sum(one) >= least)]
    return {one[0] for one in fit if one}


@st.composite
def extreme(draw) -> list[tuple[int, int]]:
    """Parts told as far above (or below) what they are as can be, beside a whole told as far below (above): little is left for the few."""
    above = draw(st.booleans())
    few = draw(st.lists(st.integers(1, 7), min_size=1, max_size=3))
    others = [(5 * n + 1, 4) if above else (5 * n + 4, 0) for n in draw(st.lists(st.integers(2, 11), max_size=5))]
    others += draw(st.lists(st.tuples(st.integers(8, 60), st.integers(0, 4)), max_size=1))
    first = (few[0], ((0 if above else 4) - sum(key for _, key in others)) % 5)
    return [first, *((number, 0) for number in few[1:]), *others]


@settings(deadline=None, max_examples=800)
@given(st.one_of(parted, extreme(), extreme()))
def test_parts_of_a_whole_are_hidden_where_trying_every_value_leaves_fewer_than_four_and_nowhere_else(parts):
    number, key = (np.array(one) for one in zip(*parts, strict=True))
    told = Parts(number, number, key, release_number(number, number, key, CK))
    hidden = np.isnan(told.told) | exposed([np.zeros(len(number), dtype=int)], told, CK)
    assert list(~hidden) == slowly(parts)


def test_the_wholes_of_cells_are_splits_quarters_years_stretches_of_years_and_regions():
    months = raw([(9, 0)] * 4).assign(period=["2023-03", "2023-04", "2023-06", "2023-07"])
    quarters, years = wholes(months, Kin())
    assert list(quarters) == [0, 1, 1, 2] and list(years) == [0, 1, 1, 1]
    two = raw([(9, 0)] * 3).assign(period=["2021/22", "2022/23", "2023/24"])
    assert [list(one) for one in wholes(two, Kin(windows=(("2021/22", "2022/23"),)))] == [[0, 0, -1]]
    places = raw([(9, 0)] * 3).assign(period="2021/22", place=["QYG", "QOP", "QOQ"])
    assert [list(one) for one in wholes(places, Kin(regions={"QYG": "Y62", "QOP": "Y62", "QOQ": "Y63"}))] == [[0, 0, 1]]


def test_a_filter_and_a_split_hide_the_same_cell():
    tiny = Tiny()
    crowd(tiny, "denervations", 30, provider="RTH", sex="2")
    for n in range(3):
        tiny.add("denervations", f"M{n}", provider="RTH", sex="1")
    by_split = tiny.released().counts(DENERVATIONS, by="provider", period="year", split=("sex",)).frame
    by_filter = tiny.released(sex="2").counts(DENERVATIONS, by="provider", period="year").frame
    at_place = tiny.released(place_type="provider", place="RTH", sex="2").counts(DENERVATIONS, period="year").frame
    assert list(by_split["flag"]) == ["suppressed"] * 2
    assert list(by_filter["flag"]) == list(at_place["flag"]) == ["suppressed"]
    assert tiny.released().counts(DENERVATIONS, by="provider", period="year").frame["numerator"].iloc[0] >= 30


def test_a_provider_within_a_commissioner_is_hidden_where_few_came_from_elsewhere():
    tiny = Tiny()
    crowd(tiny, "denervations", 30, provider="RTH", commissioner="QYG")
    for n in range(2):
        tiny.add("denervations", f"F{n}", provider="RTH", commissioner="QOQ")
    within = tiny.released(place_type="commissioner", place="QYG").counts(DENERVATIONS, by="provider", period="year").frame
    across = tiny.released(place_type="provider", place="RTH").counts(DENERVATIONS, by="commissioner", period="year").frame
    assert list(within["place"]) == ["RTH"] and list(across["place"]) == ["QOQ", "QYG"]
    assert [*within["flag"], *across["flag"]] == ["suppressed"] * 3


def test_a_cohort_that_differs_by_few_from_the_headline_is_hidden():
    for wider, flag in ((3, "suppressed"), (8, ""), (0, "")):
        tiny = Tiny()
        crowd(tiny, "denervations", 30, provider="RTH")
        for n in range(wider):
            tiny.add("denervations", f"W{n}", provider="RTH", lumbar=False)
        assert list(tiny.released(cohort="broad").counts(DENERVATIONS, by="provider").frame["flag"]) == [flag]
        assert list(tiny.released().counts(DENERVATIONS, by="provider").frame["flag"]) == [""]


def test_a_share_of_a_cohort_that_differs_by_few_from_the_headlines_is_hidden():
    for wider, flag in ((3, "suppressed"), (8, ""), (0, "")):
        tiny = Tiny()
        crowd(tiny, "denervations", 60, provider="RTH")
        for n in range(60 + wider):
            tiny.add("denervations", f"W{n}", provider="RTH", image_control=False, lumbar=n < 60)
        answer = tiny.released(cohort="broad").counts(METRICS["image_control_recorded"], by="provider")
        assert list(answer.frame["flag"]) == [flag]


def test_two_databases_that_differ_in_two_small_cells_look_the_same():
    answers = []
    for moved in ("RTE", "NT4"):
        tiny = Tiny()
        crowd(tiny, "denervations", 40, provider="RTH")
        for provider in ("RTE", "NT4"):
            for n in range(3):
                tiny.add("denervations", f"{provider}{n}", provider=provider)
        tiny.add("denervations", "Moved", provider=moved)
        ask = tiny.released()
        questions = (
            {"by": "provider"},
            {"by": "england"},
            {"by": "provider", "period": "quarter", "split": ("sex",)},
            {"by": "region"},
        )
        answers.append([ask.counts(DENERVATIONS, **one).frame.to_csv() for one in questions])
    assert answers[0] == answers[1]
