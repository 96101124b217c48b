"""Events above what peers would have had, by provider and priced: from released counts alone."""

from dataclasses import replace

import pandas as pd

from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.stats import opportunity

EVENTS = {
    "repeat_within_minimum": "repeats before the minimum interval",
    "no_block_found": "first courses with no block found",
    "repeat_injection_girft": "people with repeat injections",
    "adherent": "courses that break the policy",
    "met_block_before": "first courses without enough blocks",
    "met_repeat_interval": "repeats that came too soon",
}
PRICE = "£682 is the price of HRG AB16Z, a procedure in outpatients, of 2023/24; it covers a block and a denervation alike. Put in your own."


def above(ask: Ask) -> tuple[Released, pd.DataFrame]:
    """A row per provider with its events above the target and their price, and the same unrounded with the target."""
    metric = METRICS[ask.filters.measure]
    answer = ask.counts(metric, by="provider", period="all")
    frame = answer.frame.dropna(subset=["value", "numerator", "denominator"]).reset_index(drop=True)
    met = frame["numerator"].clip(upper=frame["denominator"])
    # where higher is better the events are those that the measure does not count
    events = met if not (metric.direction or "").startswith("higher") else frame["denominator"] - met
    found = opportunity.excess(events, frame["denominator"], ask.filters.target)
    told = frame[["place_type", "place", "place_name", "period", "denominator"]].assign(events=events)
    told = pd.concat([told, found[["expected", "excess", "lower", "upper"]].round() + 0], axis=1)  # + 0: no minus zero
    told["cost"] = (found["excess"] * ask.filters.unit_cost).where(found["distinguishable"] & (found["excess"] > 0)).round(-3)
    told["distinguishable"] = found["distinguishable"].map({True: "yes", False: "no"})
    told["flag"] = ""
    told = told.sort_values(["excess", "place"], ascending=[False, True], kind="stable").reset_index(drop=True)
    return replace(answer, frame=told, metric=None, title=f"{EVENTS[metric.name].capitalize()} above the target"), found


def pounds(amount: float) -> str:
    """An amount to the thousand."""
    return f"£{amount / 1e6:,.1f} million" if amount >= 1e6 else f"£{round(amount, -3):,.0f}"
