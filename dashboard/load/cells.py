"""The plain lines of a block column by column, and whether each is idle: what every rule about a row says of it, from its bytes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dashboard.load.fields import BAD, NONE, PAD, Block, days, days_mostly, masks, numbers, same_bytes, short_texts
from dashboard.load.tally import COUNTED_BY, DATES_SENT, Counted, Groups, count

if TYPE_CHECKING:
    from dashboard.load.sieve import Sieve

UNKNOWN_AGE, BABIES, OLDEST = 999, (7001, 7007), 120
DATE = 10  # characters of a date


class Cells:
    """The plain lines of a block, column by column."""

    def __init__(self, block: Block, sieve: Sieve, fences: np.ndarray, groups: Groups):
        self.block, self.sieve, self.fences, self.groups = block, sieve, fences, groups
        ours = [at for at in sieve.at.values() if at is not None]
        listed = [at for ranges in sieve.lists.values() for one in ranges for at in (one.start, one.stop - 1)]
        needed = sorted({at + more for at in ours + listed for more in (0, 1)})
        self._fence = dict(zip(needed, np.ascontiguousarray(fences[:, needed].T), strict=True))
        self.texts = np.stack([short_texts(block, *self.cell(name)) for name in COUNTED_BY], axis=1)
        self.group = groups.numbers(self.texts)

    def cell(self, ours: str) -> tuple[np.ndarray, np.ndarray]:
        """(where a column begins, its width) on each line; no width where the file has no such column."""
        at = self.sieve.at[ours]
        if at is None:
            return np.full(len(self.fences), PAD), np.zeros(len(self.fences), int)
        begin = self._fence[at] + 1
        return begin, self._fence[at + 1] - begin

    @cached_property
    def dates(self) -> dict[str, np.ndarray]:
        """Each date of a row in days; most are the same day as another."""
        begin, width = self.cell("epistart")
        found = {"epistart": days(self.block, begin, width)}
        for ours, like in (("admidate", "epistart"), ("epiend", "epistart"), ("disdate", "epiend")):
            found[ours] = days_mostly(self.block, *self.cell(ours), (*self.cell(like), found[like]))
        return found

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
            begin, width = self._fence[one.start] + 1, self._fence[one.start + 1] - self._fence[one.start] - 1
            filled = self._fence[one.stop] - self._fence[one.start] - len(one)
            some = np.flatnonzero(filled)
            begin, width, filled = begin[some], width[some], filled[some]
            start, wide = (column[some] for column in self.cell("epistart"))
            first = days_mostly(self.block, begin, width, (start, wide, self.dates["epistart"][some]))
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
        row = np.arange(len(self.fences))
        its_end = self.fences[row, again.stop] if again.stop not in self._fence else self._fence[again.stop]
        first_end = self.fences[row, first.stop] if first.stop not in self._fence else self._fence[first.stop]
        length = its_end - self._fence[again.start] - 1
        same = (first_end - self._fence[first.start] - 1 == length) & same_bytes(
            self.block, self._fence[first.start] + 1, self._fence[again.start] + 1, length
        )
        good[self._disagreeing(first, again, np.flatnonzero((length >= len(again)) & ~same))] = False
        return good

    def _filled(self, columns: range, some: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(line, begin, width, place in the list) of each cell of a list that is not blank, on some lines."""
        fences = self.fences[some, columns.start : columns.stop + 1]
        width = np.diff(fences, axis=1) - 1
        row, place = np.nonzero(width)
        return some[row], fences[row, place] + 1, width[row, place], place

    def _disagreeing(self, first: range, again: range, some: np.ndarray) -> np.ndarray:
        """Those of some lines where two columns of one code are not plainly the same code in their first four characters."""
        row, begin, width, place = self._filled(again, some)
        other = self.fences[row, first.start + place] + 1
        its_width = self.fences[row, first.start + place + 1] - other
        words, narrow = self.block.words(), masks()[:5]
        one, two = (words[at] & narrow[np.minimum(wide, 4)] for at, wide in ((begin, width), (other, its_width)))
        same = (one == two) & (((width == its_width) & (width <= 4)) | no_filler(one))
        return row[~same & (its_width > 0)]

    def counted(self, which: np.ndarray, sign: int) -> Counted:
        """Some lines counted, by all that rows are counted by."""
        sent = [int(np.count_nonzero(self.cell(ours)[1][which])) for ours in DATES_SENT[:-1]]
        operated = 0
        for one in self.sieve.lists.get("procedure_dates", [])[:1]:
            operated = int(np.count_nonzero((self._fence[one.start + 1] - self._fence[one.start])[which] > 1))
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
