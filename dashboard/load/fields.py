"""Lines of a block of bytes and what stands in them, thousands at a time: words, whole numbers and days, as numpy arrays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

SIZE = 1 << 21  # bytes of a block: its arrays stay near the processor
PAD = 80  # bytes around a block, so that words can be read at any place in it
NEWLINE = 10
NONE, BAD = -(1 << 20), -(1 << 21)  # no day; not a day
FIRST_YEAR, LAST_YEAR, NO_DAY_BEFORE = 1500, 2200, "1900-01-01"
ZEROS = np.uint64(0x3030303030303030)


@dataclass(frozen=True)
class Block:
    """Whole lines of a file: their bytes between paddings, where the first begins in the file, and its physical number.

    `strange` says whether there is a quote, a sum written with E+ or anything beyond ASCII in it, `returns` whether a carriage return.
    """

    text: np.ndarray
    offset: int
    line: int
    strange: bool
    returns: bool

    @cached_property
    def newlines(self) -> np.ndarray:
        """Where its lines end, behind the newline before the first."""
        return np.flatnonzero(self.text == NEWLINE)

    def words(self, kind: str = "<u8") -> np.ndarray:
        """The bytes read as little-endian words, one beginning at each byte."""
        size = np.dtype(kind).itemsize
        return np.ndarray((len(self.text) - size + 1,), kind, self.text, strides=(1,))


def blocks(path: Path, line: int, begin: int, watch: Callable[[bytes], None] = lambda chunk: None) -> Iterator[Block]:
    """A file from the byte on where the line of that number begins, in blocks of whole lines; a last line is ended.

    `watch` is given every byte of the file, in order.
    """
    with path.open("rb") as stream:
        watch(stream.read(begin))
        rest, ended = [], False
        while not ended:
            chunk = stream.read(SIZE)
            watch(chunk)
            ended = not chunk
            cut = chunk.rfind(b"\n") + 1
            parts, rest = ([*rest, memoryview(chunk)[:cut]], [chunk[cut:]]) if cut else ([], [*rest, chunk])
            if ended and any(rest):
                parts, rest = [*rest, b"\n"], []
            if parts:
                yield (block := padded(parts, begin, line))
                begin, line = begin + len(block.text) - 2 * PAD, line + len(block.newlines) - 1


def padded(parts: Sequence[bytes | memoryview], offset: int, line: int) -> Block:
    """A block of some lines, given in parts; the byte before the first is a newline, as before every other."""
    text = b"".join([bytes(PAD - 1), b"\n", *parts, bytes(PAD)])
    strange = not text.isascii() or b'"' in text or b"+" in text
    return Block(np.frombuffer(text, "u1"), offset, line, strange, b"\r" in text)


@cache
def masks() -> np.ndarray:
    """For each width up to eight, the bytes of a word that are within it."""
    return np.array([(1 << (8 * width)) - 1 for width in range(9)], "u8")


def short_texts(block: Block, begin: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Texts of at most eight bytes, each as one number."""
    return block.words()[begin] & masks()[np.minimum(width, 8)]


def as_text(number: int) -> str:
    """A number of `short_texts` as the text it stands for."""
    return int(number).to_bytes(8, "little").rstrip(b"\0").decode("ascii")


