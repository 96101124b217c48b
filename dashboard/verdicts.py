"""How often a verdict from released numbers differs from the same verdict from exact ones, by size of provider."""

import numpy as np
import pandas as pd

from dashboard.ask import Ask
from dashboard.charts import funnel, trend
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.metrics import METRICS
from dashboard.stats import opportunity

FUNNELS = ("repeat_within_minimum", "no_block_found", "adherent")
EXCESSES = ("repeat_within_minimum", "no_block_found")
TRENDS = ("denervations",)
SIZES = {"10 to 49": (10, 50), "50 to 199": (50, 200), "200 or more": (200, np.inf)}
COLUMNS = ["verdict", "measure", "size", "compared", "same", "lost", "made", "not_shown"]


def table(warehouse) -> pd.DataFrame:
    """A row per verdict, measure and size: compared, same, lost by rounding, made by it, and not shown at all.

    The size is the exact denominator, or a provider's denervations in the whole data. One provider and quarter is one
    comparison for a signal, one provider for the others. The exact numbers are read, so this is for who holds the data.
    """
    asks = [Ask(warehouse, profile=profile) for profile in ("exact", "hes2018_ck")]
    parts = [_both(asks, "outside the 99.8% funnel limits", name, outliers) for name in FUNNELS]
    parts += [_both(asks, "above the median, distinguishably", name, excesses) for name in EXCESSES]
    parts += [_both(asks, "XmR signal in a quarter", name, signals, period="quarter") for name in TRENDS]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _both(asks: list[Ask], verdict: str, name: str, judge, period: str = "all") -> pd.DataFrame:
    exact, released = (judge(ask.counts(METRICS[name], by="provider", period=period)) for ask in asks)
    if exact.empty:
        raise Refused(f"{name} has no provider to judge in this data")
    both = exact.join(released["verdict"].rename("told"), how="left")
    rows = [_counted(both[both["size"].between(low, high, inclusive="left")]) for low, high in SIZES.values()]
    return pd.DataFrame(rows).assign(verdict=verdict, measure=name, size=list(SIZES))


def _counted(both: pd.DataFrame) -> dict[str, int]:
    shown = both[both["told"].notna()]
    found, told = shown["verdict"].astype(bool), shown["told"].astype(bool)
    numbers = {"compared": len(both), "same": found == told, "lost": found & ~told, "made": told & ~found}
    return {name: int(np.sum(one)) for name, one in numbers.items()} | {"not_shown": len(both) - len(shown)}


def outliers(answer: Released) -> pd.DataFrame:
    """Per provider its size and whether it lies outside the funnel's 99.8% limits, as the funnel chart judges."""
    told = funnel.judged(answer)
    return pd.DataFrame({"size": told["denominator"].to_numpy(), "verdict": told["outside"].to_numpy()}, index=told["place"])


def excesses(answer: Released) -> pd.DataFrame:
    """Per provider its size and whether it has distinguishably more events than the median provider's share."""
    frame = answer.frame.dropna(subset=["numerator", "denominator"])
    found = opportunity.excess(np.minimum(frame["numerator"], frame["denominator"]), frame["denominator"])
    above = (found["distinguishable"] & (found["excess"] > 0)).to_numpy()
    told = pd.DataFrame({"size": frame["denominator"].to_numpy(), "verdict": above}, index=frame["place"])
    return told[found["value"].notna().to_numpy()]


def signals(answer: Released) -> pd.DataFrame:
    """Per provider and quarter the provider's size and whether the XmR chart marks the quarter, where it has limits."""
    parts = []
    for place, frame in answer.frame.groupby("place"):
        chart = trend.judged(Released(frame, answer.metric, "", answer.profile, answer.about, answer.filters))
        chart = chart[chart["spc_upper"].notna() & chart["value"].notna()]
        size = frame["value"].sum()
        parts.append(
            pd.DataFrame(
                {"size": size, "verdict": chart["cause"].ne("").to_numpy()}, index=[(place, one) for one in chart["period"]]
            )
        )
    return pd.concat(parts)
