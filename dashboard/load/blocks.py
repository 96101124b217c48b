"""A file as blocks of whole lines, each with the place and the number of its first line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SIZE = 1 << 21  # bytes of a block: it stays near the processor
NEWLINE = b"\n"


@dataclass(frozen=True)
class Block:
    """Whole lines of a file, where the first begins in the file, and its physical number."""

    text: bytes
    offset: int
    line: int


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
            cut = chunk.rfind(NEWLINE) + 1
            parts, rest = ([*rest, memoryview(chunk)[:cut]], [chunk[cut:]]) if cut else ([], [*rest, chunk])
            if ended and any(rest):
                parts = [*rest, NEWLINE]
            if parts:
                yield (block := Block(b"".join(parts), begin, line))
                begin, line = begin + len(block.text), line + block.text.count(NEWLINE)
