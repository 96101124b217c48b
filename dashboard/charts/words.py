"""What a released table says, in words: titles that state the finding."""

from math import sqrt

import pandas as pd

from dashboard.charts.funnel import judged as funnel_points
from dashboard.charts.trend import early
from dashboard.charts.trend import judged as trend_points
from dashboard.disclosure.numbers import BEARS_A_DECIMAL
from dashboard.disclosure.released import Released
from dashboard.stats.funnel import LEAST_PROVIDERS

SIGNALS = {
    "outside": "outside the usual limits",
    "trend": "seven points one way",
    "two_of_three": "close to a limit",
    "shift": "a run on one side of the mean",
}
# Months since the last step of a curve after which its height is only known to lie between two steps.
LONG_STEP = 3
TOO_FEW = "too few followed"
VERDICTS = {"improvement": "Improvement", "concern": "Concern", "special": "Special cause"}


def number(value, unit: str, of: float = 0) -> str:
    """A value of a unit as a person reads it, a star where it cannot be shown; a share `of` so many with the decimal that bears."""
    if pd.isna(value):
        return "*"
    if unit in ("share", "incidence"):
        return f"{value:.1%}" if round(value * 1000) % 10 or of >= BEARS_A_DECIMAL else f"{value:.0%}"
    return f"{value:,.0f}" if unit in ("count", "people") else f"{value:,.1f}"


def of_row(row, unit: str) -> str:
    """The value of a row of a released table as a person reads it."""
    return number(row["value"], unit, row.get("denominator", 0))


def inside(title: str) -> str:
    """A title inside a sentence."""
    return title[0].lower() + title[1:]


def change(name: str, answer: Released) -> str:
    """The first and the last value that can be shown and are final, and whether that is more than chance."""
    unit = answer.metric.unit
    frame = answer.frame.dropna(subset=["value"])
    frame = frame[(frame["flag"] != "provisional") & ~pd.Series(early(answer, list(frame["period"])), frame.index, dtype=bool)]
    frame = frame.sort_values("period")
    if frame.empty:
        return f"{name}: small numbers alone, which are not shown" if answer.frame["flag"].eq("suppressed").all() else name
    first, last = frame.iloc[0], frame.iloc[-1]
    if len(frame) == 1:
        return f"{name}: {of_row(last, unit)} in {last['period']}"
    before, after = (f"{value} in {one['period']}" for value, one in zip(alike(first, last, unit), (first, last), strict=True))
    if same(first, last, unit):
        return f"{name}: no clear change, {before} and {after}"
    return f"{name} {'rose' if last['value'] > first['value'] else 'fell'} from {before} to {after}"


def alike(first, last, unit: str) -> list[str]:
    """Two values as a person reads them, shares with a decimal only where both bear one."""
    whole = unit in ("share", "incidence") and not min(first["denominator"], last["denominator"]) >= BEARS_A_DECIMAL
    return [f"{one['value']:.0%}" if whole else of_row(one, unit) for one in (first, last)]


def too_early(answer: Released) -> str:
    """Which periods are drawn as having too little history, and why they take no part; nothing where there are none."""
    told = answer.frame.sort_values("period")["period"]
    young = [one for one, is_early in zip(told, early(answer, list(told)), strict=True) if is_early]
    if not young:
        return ""
    return (
        f"Hollow points up to {young[-1]} have under {answer.metric.history} months of data before them, so that long intervals cannot be seen yet: "
        "they are in no limit and no finding."
    )


def same(first, last, unit: str) -> bool:
    """Whether two values could differ by chance: their limits overlap, or counts are within two standard errors."""
    if unit in ("count", "people"):
        return abs(last["value"] - first["value"]) <= 2 * sqrt(last["value"] + first["value"])
    if pd.isna(first["lower"]) or pd.isna(last["lower"]):
        return last["value"] == first["value"]
    return first["lower"] <= last["upper"] and last["lower"] <= first["upper"]


def verdict(answer: Released) -> str:
    """What the XmR chart says of the latest final point."""
    if answer.frame.empty:
        return "Nothing to judge"
    points = trend_points(answer)
    final = points[points["flag"].isin(["", "suppressed"])]
    if points["spc_upper"].isna().all() or final.empty:
        return "Fewer than 12 points: no limits"
    last = final.iloc[-1]
    return f"{VERDICTS[last['cause']]}: {SIGNALS[last['spc_signal']]}" if last["cause"] else "Within its usual limits"


