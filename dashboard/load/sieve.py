"""Which lines of a file cannot matter: proved from their bytes, without parsing them.

A line is plain when it has all its columns, no quote and only ASCII. A plain line is idle when it holds no relevant code, no death, and
nothing that any rule could put aside, flag or refuse: it is only counted. Whatever is not proved idle is read in full: when in doubt, it matters.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.load.fields import BAD, NEWLINE, NONE, PAD, Block, days, numbers, short_texts
from dashboard.load.layouts import Matched
from dashboard.load.tally import COUNTED_BY, Counted, Groups, count

SCALARS = (
    "fyear",
    "epikey",
    "admidate",
    "disdate",
    "epistart",
    "epiend",
    "startage",
    "dismeth",
    "procode3",
    "procodet",
    "sitetret",
)
FILLERS = b". -&*_/\t"  # what cleaning takes out of a code, wherever it stands
QUOTE, RETURN = ord('"'), 13
UNKNOWN_AGE, BABIES, OLDEST = 999, (7001, 7007), 120


@dataclass(frozen=True)
class Sieve:
    """How the lines of one file are looked at: delimiter, number of columns, where ours stand, and the codes that matter."""

    delimiter: int
    columns: int
    at: dict[str, int | None]
    lists: dict[str, list[range]]
    codes: tuple[str, ...]
    today: int

    @cached_property
    def begins_code(self) -> list[np.ndarray]:
        """For each character of a code, which bytes may stand there; a filler is as good as any."""
        tables = []
        for place in range(max(map(len, self.codes))):
            table = np.zeros(256, bool)
            letters = {code[place : place + 1] for code in self.codes}
            for letter in letters:
                table[[ord(letter.upper()), ord(letter.lower())] if letter else slice(None)] = True
            tables.append(table)
        return tables

    @cached_property
    def folded(self) -> np.ndarray:
        """The columns whose delimiter behind them may go: inside a list, and between two columns that are not ours."""
        ours = {at for at in self.at.values() if at is not None} | {
            at for ranges in self.lists.values() for one in ranges for at in one
        }
        inside = {at for ranges in self.lists.values() for one in ranges for at in one[:-1]}
        between = {at for at in range(self.columns - 1) if at not in ours and at + 1 not in ours}
        return np.array(sorted(inside | between), "i8")


@dataclass(frozen=True)
class Looked:
    """What one block gave: plain lines that matter, lines that only the whole parser can judge, the idle ones counted, and their keys."""

    plain: bytes
    plain_lines: int
    idle: int
    odd: bytes
    odd_lines: np.ndarray
    counted: Counted
    keys: dict[int, np.ndarray]


def sieve_for(matched: Matched, delimiter: str, columns: int, codes: tuple[str, ...], today: dt.date) -> Sieve | None:
    """The sieve for a file's columns; None for layouts where only the whole parser can tell what matters.

    That is where codes are joined, columns of one meaning stand twice, or a list's columns are not side by side.
    """
    places = matched.columns
    if (
        any(matched.joined.values())
        or any(len(found) > 1 for found in places.values())
        or not (places["fyear"] and places["epikey"])
    ):
        return None
    lists = {ours: [run(found) for found in families[:2]] for ours, families in matched.lists.items()}
    if any(one is None for ranges in lists.values() for one in ranges) or not all(code.isascii() for code in codes):
        return None
    at = {ours: found[0] if found else None for ours, found in places.items()}
    return Sieve(ord(delimiter), columns, at, lists, codes, (today - dt.date(1970, 1, 1)).days)


def run(found: list[int | None]) -> range | None:
    """Positions that are side by side, as a range; None when they are not."""
    return (
        range(found[0], found[0] + len(found))
        if None not in found and found == list(range(found[0], found[0] + len(found)))
        else None
    )


def look(block: Block, sieve: Sieve, groups: Groups, known: dict[int, np.ndarray] | None = None) -> Looked:
    """A block's lines told apart. With `known` keys by year: only its idle lines with such a key, as lines that matter, counted negatively."""
    text = block.text
    breaks = np.flatnonzero((text == sieve.delimiter) | (text == NEWLINE))
    line_ends = np.flatnonzero(text[breaks] == NEWLINE)
    begins, ends = breaks[line_ends[:-1]] + 1, breaks[line_ends[1:]]
    plain = np.diff(line_ends) == sieve.columns
    if text.max(initial=0) >= 128 or (text == QUOTE).any():
        plain[lines_with((text >= 128) | (text == QUOTE), begins)] = False
    rows = np.flatnonzero(plain)
    fences = fences_of(breaks, line_ends[1:][rows], sieve.columns, len(rows) == len(plain))
    returns = text[ends[rows] - 1] == RETURN
    if returns.any():
        fences = fences.copy()
        fences[:, -1] -= returns
    cells = Cells(block, sieve, fences, groups)
    matters = ~cells.idle()
    matters[np.searchsorted(rows, lines_with(may_begin_code(text, sieve), begins, rows))] = True
    if known is not None:
        again = cells.known(known) & ~matters
        return Looked(*emitted(cells, rows, again), -int(again.sum()), b"", np.zeros(0, int), cells.counted(again, -1), {})
    odd = np.flatnonzero(~plain & ~((ends == begins) | ((ends == begins + 1) & (text[begins] == RETURN))))
    verbatim = b"".join(text[begin : end + 1].tobytes() for begin, end in zip(begins[odd], ends[odd], strict=True))
    idle = ~matters
    return Looked(
        *emitted(cells, rows, matters), int(idle.sum()), verbatim, block.line + odd, cells.counted(idle, 1), cells.keys(idle)
    )


