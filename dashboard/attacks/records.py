"""Attacks by somebody who can add records: one after another, once between two versions, or in one small cell of two."""

import numpy as np
import pandas as pd

from dashboard.attacks.ground import Ground, Result, few
from dashboard.disclosure.numbers import profile
from dashboard.disclosure.tables import counts

SEED, STEPS = 11, 5
ALONE = 0.2  # a told number stands for nine counts; the likeliest of them is right a fifth of the time


def slider(ground: Ground) -> Result:
    """Add records one by one until the told number moves: where nothing but the count decides, that is the count."""
    number, key, added = _cells(ground, STEPS)
    seen = [_told(ground, number + n, key + added[:, :n].sum(axis=1)) for n in range(STEPS + 1)]
    moved = np.argmax([now != seen[0] for now in seen], axis=0)
    return Result("one-record slider", len(number), int((seen[0] + 3 - moved == number).sum()), ALONE)


def versions(ground: Ground) -> Result:
    """Hold a version against the next, knowing that each cell gained one record: a number that moved gives itself away."""
    number, key, added = _cells(ground, 1)
    before, after = _told(ground, number, key), _told(ground, number + 1, key + added[:, 0])
    return Result("version difference", len(number), int((np.where(after > before, before + 2, before) == number).sum()), ALONE)


def sides(ground: Ground) -> Result:
    """Change each small cell to another small one and look for any change in what is told of it."""
    true = ground.true("denervations", by="provider", period="quarter")["numerator"].to_numpy(int)
    small = true[few(true)]
    random = np.random.default_rng(SEED)
    one, other = (counts(_frame(number, random.integers(0, 5, len(small))), _profile(ground)) for number in (small, 8 - small))
    differs = ~(one.eq(other) | (one.isna() & other.isna())).all(axis=1)
    return Result("side channels", len(small), int(differs.sum()), 0.0)


def _cells(ground: Ground, records: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The true numbers of cells that are told, a key for each, and the keys of records to add to it."""
    true = ground.true("denervations", by="provider", period="year")["numerator"].to_numpy(int)
    number, random = true[true >= 20], np.random.default_rng(SEED)
    return number, random.integers(0, 5, len(number)), random.integers(0, 5, (len(number), records))


def _told(ground: Ground, number: np.ndarray, key: np.ndarray) -> np.ndarray:
    return counts(_frame(number, key % 5), _profile(ground))["value"].to_numpy()


def _profile(ground: Ground):
    return profile(ground.released.profile)


def _frame(number: np.ndarray, key: np.ndarray) -> pd.DataFrame:
    """Raw cells of so many rows, each of a patient of its own."""
    labels = {"place": [str(n) for n in range(len(number))], "period": "", "split_1": "", "split_2": ""}
    return pd.DataFrame(labels | {"numerator": number, "numerator_patients": number, "numerator_key": key, "provisional": False})
