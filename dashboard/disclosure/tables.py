"""Counts, shares and parts of a whole through the gate: raw cells in, told numbers out."""

import numpy as np
import pandas as pd

from dashboard.disclosure.families import CELL, NO_KIN, Kin, Parts, exposed, wholes
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


def counts(raw: pd.DataFrame, chosen: Profile, *, kin: Kin = NO_KIN, headline: pd.DataFrame | None = None) -> pd.DataFrame:
    """Columns numerator, denominator, value, lower, upper, flag of counts: the value is the numerator."""
    told = counted(raw, chosen, kin, headline)
    flag = flags(np.isnan(told), np.zeros(len(told), dtype=bool), raw["provisional"])
    return _columns(raw, told, EMPTY, told, EMPTY, EMPTY, flag)


def counted(raw: pd.DataFrame, chosen: Profile, kin: Kin, headline: pd.DataFrame | None) -> np.ndarray:
    """The numerators that may be told, NaN where one is small or would give away another part of its whole."""
    part = parts(raw, "numerator", chosen)
    return hide_both(part.told, exposed(wholes(raw, kin), part, chosen) | beside(raw, headline, "numerator", chosen))


def beside(raw: pd.DataFrame, headline: pd.DataFrame | None, name: str, chosen: Profile) -> np.ndarray:
    """Whether a cell differs by few from that of the headline cohort, which holds it or is in it: the two sides of a yes/no split."""
    if headline is None:
        return np.zeros(len(raw), dtype=bool)
    cells = [column for column in (*CELL, "part") if column in raw]
    known = raw[cells].merge(headline[[*cells, name]], on=cells, how="left")[name].fillna(0).to_numpy()
    apart = np.abs(raw[name].to_numpy() - known)
    return small(apart, apart, chosen)


def parts(raw: pd.DataFrame, name: str, chosen: Profile) -> Parts:
    """A number of raw cells with its patients and key, and as it is told by itself."""
    numbers = [raw[column].to_numpy() for column in (name, f"{name}_patients", f"{name}_key")]
    return Parts(*numbers, release_number(*numbers, chosen))


def shares(raw: pd.DataFrame, chosen: Profile, *, kin: Kin = NO_KIN, headline: pd.DataFrame | None = None) -> pd.DataFrame:
    """Columns numerator, denominator, value, lower, upper, flag of shares, from released numbers only."""
    numerator, denominator, hidden = two_sides(raw, chosen, kin, headline)
    value, lower, upper = share_of(numerator, denominator, chosen)
    flag = flags(hidden, np.isnan(value), raw["provisional"])
    return _columns(raw, numerator, denominator, value, lower, upper, flag)


def two_sides(raw: pd.DataFrame, chosen: Profile, kin: Kin, headline: pd.DataFrame | None = None) -> tuple[np.ndarray, ...]:
    """(numerator, denominator, hidden) of shares: the numerator goes where it, or what it leaves out, cannot be told."""
    with_rest, groups = _with_complement(raw), wholes(raw, kin)
    other = None if headline is None else _with_complement(headline)
    told = []
    for name in ("numerator", "denominator", "complement"):
        part = parts(with_rest, name, chosen)
        told.append(hide_both(part.told, exposed(groups, part, chosen) | beside(with_rest, other, name, chosen)))
    hidden = np.isnan(told).any(axis=0)
    if not chosen.exact:
        hidden |= all_or_none_of_few(told[0], told[1])
    return hide_both(told[0], hidden), told[1], hidden


def share_of(numerator: np.ndarray, denominator: np.ndarray, chosen: Profile) -> tuple:
    """Value and Wilson limits of released numbers; rounding may tell a part above its whole, which is then all of it."""
    n = np.where(denominator > 0, denominator, np.nan)
    part = np.minimum(numerator, n)
    numbers = (part / n, *wilson(part, n))
    return tuple(rounded(number, denominator, chosen) for number in numbers)


def _with_complement(raw: pd.DataFrame) -> pd.DataFrame:
    """The raw cells with the number and key of those of the denominator that the numerator leaves out."""
    key = (raw["denominator_key"] - raw["numerator_key"]) % 5
    return raw.assign(complement=raw["denominator"] - raw["numerator"], complement_key=key)


def tally(raw: pd.DataFrame, chosen: Profile, *, headline: pd.DataFrame | None = None) -> pd.DataFrame:
    """Column count and flag of parts of a whole, each on its own patients and key."""
    numbers = [raw[column].to_numpy() for column in ("number", "patients", "key")]
    part = Parts(*numbers, release_number(*numbers, chosen))
    told = hide_both(part.told, exposed([_whole_of_part(raw)], part, chosen) | beside(raw, headline, "number", chosen))
    flag = flags(np.isnan(told), np.zeros(len(told), dtype=bool), raw["provisional"])
    return labelled(raw, {"count": told, "flag": flag})


def _whole_of_part(raw: pd.DataFrame) -> np.ndarray:
    """The number of the whole of each part: all bands but `staged`, the outcomes of a stage, states or ways to fail of a criterion."""
    banded = np.where(raw["part"] == "staged", "staged", "")
    of_outcomes = raw["part"] + np.where(raw["outcome"].str.startswith("fails"), " fails", "")
    whole = np.where(raw["outcome"] == "", banded, of_outcomes)
    return raw.assign(whole=whole).groupby(["place", "period", "whole"]).ngroup().to_numpy()


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
