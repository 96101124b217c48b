"""95% limits of one proportion and of one count."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

# The 0.975 quantile of the normal distribution, to the last bit.
Z95 = 1.959963984540054


def wilson(x: ArrayLike, n: ArrayLike) -> tuple:
    """Lower and upper limit of x/n, without continuity correction: floats, or arrays for arrays; NaN where n is 0.

    Wilson (1927), J Am Stat Assoc 22:209-212, as method 3 of Newcombe (1998), Stat Med 17:857-872.
    ValueError where x is below 0 or above n.
    """
    x, n = counted(x, n)
    known = np.where(n > 0, n, np.nan)
    middle = 2 * x + Z95**2
    spread = Z95 * np.sqrt(Z95**2 + 4 * x * (1 - x / known))
    whole = 2 * (known + Z95**2)
    # None and all are exact, so that no limit is a rounding error away from 0 or 1.
    lower = np.where((x == 0) & (n > 0), 0.0, (middle - spread) / whole)
    upper = np.where((x == n) & (n > 0), 1.0, (middle + spread) / whole)
    return _plain(lower), _plain(upper)


def byar(x: ArrayLike) -> tuple:
    """Lower and upper limit of a count, by Byar's approximation: floats, or arrays for arrays.

    Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC, p. 69. None events have 0 as lower limit;
    a missing count has none. ValueError where x is below 0 or infinite.
    """
    x = floats(x)
    if (x < 0).any() or np.isinf(x).any():
        raise ValueError("a count is below 0 or infinite")
    lower = np.where(x > 0, _byar(np.where(x > 0, x, 1.0), -Z95), np.where(np.isnan(x), np.nan, 0.0))
    return _plain(lower), _plain(_byar(x + 1, Z95))


def counted(x: ArrayLike, n: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The same as arrays of floats of one shape; ValueError unless 0 <= x <= n and both are finite."""
    x, n = np.broadcast_arrays(floats(x), floats(n))
    if (x < 0).any() or (n < 0).any() or np.isinf(x).any() or np.isinf(n).any():
        raise ValueError("a count is below 0 or infinite")
    if (x > n).any():
        raise ValueError("a numerator is above its denominator")
    return x, n


def floats(numbers: ArrayLike) -> np.ndarray:
    """A number, list, array or series as floats; None, NaN and NA are NaN."""
    array = np.asarray(numbers)
    if array.dtype == object:
        array = np.where(pd.isna(array), np.nan, array)
    return array.astype(float)


def _byar(x: np.ndarray, z: float) -> np.ndarray:
    # Below one event the cube can turn negative: a count cannot.
    return x * np.maximum(1 - 1 / (9 * x) + z / (3 * np.sqrt(x)), 0) ** 3


def _plain(limit: np.ndarray) -> float | np.ndarray:
    return limit if np.ndim(limit) else float(limit)
