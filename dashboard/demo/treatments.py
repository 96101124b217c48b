"""One treatment, as a row of an array."""

import numpy as np

LEFT, RIGHT, BOTH = 0, 1, 2
# the first two denervation codes of `targets.RFD_CODES`; a block, after all of them; any other stay
V485, V487, BLOCK, UNRELATED = 0, 1, 5, 6
# `starts`: it opens a course, and is not the other side of one
TREATMENT = np.dtype([
    ("person", "i4"), ("day", "i4"), ("side", "i1"), ("code", "i1"), ("starts", "?"), ("provider", "i2"),
])  # fmt: skip


def treatments(person: np.ndarray, day: np.ndarray, side, code: int = 0, starts: bool = True) -> np.ndarray:
    """An array of TREATMENT; the provider comes later."""
    some = np.zeros(len(person), TREATMENT)
    some["person"], some["day"], some["side"], some["code"], some["starts"] = person, day, side, code, starts
    return some


def person_days(some: np.ndarray) -> np.ndarray:
    """A number for each treatment that is the same for those of one person on one day."""
    return some["person"].astype("i8") * 2**20 + some["day"]


def first_by_person(some: np.ndarray) -> np.ndarray:
    """Each person's earliest treatment."""
    some = some[np.lexsort((some["day"], some["person"]))]
    return some[np.unique(some["person"], return_index=True)[1]]
