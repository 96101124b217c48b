"""How the lines of one file are looked at, as its layout and the codelists have it; and a block so looked at."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.load.blocks import Block
from dashboard.load.idle import FILLER, LINE, ODD, OURS, STRANGE, look
from dashboard.load.layouts import Matched

FILLERS = b". -&*_/\t"  # what cleaning takes out of a code, wherever it stands
# a quote, a sum written with E+, what joins codes once they are read: the whole parser knows what they mean
MARKS = (b'"', b"+", b";")


class Plan(NamedTuple):
    """What compiled code is told of a file: delimiter, number of columns, today as `day_of` has it, the kinds of each byte, which bytes may
    stand at each place of a code, where our columns stand, and the first and stop of the columns of each list."""

    delimiter: int
    columns: int
    today: int
    kinds: np.ndarray
    codes: np.ndarray
    at: np.ndarray
    procedures: np.ndarray
    dates: np.ndarray
    diagnoses: np.ndarray


@dataclass(frozen=True)
class Looked:
    """A block, what each of its lines is, and where each ends."""

    block: Block
    lines: np.ndarray
    ends: np.ndarray

    def those(self, *what: int) -> np.ndarray:
        """The numbers in the block of the lines that are one of some."""
        return np.flatnonzero(np.isin(self.lines["what"], what))

    @property
    def mostly_odd(self) -> bool:
        """Whether nothing can be told of most lines."""
        return len(self.those(ODD)) > len(self.lines) / 2

    def text(self, which: np.ndarray) -> bytes:
        """Some lines, each ended by a line feed alone, as one reader takes what is mixed otherwise than another."""
        begins = (self.ends[which - 1] + 1) * (which > 0)
        places = zip(begins.tolist(), self.ends[which].tolist(), strict=True)
        return b"".join([self.block.text[begin:end].removesuffix(b"\r") + b"\n" for begin, end in places])


def looked_at(block: Block, plan: Plan) -> Looked:
    """A block's lines told apart."""
    text = np.frombuffer(block.text, "u1")
    ends = np.flatnonzero(text == ord("\n"))
    lines = np.zeros(len(ends), LINE)
    look(text, ends, not block.text.isascii() or any(mark in block.text for mark in MARKS), plan, lines)
    return Looked(block, lines, ends)


def plan_for(matched: Matched, delimiter: str, columns: int, codes: tuple[str, ...], today: dt.date) -> Plan | None:
    """The plan for a file's columns; None for layouts where only the whole parser can tell what matters.

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
    if any(one is None for bounds in lists.values() for one in bounds) or not all(code.isascii() for code in codes):
        return None
    at = np.array([places[ours][0] if places[ours] else columns for ours in OURS])
    bounds = (np.array(lists[ours], "i8").reshape(-1, 2) for ours in ("procedures", "procedure_dates", "diagnoses"))
    return Plan(
        ord(delimiter), columns, (today.year * 12 + today.month - 1) * 31 + today.day - 1, kinds(), letters(codes), at, *bounds
    )


def side_by_side(found: list[int | None]) -> tuple[int, int] | None:
    """The first and the stop of positions that are side by side; None when they are not."""
    if found[0] is None or found != list(range(found[0], found[0] + len(found))):
        return None
    return found[0], found[0] + len(found)


def kinds() -> np.ndarray:
    """For each byte, of which kinds it is."""
    table = np.zeros(256, "u1")
    table[128:] = STRANGE
    table[list(b"".join(MARKS))] = STRANGE
    table[list(FILLERS)] = FILLER
    return table


def letters(codes: tuple[str, ...]) -> np.ndarray:
    """For each of the first characters that all codes have, which bytes may stand there."""
    table = np.zeros((min(map(len, codes)), 256), bool)
    for code in codes:
        for place in range(len(table)):
            table[place, [ord(code[place].upper()), ord(code[place].lower())]] = True
    return table
