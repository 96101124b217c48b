"""Cells that would give a hidden one of the same whole away: what a total and all other parts leave of it.

A whole is parted by a split, a year by its quarters and months, years taken together by each, a region by its commissioners.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.disclosure.numbers import SMALLEST, Profile, release_number, small

CANDIDATES = 4
NO_WHOLE = -1
CELL = ("place", "period", "split_1", "split_2")


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


def exposed(wholes: Sequence[np.ndarray], parts: Parts, chosen: Profile) -> np.ndarray:
    """Whether a told part must be hidden too, so that no other part of a whole can be worked out from it.

    Where one part alone is told and the rest are few, they are the two sides of a yes/no split: it is hidden whatever
    the numbers, so that hiding says nothing. Where more are told, the smallest is, if the numbers happen to be such
    that a hidden part has fewer than four values left.
    """
    hide = np.zeros(len(parts.number), dtype=bool)
    if chosen.exact:
        return hide
    for _ in range(2):  # a part hidden for one whole changes what another tells
        for whole in wholes:
            inside = whole != NO_WHOLE
            hide[inside] |= _of_whole(whole[inside], _some(parts, inside, hide), chosen)
    return hide


def _some(parts: Parts, inside: np.ndarray, hide: np.ndarray) -> Parts:
    told = np.where(hide, np.nan, parts.told)
    return Parts(parts.number[inside], parts.patients[inside], parts.key[inside], told[inside])


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
    codes = {name: pd.factorize(cells[name])[0] for name in CELL if name in cells}
    found = [_numbers(codes, name) for name in ("split_1", "split_2") if name in cells and (cells[name] != "").any()]
    periods = pd.Series(cells["period"].unique())
    found += [_numbers(codes, "period", larger[codes["period"]]) for larger in _larger_periods(periods, kin.windows)]
    region = pd.factorize(cells["place"].map(dict(kin.regions)))[0]
    return [*found, _numbers(codes, "place", region)] if (region >= 0).any() else found


def _numbers(codes: Mapping[str, np.ndarray], name: str, larger: np.ndarray | None = None) -> np.ndarray:
    """The wholes of cells that differ in one column alone, within the same value of something larger where that is given."""
    keys = [code for one, code in codes.items() if one != name] + ([] if larger is None else [larger])
    joined, known = np.zeros(len(codes[name]), dtype=np.int64), np.ones(len(codes[name]), dtype=bool)
    for key in keys:
        joined, known = joined * (key.max(initial=0) + 1) + key, known & (key >= 0)
    whole = np.full(len(joined), NO_WHOLE)
    whole[known] = np.unique(joined[known], return_inverse=True)[1]
    return whole


def _larger_periods(period: pd.Series, windows: tuple[tuple[str, ...], ...]) -> Iterator[np.ndarray]:
    """The number of each longer period that periods belong to, −1 for none: quarters and years of months, years of quarters, windows of years."""
    if period.str.fullmatch(r"\d{4}/\d\d").any():
        names = period.to_numpy(dtype=object)
        yield from (np.where(np.isin(names, window), 0, NO_WHOLE) for window in windows)
    if (quarters := period.str.contains(" Q")).any():
        yield pd.factorize(period.str[:7].where(quarters))[0]
    if (months := period.str.fullmatch(r"\d{4}-\d\d")).any():
        day = pd.PeriodIndex(period.where(months), freq="M")
        yield pd.factorize(pd.Series(day.asfreq("Q-MAR").astype(str), period.index).where(months))[0]
        yield pd.factorize(pd.Series(day.asfreq("Q-MAR").qyear.astype(str), period.index).where(months))[0]
