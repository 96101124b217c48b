"""Attacks on what is worked out from counts: limits turned back into counts, curves into the few who leave, many sums into one."""

import numpy as np
import pandas as pd

from dashboard.attacks.difference import SMALL
from dashboard.attacks.ground import Ground, Result, few, guessed
from dashboard.attacks.records import ALONE
from dashboard.metrics import METRICS
from dashboard.metrics.declared import ALL_SPLITS
from dashboard.stats.intervals import wilson

SHARES = ("no_block_found", "adherent", "repeat_within_minimum")
CURVES = ("repeat_by_24_months", "block_to_denervation_12_months")
NOISE = 2.0  # the standard deviation of a told number about the true one


def limits(ground: Ground) -> Result:
    """Find the count whose Wilson limits are those printed, without looking at the count that is told."""
    frame = pd.concat([ground.both(name, by="provider", period="year") for name in SHARES], ignore_index=True)
    frame = frame[frame["value"].notna() & (frame["number"] >= 10)]
    found = [_inverted(*one) for one in frame[["denominator", "value", "lower", "upper"]].itertuples(index=False, name=None)]
    return Result("limits turned back", len(frame), int((found == frame["number"].to_numpy()).sum()), ALONE)


def _inverted(denominator: float, value: float, lower: float, upper: float) -> int:
    counts = np.arange(int(denominator) + 1)
    low, high = wilson(counts, np.full(len(counts), denominator))
    return int(np.argmin(np.abs(counts / denominator - value) + np.abs(low - lower) + np.abs(high - upper)))


def curve_steps(ground: Ground) -> Result:
    """Read the events between two told months of a curve where they were few."""
    tried = read = 0
    for name in CURVES:
        told, true = (ask.curve(METRICS[name], by="provider").frame for ask in (ground.released, ground.exact))
        true = true.assign(so_far=true.groupby("place")["events"].cumsum())
        both = told.merge(true[["place", "months", "so_far"]], on=["place", "months"]).sort_values(["place", "months"])
        number = both.groupby("place")["so_far"].diff().fillna(both["so_far"])
        tried, read = tried + len(both), read + int(few(number).sum())
    return Result("curve steps", tried, read, 0.0)


def averages(ground: Ground) -> Result:
    """Sharpen each total by the sums of all its splits, each an own draw, then take from it all parts but the hidden one."""
    total = ground.both("denervations", by="provider", period="year").set_index(["place", "period"])
    splits = {split: ground.both("denervations", by="provider", period="year", split=(split,)) for split in ALL_SPLITS}
    sums = [_summed(frame) for frame in splits.values()]
    weights = [(1 / one["parts"]).where(one["whole"]).reindex(total.index).fillna(0) for one in sums]
    drawn = [one["told"].reindex(total.index).fillna(0) * by for one, by in zip(sums, weights, strict=True)]
    weight = 1 + sum(weights)
    better = (total["numerator"] + sum(drawn)) / weight
    found = [_left(frame, better, weight) for frame in splits.values()]
    every = pd.concat(found, ignore_index=True)
    return guessed("averaging", every["number"], _likeliest(every))


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    """Of each place and year the told parts of a split: their sum, how many, and whether they are all of it."""
    cells = frame.assign(hidden=frame["numerator"].isna()).groupby(["place", "period"])
    summed = cells.agg(told=("numerator", "sum"), parts=("numerator", "count"), hidden=("hidden", "sum"))
    return summed.assign(whole=(summed["hidden"] == 0) & (summed["parts"] > 1))


def _left(frame: pd.DataFrame, better: pd.Series, weight: pd.Series) -> pd.DataFrame:
    summed = _summed(frame)
    only = summed[(summed["hidden"] == 1) & (summed["parts"] > 0)]
    hidden = frame[frame["numerator"].isna() & few(frame["number"])].set_index(["place", "period"])
    hidden = hidden[hidden.index.isin(only.index)]
    left = (better - only["told"]).reindex(hidden.index)
    spread = NOISE * np.sqrt(1 / weight.reindex(hidden.index) + only["parts"].reindex(hidden.index))
    return pd.DataFrame({"number": hidden["number"], "left": left, "spread": spread}).dropna()


def _likeliest(every: pd.DataFrame) -> np.ndarray:
    prior = np.log([max((every["number"] == one).mean(), 1e-9) for one in SMALL])
    from scipy.stats import norm  # as in `ground`: not every publication needs it

    evidence = norm.logpdf(every["left"].to_numpy()[:, None], SMALL, every["spread"].to_numpy()[:, None])
    return SMALL[np.argmax(prior + evidence, axis=1)] if len(every) else np.array([])
