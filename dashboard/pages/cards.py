"""The cards of each kind of chart: trends, places side by side, parts of a whole, funnels."""

from dataclasses import replace

import pandas as pd

from dashboard.ask import Ask
from dashboard.charts import alternatives, precision, words
from dashboard.charts.bars import bars, columns, stacked
from dashboard.charts.funnel import funnel
from dashboard.charts.trend import trend
from dashboard.disclosure.released import Released
from dashboard.metrics import Metric
from dashboard.pages.card import CARE, Card, can_draw, card

LIMITS = (
    "Grey lines: the mean of all points and the limits of an XmR chart (2.66 times the mean moving range), from 12 points on. A point outside "
    "them, seven in a row one way or on one side, or two of three close to a limit is a special cause: about one chart in 25 shows one by chance each month."
)


def trend_card(key: str, name: str, answer: Released, read: str, beside: Released | None = None) -> Card:
    """A measure over time."""
    if beside is not None and not beside.frame.empty:
        answer = together({"": answer, " ": beside}, answer.title, answer.metric)
    one = replace(answer, frame=answer.frame[answer.frame["place"] == answer.filters.place].reset_index(drop=True))
    other = beside if beside is not None and len(beside.frame) else None
    alt = alternatives.trend_alt(one) if len(one.frame) else ""
    title = words.change(name, one) if len(one.frame) else name
    method = " ".join(filter(None, (LIMITS, words.too_early(one), precision.of_trend(one))))
    shown = answer if len(one.frame) else one
    return card(key, title, lambda: trend(one, answer.metric.unit, other), shown, read, alt, method)


def beside_england(key: str, name: str, ask: Ask, metric: Metric, read: str) -> Card:
    """A measure over time at the chosen place, and England's beside it where another place is chosen."""
    beside = ask.of_england().counts(metric) if ask.filters.place_type != "england" else None
    return trend_card(key, name, ask.counts(metric), read, beside)


def bars_card(key: str, title: str, answer: Released, read: str, *, most: int = 25, england: float | None = None) -> Card:
    """Places side by side."""
    chosen = answer.filters.place
    return card(
        key, title, lambda: bars(answer, answer.metric.unit, chosen, most, england), answer, read, alternatives.spread_alt(answer)
    )


def stacked_card(key: str, title: str, answer: Released, at: str, part: str, names: dict[str, str], read: str) -> Card:
    """A count in parts, a bar for each period or band."""
    alt = alternatives.stacked_alt(answer, at, part, names)
    read = f"{read} {words.starred(answer.frame['value'], 'a part of that bar is ')}".strip()
    return card(key, title, lambda: stacked(answer, at, part, names), answer, read, alt)


def bands_card(
    key: str, title: str, answer: Released, names: dict[str, str], read: str, marks: dict[str, str] | None = None
) -> Card:
    """A count in the bands of a distribution."""
    read = f"{read} {words.starred(answer.frame['count'])}".strip()
    return card(key, title, lambda: columns(answer, names, marks), answer, read, alternatives.bands_alt(answer, names))


def funnel_card(key: str, name: str, answer: Released, of: str) -> Card:
    """Providers on a funnel; one word of caution goes with every comparison."""
    if not can_draw(answer):
        return card(key, name, lambda: None, answer, "")
    read = (
        "Each point is a provider, and a diamond lies outside the 99.8% limits; inside the dashed lines differences are what chance gives. "
        f"{words.all_together(answer)} {CARE}"
    )
    title = f"{name}: {words.outside(answer)}"
    alt = f"{alternatives.spread_alt(answer)} {words.outside(answer)}."
    return card(
        key,
        title,
        lambda: funnel(answer, answer.filters.place, of),
        answer,
        read,
        alt,
        f"{words.adjusted(answer)} {precision.of_places(answer)}",
    )


def together(answers: dict[str, Released], title: str, metric: Metric | None = None) -> Released:
    """Released answers one under the other as one table, so that a chart of several has the numbers of all."""
    first = next(iter(answers.values()))
    frame = pd.concat([answer.frame for answer in answers.values()], ignore_index=True)
    notes = tuple(dict.fromkeys(note for answer in answers.values() for note in answer.notes))
    return replace(first, frame=frame, title=title, metric=metric, notes=notes)
