"""Shares, parts and rates through the gate."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import tables
from dashboard.disclosure.numbers import PROFILES
from dashboard.metrics.blocks import NO_BLOCK_FOUND
from dashboard.metrics.volumes import DENERVATION_RATE, DENERVATIONS
from dashboard.stats.intervals import wilson
from tests.ask.tiny import Tiny

CK = PROFILES["hes2018_ck"]
cells = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 4), st.integers(0, 4))


def share(numerator: int, other: int, key: int = 0, denominator_key: int = 0, chosen=CK) -> pd.Series:
    raw = {
        "place": ["E92"],
        "period": [""],
        "numerator": [numerator],
        "denominator": [numerator + other],
        "numerator_patients": [numerator],
        "denominator_patients": [numerator + other],
        "complement_patients": [other],
        "numerator_key": [key],
        "denominator_key": [denominator_key],
        "provisional": [False],
    }
    return tables.shares(pd.DataFrame(raw), chosen).iloc[0]


@settings(deadline=None, max_examples=25)
@given(cells.filter(lambda cell: cell[0] + cell[1] > 0))
def test_when_either_side_of_a_share_is_small_neither_is_told(cell):
    numerator, other, *_cell_keys = cell
    row = share(*cell)
    if 1 <= numerator <= 7 or 1 <= other <= 7:
        assert np.isnan([row.numerator, row.value, row.lower, row.upper]).all()
        assert row.flag == "suppressed"
    if row.denominator == row.denominator:
        assert row.denominator >= 10
        assert row.denominator % 5 == 0


@settings(deadline=None, max_examples=25)
@given(cells.filter(lambda cell: cell[0] + cell[1] > 0))
def test_a_share_and_its_limits_come_from_the_numbers_told_and_nothing_else(cell):
    row = share(*cell)
    if row.value == row.value:
        part = min(row.numerator, row.denominator)
        step = 0.001 if row.denominator >= 4000 else 0.01 if row.denominator >= 400 else 0.05
        expected = np.array([part / row.denominator, *wilson(part, row.denominator)])
        assert np.allclose([row.value, row.lower, row.upper], np.round(expected / step) * step)


def test_none_or_all_is_told_only_of_twenty():
    assert share(0, 14).flag == share(14, 0).flag == "suppressed"
    assert share(0, 20).value == 0
    assert share(20, 0).value == 1


def test_a_share_of_nobody_is_not_applicable_and_one_of_a_provisional_year_says_so():
    raw = {
        "place": "E92",
        "period": ["2022/23", "2023/24"],
        "numerator_key": 0,
        "denominator_key": 0,
        "provisional": [False, True],
    }
    raw |= {name: [0, 20] for name in ("numerator", "numerator_patients")}
    raw |= {name: [0, 50] for name in ("denominator", "denominator_patients")} | {"complement_patients": [0, 30]}
    assert list(tables.shares(pd.DataFrame(raw), CK)["flag"]) == ["not_applicable", "provisional"]


def test_a_share_of_one_is_told_exactly_where_every_number_is():
    assert share(1, 0, chosen=PROFILES["exact"]).value == 1


def test_exact_numbers_are_told_as_they_are():
    row = share(3, 5, chosen=PROFILES["exact"])
    assert (row.numerator, row.denominator, row.value, row.flag) == (3, 8, 3 / 8, "")


def crowd(tiny: Tiny, table: str, people: int, **given) -> None:
    for n in range(people):
        tiny.add(table, f"{given.get('provider', 'R')}{n}", **given)


def test_seven_patients_are_hidden_and_eight_are_ten_all_the_way_from_the_rows():
    tiny = Tiny()
    crowd(tiny, "denervations", 7, provider="RTH")
    crowd(tiny, "denervations", 8, provider="RTE")
    for _ in range(30):
        tiny.add("denervations", None, provider="NT4")
    frame = tiny.released().counts(DENERVATIONS, by="provider").frame.set_index("place")
    assert frame["flag"].to_dict() == {"RTH": "suppressed", "RTE": "", "NT4": "suppressed"}
    assert frame.loc["RTE", "numerator"] == 10
    assert frame.loc[["RTH", "NT4"], ["numerator", "value"]].isna().all().all()


def test_many_rows_of_few_patients_are_hidden():
    tiny = Tiny()
    for n in range(7):
        for _ in range(6):
            tiny.add("courses", f"P{n}")
    assert list(tiny.released().counts(NO_BLOCK_FOUND).frame["flag"]) == ["suppressed"]


def test_the_same_rows_give_the_same_number_by_every_route():
    tiny = Tiny()
    crowd(tiny, "denervations", 33, provider="RTH", commissioner="QYG")
    numbers = {
        tiny.released(**filters).counts(DENERVATIONS, **question).frame["numerator"].iloc[0]
        for filters, question in [
            ({}, {"by": "england"}),
            ({}, {"by": "region"}),
            ({}, {"by": "commissioner", "period": "month"}),
            ({}, {"by": "provider", "period": "quarter"}),
            ({}, {"split": ("sex", "age_band")}),
            ({"sex": "2"}, {"by": "provider"}),
            ({"place_type": "commissioner", "place": "QYG"}, {"by": "provider"}),
            ({"place_type": "provider", "place": "RTH"}, {"period": "all"}),
        ]
    }
    assert len(numbers) == 1


def test_a_step_of_the_waterfall_that_is_told_is_provisional_or_nothing():
    raw = pd.DataFrame({"lost": [20, 30], "remaining": [90, 60], "provisional": [False, True]})
    for name in ("lost", "remaining"):
        raw[f"{name}_patients"], raw[f"{name}_key"] = raw[name], 0
    assert list(tables.waterfall(raw, CK)["flag"]) == ["", "provisional"]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.integers(0, 14), min_size=4, max_size=4))
def test_lost_and_remaining_are_hidden_together(lost):
    raw = pd.DataFrame({"lost": lost, "remaining": [40 - sum(lost[: n + 1]) for n in range(4)]})
    raw["remaining"] = raw["remaining"].clip(lower=0)
    for name in ("lost", "remaining"):
        raw[f"{name}_patients"], raw[f"{name}_key"] = raw[name], 3
    frame = tables.waterfall(raw.assign(provisional=False), CK)
    small = raw["lost"].between(1, 7) | raw["remaining"].between(1, 7)
    assert (frame["lost"].isna() == small).all()
    assert (frame["remaining"].isna() == small).all()
    assert ((frame["flag"] == "suppressed") == small).all()


def test_a_released_rate_comes_from_cells_that_anybody_may_ask_for():
    tiny = Tiny()
    tiny.population()
    crowd(tiny, "denervations", 40, age=55, age_band="50-59")
    for n in range(5):
        tiny.add("denervations", f"Q{n}", age=65, age_band="60-69", sex="1")
    released = tiny.released()
    groups = released.counts(DENERVATIONS, by="commissioner", split=("sex", "age_band")).frame
    total = released.counts(DENERVATIONS, by="commissioner").frame["numerator"].iloc[0]
    told = groups["numerator"].dropna().iloc[0]
    assert groups["numerator"].isna().sum() == 1
    # The hidden band of men takes what the total leaves: two strata of 1,000, each weighing 12,000 of 172,200.
    expected = 100_000 * (told + max(total - told, 0)) / 2000 * 12_000 / 172_200
    rate = released.counts(DENERVATION_RATE, by="commissioner").frame.iloc[0]
    assert rate.numerator == total
    assert abs(rate.value - expected) <= 0.05
