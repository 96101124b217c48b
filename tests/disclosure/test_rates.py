"""A released rate, against a recount cell by cell from the numbers that are told."""

import itertools

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure.families import NO_KIN
from dashboard.disclosure.numbers import PROFILES, release_number
from dashboard.disclosure.rates import rate
from dashboard.disclosure.tables import counted
from dashboard.stats.standardise import LEAST_EVENTS, direct

CK = PROFILES["hes2018_ck"]
PLACES, PERIODS, BANDS = ("QOP", "QYG"), ("2022/23", "2023/24"), ("19-29", "30-39", "40-49")
STRATA = pd.DataFrame(
    [(*one, 1000.0 * (n + 1), 100.0 * (n % 6 + 1)) for n, one in enumerate(itertools.product(PLACES, "12", BANDS))],
    columns=["place", "sex", "age_band", "persons", "weight"],
)
numbers = st.sampled_from([0, 0, 1, 3, 7, 8, 12, 20, 33, 60])
cells = st.lists(
    st.tuples(st.lists(numbers, min_size=6, max_size=6), st.lists(numbers, min_size=3, max_size=3)), min_size=4, max_size=4
)


def raw_of(given_cells: list) -> dict[str, pd.DataFrame]:
    """What the questions give: totals, groups by sex and band, people by their number of events, and the strata."""
    totals, groups, repeats = [], [], []
    for n, ((place, period), (events, people)) in enumerate(zip(itertools.product(PLACES, PERIODS), given_cells, strict=True)):
        totals.append((place, period, "", "", sum(events), n % 5))
        bands = itertools.product("12", BANDS)
        groups += [(place, period, *band, one, m % 5) for m, (band, one) in enumerate(zip(bands, events, strict=True)) if one]
        repeats += [(place, period, k, one, n % 5) for k, one in zip((1, 2, 3), people, strict=True) if one]
    labels = ["place", "period", "split_1", "split_2", "numerator", "numerator_key"]
    frames = {name: pd.DataFrame(rows, columns=labels) for name, rows in (("totals", totals), ("groups", groups))}
    frames = {
        name: one.assign(numerator_patients=one["numerator"], provisional=one["period"] == PERIODS[1])
        for name, one in frames.items()
    }
    people = pd.DataFrame(repeats, columns=["place", "period", "part", "number", "key"])
    return frames | {"repeats": people.assign(patients=people["number"]), "strata": STRATA}


@settings(deadline=None, max_examples=50)
@given(cells, st.sampled_from([1.0, 3.0]))
def test_a_released_rate_is_worked_out_from_the_numbers_told_of_its_own_cell(given_cells, years):
    raw = raw_of(given_cells)
    found = rate(raw, CK, years=years).set_index(["place", "period"])
    assert list(found.index) == list(itertools.product(PLACES, PERIODS))
    totals, groups = (raw[name].assign(told=counted(raw[name], CK, NO_KIN, None)) for name in ("totals", "groups"))
    repeats = raw["repeats"].assign(
        told=release_number(raw["repeats"]["number"], raw["repeats"]["number"], raw["repeats"]["key"], CK)
    )
    for place, period in found.index:
        row, strata = found.loc[(place, period)], STRATA[STRATA["place"] == place]
        total = of(totals, place, period)["told"].iloc[0]
        bands = of(groups, place, period).set_index(["split_1", "split_2"])["told"].to_dict()
        told = [bands.get((one.sex, one.age_band), 0.0) for one in strata.itertuples()]
        hidden = sum(one.persons for one, number in zip(strata.itertuples(), told, strict=True) if np.isnan(number))
        left = max(np.nan_to_num(total) - np.nansum(told), 0)
        events = [left * one.persons / hidden if np.isnan(n) else n for one, n in zip(strata.itertuples(), told, strict=True)]
        people = of(repeats, place, period).set_index("part")["told"].fillna(0).to_dict()
        times = sum(k * number for k, number in people.items())
        share = {k: number / times for k, number in people.items()} if times else {1: 1.0}
        enough = total >= LEAST_EVENTS and sum(events) >= LEAST_EVENTS
        spread = {k: [one * part for one in events] for k, part in share.items()}
        expected = direct(events, strata["persons"] * years, strata["weight"], spread) if enough else [np.nan] * 3
        assert np.allclose(row[["value", "lower", "upper"]].astype(float), np.round(expected, 1), atol=1e-9, equal_nan=True)
        assert row["denominator"] == strata["persons"].sum() * years and np.isclose(row["numerator"], total, equal_nan=True)
        flag = (
            "suppressed" if np.isnan(total) else "not_applicable" if not enough else "provisional" if period == PERIODS[1] else ""
        )
        assert row["flag"] == flag


def of(frame: pd.DataFrame, place: str, period: str) -> pd.DataFrame:
    """The rows of one cell."""
    return frame[(frame["place"] == place) & (frame["period"] == period)]
