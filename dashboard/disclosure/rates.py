"""Denervations per 100,000 adults a year, directly standardised for age and sex."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.disclosure.families import NO_KIN, Kin
from dashboard.disclosure.numbers import Profile, release_number
from dashboard.disclosure.tables import counted, flags
from dashboard.stats.standardise import LEAST_EVENTS, direct

YEARS = {"year": 1.0, "quarter": 0.25, "month": 1 / 12}
COLUMNS = ["numerator", "denominator", "value", "lower", "upper"]


@dataclass(frozen=True)
class Strata:
    """Places × strata of sex and age: the people who live there; and the weight of each stratum."""

    places: pd.Index
    names: pd.MultiIndex
    persons: np.ndarray
    weight: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, age: str) -> "Strata":
        """The strata of a population's rows, over the bands in the column `age`."""
        strata = frame.groupby(["place", "sex", age])
        persons, weight = (strata[name].sum().unstack("place", fill_value=0) for name in ("persons", "weight"))
        return cls(persons.columns, persons.index, persons.to_numpy(float).T, weight.max(axis=1).to_numpy(float))

    def matrix(self, cells: np.ndarray, size: int, sex: pd.Series, age: pd.Series, numbers) -> np.ndarray:
        """`size` cells × strata of numbers; those of no cell or no stratum are dropped."""
        found = np.zeros((size, len(self.names)))
        stratum = self.names.get_indexer(pd.MultiIndex.from_arrays([sex, age]))
        known = (stratum >= 0) & (cells >= 0)
        np.add.at(found, (cells[known], stratum[known]), np.asarray(numbers, dtype=float)[known])
        return found


def rate(raw: dict[str, pd.DataFrame], chosen: Profile, *, years: float, kin: Kin = NO_KIN) -> pd.DataFrame:
    """A row per place and period: events, person-years, rate per 100,000 and limits; see `exact` and `released`.

    `raw` holds `strata`, and `people` for the exact rate or `totals`, `groups` and `repeats` for a released one.
    """
    if chosen.exact:
        return exact(raw["people"], raw["strata"], years)
    return released(raw, years, chosen, kin)


def exact(people: pd.DataFrame, strata: pd.DataFrame, years: float) -> pd.DataFrame:
    """The rate from people by stratum and number of events each, over five-year age bands."""
    five_year = Strata.of(strata, "age_from")
    cells = _cells(people, five_year)
    repeats = {
        int(k): five_year.matrix(_numbered(part, cells), len(cells), part["sex"], part["age_from"], part["people"])
        for k, part in people.groupby("events")
    }
    events = sum((k * persons for k, persons in repeats.items()), np.zeros((len(cells), len(five_year.names))))
    return _rates(cells, events, events.sum(axis=1), repeats, five_year, years)


def released(raw: dict[str, pd.DataFrame], years: float, chosen: Profile, kin: Kin) -> pd.DataFrame:
    """The rate from released numbers alone, over ten-year age bands.

    A five-year band of one sex at one commissioner holds a dozen events a year: most would be hidden. Ten-year bands
    by sex are cells of the lattice, which anybody may ask for, so the rate tells nothing that they do not. The events
    of hidden bands are the released total less the released bands, shared by population. How far events of one person
    widen the limits is taken from the released number of people with 1, 2 and 3 or more.
    """
    ten_year = Strata.of(raw["strata"], "age_band")
    totals, groups = (_counted(raw, name, chosen, kin) for name in ("totals", "groups"))
    repeats = raw["repeats"].assign(told=release_number(*(raw["repeats"][one] for one in ("number", "patients", "key")), chosen))
    cells = _cells(totals, ten_year)
    total = cells.merge(totals, on=["place", "period"])["told"].to_numpy()
    events = _with_leftover(ten_year, cells, groups, total)
    spread = _spread(cells, repeats)
    shared = {k: events * share[:, None] for k, share in spread.items()}
    table = _rates(cells, events, total, shared, ten_year, years)
    return table.round({"value": 1, "lower": 1, "upper": 1})


def _counted(raw: dict[str, pd.DataFrame], name: str, chosen: Profile, kin: Kin) -> pd.DataFrame:
    """The raw cells of one name with the number of each that may be told, NaN where none may."""
    return raw[name].assign(told=counted(raw[name], chosen, kin, raw.get(f"{name}_headline")))


def _cells(frame: pd.DataFrame, strata: Strata) -> pd.DataFrame:
    """The cells of rows, each once with its `provisional`, where there is a population."""
    cells = frame.groupby(["place", "period"], sort=True)["provisional"].any().reset_index()
    return cells[cells["place"].isin(strata.places)].reset_index(drop=True)


def _numbered(frame: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    """The number of the cell of each row, −1 for a row of no cell."""
    index = pd.MultiIndex.from_frame(cells[["place", "period"]])
    return index.get_indexer(pd.MultiIndex.from_frame(frame[["place", "period"]]))


def _with_leftover(strata: Strata, cells: pd.DataFrame, groups: pd.DataFrame, total: np.ndarray) -> np.ndarray:
    """Cells × bands of events: released, with the rest of the total shared among the hidden bands."""
    groups = groups[_numbered(groups, cells) >= 0]
    number, size = _numbered(groups, cells), len(cells)
    sex, band = groups["split_1"], groups["split_2"]
    events = strata.matrix(number, size, sex, band, groups["told"].fillna(0))
    hidden = strata.matrix(number, size, sex, band, groups["told"].isna())
    persons = strata.persons[strata.places.get_indexer(cells["place"])] * hidden
    left = np.maximum(np.nan_to_num(total) - events.sum(axis=1), 0)
    return events + left[:, None] * persons / np.maximum(persons.sum(axis=1), 1)[:, None]


def _spread(cells: pd.DataFrame, repeats: pd.DataFrame) -> dict[int, np.ndarray]:
    """People with exactly so many events, per event of each cell; one event each where no number may be told."""
    repeats = repeats[_numbered(repeats, cells) >= 0]
    number, people = _numbered(repeats, cells), {k: np.zeros(len(cells)) for k in (1, 2, 3)}
    for k, array in people.items():
        mine = (repeats["part"] == k).to_numpy()
        array[number[mine]] = repeats["told"].fillna(0).to_numpy()[mine]
    events = sum(k * array for k, array in people.items())
    people[1] = np.where(events > 0, people[1], 1)
    return {k: array / np.maximum(events, 1) for k, array in people.items()}


def _rates(cells: pd.DataFrame, events, total, repeats: dict, strata: Strata, years: float) -> pd.DataFrame:
    """The rate of every cell whose total may be told and is enough; `repeats` holds people by number of events."""
    persons = strata.persons[strata.places.get_indexer(cells["place"])] * years
    numbers = np.full((len(cells), 3), np.nan)
    for cell in np.flatnonzero((np.nan_to_num(total) >= LEAST_EVENTS) & (events.sum(axis=1) >= LEAST_EVENTS)):
        people = {k: counted[cell] for k, counted in repeats.items()}
        numbers[cell] = direct(events[cell], persons[cell], strata.weight, people)
    value, lower, upper = numbers.T
    flag = flags(np.isnan(total), np.isnan(value), cells["provisional"])
    columns = {"numerator": total, "denominator": persons.sum(axis=1), "value": value, "lower": lower, "upper": upper}
    return pd.DataFrame({"place": cells["place"], "period": cells["period"]} | columns | {"flag": flag})
