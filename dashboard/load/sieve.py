"""Which lines of a file cannot matter: proved from their bytes, without parsing them.

A line is plain when it has all its columns, no quote and only ASCII. A plain line is idle when it holds no relevant code, no death, and
nothing that any rule could put aside, flag or refuse: it is only counted. Whatever is not proved idle is read in full: in doubt, it matters.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.load.cells import Cells
from dashboard.load.fields import Block
from dashboard.load.layouts import Matched
from dashboard.load.tally import Counted, Groups

QUOTE, PLUS, RETURN = ord('"'), ord("+"), 13
FILLERS = b". -&*_/\t"  # what cleaning takes out of a code, wherever it stands


@dataclass(frozen=True)
class Sieve:
    """How the lines of one file are looked at: delimiter, number of columns, where ours stand, the codes that matter, and the day it is."""

    delimiter: int
    columns: int
    at: dict[str, int | None]
    lists: dict[str, list[range]]
    codes: tuple[str, ...]
    today: int

    @cached_property
    def code_bytes(self) -> list[np.ndarray]:
        """For each character of a code, which bytes may stand there; a code shorter than others may go on with any."""
        tables = []
        for place in range(max(map(len, self.codes))):
            table = np.zeros(256, bool)
            for letter in {code[place : place + 1] for code in self.codes}:
                table[[ord(letter.upper()), ord(letter.lower())] if letter else slice(None)] = True
            tables.append(table)
        return tables

    @cached_property
    def folded(self) -> np.ndarray:
        """The columns whose delimiter behind them may go: inside a list, and between two columns that are not ours."""
        listed = [one for ranges in self.lists.values() for one in ranges]
        ours = {at for at in self.at.values() if at is not None} | {at for one in listed for at in one}
        inside = {at for one in listed for at in one[:-1]}
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
    lists = {ours: [side_by_side(found) for found in families[:2]] for ours, families in matched.lists.items()}
    if any(one is None for ranges in lists.values() for one in ranges) or not all(code.isascii() for code in codes):
        return None
    at = {ours: found[0] if found else None for ours, found in places.items()}
    return Sieve(ord(delimiter), columns, at, lists, codes, (today - dt.date(1970, 1, 1)).days)


def side_by_side(found: list[int | None]) -> range | None:
    """Positions that are side by side, as a range; None when they are not."""
    if found[0] is None or found != list(range(found[0], found[0] + len(found))):
        return None
    return range(found[0], found[0] + len(found))


def look(block: Block, sieve: Sieve, groups: Groups, known: dict[int, np.ndarray] | None = None) -> Looked:
    """A block's lines told apart.

    With `known` keys by year only its idle lines with such a key, as lines that matter; they are taken back from what was counted.
    """
    text = block.text
    begins, ends = block.newlines[:-1] + 1, block.newlines[1:]
    delimiters = np.flatnonzero(text == sieve.delimiter)
    first, plain = counted_delimiters(delimiters, begins, ends, sieve.columns - 1)
    if block.strange:
        plain[lines_of(np.flatnonzero((text >= 128) | (text == QUOTE) | (text == PLUS)), begins)] = False
    rows = np.flatnonzero(plain)
    last = ends[rows] - (text[ends[rows] - 1] == RETURN) if block.returns else ends[rows]
    cells = Cells(block, sieve, Fences(begins[rows] - 1, between(delimiters, first[rows], sieve.columns - 1), last), groups)
    matters = ~cells.idle()
    coded = np.zeros(len(plain), bool)
    coded[lines_of(may_begin_code(text, sieve), begins)] = True
    matters |= coded[rows]
    if known is not None:
        again = cells.known(known) & ~matters
        return Looked(*emitted(cells, rows, again), -int(again.sum()), b"", rows[:0], cells.counted(again, -1), {})
    blank = (ends == begins) | ((ends == begins + 1) & (text[begins] == RETURN))
    odd = np.flatnonzero(~plain & ~blank)
    verbatim = b"".join(text[begin : end + 1].tobytes() for begin, end in zip(begins[odd], ends[odd], strict=True))
    idle = ~matters
    counted, keys = cells.counted(idle, 1), cells.keys(idle)
    return Looked(*emitted(cells, rows, matters), int(idle.sum()), verbatim, block.line + odd, counted, keys)


def lines_of(places: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """The numbers of the lines in which some places are."""
    return np.searchsorted(begins, places, side="right") - 1


class Fences:
    """Per line the places before its first column, between columns, and after its last."""

    def __init__(self, first: np.ndarray, between: np.ndarray, last: np.ndarray):
        self._first, self._between, self._last = first, between, last
        self._before: dict[int, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._first)

    def before(self, column: int) -> np.ndarray:
        """The place before a column on each line; before the one after the last, the line's end."""
        if column in (0, self._between.shape[1] + 1):
            return self._last if column else self._first
        if column not in self._before:
            self._before[column] = self._between[:, column - 1].copy()
        return self._before[column]

    def of(self, some: np.ndarray) -> np.ndarray:
        """All places of some lines, a row for each."""
        return np.column_stack([self._first[some], self._between[some], self._last[some]])


