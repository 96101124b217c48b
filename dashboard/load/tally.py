"""Rows that need only be counted: by year, provider fields and month."""

import json
import threading
from dataclasses import dataclass
from functools import reduce
from operator import add, and_
from pathlib import Path
from typing import Self

import numpy as np

from dashboard.load.fields import as_text

DATES_SENT = ("admidate", "disdate", "epistart", "epiend", "opdate")
COUNTED_BY = ("fyear", "procode3", "procodet", "sitetret")
MIXED = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], "u8")


class Groups:
    """What rows are counted by (the texts of COUNTED_BY, each a number), numbered as they are met."""

    def __init__(self, known: list[list[int]] | None = None):
        self._lock = threading.Lock()
        self.known = known or []
        self._index = self._indexed()

    def years(self) -> np.ndarray:
        """For each group the last two digits of the calendar year in which the year of its FYEAR begins; -1 where that is not plain."""
        return self._index[3]

    def numbers(self, texts: list[np.ndarray]) -> np.ndarray:
        """The group of each row, given a column of texts for each of COUNTED_BY; -1 for the very few that cannot be told by their sum."""
        sums = reduce(add, (column * mixed for column, mixed in zip(texts, MIXED, strict=True)))
        found = self._found(sums, texts)
        if len(new := np.flatnonzero(found < 0)):
            self._add(np.stack([column[new] for column in texts], axis=1))
            found = self._found(sums, texts)
        return found

    def _found(self, sums: np.ndarray, texts: list[np.ndarray]) -> np.ndarray:
        ordered, number, known, _ = self._index
        if not len(ordered):
            return np.full(len(sums), -1)
        found = number[np.minimum(np.searchsorted(ordered, sums), len(ordered) - 1)]
        same = reduce(and_, (known[found, at] == column for at, column in enumerate(texts)))
        return np.where(same, found, -1)

    def _add(self, texts: np.ndarray) -> None:
        with self._lock:
            old = set(map(tuple, self.known))
            self.known += [list(new) for new in dict.fromkeys(map(tuple, texts.tolist())) if new not in old]
            self._index = self._indexed()

    def _indexed(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        known = np.array(self.known, "u8").reshape(-1, len(COUNTED_BY))
        sums = (known * MIXED).sum(axis=1, dtype="u8")
        number = np.argsort(sums, kind="stable")
        # the last is what a group of no number finds
        return sums[number], number, known, np.array([*(year_of(texts[0]) for texts in self.known), -1])


def year_of(word: int) -> int:
    """`2324`, `202324` and `2023/24` are 23; -1 for anything else."""
    text = as_text(word)
    digits = text[:4] + text[5:] if len(text) == 7 and text[4] == "/" else text
    if not digits.isdigit() or len(digits) not in (4, 6) or (len(digits) == 6 and digits[:2] not in ("19", "20")):
        return -1
    if len(digits) == 6:
        return int(digits[2:4])
    return int(digits[:2]) if (int(digits[:2]) + 1) % 100 == int(digits[2:]) else -1


@dataclass(frozen=True)
class Counted:
    """Rows of one block counted: by group (rows of `months`) and month (columns, from the first); by year and day (from the first);
    and for how many each of DATES_SENT was sent."""

    first_month: int
    months: np.ndarray
    first_day: int
    days: dict[int, np.ndarray]
    sent: np.ndarray


def count(groups: Groups, group: np.ndarray, day: np.ndarray, sign: int, sent: np.ndarray) -> Counted:
    """Some rows counted, or with a sign of -1 taken back."""
    if not len(day):
        return Counted(0, np.zeros((0, 0), int), 0, {}, sent)
    month = day.astype("M8[D]").astype("M8[M]").astype("i8")
    first, first_day = int(month.min()), int(day.min())
    span = int(month.max()) - first + 1
    months = np.bincount(group * span + month - first, minlength=(int(group.max()) + 1) * span).reshape(-1, span)
    names = {number: groups.known[number][0] for number in np.flatnonzero(np.bincount(group)).tolist()}
    days = {}
    for name in set(names.values()):
        mine = day if len(set(names.values())) == 1 else day[np.isin(group, [one for one, its in names.items() if its == name])]
        days[name] = sign * np.bincount(mine - first_day)
    return Counted(first, sign * months, first_day, days, sign * sent)


class Tally:
    """Counts of idle rows added up: by group and month, and by year and day."""

    def __init__(self, groups: Groups):
        self.groups = groups
        self.months: dict[int, np.ndarray] = {}
        self.days: dict[tuple[int, int], int] = {}
        self.sent = np.zeros(len(DATES_SENT), "i8")

    def add(self, counted: Counted) -> None:
        """Add what one block gave."""
        self.sent += counted.sent
        for at, column in enumerate(counted.months.T):
            self.months[counted.first_month + at] = longer_sum(self.months.get(counted.first_month + at), column)
        for year, days in counted.days.items():
            for at in np.flatnonzero(days).tolist():
                key = (year, counted.first_day + at)
                self.days[key] = self.days.get(key, 0) + int(days[at])

    def keep(self, path: Path) -> None:
        """Put the counts into a file."""
        months = {month: counts.tolist() for month, counts in self.months.items()}
        days = [[*key, rows] for key, rows in self.days.items()]
        path.write_text(
            json.dumps({"groups": self.groups.known, "months": months, "days": days, "sent": self.sent.tolist()}),
            encoding="ascii",
        )

    @classmethod
    def kept(cls, path: Path) -> Self:
        """The counts that were put into a file."""
        content = json.loads(path.read_text(encoding="ascii"))
        tally = cls(Groups(content["groups"]))
        tally.months = {int(month): np.array(counts) for month, counts in content["months"].items()}
        tally.sent = np.array(content["sent"], "i8")
        tally.days = {(year, day): rows for year, day, rows in content["days"]}
        return tally

    @property
    def rows(self) -> int:
        """How many rows are counted."""
        return sum(int(counts.sum()) for counts in self.months.values())

    def lines(self, at: dict[str, int], width: int, delimiter: str) -> bytes:
        """The counts as lines among those that matter: line 0, the rows each stands for, dated in its month.

        Those of a year's last month are dated on the last day seen in it, so that the year is known to end there.
        """
        last: dict[int, int] = {}
        for (year, day), rows in self.days.items():
            if rows:
                last[year] = max(day, last.get(year, day))
        found = []
        for month, counts in self.months.items():
            begins = np.datetime64(month, "M")
            for group in np.flatnonzero(counts).tolist():
                latest = np.datetime64(last[self.groups.known[group][0]], "D")
                day = latest if latest.astype("M8[M]") == begins else begins.astype("M8[D]")
                found.append(line_of(self.groups.known[group], int(counts[group]), str(day), at, width, delimiter))
        return b"".join(found)


def longer_sum(one: np.ndarray | None, other: np.ndarray) -> np.ndarray:
    """Two rows of numbers added, the shorter as if it went on with noughts."""
    if one is None:
        return other.copy()
    total = np.zeros(max(len(one), len(other)), "i8")
    total[: len(one)] += one
    total[: len(other)] += other
    return total


def line_of(texts: list[int], rows: int, day: str, at: dict[str, int], width: int, delimiter: str) -> bytes:
    """One count as a line: 0 for its number, the rows it stands for, what it is counted by, and a day."""
    cells = [""] * width
    cells[:2] = "0", str(rows)
    for ours, text in zip(COUNTED_BY, texts, strict=True):
        if ours in at:
            cells[at[ours]] = as_text(text)
    cells[at["epistart"] if "epistart" in at else at["admidate"]] = day
    return (delimiter.join(cells) + "\n").encode("ascii")
