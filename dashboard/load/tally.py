"""Idle lines counted: by year, provider fields and month, and by year and day."""

import json
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from dashboard.load.idle import COUNTED_BY, DATES_SENT, IDLE, KEPT, compiled, kept

MOST = 1 << 20  # counts there is room for: lines beyond are read in full
WORDS = len(COUNTED_BY) + 1


class Counts(NamedTuple):
    """Rows counted under five words each: what lines are counted by and a month, or the first of that and the complement of a day.

    `places` says in which row the words of a sum are, from 1; `used` how many rows there are.
    """

    places: np.ndarray
    words: np.ndarray
    rows: np.ndarray
    used: np.ndarray


@kept
def count(lines, counts, idle, instead):
    """Count the idle among some lines; where there is no room to, they are something else instead.

    Both are given, as constants of another file would be kept when that changes.
    """
    none = np.uint64(0)
    for line in lines:
        if line.what == idle:
            if counts.used[0] + 2 > len(counts.rows):
                line.what = instead
                continue
            add(counts, (line.fyear, line.procode3, line.procodet, line.sitetret, np.uint64(line.day // 31)))
            add(counts, (line.fyear, none, none, none, ~np.uint64(line.day)))


@compiled
def add(counts, words):
    """Count one row under its words: in the row that their sum leads to, or a new one."""
    mixed = np.uint64(0)
    for one in words:
        mixed = (mixed ^ one) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(32)
    place = np.int64(mixed & np.uint64(len(counts.places) - 1))
    while counts.places[place]:
        row, same = counts.places[place] - 1, True
        for nth in range(len(words)):
            same &= counts.words[row, nth] == words[nth]
        if same:
            counts.rows[row] += 1
            return
        place = (place + 1) % len(counts.places)
    row = counts.used[0]
    for nth in range(len(words)):
        counts.words[row, nth] = words[nth]
    counts.places[place], counts.rows[row], counts.used[0] = row + 1, 1, row + 1


class Tally:
    """Counts of idle lines, added up."""

    def __init__(self):
        self._counts = Counts(np.zeros(2 * MOST, "i4"), np.empty((MOST, WORDS), "u8"), np.zeros(MOST, "i8"), np.zeros(1, "i8"))
        self._sent = np.zeros(len(DATES_SENT), "i8")

    def add(self, lines: np.ndarray) -> None:
        """Count the idle among some lines; those there is no room for are kept instead."""
        count(lines, self._counts, IDLE, KEPT)
        sent = lines["sent"][lines["what"] == IDLE]
        self._sent += [np.count_nonzero(sent & (1 << nth)) for nth in range(len(DATES_SENT))]

    def counted(self) -> "Counted":
        """What was counted so far."""
        used = int(self._counts.used[0])
        rows = dict(zip(map(tuple, self._counts.words[:used].tolist()), self._counts.rows[:used].tolist(), strict=True))
        return Counted(rows, self._sent.tolist())


class Counted(NamedTuple):
    """Rows by words, as `Counts` has them, and how many were sent with each of DATES_SENT."""

    by_words: dict[tuple[int, ...], int]
    sent: list[int]

    def keep(self, path: Path) -> None:
        """Put the counts into a file."""
        path.write_text(json.dumps([[[*words, rows] for words, rows in self.by_words.items()], self.sent]), encoding="ascii")

    @classmethod
    def kept(cls, path: Path) -> Self:
        """The counts that were put into a file."""
        rows, sent = json.loads(path.read_text(encoding="ascii"))
        return cls({tuple(words): count for *words, count in rows}, sent)

    def without(self, other: Self) -> Self:
        """The counts less those of some of their lines."""
        left = {words: rows - other.by_words.get(words, 0) for words, rows in self.by_words.items()}
        return Counted(left, [one - less for one, less in zip(self.sent, other.sent, strict=True)])

    def months(self) -> list[tuple[str, ...]]:
        """(what they are counted by, a day, rows) of each month, all as texts.

        Those of a year's last month are dated on the last day seen in it, so that the year is known to end there.
        """
        last: dict[int, int] = {}
        for (year, *_, word), rows in self.by_words.items():
            if rows and word >> 63:
                last[year] = max(~word & (2**64 - 1), last.get(year, 0))
        found = [(words, rows) for words, rows in self.by_words.items() if rows and not words[-1] >> 63]
        return [
            (*map(as_text, by), day_as_text(last[by[0]] if last[by[0]] // 31 == month else month * 31), str(rows))
            for (*by, month), rows in found
        ]


def as_text(number: int) -> str:
    """A number of `idle.word` as the text it stands for."""
    return number.to_bytes(8, "little").rstrip(b"\0").decode("ascii")


def day_as_text(day: int) -> str:
    """A number of `idle.day_of` as YYYY-MM-DD."""
    return f"{day // 372:04d}-{day // 31 % 12 + 1:02d}-{day % 31 + 1:02d}"