def lines_with(marked: np.ndarray, begins: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
    """The numbers of the lines that hold a marked byte; of those `among` some only."""
    found = np.unique(np.searchsorted(begins, np.flatnonzero(marked), side="right") - 1)
    found = found[found >= 0]
    return found if among is None else found[np.isin(found, among)]


def fences_of(breaks: np.ndarray, last: np.ndarray, columns: int, all_plain: bool) -> np.ndarray:
    """Per line the places before its first column, between columns, and after its last."""
    if all_plain and len(last):
        step = breaks.strides[0]
        return np.lib.stride_tricks.as_strided(breaks, (len(last), columns + 1), (columns * step, step))
    return breaks[(last - columns)[:, None] + np.arange(columns + 1)]


def may_begin_code(text: np.ndarray, sieve: Sieve) -> np.ndarray:
    """The bytes at which one of the codes may begin, in any case and with fillers anywhere in it."""
    filler = np.zeros(256, bool)
    filler[list(FILLERS)] = True
    first, *rest = sieve.begins_code
    marked = np.zeros(len(text), bool)
    for byte in np.flatnonzero(first):
        marked |= text == byte
    found = np.flatnonzero(marked)
    certain = []
    for place, table in enumerate(rest, start=1):
        after = text[found + place]
        certain.append(found[filler[after]])
        found = found[table[after] & ~filler[after]]
    marked[:] = False
    marked[np.concatenate([found, *certain])] = True
    return marked


def emitted(cells: "Cells", rows: np.ndarray, which: np.ndarray) -> tuple[bytes, int]:
    """(some of a block's plain lines, each behind its number and the number of rows it stands for, how many they are).

    Delimiters that need not be kept become `;`, so that a list is one column and what is not ours is as good as one.
    """
    fences, text = cells.fences[which], cells.block.text
    if len(fences):
        text[fences[:, cells.sieve.folded + 1]] = ord(";")
    whole, between = text.tobytes(), chr(cells.sieve.delimiter).encode()
    places = zip((cells.block.line + rows[which]).tolist(), (fences[:, 0] + 1).tolist(), fences[:, -1].tolist(), strict=True)
    return b"".join(b"%d%b1%b%b\n" % (line, between, between, whole[begin:end]) for line, begin, end in places), len(fences)


class Cells:
    """The plain lines of a block, column by column."""

    def __init__(self, block: Block, sieve: Sieve, fences: np.ndarray, groups: Groups):
        self.block, self.sieve, self.fences = block, sieve, fences
        self.dates = {ours: self._day(ours) for ours in ("epistart", "admidate", "epiend", "disdate")}
        self.texts = {ours: self._text(ours) for ours in COUNTED_BY}
        self.group = groups.numbers(np.stack(list(self.texts.values()), axis=1))

    def cell(self, ours: str) -> tuple[np.ndarray, np.ndarray]:
        """(where a column begins, its width) on each line; no width where the file has no such column."""
        at = self.sieve.at[ours]
        if at is None:
            return np.full(len(self.fences), PAD), np.zeros(len(self.fences), int)
        begin = self.fences[:, at] + 1
        return begin, self.fences[:, at + 1] - begin

    def _day(self, ours: str) -> np.ndarray:
        return days(self.block, *self.cell(ours))

    def _text(self, ours: str) -> np.ndarray:
        return short_texts(self.block, *self.cell(ours))

    @cached_property
    def ended(self) -> np.ndarray:
        """The day that a row is counted under: of its end, discharge, start or admission."""
        one, *others = (self.dates[ours] for ours in ("epiend", "disdate", "epistart", "admidate"))
        for other in others:
            one = np.where(one == NONE, other, one)
        return one

    @cached_property
    def years(self) -> np.ndarray:
        """The last two digits of the calendar year in which the financial year of FYEAR begins; -1 where FYEAR is not 2324 or the like."""
        words, which = np.unique(self.texts["fyear"], return_inverse=True)
        return np.array([year_of(int(word)) for word in words], int)[which] if len(words) else np.zeros(0, int)

    @cached_property
    def epikeys(self) -> tuple[np.ndarray, np.ndarray]:
        """(record numbers, whether each is a whole number)."""
        begin, width = self.cell("epikey")
        return numbers(self.block, begin + width, width)

    def idle(self) -> np.ndarray:
        """Whether a line holds nothing that any rule but those about codes could act on."""
        good = self._dated() & self._aged() & self._alive() & self.epikeys[1] & (self.years >= 0) & (self.group >= 0)
        for ours in COUNTED_BY:
            good &= self.cell(ours)[1] <= 8
        return good & self._lists_sound()

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

    def _lists_sound(self) -> np.ndarray:
        """Whether every operation's day is one, and two columns of one code agree."""
        good = np.ones(len(self.fences), bool)
        for one in self.sieve.lists.get("procedure_dates", []):
            rows, begin, width, _ = self._filled(one)
            good[rows[days(self.block, begin, width) == BAD]] = False
        for ours in ("procedures", "diagnoses"):
            if len(families := self.sieve.lists.get(ours, [])) > 1:
                good[self._disagreeing(*families)] = False
        return good

    def _filled(self, columns: range) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(line, begin, width, place in the list) of each cell of a list that is not blank."""
        fences = self.fences[:, columns.start : columns.stop + 1]
        some = np.flatnonzero(fences[:, -1] - fences[:, 0] > len(columns))
        fences = fences[some]
        width = np.diff(fences, axis=1) - 1
        row, place = np.nonzero(width)
        return some[row], fences[row, place] + 1, width[row, place], place

    def _disagreeing(self, first: range, again: range) -> np.ndarray:
        """The lines where two columns of one code are not plainly the same code in their first four characters."""
        row, begin, width, place = self._filled(again)
        inside = place < len(first)
        row, begin, width, place = row[inside], begin[inside], width[inside], place[inside]
        other = self.fences[row, first.start + place] + 1
        its_width = self.fences[row, first.start + place + 1] - other
        words = self.block.words("<u8")
        one, two = (words[at] & MASK_OF[np.minimum(wide, 4)] for at, wide in ((begin, width), (other, its_width)))
        same = (one == two) & (((width == its_width) & (width <= 4)) | no_filler(one))
        return row[~same & (its_width > 0)]

    def counted(self, which: np.ndarray, sign: int) -> Counted:
        """Some lines counted by their group and the month of their end, and by year and the day of their end."""
        return count(self.group[which], self.texts["fyear"][which], self.ended[which], sign)

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


MASK_OF = np.array([(1 << (8 * width)) - 1 for width in range(5)], "u8")


def no_filler(word: np.ndarray) -> np.ndarray:
    """Whether all four bytes of words are above the digits and no underscore: nothing that cleaning takes out."""
    letters = word.astype("u4").view("u1").reshape(-1, 4)
    return ((letters >= ord("0")) & (letters != ord("_"))).all(axis=1)


def year_of(word: int) -> int:
    """`2324` and `202324` and `2023/24` are 23; -1 for anything else."""
    text = int(word).to_bytes(8, "little").rstrip(b"\0")
    digits = text[:4] + text[5:] if len(text) == 7 and text[4:5] == b"/" else text
    if not digits.isdigit() or len(digits) not in (4, 6) or (len(digits) == 6 and digits[:2] not in (b"19", b"20")):
        return -1
    return int(digits[:2] if len(digits) == 4 else digits[2:4])
