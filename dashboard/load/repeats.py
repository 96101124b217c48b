"""Record numbers that come more than once in a year: their rows may be copies of each other, so all of them are looked at."""

import numpy as np

from dashboard.load.sifting import Sifted

MOST = 1 << 22  # numbers compared at one time: a few times 32 MB


def repeated(sifted: list[Sifted], parsed: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
    """The record numbers that come more than once in a year, among idle rows and those parsed; bounded by MOST at one time."""
    found = {}
    for year in sorted({year for one in sifted for block in one.years for year in block}):
        every = [one.keys(year) for one in sifted] + [parsed.get(year, np.zeros(0, "u8"))]
        parts = -(-sum(map(len, every)) // MOST) or 1
        some = [twice(np.concatenate([keys[keys % np.uint64(parts) == part] for keys in every])) for part in range(parts)]
        if len(together := np.concatenate(some)):
            found[year] = together
    return found


def twice(keys: np.ndarray) -> np.ndarray:
    """The numbers that stand more than once in some."""
    keys = np.sort(keys)
    return np.unique(keys[1:][keys[1:] == keys[:-1]])
