"""The kinds of question there are: which files make one, which gate it leaves by, and how it is laid out."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dashboard.ask import shape
from dashboard.errors import Refused
from dashboard.metrics import Metric
from dashboard.metrics.adherence import JUDGED
from dashboard.metrics.blocks import LOOK_BACK

CURVE_MONTHS = {"courses": 60, "index_blocks": 36}
STEPS = {"count": "ask/counts", "share": "ask/shares", "people": "ask/people", "incidence": "ask/incidence"}
BANDS = {
    "repeat_interval_months": ("Months since the course before", ("policy", "staged_days")),
    "blocks_before": ("Blocks before a first course", LOOK_BACK),
    "days_since_block": ("Days from the last block to a first course", ("policy", "staged_days")),
    "levels": ("Levels of a course", ("policy", "staged_days")),
    "sides": ("Repeats by side, and courses staged over several days", ("policy", "staged_days")),
}
BAND_ORDER = {
    "repeat_interval_months": ("0-2", "3-5", "6-8", "9-11", "12-15", "16-19", "20-23", "24-35", "36+"),
    "blocks_before": ("0", "1", "2", "3+"),
    "days_since_block": ("0-27", "28-55", "56-90", "91-182", "183-364", "365+"),
    "levels": ("1", "2", "3+", "unknown"),
    "sides": ("same", "other", "unknown", "staged"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of question; `heeds` are the choices it takes notice of beside the place, the years and the groups."""

    title: str
    measure: str
    step: str
    gate: str
    lay_out: Callable[[pd.DataFrame], pd.DataFrame]
    heeds: tuple[str, ...] = ()
    metric: Metric | None = None
    months: int | None = None


def of_metric(metric: Metric, split: tuple[str, ...]) -> Kind:
    """The counts, shares, incidences or rates of a metric."""
    return Kind(
        title=metric.title,
        measure=metric.sql,
        step=STEPS.get(metric.unit, ""),
        gate=metric.unit,
        lay_out=lambda frame: shape.counts(frame, metric.name, split),
        heeds=metric.parameters,
        metric=metric,
        months=metric.months,
    )


def curve(metric: Metric) -> Kind:
    """The curve of an incidence; Refused for a metric that is none."""
    if metric.unit != "incidence":
        raise Refused(f"{metric.name} has no curve: it is a {metric.unit}, not an incidence")
    return Kind(
        title=f"{metric.title}: curve",
        measure=metric.sql,
        step="ask/incidence",
        gate="curve",
        lay_out=lambda frame: shape.curve(frame, metric.name),
        heeds=metric.parameters,
        metric=metric,
        months=CURVE_MONTHS[metric.fact],
    )


def distribution(name: str) -> Kind:
    """The bands of something counted; Refused, naming those there are, when there is none of that name."""
    if name not in BANDS:
        raise Refused(f"no distribution is called {name!r}; there are: {', '.join(BANDS)}")
    title, heeds = BANDS[name]
    lay_out = shape.in_parts("band", BAND_ORDER[name])
    return Kind(title, f"ask/bands_{name}", "ask/tally", "tally", lay_out, heeds)


WATERFALL = Kind(
    title="From every day with a code to the cohorts",
    measure="ask/all_days",
    step="ask/waterfall",
    gate="waterfall",
    lay_out=shape.ordered(["rule", "lost", "remaining", "flag"], ["stage"]),
)
REASONS = Kind(
    title="Criteria met and not met",
    measure="ask/masks",
    step="ask/reasons",
    gate="tally",
    lay_out=shape.reasons,
    heeds=JUDGED,
)
FLOW = Kind(
    title="What followed an index block within 12 months",
    measure="ask/first_year",
    step="ask/tally",
    gate="tally",
    lay_out=shape.in_parts("stage", ("index_block", "second_block"), outcomes=shape.OUTCOMES),
)
COUNTED_AS = Kind(
    title="Denervations, and the spells, episodes and mentions of codes behind them",
    measure="metrics/denervations",
    step="ask/counted_as",
    gate="tally",
    lay_out=shape.in_parts("counted_as", ("denervations", "spells", "episodes", "code_mentions")),
    heeds=("cohort",),
)
