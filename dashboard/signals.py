"""What has changed lately, over all places and measures: which series signal, with a stated number of false ones expected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.ask import Ask
from dashboard.charts import periods
from dashboard.disclosure.numbers import profile, rounded
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.filters import DEFAULTS, PLACE_TYPES
from dashboard.metrics import METRICS, Metric
from dashboard.stats import signals, spc

TITLE = "Signals over all places and measures"
# Of an incidence at several horizons the shortest: it is known first, and the others follow it.
LOOKED_AT = tuple({metric.sql: metric.name for metric in reversed(METRICS.values())}.values())[::-1]
# By months where a quarter has so many, so that a month has 20 or so; the lattice has no months of providers.
ENOUGH_FOR_MONTHS = 60
# Fewer than this in a period on average, or more than a tenth of the periods hidden, is no series to judge.
FEWEST, TOLD = 10, 0.9
COLUMNS = [
    "measure", "place_type", "place", "place_name", "signal", "direction", "verdict", "first", "last", "by", "old", "new", "change", "with_england", "flag",
]  # fmt: skip


@dataclass(frozen=True)
class Series:
    """One measure of one place over consecutive final periods, NaN where it cannot be told, and the chance of its end."""

    metric: Metric
    kind: str
    place: str
    by: str
    periods: list[str]
    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    chance: float


@dataclass(frozen=True)
class Found:
    """The signals as a released table, how many series were judged, and the number of false ones to expect at most."""

    answer: Released
    judged: int
    budget: float = signals.BUDGET

    def words(self) -> str:
        """The statement that goes with them."""
        return (
            f"{self.judged:,} series were judged (a measure of a place, by month, or by quarter where months are small or not told). One is listed where the "
            f"XmR chart marks its latest point and chance alone would end a stable series so far from its past less than once in {self.judged:,} times: "
            f"at most {self.budget:g} false signal is to be expected in the whole list."
        )


def found(ask: Ask, kinds: Sequence[str] = PLACE_TYPES, names: Sequence[str] = LOOKED_AT) -> Found:
    """The signals of the latest final periods over kinds of places and measures, under the reference policy and all years."""
    whole = Ask(ask.warehouse, replace(DEFAULTS, version=ask.version.name), ask.profile)
    every = [one for name in names for kind in PLACE_TYPES if kind in kinds for one in judged(whole, METRICS[name], kind)]
    most, named = signals.threshold(len(every)), whole.version.place_names
    order = sorted((one for one in every if one.chance <= most), key=lambda one: (PLACE_TYPES.index(one.kind), one.chance))
    rows = [_row(one, named, ask.profile) for one in order]
    frame = pd.DataFrame([row for row in rows if row], columns=COLUMNS)
    frame["with_england"] = _with_england(frame, every)
    return Found(Released(frame, None, TITLE, ask.profile, ask.about, whole.filters), len(every))


def _with_england(frame: pd.DataFrame, every: list[Series]) -> list[str]:
    """Of each signal of another place, whether the XmR chart of England marks its latest point on the same side."""
    england = {
        one.metric.name: signals.mark(one.value)
        for one in every
        if one.kind == "england" and one.metric.name in set(frame["measure"])
    }
    sides = {name: "up" if found.above else "down" for name, found in england.items() if found}
    known = zip(frame["place_type"], frame["measure"], frame["direction"], strict=True)
    return [
        "" if kind == "england" or name not in england else "yes" if sides.get(name) == way else "no" for kind, name, way in known
    ]


def judged(ask: Ask, metric: Metric, kind: str) -> list[Series]:
    """The series of a measure for a kind of place that can be judged: by month where that can be, else by quarter."""
    try:
        quarters = ask.counts(metric, by=kind, period="quarter").frame
    except Refused:  # a rate of providers: it has no population
        return []
    monthly = (
        _series(ask.counts(metric, by=kind, period="month").frame, metric, kind, "month")
        if _has_months(quarters, metric, kind)
        else []
    )
    have = {one.place for one in monthly}
    return monthly + [one for one in _series(quarters, metric, kind, "quarter") if one.place not in have]


def _has_months(quarters: pd.DataFrame, metric: Metric, kind: str) -> bool:
    """Whether the middle place of a kind has enough in a quarter for its months to be told."""
    return kind != "provider" and bool(quarters.groupby("place")[_size(metric)].mean().median() >= ENOUGH_FOR_MONTHS)


def _size(metric: Metric) -> str:
    """The column that says how much a period of a measure rests on."""
    return "denominator" if metric.unit in ("share", "incidence") else "numerator"


def _series(frame: pd.DataFrame, metric: Metric, kind: str, by: str) -> list[Series]:
    final = frame[frame["flag"].isin(["", "suppressed"])]  # neither provisional nor still to be followed
    told = final[final["value"].notna()]
    if told.empty:
        return []
    every = periods.between(told["period"].min(), final["period"].max())
    wide = told.pivot(index="place", columns="period", values=["value", "numerator", "denominator"]).astype(float)
    numbers = [wide[name].reindex(columns=every).to_numpy() for name in ("value", "numerator", "denominator")]
    size = numbers[2 if _size(metric) == "denominator" else 1]
    parts = ((place, _from_first(*(one[n] for one in (*numbers, size)))) for n, place in enumerate(wide.index))
    return [_one(metric, kind, place, by, every, part) for place, part in parts if part is not None]


def _from_first(value: np.ndarray, numerator: np.ndarray, denominator: np.ndarray, size: np.ndarray) -> list[np.ndarray] | None:
    """A place's numbers from its first that can be told; None where the last cannot, too many are hidden, or they are small."""
    known = ~np.isnan(value)
    first = int(known.argmax())
    enough = known[-1] and known.sum() >= max(spc.FEWEST_POINTS, TOLD * (len(value) - first)) and size[known].mean() >= FEWEST
    return [one[first:] for one in (value, numerator, denominator)] if enough else None


