"""Lines of a block of bytes and what stands in them, thousands at a time: words, whole numbers and days, as numpy arrays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
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
        rest, ended = b"", False
        while not ended:
            chunk = stream.read(SIZE)
            watch(chunk)
            ended = not chunk
            cut = chunk.rfind(b"\n") + 1
            text, rest = (rest + chunk[:cut], chunk[cut:]) if cut else (b"", rest + chunk)
            if ended and rest:
                text, rest = rest + b"\n", b""
            if text:
                yield padded(text, begin, line)
                begin, line = begin + len(text), line + int(np.count_nonzero(np.frombuffer(text, "u1") == NEWLINE))


def padded(text: bytes, offset: int, line: int) -> Block:
    """A block of some lines; the byte before the first is a newline, as before every other."""
    around = np.empty(PAD + len(text) + PAD, "u1")
    around[:PAD] = around[-PAD:] = 0
    around[PAD - 1] = NEWLINE
    around[PAD:-PAD] = np.frombuffer(text, "u1")
    strange = not text.isascii() or b'"' in text or b"+" in text
    return Block(around, offset, line, strange, b"\r" in text)


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
    words, last = block.words(), np.clip(length - 8, 0, PAD - 8)
    for step in range(0, int(last.max(initial=0)) + 8, 8):
        shift = np.minimum(last, step)
        same &= words[one + shift] == words[other + shift]
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


DASHED = np.uint64(int.from_bytes(b"0000-00-", "little"))
DASHES = np.uint64(int.from_bytes(b"\0\0\0\0\xff\0\0\xff", "little"))


def days(block: Block, begin: np.ndarray, width: np.ndarray) -> np.ndarray:
    """YYYY-MM-DD as days since 1970: NONE where blank or before 1900, BAD where it is anything else."""
    word = block.words()[begin] ^ DASHED
    tail = block.words("<u2")[begin + 8] ^ np.uint16(0x3030)
    digit = [(word >> np.uint64(8 * at) & np.uint64(15)).astype("i4") for at in (0, 1, 2, 3, 5, 6)]
    year = digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3] - FIRST_YEAR
    month = digit[4] * 10 + digit[5]
    day = (tail & 15).astype("i4") * 10 + (tail >> 8 & 15)
    shaped = all_digits(word) & (word & DASHES == 0) & all_digits(tail.astype("u8")) & (width == 10)
    shaped &= (year >= 0) & (year < LAST_YEAR - FIRST_YEAR) & (month < 13) & (day < 32)
    found = day_table()[np.where(shaped, year * 512 + month * 32 + day, 0)]
    return np.where(width == 0, NONE, np.where(shaped, found, BAD))


def days_mostly(
    block: Block, begin: np.ndarray, width: np.ndarray, like: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> np.ndarray:
    """The same, where most are the same texts as others (begin, width, day) whose days are known."""
    its_begin, its_width, its_day = like
    words, ends = block.words(), block.words("<u2")
    same = (words[begin] == words[its_begin]) & (ends[begin + 8] == ends[its_begin + 8]) & (width == 10) & (its_width == 10)
    rest = np.flatnonzero(~same)
    found = its_day.copy()
    found[rest] = days(block, begin[rest], width[rest])
    return found
