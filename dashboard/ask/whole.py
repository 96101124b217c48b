"""A question widened, so that each cell comes to the gate with the others of its whole; and which rows were wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.ask import lattice
from dashboard.disclosure.families import Kin
from dashboard.filters import ENGLAND, GROUPS, Filters

IN_PARTS = ("count", "people", "share", "incidence")
EVERYWHERE = {"place_type": "england", "place": ENGLAND}


@dataclass(frozen=True)
class Whole:
    """What is asked in the place of some cells, the values that wanted rows have, and the splits nobody asked for."""

    filters: Filters
    by: str
    split: tuple[str, ...]
    place: dict[str, str]
    wanted: tuple[tuple[str, str], ...] = ()
    years: tuple[str, str] = ("", "")
    extra: tuple[str, ...] = ()
    swapped: bool = False

    def pick(self, told: pd.DataFrame) -> pd.DataFrame:
        """The wanted rows of what may be told, with the columns of the cells that were asked for."""
        for column, value in self.wanted:
            told = told[told[column] == value]
        first, last = self.years
        told = told[(told["period"] >= first) & (told["period"] <= (last or "9"))] if first or last else told
        if self.swapped:
            told = told[told["split_1"] != "unknown"].assign(place=told["split_1"])
        return told.assign(**dict.fromkeys(self.extra, ""))


def of(filters: Filters, by: str, period: str, split: tuple[str, ...], gate: str, regions: dict, *, itself: bool) -> Whole:
    """The whole that some cells are parts of.

    A group chosen (a sex, an age band) is a split of which one value is wanted; a commissioner or region is one of its kin; a
    commissioner's providers are part of every provider's; a year is one of all years.
    """
    place, wanted = lattice.within(filters, by, itself=itself), []
    if gate not in (*IN_PARTS, "rate"):
        return Whole(filters, by, split, place)
    if lattice.crosses(filters, by):
        return _crossed(filters, by, period)
    if itself and by in ("commissioner", "region"):
        wanted.append(("place", filters.place))
        place = EVERYWHERE if by == "region" else {"place_type": "region", "place": regions.get(filters.place, "")}
    if gate in IN_PARTS:
        fixed = [name for name in GROUPS if getattr(filters, name)]
        asked = (*split, *(name for name in fixed if name not in split))
        wanted += [(f"split_{asked.index(name) + 1}", getattr(filters, name)) for name in fixed]
        extra = tuple(f"split_{n}" for n in range(len(split) + 1, len(asked) + 1))
        return _of_all_years(
            Whole(replace(filters, **dict.fromkeys(fixed)), by, asked, place, tuple(wanted), extra=extra), period
        )
    return _of_all_years(Whole(filters, by, split, place, tuple(wanted)), period)


def _crossed(filters: Filters, by: str, period: str) -> Whole:
    column = "place" if by == "commissioner" else "split_1"
    wanted, swapped = ((column, filters.place),), by == "commissioner"
    return _of_all_years(
        Whole(filters, "provider", ("commissioner",), EVERYWHERE, wanted, extra=("split_1",), swapped=swapped), period
    )


def _of_all_years(whole: Whole, period: str) -> Whole:
    if period != "year":
        return whole
    filters = whole.filters
    return replace(whole, filters=replace(filters, from_="", to=""), years=(filters.from_, filters.to))


def kin(years: Sequence[str], regions: dict, period: str) -> Kin:
    """The windows that years are taken together by, and the region of each commissioner, England of each region."""
    windows = lattice.windows(years) if period == "year" else ()
    return Kin(windows, regions | dict.fromkeys(regions.values(), ENGLAND))
