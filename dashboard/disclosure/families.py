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
    found = [_numbers(cells, name) for name in ("split_1", "split_2") if name in cells and (cells[name] != "").any()]
    found += [_numbers(cells, "period", larger) for larger in _larger_periods(cells["period"], kin.windows)]
    region = cells["place"].map(dict(kin.regions))
    return [*found, _numbers(cells, "place", region)] if region.notna().any() else found


def _numbers(cells: pd.DataFrame, name: str, larger: pd.Series | None = None) -> np.ndarray:
    """The wholes of cells that differ in one column alone, within the same value of something larger where that is given."""
    keys = [cells[one] for one in CELL if one != name and one in cells] + ([] if larger is None else [larger])
    frame = pd.concat([key.reset_index(drop=True) for key in keys], axis=1)
    frame.columns = range(len(keys))
    return frame.groupby(list(frame.columns), sort=False, dropna=True).ngroup().fillna(NO_WHOLE).to_numpy(int)


def _larger_periods(period: pd.Series, windows: tuple[tuple[str, ...], ...]) -> Iterator[pd.Series]:
    """Each longer period that periods belong to: months to quarters and years, quarters to years, years to their windows."""
    years = period.str.fullmatch(r"\d{4}/\d\d")
    if years.any():
        yield from (period.isin(window).map({True: window[0], False: None}) for window in windows)
    if (quarters := period.str.contains(" Q")).any():
        yield period.str[:7].where(quarters)
    if (months := period.str.fullmatch(r"\d{4}-\d\d")).any():
        day = pd.PeriodIndex(period.where(months), freq="M")
        yield pd.Series(day.asfreq("Q-MAR").astype(str), period.index).where(months)
        yield pd.Series(day.asfreq("Q-MAR").qyear.astype(str), period.index).where(months)
