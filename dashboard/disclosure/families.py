"""Cells that would give a hidden one of the same whole away: what a total and all other parts leave of it.

A whole is parted by a split, a year by its quarters and months, years taken together by each, a region by its commissioners.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.disclosure.numbers import SMALLEST, Profile, release_number, small

CANDIDATES = 4
NO_WHOLE = -1
CELL = ("place", "period", "split_1", "split_2")
YEAR, MONTH = re.compile(r"\d{4}/\d\d"), re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True)
class Kin:
    """Which cells have a whole in common beside those of a split: runs of years asked together, and each place's region."""

    windows: tuple[tuple[str, ...], ...] = ()
    regions: Mapping[str, str] = field(default_factory=dict)


NO_KIN = Kin()


@dataclass(frozen=True)
class Parts:
    """A number of each cell with its patients and key, and whether it is a number that is told by itself."""

    number: np.ndarray
    patients: np.ndarray
    key: np.ndarray
    told: np.ndarray


@dataclass(frozen=True)
class _Members:
    """A row for each cell that is part of a whole; the rows of one way of being parts stand together, as `ways` says."""

    cell: np.ndarray
    whole: np.ndarray
    ways: tuple[slice, ...]
    wholes: int

    @classmethod
    def of(cls, wholes: Sequence[np.ndarray]) -> "_Members":
        """The rows of cells given the whole of each, for each way of being parts."""
        cells = [np.flatnonzero(whole != NO_WHOLE) for whole in wholes]
        first = [0, *np.cumsum([whole.max(initial=NO_WHOLE) + 1 for whole in wholes])]
        ends = [0, *np.cumsum([len(cell) for cell in cells])]
        numbers = [whole[cell] + at for whole, cell, at in zip(wholes, cells, first, strict=False)]
        ways = tuple(slice(*both) for both in pairwise(ends))
        return cls(np.concatenate([[], *cells]).astype(int), np.concatenate([[], *numbers]).astype(int), ways, first[-1])

    def beside(self, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the wholes that hold any of some cells, and those wholes numbered anew."""
        touched = np.zeros(self.wholes, dtype=bool)
        touched[self.whole[cells[self.cell]]] = True
        rows = np.flatnonzero(touched[self.whole])
        return rows, (np.cumsum(touched) - 1)[self.whole[rows]]


def exposed(wholes: Sequence[np.ndarray], parts: Parts, chosen: Profile) -> np.ndarray:
    """Whether a told part must be hidden too, so that no other part of a whole can be worked out from it.

    Where one part alone is told and the rest are few, they are the two sides of a yes/no split: it is hidden whatever
    the numbers, so that hiding says nothing. Where more are told, the smallest is, if the numbers happen to be such
    that a hidden part has fewer than four values left.
    """
    told, hidden = parts.told.copy(), np.isnan(parts.told)
    if chosen.exact or not hidden.any():  # where nothing is hidden there is nothing to work out
        return np.zeros(len(told), dtype=bool)
    members, fresh = _Members.of(wholes), hidden
    gives = np.zeros(len(members.cell), dtype=bool)
    for _ in range(2):  # a part hidden for one whole changes what another tells
        for way in members.ways:
            if fresh.any():  # only the wholes of what was hidden since can tell something else
                rows, whole = members.beside(fresh)
                gives[rows] = _of_whole(whole, _some(parts, members.cell[rows], told), chosen)
                fresh = np.zeros(len(told), dtype=bool)
            found = members.cell[way][gives[way]]
            told[found], fresh[found] = np.nan, True
    return np.isnan(told) & ~hidden


def _some(parts: Parts, cells: np.ndarray, told: np.ndarray) -> Parts:
    return Parts(parts.number[cells], parts.patients[cells], parts.key[cells], told[cells])


def _of_whole(whole: np.ndarray, parts: Parts, chosen: Profile) -> np.ndarray:
    hidden, told = np.isnan(parts.told), parts.told > 0

    def summed(values) -> np.ndarray:
        return np.bincount(whole, weights=values)

    few = small(summed(hidden * parts.number), summed(hidden * parts.patients), chosen)
    alone = few & (summed(told) == 1)
    narrow = (summed(told) > 1) & _narrow(summed, parts, hidden, told, chosen)
    smallest = np.full(len(few), np.inf)
    np.minimum.at(smallest, whole[told], parts.told[told])
    return told & (alone[whole] | (narrow[whole] & (parts.told == smallest[whole])))


def _narrow(summed, parts: Parts, hidden: np.ndarray, told: np.ndarray, chosen: Profile) -> np.ndarray:
    """Of each whole, whether its hidden parts have fewer than four values that the told numbers allow."""
    whole = np.asarray(release_number(*(summed(one).astype(int) for one in (parts.number, parts.number, parts.key)), chosen))
    low, high = bounds(parts.told, chosen)
    least, most = (
        bound - summed(np.where(told, other, 0)) for bound, other in zip(bounds(whole, chosen), (high, low), strict=True)
    )
    few, many = (summed(hidden & one) for one in (parts.number < chosen.threshold, parts.number >= chosen.threshold))
    top = np.minimum(chosen.threshold - 1, most - (few - 1) - many * chosen.threshold)
    bottom = np.where(many > 0, 1, np.maximum(1, least - (chosen.threshold - 1) * (few - 1)))
    return (few > 0) & ~np.isnan(whole) & (top - bottom + 1 < CANDIDATES)


def bounds(told, chosen: Profile) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most that a told number can stand for; NaN where none is told."""
    told, reach = np.asarray(told, dtype=float), 4 if chosen.keyed else 2
    low = np.where(told == SMALLEST, chosen.threshold, told - reach)
    return np.where(told == 0, 0, low), np.where(told == 0, 0, told + reach)


def wholes(cells: pd.DataFrame, kin: Kin) -> list[np.ndarray]:
    """For each way in which cells are parts of a whole the number of the whole of each cell, −1 where it has none."""
    found = {name: pd.factorize(cells[name].to_numpy(dtype=object)) for name in CELL if name in cells}
    codes = {name: code for name, (code, _) in found.items()}
    splits = [name for name in ("split_1", "split_2") if name in found and any(found[name][1] != "")]
    by_period = _numbers(codes, "period")
    periods, places = codes["period"], found["place"][1]
    known = [_numbers(codes, name) for name in splits]
    known += [np.where(inside[periods], by_period, NO_WHOLE) for inside in _windows(found["period"][1], kin.windows)]
    known += [_numbers(codes, "period", larger[periods]) for larger in _longer(found["period"][1])]
    region = pd.factorize(np.array([kin.regions.get(place) for place in places], dtype=object))[0]
    return [*known, _numbers(codes, "place", region[codes["place"]])] if (region >= 0).any() else known


def _numbers(codes: Mapping[str, np.ndarray], name: str, larger: np.ndarray | None = None) -> np.ndarray:
    """The wholes of cells that differ in one column alone, within the same value of something larger where that is given."""
    keys = [code for one, code in codes.items() if one != name] + ([] if larger is None else [larger])
    joined, known = np.zeros(len(codes[name]), dtype=np.int64), np.ones(len(codes[name]), dtype=bool)
    for key in keys:
        joined, known = joined * (key.max(initial=0) + 1) + key, known & (key >= 0)
    whole = np.full(len(joined), NO_WHOLE)
    whole[known] = np.unique(joined[known], return_inverse=True)[1]
    return whole


def _windows(periods: Sequence[str], windows: tuple[tuple[str, ...], ...]) -> Iterator[np.ndarray]:
    """Whether each period is one of those years, for each run of years that is asked together."""
    if any(YEAR.fullmatch(period) for period in periods):
        yield from (np.array([period in window for period in periods]) for window in windows)


def _longer(periods: Sequence[str]) -> Iterator[np.ndarray]:
    """The number of the longer period of each period, −1 for none: of quarters their year, of months their quarter and their year."""
    for of_whole in (_year_of_quarter, _quarter_of_month, _year_of_month):
        larger = np.array([of_whole(period) for period in periods], dtype=int)
        if (larger != NO_WHOLE).any():
            yield larger


def _year_of_quarter(period: str) -> int:
    return int(period[:4]) if " Q" in period else NO_WHOLE


def _quarter_of_month(period: str) -> int:
    year, month = map(int, period.split("-")) if MONTH.fullmatch(period) else (0, NO_WHOLE)
    return NO_WHOLE if month == NO_WHOLE else year * 4 + (month - 1) // 3


def _year_of_month(period: str) -> int:
    quarter = _quarter_of_month(period)
    return NO_WHOLE if quarter == NO_WHOLE else (quarter - 1) // 4  # the year begins with its second quarter
