"""Where one provider stands among its peers, and against a whole."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

LEAST_PEERS = 3
COLUMNS = ("lowest", "quarter", "middle", "three_quarters", "highest")


def spread(values: ArrayLike) -> dict[str, float]:
    """The lowest, the quartiles (Hyndman and Fan 1996, type 7) and the highest of values, and how many: `told`.

    A missing value takes no part; fewer than three have no spread.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    numbers = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]) if len(known) >= LEAST_PEERS else [np.nan] * len(COLUMNS)
    return dict(zip(COLUMNS, (float(number) for number in numbers), strict=True)) | {"told": len(known)}


def middle_curve(curves: pd.DataFrame) -> pd.Series:
    """The median at each month of stepped curves, one per column with months as index, while three or more go on.

    A curve holds its value until its next step, is 0 before its first, and stops after its last.
    """
    if curves.empty:
        return pd.Series(dtype=float)
    monthly = curves.reindex(range(int(curves.index.max()) + 1))
    goes_on = monthly.bfill().notna()
    held = monthly.ffill().fillna(0).where(goes_on)
    return held.median(axis=1)[held.notna().sum(axis=1) >= LEAST_PEERS]


def scaled(frame: pd.DataFrame, columns: list[str], whole: str) -> pd.DataFrame:
    """Those columns of each row as distances from its `whole`, the furthest of the row at 1 or −1; NaN stays NaN."""
    away = frame[columns].sub(frame[whole], axis=0)
    furthest = away.abs().max(axis=1)
    return away.div(furthest.where(furthest > 0, 1), axis=0)
