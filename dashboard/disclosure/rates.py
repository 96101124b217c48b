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
class Table:
    """Pairs of texts, each with its number: where a pair stands in a table of the first by the second, −1 where it is none."""

    first: pd.Index
    second: pd.Index
    number: np.ndarray

    @classmethod
    def of(cls, first, second) -> "Table":
        """The table of pairs that differ, numbered as they come."""
        (at, names), (across, others) = (pd.factorize(np.asarray(one, dtype=object)) for one in (first, second))
        number = np.full((len(names) + 1, len(others) + 1), -1)  # a last row and column for what is in no pair
        number[at, across] = np.arange(len(at))
        return cls(pd.Index(names, dtype=object), pd.Index(others, dtype=object), number)

    def find(self, first, second) -> np.ndarray:
        """The number of each pair."""
        at, across = (
            index.get_indexer(pd.Index(np.asarray(one, dtype=object), dtype=object))
            for index, one in ((self.first, first), (self.second, second))
        )
        return self.number[at, across]


@dataclass(frozen=True)
class Strata:
    """Places × strata of sex and age: the people who live there; and the weight of each stratum."""

    places: pd.Index
    names: Table
    persons: np.ndarray
    weight: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, age: str) -> "Strata":
        """The strata of a population's rows, over the bands in the column `age`."""
        strata = frame.groupby(["place", "sex", age])
        persons, weight = (strata[name].sum().unstack("place", fill_value=0) for name in ("persons", "weight"))
        names = Table.of(*(persons.index.get_level_values(level) for level in ("sex", age)))
        return cls(persons.columns, names, persons.to_numpy(float).T, weight.max(axis=1).to_numpy(float))

    def matrix(self, cells: np.ndarray, size: int, sex: pd.Series, age: pd.Series, numbers) -> np.ndarray:
        """`size` cells × strata of numbers; those of no cell or no stratum are dropped."""
        found = np.zeros((size, len(self.weight)))
        stratum = self.names.find(sex, age)
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
    found = Table.of(cells["place"], cells["period"])
    repeats = {
        int(k): five_year.matrix(_numbered(part, found), len(cells), part["sex"], part["age_from"], part["people"])
        for k, part in people.groupby("events")
    }
    events = sum((k * persons for k, persons in repeats.items()), np.zeros((len(cells), len(five_year.weight))))
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
    found = Table.of(cells["place"], cells["period"])
    total = totals["told"].to_numpy()[Table.of(totals["place"], totals["period"]).find(cells["place"], cells["period"])]
    events = _with_leftover(ten_year, cells, found, groups, total)
    spread = _spread(found, len(cells), repeats)
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


def _numbered(frame: pd.DataFrame, cells: Table) -> np.ndarray:
    """The number of the cell of each row, −1 for a row of no cell."""
    return cells.find(frame["place"], frame["period"])


def _with_leftover(strata: Strata, cells: pd.DataFrame, found: Table, groups: pd.DataFrame, total: np.ndarray) -> np.ndarray:
    """Cells × bands of events: released, with the rest of the total shared among the hidden bands."""
    number, told, size = _numbered(groups, found), groups["told"].to_numpy(), len(cells)
    sex, band = groups["split_1"], groups["split_2"]
    events = strata.matrix(number, size, sex, band, np.nan_to_num(told))
    hidden = strata.matrix(number, size, sex, band, np.isnan(told))
    persons = strata.persons[strata.places.get_indexer(cells["place"])] * hidden
    left = np.maximum(np.nan_to_num(total) - events.sum(axis=1), 0)
    return events + left[:, None] * persons / np.maximum(persons.sum(axis=1), 1)[:, None]


def _spread(cells: Table, size: int, repeats: pd.DataFrame) -> dict[int, np.ndarray]:
    """People with exactly so many events, per event of each cell; one event each where no number may be told."""
    number, part, told = _numbered(repeats, cells), repeats["part"].to_numpy(), np.nan_to_num(repeats["told"].to_numpy())
    people = {k: np.zeros(size) for k in (1, 2, 3)}
    for k, array in people.items():
        mine = (part == k) & (number >= 0)
        array[number[mine]] = told[mine]
    events = sum(k * array for k, array in people.items())
    people[1] = np.where(events > 0, people[1], 1)
    return {k: array / np.maximum(events, 1) for k, array in people.items()}


def _rates(cells: pd.DataFrame, events, total, repeats: dict, strata: Strata, years: float) -> pd.DataFrame:
    """The rate of every cell whose total may be told and is enough; `repeats` holds people by number of events."""
    persons = strata.persons[strata.places.get_indexer(cells["place"])] * years
    enough = (np.nan_to_num(total) >= LEAST_EVENTS) & (events.sum(axis=1) >= LEAST_EVENTS)
    people = {k: of_cells[enough] for k, of_cells in repeats.items()}
    value, lower, upper = numbers = np.full((3, len(cells)), np.nan)
    if enough.any():
        numbers[:, enough] = direct(events[enough], persons[enough], strata.weight, people)
    flag = flags(np.isnan(total), np.isnan(value), cells["provisional"])
    columns = {"numerator": total, "denominator": persons.sum(axis=1), "value": value, "lower": lower, "upper": upper}
    return pd.DataFrame({"place": cells["place"], "period": cells["period"]} | columns | {"flag": flag})