def same_bytes(block: Block, one: np.ndarray, other: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Whether the bytes from two places on are the same, for lengths from 8 to PAD; other lengths are not looked at, and count as not."""
    same = (length >= 8) & (length <= PAD)
    rest, words, step = np.flatnonzero(same), block.words(), 0
    while len(rest):
        shift = np.minimum(length[rest] - 8, step)
        alike = words[one[rest] + shift] == words[other[rest] + shift]
        same[rest[~alike]] = False
        step += 8
        rest = rest[alike & (length[rest] > step)]
    return same


def numbers(block: Block, end: np.ndarray, width: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(whole numbers that end at some places, whether each is one: up to 19 digits and no zero before others)."""
    found, sound = np.zeros(len(end), "u8"), (width > 0) & (width <= 19)
    words, most = block.words(), int(width.max(initial=0))
    for place in range(3 if most > 16 else 2 if most > 8 else 1):
        word = (words[end - 8 * (place + 1)] ^ ZEROS) & ~masks()[8 - np.clip(width - 8 * place, 0, 8)]
        sound &= all_digits(word)
        found += eight_digits(word) * np.uint64(10 ** (8 * place))
    leading = block.text[end - np.minimum(width, PAD)]
    return found, sound & ((leading != ord("0")) | (width == 1))


def all_digits(word: np.ndarray) -> np.ndarray:
    """Whether every byte, exclusive-or'ed with the character 0, is from 0 to 9."""
    return (((word + np.uint64(0x0606060606060606)) | word) & np.uint64(0xF0F0F0F0F0F0F0F0)) == 0


def eight_digits(word: np.ndarray) -> np.ndarray:
    """Eight digits, the first in the lowest byte, as one number: neighbours are added up three times."""
    word = (word * np.uint64(2561)) >> np.uint64(8) & np.uint64(0x00FF00FF00FF00FF)
    word = (word * np.uint64(6553601)) >> np.uint64(16) & np.uint64(0x0000FFFF0000FFFF)
    return (word * np.uint64(42949672960001)) >> np.uint64(32)


@cache
def day_table() -> np.ndarray:
    """Days since 1970 by (year, month, day of the month) as one index; NONE for the archive's ways of saying none, BAD for no day."""
    day = np.arange(np.datetime64(f"{FIRST_YEAR}-01-01"), np.datetime64(f"{LAST_YEAR}-01-01"))
    year, month = day.astype("M8[Y]"), day.astype("M8[M]")
    index = (year.astype(int) + 1970 - FIRST_YEAR) * 512 + ((month - year).astype(int) + 1) * 32 + (day - month).astype(int) + 1
    table = np.full((LAST_YEAR - FIRST_YEAR) * 512, BAD, "i4")
    table[index] = np.where(day < np.datetime64(NO_DAY_BEFORE), NONE, day.astype(int))
    return table


DATE = 10  # characters of a date
SHORT = np.uint64(int.from_bytes(b"00-00-00", "little"))
THIS_CENTURY = np.uint16(int.from_bytes(b"20", "little"))
DASHED = np.uint64(int.from_bytes(b"0000-00-", "little"))
DASHES = np.uint64(int.from_bytes(b"\0\0\0\0\xff\0\0\xff", "little"))


@cache
def usual_days() -> tuple[np.ndarray, np.ndarray]:
    """By `place_of`: the last eight characters of a day of this century, and the day."""
    day = np.arange(np.datetime64("2000-01-01"), np.datetime64("2100-01-01"))
    text = np.char.encode(np.datetime_as_string(day), "ascii")
    word = text.view("u1").reshape(-1, DATE)[:, 2:].copy().view("<u8").ravel()
    words, found = np.full(1 << 16, -1, "i8").view("<u8"), np.zeros(1 << 16, "i4")
    words[place_of(word)], found[place_of(word)] = word, day.astype("i4")
    return words, found


def place_of(word: np.ndarray) -> np.ndarray:
    """A number below 65,536 for the characters YY-MM-DD, of its own for each: neighbours are added up, then weighed and added up."""
    lanes = ((word ^ SHORT) * np.uint64(2561)) >> np.uint64(8) & np.uint64(0x00FF00FF00FF00FF)
    return ((lanes * np.uint64(520 << 48 | 400 << 32 | 4 << 16 | 1)) >> np.uint64(48)).astype("i8")


def days(block: Block, begin: np.ndarray, width: np.ndarray) -> np.ndarray:
    """YYYY-MM-DD as days since 1970: NONE where blank or before 1900, BAD where it is anything else."""
    words, usual = usual_days()
    word = block.words()[begin + 2]
    place = place_of(word)
    told = (words[place] == word) & (block.words("<u2")[begin] == THIS_CENTURY) & (width == DATE)
    found = np.where(told, usual[place], NONE)
    if len(rest := np.flatnonzero(~told & (width > 0))):
        found[rest] = other_days(block, begin[rest], width[rest])
    return found


def other_days(block: Block, begin: np.ndarray, width: np.ndarray) -> np.ndarray:
    """The same for texts that are no day of this century."""
    word = block.words()[begin] ^ DASHED
    tail = block.words("<u2")[begin + 8] ^ np.uint16(0x3030)
    digit = [(word >> np.uint64(8 * at) & np.uint64(15)).astype("i4") for at in (0, 1, 2, 3, 5, 6)]
    year = digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3] - FIRST_YEAR
    month = digit[4] * 10 + digit[5]
    day = (tail & 15).astype("i4") * 10 + (tail >> 8 & 15)
    shaped = all_digits(word) & (word & DASHES == 0) & all_digits(tail.astype("u8")) & (width == DATE)
    shaped &= (year >= 0) & (year < LAST_YEAR - FIRST_YEAR) & (month < 13) & (day < 32)
    found = day_table()[np.where(shaped, year * 512 + month * 32 + day, 0)]
    return np.where(shaped, found, BAD)
