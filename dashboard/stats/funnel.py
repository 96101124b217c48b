"""The funnel plot of proportions on the arcsine scale, with an additive allowance for overdispersion.

Spiegelhalter (2005), Stat Med 24:1185-1202, and (2005), Qual Saf Health Care 14:347-351; the moment estimate of
the variance between providers is DerSimonian and Laird's (1986), Control Clin Trials 7:177-188.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.stats.intervals import counted, floats

LEAST_DENOMINATOR = 10
LEAST_PROVIDERS = 10
# As the definitions give them, to six decimals.
Z95, Z998 = 1.959964, 3.090232
WINSORISED = (0.1, 0.9)


def proportions(numerators: ArrayLike, denominators: ArrayLike, adjust: bool = True) -> pd.DataFrame:
    """A row per provider, in their order: `value, lower95, upper95, lower998, upper998, z`; shares 0-1.

    A denominator under 10, or a missing number, makes a row of NaN that takes no part in anything. `z` is the distance
    from the target in the standard deviations that make the limits. `.attrs` hold `target` (all numerators over all
    denominators), `phi` (always estimated) and `tau2`, 0 when not `adjust` or with fewer than 10 providers.
    One provider lies on its own target; where nobody or everybody has the event, every limit on that side is 0 or 1
    and every z is 0. Spiegelhalter (2005), Stat Med 24:1185-1202; tau2 as DerSimonian and Laird (1986).
    ValueError where a numerator is below 0 or above its denominator.
    """
    x, n = counted(np.atleast_1d(floats(numerators)), np.atleast_1d(floats(denominators)))
    taken = plotted(x, n)
    x, n = np.where(taken, x, np.nan), np.where(taken, n, np.nan)
    target = np.nansum(x) / np.nansum(n) if taken.any() else np.nan
    variance = 1 / (4 * n)
    away = np.arcsin(np.sqrt(x / n)) - np.arcsin(np.sqrt(target))
    phi = _phi((away / np.sqrt(variance))[taken])
    tau2 = _tau2(phi, 1 / variance[taken]) if adjust else 0.0
    lower95, upper95 = limits(n, target, tau2, Z95)
    lower998, upper998 = limits(n, target, tau2, Z998)
    frame = pd.DataFrame(
        {
            "value": x / n,
            "lower95": lower95,
            "upper95": upper95,
            "lower998": lower998,
            "upper998": upper998,
            "z": away / np.sqrt(variance + tau2),
        }
    )
    frame.attrs = {"target": float(target), "phi": phi, "tau2": tau2}
    return frame


def plotted(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Which providers take part: both numbers known and a denominator of at least 10."""
    return ~np.isnan(x) & (n >= LEAST_DENOMINATOR)


def limits(denominators: ArrayLike, target: float, tau2: float, z: float) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper share at each denominator (above 0), to draw the funnel as a curve: Spiegelhalter (2005)."""
    spread = z * np.sqrt(1 / (4 * np.asarray(denominators, dtype=float)) + tau2)
    centre = np.arcsin(np.sqrt(target))
    low, high = np.clip(centre - spread, 0, np.pi / 2), np.clip(centre + spread, 0, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def _phi(z: np.ndarray) -> float:
    """The mean squared z, winsorised at the 10th and 90th centile: NumPy's linear quantile is R's type 7."""
    if not len(z):
        return np.nan
    return float(np.mean(np.clip(z, *np.quantile(z, WINSORISED)) ** 2))


def _tau2(phi: float, weights: np.ndarray) -> float:
    providers = len(weights)
    beyond = providers * phi - (providers - 1)
    if providers < LEAST_PROVIDERS or beyond <= 0:
        return 0.0
    return float(beyond / (weights.sum() - (weights**2).sum() / weights.sum()))