def concentration(answer: Released, noun: str) -> str:
    """How much of what is shown the five largest places have."""
    told = answer.frame.dropna(subset=["value"]).nlargest(5, "value")
    everything, places = answer.frame["value"].sum(), int(answer.frame["value"].notna().sum())
    if places <= 5 or not everything:
        return f"{noun.capitalize()} by provider"
    return f"Five of {places} providers do {told['value'].sum() / everything:.0%} of the {noun} shown"


def spread(answer: Released, name: str, places: str) -> str:
    """From where to where the values of places run."""
    told, unit = answer.frame.dropna(subset=["value"]), answer.metric.unit
    if len(told) < 2:
        return f"{name} by {places}"
    return (
        f"{name}: from {number(told['value'].min(), unit)} to {number(told['value'].max(), unit)} between {len(told)} {places}s"
    )


def outside(answer: Released) -> str:
    """How many places lie outside the 99.8% limits of a funnel."""
    told = funnel_points(answer)
    high, low = (int((told["outside"] & (told["z"] * side > 0)).sum()) for side in (1, -1))
    providers = f"{len(told)} provider{'' if len(told) == 1 else 's'}"
    return f"{high or 'none'} of {providers} higher than chance explains, {low or 'none'} lower"


def all_together(answer: Released) -> str:
    """What the middle line of a funnel is; nothing where no place is drawn."""
    told = funnel_points(answer)
    return f"Green: all together, {told.attrs['target']:.0%}." if len(told) else ""


def adjusted(answer: Released) -> str:
    """What was done about overdispersion, and how many are not drawn."""
    told = funnel_points(answer)
    few = len(answer.frame) - len(told)
    if len(told) < LEAST_PROVIDERS:
        choice = f"Fewer than {LEAST_PROVIDERS} providers: limits not adjusted for overdispersion."
    elif told.attrs["tau2"] > 0:
        choice = f"Providers differ more than chance (φ = {told.attrs['phi']:.1f}), so the limits are widened (τ² = {told.attrs['tau2']:.4f})."
    else:
        choice = "No overdispersion found: limits are chance alone."
    return f"{choice} {few} not drawn: fewer than 10 or a small number."


def at_month(answer: Released, months: int) -> str:
    """The incidence by a month with its limits, between which it lies where steps were taken together, or that too few are at risk."""
    told = answer.frame.dropna(subset=["incidence"])
    before, after = told[told["months"] <= months], told[told["months"] > months]
    ended = answer.frame["months"].max() if len(answer.frame) else -1
    if before.empty or ended < months:
        return TOO_FEW
    last, following = before.iloc[-1], after.head(1)
    if len(following) and months - last["months"] > LONG_STEP:
        return f"between {number(last['incidence'], 'incidence')} and {number(following['incidence'].iloc[0], 'incidence')}"
    three = last[["incidence", "lower", "upper"]].astype(float)
    fine = (three.dropna() * 1000).round().mod(10).any()  # one with a decimal gives the others theirs
    told, lower, upper = (number(one, "incidence", BEARS_A_DECIMAL if fine else 0) for one in three)
    return told if pd.isna(last["lower"]) else f"{told} ({lower} to {upper})"


def by_months(answer: Released, months: tuple[int, ...]) -> str:
    """The incidence by each of some months; once for all where too few are followed to any of them."""
    found = {month: at_month(answer, month) for month in months}
    if set(found.values()) == {TOO_FEW}:
        return f"{TOO_FEW} to tell"
    return " and ".join(f"{told} by {month} months" for month, told in found.items())


def starred(numbers: pd.Series, what: str = "") -> str:
    """What a star on a chart of these numbers is; nothing where there is none."""
    return f"A star: {what}a small number, not shown." if numbers.isna().any() else ""


def part(answer: Released, bands: tuple[str, ...]) -> float | None:
    """The share of the shown counts in some bands; None when one of them is hidden."""
    told, wanted = answer.frame["count"].sum(), answer.frame[answer.frame["band"].isin(bands)]["count"]
    return None if wanted.isna().any() or not told else float(wanted.sum() / told)
