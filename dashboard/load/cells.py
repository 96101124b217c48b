"""The plain lines of a block column by column, and whether each is idle: what every rule about a row says of it, from its bytes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dashboard.load.fields import BAD, DATE, NONE, PAD, Block, days, masks, numbers, same_bytes, short_texts
from dashboard.load.tally import COUNTED_BY, DATES_SENT, Counted, Groups, count

if TYPE_CHECKING:
    from dashboard.load.sieve import Fences, Sieve

UNKNOWN_AGE, BABIES, OLDEST = 999, (7001, 7007), 120


class Cells:
    """The plain lines of a block, column by column."""

    def __init__(self, block: Block, sieve: Sieve, fences: Fences, groups: Groups):
        self.block, self.sieve, self.fences, self.groups = block, sieve, fences, groups
        self.group = groups.numbers([short_texts(block, *self.cell(name)) for name in COUNTED_BY])

    def cell(self, ours: str) -> tuple[np.ndarray, np.ndarray]:
        """(where a column begins, its width) on each line; no width where the file has no such column."""
        at = self.sieve.at[ours]
        if at is None:
            return np.full(len(self.fences), PAD), np.zeros(len(self.fences), int)
        begin = self.fences.before(at) + 1
        return begin, self.fences.before(at + 1) - begin

    @cached_property
    def dates(self) -> dict[str, np.ndarray]:
        """Each date of a row in days."""
        return {ours: days(self.block, *self.cell(ours)) for ours in ("epistart", "admidate", "epiend", "disdate")}

    @cached_property
    def ended(self) -> np.ndarray:
        """The day that a row is counted under: of its end, discharge, start or admission."""
        one, *others = (self.dates[ours] for ours in ("epiend", "disdate", "epistart", "admidate"))
        for other in others:
            one = np.where(one == NONE, other, one)
        return one

    @cached_property
    def epikeys(self) -> tuple[np.ndarray, np.ndarray]:
        """(record numbers, whether each is a whole number)."""
        begin, width = self.cell("epikey")
        return numbers(self.block, begin + width, width)

    @cached_property
    def years(self) -> np.ndarray:
        """The last two digits of the calendar year in which the financial year of FYEAR begins; -1 where FYEAR does not say plainly."""
        return self.groups.years()[self.group]

    def idle(self) -> np.ndarray:
        """Whether a line holds nothing that any rule but those about codes could act on."""
        good = (self.group >= 0) & self._dated() & self._aged() & self._alive() & self.epikeys[1]
        good &= self.years >= 0
        for ours in COUNTED_BY:
            good &= self.cell(ours)[1] <= 8
        return good & self._operated() & self._agreeing("procedures") & self._agreeing("diagnoses")

    def _dated(self) -> np.ndarray:
        started, admitted, ended, discharged = self.dates.values()
        good = np.maximum(started, admitted) > NONE
        for day in self.dates.values():
            good &= (day != BAD) & (day <= self.sieve.today)
        for begin, end in ((started, ended), (admitted, discharged)):
            good &= (begin == NONE) | (end == NONE) | (end >= begin)
        return good

    def _aged(self) -> np.ndarray:
        begin, width = self.cell("startage")
        age, sound = numbers(self.block, begin + width, width)
        likely = (age <= OLDEST) | (age == UNKNOWN_AGE) | ((age >= BABIES[0]) & (age <= BABIES[1]))
        return (width == 0) | (sound & likely)

    def _alive(self) -> np.ndarray:
        begin, width = self.cell("dismeth")
        return (width == 0) | ((width == 1) & (self.block.text[begin] != ord("4")))

    def _operated(self) -> np.ndarray:
        """Whether all operations have a day or none: most have the same one, side by side from the first."""
        good = np.ones(len(self.fences), bool)
        for one in self.sieve.lists.get("procedure_dates", []):
            before, after, last = (self.fences.before(at) for at in (one.start, one.start + 1, one.stop))
            some = np.flatnonzero(last - before > len(one))
            begin, width, filled = before[some] + 1, (after - before)[some] - 1, (last - before)[some] - len(one)
            first = days(self.block, begin, width)
            repeated = filled - DATE + filled // DATE - 2  # characters of all days but the first, with what is between them
            alike = (filled == DATE) | same_bytes(self.block, begin, begin + DATE + 1, repeated)
            doubtful = some[(first == BAD) | (width != DATE) | (filled % DATE != 0) | ~alike]
            row, at, wide, _ = self._filled(one, doubtful)
            good[row[days(self.block, at, wide) == BAD]] = False
        return good

    def _agreeing(self, ours: str) -> np.ndarray:
        """Whether two lists of the same codes agree: most are the same bytes, the others are looked at code by code."""
        good = np.ones(len(self.fences), bool)
        if len(lists := self.sieve.lists.get(ours, [])) < 2:
            return good
        first, again = (one[: min(map(len, lists))] for one in lists)
        begin, end, its_begin, its_end = (self.fences.before(at) for at in (first.start, first.stop, again.start, again.stop))
        some = np.flatnonzero(its_end - its_begin > len(again))
        begin, its_begin, length = begin[some], its_begin[some], (its_end - its_begin)[some]
        same = (end[some] - begin == length) & same_bytes(self.block, begin + 1, its_begin + 1, length - 1)
        good[self._disagreeing(first, again, some[~same])] = False
        return good

    def _filled(self, columns: range, some: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(line, begin, width, place in the list) of each cell of a list that is not blank, on some lines."""
        fences = self.fences.of(some)[:, columns.start : columns.stop + 1]
        width = np.diff(fences, axis=1) - 1
        row, place = np.nonzero(width)
        return some[row], fences[row, place] + 1, width[row, place], place

    def _disagreeing(self, first: range, again: range, some: np.ndarray) -> np.ndarray:
        """Those of some lines where two columns of one code are not plainly the same code in their first four characters."""
        row, begin, width, place = self._filled(again, some)
        theirs, its_row = self.fences.of(some), np.searchsorted(some, row)
        other = theirs[its_row, first.start + place] + 1
        its_width = theirs[its_row, first.start + place + 1] - other
        words, narrow = self.block.words(), masks()[:5]
        one, two = (words[at] & narrow[np.minimum(wide, 4)] for at, wide in ((begin, width), (other, its_width)))
        same = (one == two) & (((width == its_width) & (width <= 4)) | no_filler(one))
        return row[~same & (its_width > 0)]

    def counted(self, which: np.ndarray, sign: int) -> Counted:
        """Some lines counted, by all that rows are counted by."""
        sent = [int(np.count_nonzero(self.cell(ours)[1][which])) for ours in DATES_SENT[:-1]]
        operated = 0
        for one in self.sieve.lists.get("procedure_dates", [])[:1]:
            operated = int(np.count_nonzero((self.fences.before(one.start + 1) - self.fences.before(one.start))[which] > 1))
        return count(self.groups, self.group[which], self.ended[which], sign, np.array([*sent, operated]))

    def keys(self, which: np.ndarray) -> dict[int, np.ndarray]:
        """The record numbers of some lines, by year."""
        keys, years = self.epikeys[0][which], self.years[which]
        return {int(year): keys[years == year] for year in np.unique(years)}

    def known(self, keys: dict[int, np.ndarray]) -> np.ndarray:
        """Whether a line's year and record number are among some."""
        found = np.zeros(len(self.fences), bool)
        for year, some in keys.items():
            found |= (self.years == year) & np.isin(self.epikeys[0], some)
        return found


def no_filler(word: np.ndarray) -> np.ndarray:
    """Whether all first four bytes of words are digits or above and no underscore: nothing that cleaning takes out."""
    letters = word.astype("u4").view("u1").reshape(-1, 4)
    return ((letters >= ord("0")) & (letters != ord("_"))).all(axis=1)
