"""Denervations per 100,000 adults a year, directly standardised for age and sex."""

import numpy as np
import pandas as pd

from dashboard.disclosure.numbers import Profile, release_number
from dashboard.disclosure.tables import flags
from dashboard.stats.standardise import direct

LEAST_EVENTS = 10
YEARS = {"year": 1.0, "quarter": 0.25, "month": 1 / 12}
COLUMNS = ["numerator", "denominator", "value", "lower", "upper"]


def exact(people: pd.DataFrame, strata: pd.DataFrame, years: float) -> pd.DataFrame:
    """A row per place and period from people by stratum and number of events each, over five-year age bands."""
    rows = []
    for (place, period), found in people.groupby(["place", "period"]):
        here = strata[strata["place"] == place]
        repeats = {int(k): _in_strata(here, part, "people") for k, part in found.groupby("events")}
        events = sum(k * persons for k, persons in repeats.items())
        answer = _rate(events, here, years, repeats)
        rows.append({"place": place, "period": period, **answer, "provisional": found["provisional"].any()})
    return _flagged(rows)


def released(
    totals: pd.DataFrame, groups: pd.DataFrame, repeats: pd.DataFrame, strata: pd.DataFrame, years: float, chosen: Profile
) -> pd.DataFrame:
    """A row per place and period from released numbers alone, over ten-year age bands.

    A five-year band of one sex at one commissioner holds a dozen events a year: most would be hidden. Ten-year bands
    by sex are cells of the lattice, which anybody may ask for, so the rate tells nothing that they do not. The events
    of hidden bands are the released total less the released bands, shared by population. How far events of one person
    widen the limits is taken from the released number of people with 1, 2 and 3 or more.
    """
    groups = groups.assign(
        told=release_number(groups["numerator"], groups["numerator_patients"], groups["numerator_key"], chosen)
    )
    repeats = repeats.assign(
        told=np.nan_to_num(release_number(repeats["number"], repeats["patients"], repeats["key"], chosen))
    )
    told = release_number(totals["numerator"], totals["numerator_patients"], totals["numerator_key"], chosen)
    bands = strata.groupby(["place", "sex", "age_band"], as_index=False)[["persons", "weight"]].sum()
    by_group, by_repeat = dict(list(groups.groupby(["place", "period"]))), dict(list(repeats.groupby(["place", "period"])))
    rows = []
    for place, period, total, provisional in zip(totals["place"], totals["period"], told, totals["provisional"], strict=True):
        here = bands[bands["place"] == place]
        if np.isnan(total):
            answer = dict.fromkeys(COLUMNS, np.nan) | {"hidden": True}
        else:
            events = _with_leftover(here, by_group[place, period], total)
            answer = _rate(events, here, years, _split_by_repeat(events, by_repeat.get((place, period))))
            answer["numerator"] = total
        rows.append({"place": place, "period": period, **answer, "provisional": provisional})
    return _flagged(rows)


def _with_leftover(here: pd.DataFrame, group: pd.DataFrame, total: float) -> np.ndarray:
    """Events by band of one place and period: released, with the rest of the total shared among the hidden bands."""
    key = ["split_1", "split_2"]
    found = here.merge(group[[*key, "told"]], how="left", left_on=["sex", "age_band"], right_on=key, indicator=True)
    hidden = (found["_merge"] == "both") & found["told"].isna()
    events = found["told"].fillna(0).to_numpy(dtype=float)
    left = max(total - events.sum(), 0)
    if hidden.any():
        persons = found["persons"].to_numpy(dtype=float)
        events[hidden] = left * persons[hidden] / persons[hidden].sum()
    return events


def _split_by_repeat(events: np.ndarray, repeat: pd.DataFrame | None) -> dict[int, np.ndarray]:
    """People by number of events in each band, as if spread as in the whole place."""
    people = {} if repeat is None else dict(zip(repeat["part"].astype(int), repeat["told"], strict=True))
    total = sum(k * number for k, number in people.items())
    if not total:
        return {1: events}
    return {k: events * number / total for k, number in people.items() if number}


def _in_strata(here: pd.DataFrame, part: pd.DataFrame, column: str) -> np.ndarray:
    """A column of the parts in the order of the strata, 0 where there is none."""
    found = here[["sex", "age_from"]].merge(part[["sex", "age_from", column]], how="left", on=["sex", "age_from"])
    return found[column].fillna(0).to_numpy(dtype=float)


def _rate(events: np.ndarray, here: pd.DataFrame, years: float, repeats: dict) -> dict:
    persons = here["persons"].to_numpy(dtype=float) * years
    answer = {"numerator": events.sum(), "denominator": persons.sum(), "hidden": False}
    if events.sum() < LEAST_EVENTS:
        return answer | dict.fromkeys(("value", "lower", "upper"), np.nan)
    value, lower, upper = direct(events, persons, here["weight"].to_numpy(dtype=float), repeats)
    return answer | {"value": value, "lower": lower, "upper": upper}


def _flagged(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "period", *COLUMNS, "hidden", "provisional"])
    frame["flag"] = flags(frame["hidden"].astype(bool), frame["value"].isna(), frame["provisional"])
    return frame
