"""Every measure for England by year, exact: kept in a version so that the next one can be held against it before it is published."""

from pathlib import Path

import pandas as pd

from dashboard.ask import Ask
from dashboard.load.limits import LIMITS
from dashboard.metrics import METRICS
from dashboard.warehouse import OneVersion

COLUMNS = ["measure", "period", "numerator", "denominator", "value", "flag"]


def national(path: Path) -> pd.DataFrame:
    """One row per measure and financial year of a version file: numerator, denominator, value, flag."""
    with OneVersion(path) as version:
        asking = Ask(version, profile="exact")
        answers = [asking.counts(metric, by="england", period="year").frame for metric in METRICS.values()]
    found = pd.concat([answer[COLUMNS] for answer in answers], ignore_index=True)
    return found.astype({"numerator": float, "denominator": float, "value": float})


def moves(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One row per measure and year of both: measure, period, old, new, share moved, and whether that is too far to pass.

    A year that was provisional is expected to move; a small count proves nothing.
    """
    both = old.merge(new, on=["measure", "period"], suffixes=("_old", "_new"))
    moved = (both["value_new"] - both["value_old"]).abs() / both["value_old"].abs().where(both["value_old"] != 0)
    enough = both[["numerator_old", "numerator_new"]].max(axis=1) >= LIMITS["measure-events"]
    final = both["flag_old"] != "provisional"
    return pd.DataFrame({
        "measure": both["measure"], "period": both["period"], "old": both["value_old"], "new": both["value_new"],
        "moved": moved, "too_far": enough & final & (moved.fillna(0) > LIMITS["measure-moved"]),
    })  # fmt: skip
