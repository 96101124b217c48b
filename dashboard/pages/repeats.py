"""Repeat intervals: how soon people come back."""

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.bars import columns
from dashboard.charts.curve import curves
from dashboard.charts.funnel import funnel
from dashboard.charts.trend import trend
from dashboard.metrics import METRICS
from dashboard.pages import controls
from dashboard.pages.blocks import with_england
from dashboard.pages.card import card, change_words

HELP = (
    "No one knows the right interval. 12 months is the shortest published English minimum; 16 months is NICE's break-even for "
    "relief to be cost-effective, not a NICE minimum."
)


def show(ask: Ask) -> None:
    """The curve of repeats, the intervals in bands, and the share before the minimum by provider and over time."""
    st.title("Repeat intervals", anchor=False)
    st.markdown(HELP)
    controls.thresholds(ask, ask.filters)
    metric = METRICS["repeat_by_24_months"]
    answers = with_england(ask, metric)
    read = "The share of people back for another course by each month, death allowed for; shaded: 95% limits. It stops where fewer than 10 are followed."
    card("How soon people come back", curves(answers, 36) if has(answers, "incidence") else None, answers[0], read, "rep-curve")
    bands = ask.distribution("repeat_interval_months")
    words = "Only intervals that have ended are here, so short ones are over-represented; the curve above is not affected."
    card(
        "Intervals between courses, in whole months",
        columns(bands, "band") if bands.frame["count"].notna().any() else None,
        bands,
        words,
        "rep-bands",
    )
    minimum = METRICS["repeat_within_minimum"]
    over_time = ask.counts(minimum)
    card(
        change_words("Repeats before the minimum", over_time),
        trend(over_time, "share"),
        over_time,
        "Repeat courses before the policy's minimum interval.",
        "rep-trend",
    )
    by_provider = ask.counts(minimum, by="provider", period="all")
    read = "Dashed and full lines: 95% and 99.8% limits, widened for overdispersion, from released counts. Not good or bad by itself."
    card("Repeats before the minimum, by provider", funnel(by_provider, ask.filters.place), by_provider, read, "rep-funnel")


def has(answers: list, column: str) -> bool:
    """Whether any answer has a value in a column."""
    return any(answer.frame[column].notna().any() for answer in answers)
