"""Counts, shares and parts of a whole through the gate: raw cells in, told numbers out."""

import numpy as np
import pandas as pd

from dashboard.disclosure.numbers import Profile, all_or_none_of_few, hide_both, release_number, rounded, small
from dashboard.stats.intervals import wilson

EMPTY = np.nan
ROWS_COUNTED = (
    *("rows", "rows_read", "rows_loaded", "rows_quarantined", "rows_dropped", "rows_flagged", "mentions_here"),
    *("both_say_so", "only_sus", "only_here", "neither"),
)
LABELS = ("place", "period", "split_1", "split_2", "part", "outcome", "stage", "rule")


def flags(suppressed, empty, provisional) -> np.ndarray:
    """The flag of each row: suppressed, else not_applicable, else provisional, else nothing."""
    weaker = np.where(empty, "not_applicable", np.where(np.asarray(provisional, bool), "provisional", ""))
    return np.where(suppressed, "suppressed", weaker).astype(object)


def counts(raw: pd.DataFrame, chosen: Profile) -> pd.DataFrame:
    """Columns numerator, denominator, value, lower, upper, flag of counts: the value is the numerator."""
    told = release_number(raw["numerator"], raw["numerator_patients"], raw["numerator_key"], chosen)
    flag = flags(np.isnan(told), np.zeros(len(told), dtype=bool), raw["provisional"])
    return _columns(raw, told, EMPTY, told, EMPTY, EMPTY, flag)


def shares(raw: pd.DataFrame, chosen: Profile) -> pd.DataFrame:
    """Columns numerator, denominator, value, lower, upper, flag of shares, from released numbers only."""
    numerator = release_number(raw["numerator"], raw["numerator_patients"], raw["numerator_key"], chosen)
    denominator = release_number(raw["denominator"], raw["denominator_patients"], raw["denominator_key"], chosen)
    hidden = np.isnan(numerator) | np.isnan(denominator) | small_complement(raw, chosen)
    if not chosen.exact:
        hidden |= all_or_none_of_few(numerator, denominator)
    numerator = hide_both(numerator, hidden)
    value, lower, upper = share_of(numerator, denominator, chosen)
    flag = flags(hidden, np.isnan(value), raw["provisional"])
    return _columns(raw, numerator, denominator, value, lower, upper, flag)


def small_complement(raw: pd.DataFrame, chosen: Profile) -> np.ndarray:
    """Whether those of the denominator that the numerator leaves out are too few to be told."""
    return small(raw["denominator"] - raw["numerator"], raw["complement_patients"], chosen)


def share_of(numerator: np.ndarray, denominator: np.ndarray, chosen: Profile) -> tuple:
    """Value and Wilson limits of released numbers; rounding may tell a part above its whole, which is then all of it."""
    n = np.where(denominator > 0, denominator, np.nan)
    part = np.minimum(numerator, n)
    numbers = (part / n, *wilson(part, n))
    return tuple(rounded(number, denominator, chosen) for number in numbers)


def tally(raw: pd.DataFrame, chosen: Profile) -> pd.DataFrame:
    """Column count and flag of parts of a whole, each on its own patients and key."""
    told = release_number(raw["number"], raw["patients"], raw["key"], chosen)
    flag = flags(np.isnan(told), np.zeros(len(told), dtype=bool), raw["provisional"])
    return labelled(raw, {"count": told, "flag": flag})


def waterfall(raw: pd.DataFrame, chosen: Profile) -> pd.DataFrame:
    """Columns lost, remaining and flag; they are the two sides of what remained before, so both go when one is small."""
    lost = release_number(raw["lost"], raw["lost_patients"], raw["lost_key"], chosen)
    remaining = release_number(raw["remaining"], raw["remaining_patients"], raw["remaining_key"], chosen)
    hidden = np.isnan(lost) | np.isnan(remaining)
    flag = flags(hidden, np.zeros(len(hidden), dtype=bool), raw["provisional"])
    return labelled(raw, {"lost": hide_both(lost, hidden), "remaining": hide_both(remaining, hidden), "flag": flag})


def loading(raw: pd.DataFrame, chosen: Profile) -> pd.DataFrame:
    """A table about loading: its words as they are, its counts of rows as multiples of 5 with small ones hidden.

    Rows of a file have no key, so the nearest multiple is told; counts of organisations are about nobody.
    """
    counted = [name for name in ROWS_COUNTED if name in raw]
    told = raw.assign(**{name: release_number(raw[name], raw[name], 2, chosen) for name in counted})
    hidden = told[counted].isna().any(axis=1)
    return told.assign(flag=flags(hidden, np.zeros(len(told), dtype=bool), np.zeros(len(told), dtype=bool)))


def _columns(raw: pd.DataFrame, numerator, denominator, value, lower, upper, flag) -> pd.DataFrame:
    columns = {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "lower": lower,
        "upper": upper,
        "flag": flag,
    }
    return labelled(raw, columns)


def labelled(raw: pd.DataFrame, told: dict) -> pd.DataFrame:
    """What is told, beside the labels of the raw cells and nothing else of them."""
    labels = {name: raw[name] for name in LABELS if name in raw}
    return pd.DataFrame(labels | told, index=raw.index)