def _one(metric: Metric, kind: str, place: str, by: str, every: list[str], part: list[np.ndarray]) -> Series:
    chance = signals.chance(*_scaled(metric, *part))
    return Series(metric, kind, place, by, every[len(every) - len(part[0]) :], *part, chance)


def _scaled(metric: Metric, value: np.ndarray, numerator: np.ndarray, denominator: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A series on the scale on which chance is alike at any size, with the errors of its counts."""
    if metric.unit == "rate":
        return signals.rates(value, numerator)
    if metric.unit == "share":
        return signals.shares(numerator, denominator)
    return signals.shares(value * denominator, denominator) if metric.unit == "incidence" else signals.counts(value)


def _row(one: Series, named: dict, profile_name: str) -> dict | None:
    """The signal of a series whose chance is small enough; None where its XmR chart marks nothing new."""
    change = signals.mark(one.value)
    if change is None or not change.is_news:
        return None
    old, new = (_mean(one, part, profile_name) for part in (slice(0, change.start), slice(change.start, None)))
    if old == new:
        return None
    better = one.metric.direction and (new > old) == one.metric.direction.startswith("higher")
    verdict = "special" if one.metric.direction is None else "improvement" if better else "concern"
    place = {"place_type": one.kind, "place": one.place, "place_name": named.get((one.kind, one.place), one.place)}
    return {"measure": one.metric.name} | place | {
        "signal": change.kind, "direction": "up" if new > old else "down", "verdict": verdict, "first": one.periods[change.start],
        "last": one.periods[-1], "by": one.by, "old": old, "new": new, "change": round(new - old, 3), "flag": "",
    }  # fmt: skip


def _mean(one: Series, part: slice, profile_name: str) -> float:
    """The mean of some periods to the precision that their released numbers together bear."""
    value, weight = one.value[part], one.denominator[part]
    if one.metric.unit in ("share", "incidence"):
        known = ~np.isnan(value)
        number = (
            value[known] * weight[known] if one.metric.unit == "incidence" else np.minimum(one.numerator[part], weight)[known]
        )
        return float(rounded(number.sum() / weight[known].sum(), weight[known].sum(), profile(profile_name)))
    return round(float(np.nanmean(value)), 1 if one.metric.unit == "rate" else 0)


def since_version(ask: Ask) -> Released | None:
    """England's measures by year that differ from the version kept before this one: measure, period, old, new; None without one."""
    before = [version for version in ask.warehouse.kept() if version < ask.version.name]
    if not before:
        return None
    parts = [_moved(ask, before[-1], metric) for metric in METRICS.values()]
    title = f"England's measures that moved since version {before[-1]}"
    frame = pd.concat(parts, ignore_index=True)
    return Released(frame, None, title, ask.profile, ask.about, ask.filters)


def _moved(ask: Ask, before: str, metric: Metric) -> pd.DataFrame:
    """The years of a measure whose released value another version told otherwise, or not at all."""
    new, old = (
        Ask(ask.warehouse, replace(DEFAULTS, version=name), ask.profile).counts(metric, by="england", period="year").frame
        for name in (ask.version.name, before)
    )
    both = new.merge(old[["period", "value"]], on="period", how="left", suffixes=("", "_before"))
    both = both[~((both["value"] == both["value_before"]) | (both["value"].isna() & both["value_before"].isna()))]
    told = both.assign(old=both["value_before"], new=both["value"], change=(both["value"] - both["value_before"]).round(3))
    return told[["measure", "place_type", "place", "place_name", "period", "old", "new", "change", "flag"]]
