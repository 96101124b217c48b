"""The audit: every released number of a provider as an equation, and how many values each hidden cell then can have."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.attacks.ground import FEWEST, MOST, Ground, Result, few
from dashboard.disclosure.families import CANDIDATES, bounds
from dashboard.disclosure.numbers import Profile, profile

LATTICE = (
    ("year", ()), ("quarter", ()), ("year", ("sex",)), ("year", ("age_band",)),
    ("year", ("setting",)), ("year", ("levels",)), ("year", ("course",)),
)  # fmt: skip
UNKNOWN = 100_000


@dataclass(frozen=True)
class Lattice:
    """The cells of one provider: labels, true numbers, the least and most each can be, and which add up to which."""

    cells: pd.DataFrame
    low: np.ndarray
    high: np.ndarray
    sums: np.ndarray

    def candidates(self, cell: int) -> int:
        """How many small numbers a hidden cell can still be: the integers between the least and the most that fit."""
        low, high = self.low.copy(), self.high.copy()
        high[cell] = MOST
        return int(self._extreme(cell, -1, low, high) - self._extreme(cell, 1, low, high) + 1)

    def _extreme(self, cell: int, sign: int, low: np.ndarray, high: np.ndarray) -> float:
        from scipy.optimize import Bounds, LinearConstraint, milp  # half a second that only the audit waits for

        target = np.zeros(len(low))
        target[cell] = sign
        found = milp(
            target, constraints=LinearConstraint(self.sums, 0, 0), bounds=Bounds(low, high), integrality=np.ones(len(low))
        )
        return round(sign * found.fun) if found.success else np.nan


def enumerated(ground: Ground, windows: bool = True) -> pd.DataFrame:
    """Every cell of the lattice by provider: place, period, split, value, told number, flag and true number."""
    parts = []
    for period, split in LATTICE:
        frame = ground.both("denervations", by="provider", period=period, split=split)
        column = split[0] if split else ""
        parts.append(frame.assign(split=column or period, part=frame[column] if split else ""))
    years = ground.released.version.years
    for size in (3, 5, len(years)) if windows else ():
        for at in range(len(years) - size + 1):
            window = {"from_": years[at], "to": years[at + size - 1]}
            parts.append(ground.both("denervations", window, by="provider", period="all").assign(split="window", part=""))
    return pd.concat(parts, ignore_index=True)[["place", "period", "split", "part", "numerator", "flag", "number"]]


def lattice(cells: pd.DataFrame, chosen: Profile, *, exact: bool = False) -> Lattice:
    """The equations of one provider's cells; `exact` for numbers that are hidden when small and otherwise told as they are."""
    cells = cells.reset_index(drop=True)
    told = np.where(few(cells["number"]), np.nan, cells["number"]) if exact else cells["numerator"].to_numpy(float)
    low, high = (told, told) if exact else bounds(told, chosen)
    hidden = np.isnan(told)
    return Lattice(cells, np.where(hidden, FEWEST, low), np.where(hidden, MOST if exact else UNKNOWN, high), _sums(cells))


def _sums(cells: pd.DataFrame) -> np.ndarray:
    """A row for each whole: 1 for its parts, −1 for itself."""
    rows, year = [], cells["period"].str[:7]
    yearly = cells["split"] == "year"
    for at in np.flatnonzero(yearly):
        inside = (year == cells.loc[at, "period"]) & ~cells["split"].isin(["year", "window"])
        rows += [_sum(inside & (cells["split"] == split), at) for split in cells.loc[inside, "split"].unique()]
    for at in np.flatnonzero(cells["split"] == "window"):
        first, last = cells.loc[at, "period"].split(" to ")
        rows.append(_sum(yearly & cells["period"].between(first, last), at))
    return np.array(rows, dtype=float).reshape(len(rows), len(cells))


def _sum(parts: pd.Series, whole: int) -> np.ndarray:
    row = parts.to_numpy(dtype=float)
    row[whole] = -1
    return row


def audited(ground: Ground, providers: int, cells_of_each: int, *, exact: bool = False) -> pd.DataFrame:
    """About so many small hidden cells of so many providers, each with how many values it still can have."""
    every, found = enumerated(ground), []
    for _, cells in list(every.groupby("place"))[:providers]:
        one = lattice(cells, profile(ground.released.profile), exact=exact)
        small = np.flatnonzero(few(one.cells["number"]))
        small = small[:: max(1, len(small) // cells_of_each)]
        found.append(one.cells.loc[small].assign(candidates=[one.candidates(cell) for cell in small]))
    return pd.concat(found, ignore_index=True)


def audit(ground: Ground, providers: int = 12, cells_of_each: int = 1000, *, exact: bool = False) -> Result:
    """Solve for small cells of each provider: one with fewer than four values left counts as recovered."""
    found = audited(ground, providers, cells_of_each, exact=exact)
    return Result("LP audit", len(found), int((found["candidates"] < CANDIDATES).sum()), 0.0)
