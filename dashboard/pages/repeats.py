"""Repeat intervals: how soon people come back."""

from dataclasses import replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.alternatives import curve_alt
from dashboard.charts.bars import bars
from dashboard.charts.curve import curves
from dashboard.charts.precision import of_curve
from dashboard.charts.words import by_months, part
from dashboard.disclosure.released import Released
from dashboard.filters import DECLARED
from dashboard.metrics import METRICS, Metric
from dashboard.pages import controls, peers
from dashboard.pages.card import CARE, Card, card, grid
from dashboard.pages.cards import bands_card, beside_england, funnel_card, together
from dashboard.pages.measured import measured

MINIMUM = METRICS["repeat_within_minimum"]
HELP = (
    "No one knows the right interval. 12 months is the shortest published English minimum; 16 months is NICE's break-even for "
    "relief to be cost-effective, not a NICE minimum."
)
SIDES = {"same": "Same side", "other": "Other side", "unknown": "Side not coded", "staged": "Staged courses"}
EARLY = ("0-2", "3-5", "6-8", "9-11")


def show(ask: Ask) -> None:
    """The curve of repeats, the intervals in bands, and the share before the minimum by provider and over time."""
    st.title("Repeat intervals", anchor=False)
    st.markdown(HELP)
    controls.thresholds(ask)
    grid(ask, (how_soon, intervals), (over_time, by_provider), (sides, staging))
    measured(ask, "repeats")


def with_england(ask: Ask, metric: Metric) -> list[Released]:
    """The curve of the chosen place, and beside it England's and that of the middle peer when another place is chosen."""
    if ask.filters.place_type == "england":
        return [ask.curve(metric)]
    middle = peers.middle(ask, metric)
    return [ask.curve(metric), ask.of_england().curve(metric), *([middle] if middle else [])]


def how_soon(ask: Ask) -> Card:
    """The cumulative incidence of a repeat, place against England."""
    answers = with_england(ask, METRICS["repeat_by_24_months"])
    seen = ask.about.get("deaths_observed") == "true"
    deaths = "deaths are allowed for" if seen else "deaths are not observed in this data"
    read = (
        f"The share back for another course by each month after the last day of a first one; {deaths}. Shaded: 95% limits; dashed: 12 and "
        f"16 months. It stops where fewer than 10 are followed. {of_curve(answers[0])}"
    )
    told = together(dict(enumerate(answers)), "Repeat course since the end of the first, by month", answers[0].metric)
    ends = by_months(answers[0], (12, 24))
    alt = curve_alt(answers, (12, 24, 36))
    return card("rep-curve", f"People back for another course: {ends}", lambda: curves(answers, 36, (12, 16)), told, read, alt)


def intervals(ask: Ask) -> Card:
    """Intervals that have ended, in bands."""
    bands = ask.distribution("repeat_interval_months")
    early = part(bands, EARLY)
    title = "Intervals between courses" if early is None else f"{early:.0%} of intervals seen were shorter than 12 months"
    read = "Whole months between courses. Only intervals that have ended are here, so short ones are over-represented; the curve is not affected. Dashed: 12 months, and 16, NICE's break-even."
    marks = {"12-15": "12 months", "16-19": "16 months"}
    return bands_card("rep-bands", title, bands, {}, read, marks)


def over_time(ask: Ask) -> Card:
    """The share of repeats before the minimum, over time."""
    read = "Repeat courses before the policy's minimum interval. The hollow first years can hold short intervals alone and are in no finding."
    return beside_england("rep-trend", MINIMUM.title, ask, MINIMUM, read)


def by_provider(ask: Ask) -> Card:
    """The share before the minimum as a funnel."""
    return funnel_card(
        "rep-funnel", "Repeats before the minimum", ask.counts(MINIMUM, by="provider", period="all"), "repeat courses"
    )


def sides(ask: Ask) -> Card:
    """Repeats of the same and of the other side, and courses staged over several days."""
    bands = ask.distribution("sides")
    found = bands.frame.set_index("band")["count"].drop("staged", errors="ignore")
    known = found.reindex(["same", "other"])
    title = (
        bands.title
        if known.isna().any()
        else f"{known['same'] / known.sum():.0%} of repeats whose side is known are of the same side"
    )
    read = (
        "Repeat courses by the side of the course before; the last bar is all courses whose sides were done on different days within the "
        "staging window, which are one course and not a repeat."
    )
    return bands_card("rep-sides", title, bands, SIDES, read)


def staging(ask: Ask) -> Card:
    """How the answer moves with the window in which sides done one after the other count as one course."""
    rows = {}
    for stop in DECLARED["staged_days"].options:
        staged = ask.on(staged_days=stop).counts(MINIMUM, period="all")
        rows[stop] = replace(staged, frame=staged.frame.assign(staging_window=f"{stop} days"))
    answer = together(rows, "Repeats before the minimum, by staging window", MINIMUM)
    told = answer.frame.dropna(subset=["value"])
    parts = ", ".join(f"{value:.0%} with {window}" for value, window in zip(told["value"], told["staging_window"], strict=True))
    title = f"Does staging explain it? {parts}" if parts else answer.title
    windows = replace(
        answer, frame=answer.frame.assign(place=answer.frame["staging_window"], place_name=answer.frame["staging_window"])
    )
    read = f"The share before the minimum, with 95% limits, by the window within which two sides are one course. A wider one excuses more. {CARE}"
    return card("rep-staging", title, lambda: bars(windows, "share"), answer, read, f"Dots with limits. {title}.")
