"""The codes a synthetic coder chooses from, with the chance of each (`data/demo/coding.csv`)."""

from dataclasses import dataclass

import numpy as np
import pyarrow

from dashboard.demo.files import choose
from dashboard.demo.places import rows


@dataclass(frozen=True)
class Words:
    """`words` are all codes, the first of them blank; `tables` hold positions in it and cumulated shares."""

    words: list[str]
    tables: dict[str, tuple[np.ndarray, np.ndarray]]

    def of(self, table: str) -> np.ndarray:
        """The positions of a table's codes, in its order."""
        return self.tables[table][0]

    def draw(self, rng: np.random.Generator, table: str, count: int) -> np.ndarray:
        """Positions of codes drawn from a table by their shares."""
        positions, shares = self.tables[table]
        return positions[np.searchsorted(shares, rng.random(count) * shares[-1], side="right")]

    def column(self, positions: np.ndarray, length: int | None = None) -> pyarrow.Array:
        """Positions as a column of codes, cut to a length."""
        return choose([word[:length] for word in self.words], positions)


def read() -> Words:
    """The tables as the data folder has them."""
    listed = rows("demo/coding.csv")
    words = list(dict.fromkeys(["", *(row["code"] for row in listed)]))
    tables = {}
    for name in dict.fromkeys(row["table"] for row in listed):
        mine = [row for row in listed if row["table"] == name]
        positions = np.array([words.index(row["code"]) for row in mine], "i2")
        tables[name] = positions, np.array([float(row["share"]) for row in mine]).cumsum()
    return Words(words, tables)