def counted_delimiters(
    delimiters: np.ndarray, begins: np.ndarray, ends: np.ndarray, wanted: int
) -> tuple[np.ndarray, np.ndarray]:
    """(the number of each line's first delimiter, whether it has as many as wanted)."""
    if len(delimiters) == wanted * len(ends):
        # mostly all lines have, and then the first and last of each are in it
        within = (delimiters[::wanted] >= begins) & (delimiters[wanted - 1 :: wanted] < ends)
        if within.all():
            return np.arange(len(ends)) * wanted, within
    first = np.searchsorted(delimiters, begins)
    return first, np.searchsorted(delimiters, ends) - first == wanted


def between(delimiters: np.ndarray, first: np.ndarray, wanted: int) -> np.ndarray:
    """The delimiters of lines, a row for each, from the number of each line's first."""
    if wanted * len(first) == len(delimiters):
        return delimiters.reshape(-1, wanted)
    return delimiters[first[:, None] + np.arange(wanted)]


def may_begin_code(text: np.ndarray, sieve: Sieve) -> np.ndarray:
    """The places at which one of the codes may begin, in any case and with fillers anywhere in it."""
    filler = np.zeros(256, bool)
    filler[list(FILLERS)] = True
    first, *others = sieve.code_bytes
    letters, lower = sorted({byte | 32 for byte in np.flatnonzero(first).tolist()}), text | np.uint8(32)
    found = np.concatenate([np.flatnonzero(lower == letter) for letter in letters])
    found = found[first[text[found]]]
    in_doubt = []
    for place, table in enumerate(others, start=1):
        after = text[found + place]
        in_doubt.append(found[filler[after]])
        found = found[table[after] & ~filler[after]]
    return np.concatenate([found, *in_doubt])


def emitted(cells: Cells, rows: np.ndarray, which: np.ndarray) -> tuple[bytes, int]:
    """(some of a block's plain lines, each behind its number and the number of rows it stands for, how many they are).

    Delimiters that need not be kept become `;`, so that a list is one column and what is not ours is as good as one.
    """
    if not which.any():
        return b"", 0
    fences, text, between = cells.fences.of(which), cells.block.text.copy(), bytes([cells.sieve.delimiter])
    text[fences[:, cells.sieve.folded + 1]] = ord(";")
    whole, before = text.tobytes(), between + b"1" + between
    places = zip((cells.block.line + rows[which]).tolist(), (fences[:, 0] + 1).tolist(), fences[:, -1].tolist(), strict=True)
    return b"".join([b"%d%b%b\n" % (line, before, whole[begin:end]) for line, begin, end in places]), len(fences)
