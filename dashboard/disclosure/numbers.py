"""What may be told of a number: the threshold, the multiple of five, the complement and the precision."""

from dataclasses import dataclass

import numpy as np

from dashboard.errors import Refused

SMALLEST = 10
BEARS_A_DECIMAL, BEARS_A_PERCENT = 4000, 400
ENOUGH_FOR_ALL_OR_NONE = 20


@dataclass(frozen=True)
class Profile:
    """How numbers are released: hidden below `threshold`, then to a multiple of 5, chosen by the cell's key or nearest."""

    name: str
    threshold: int = 8
    keyed: bool = True
    exact: bool = False


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("hes2018_ck"),
        Profile("hes2018", keyed=False),
        Profile("sde10", threshold=10),
        Profile("exact", exact=True),
    )
}


def profile(name: str) -> Profile:
    """The profile of that name; Refused, naming those there are, when there is none."""
    if name not in PROFILES:
        raise Refused(f"{name!r} is no disclosure profile; there are: {', '.join(PROFILES)}")
    return PROFILES[name]


def small(number, patients, chosen: Profile) -> np.ndarray:
    """Whether a number is of too few patients or too few events to be told; none at all is not too few."""
    number, patients = np.asarray(number), np.asarray(patients)
    if chosen.exact:
        return np.zeros(number.shape, dtype=bool)
    return (number > 0) & ((number < chosen.threshold) | (patients < chosen.threshold))


def release_number(number, patients, key, chosen: Profile) -> np.ndarray:
    """The numbers as they may be told, NaN where they may not: 0, or a multiple of 5 that is at least 10.

    Adding the cell's key before flooring makes the multiple a property of the records counted, so the same
    records give the same number by any route and moving one record gives no readable step.
    """
    number = np.asarray(number, dtype=np.int64)
    if chosen.exact:
        return number.astype(float)
    shift = np.asarray(key, dtype=np.int64) % 5 if chosen.keyed else 2
    told = np.maximum(5 * ((number + shift) // 5), SMALLEST).astype(float)
    told = np.where(number == 0, 0.0, told)
    return np.where(small(number, patients, chosen), np.nan, told)


def hide_both(either, hidden) -> np.ndarray:
    """Numbers with NaN wherever `hidden`: both sides of a yes/no split go when either is small."""
    return np.where(hidden, np.nan, np.asarray(either, dtype=float))


def all_or_none_of_few(numerator, denominator) -> np.ndarray:
    """Whether a released share is 0% or 100% of fewer than 20."""
    numerator, denominator = np.asarray(numerator, float), np.asarray(denominator, float)
    extreme = (numerator <= 0) | (numerator >= denominator)
    return extreme & (denominator > 0) & (denominator < ENOUGH_FOR_ALL_OR_NONE)


def rounded(value, denominator, chosen: Profile) -> np.ndarray:
    """A share to the precision its released denominator bears: 0.1% from 4,000, 1% from 400, else the nearest 5%."""
    value = np.asarray(value, dtype=float)
    if chosen.exact:
        return value
    denominator = np.asarray(denominator, dtype=float)
    step = np.where(denominator >= BEARS_A_DECIMAL, 0.001, np.where(denominator >= BEARS_A_PERCENT, 0.01, 0.05))
    return np.round(np.round(value / step) * step, 3)
