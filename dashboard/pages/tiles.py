"""Tiles: the latest year of a measure for the chosen place, its change, its trend and what the XmR chart says of it."""

import html

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.sparkline import sparkline
from dashboard.charts.words import of_row, same, verdict
from dashboard.errors import Refused
from dashboard.metrics import Metric


def tiles(ask: Ask, metrics: list[Metric]) -> None:
    """One tile per measure, as many side by side as fit."""
    name = f"tiles {' '.join(metric.name for metric in metrics)}"
    st.html(ask.kept(name, lambda: f"<div class='rfd-tiles'>{''.join(tile(ask, metric) for metric in metrics)}</div>"))


def tile(ask: Ask, metric: Metric) -> str:
    """One tile as HTML; a question that is refused says why."""
    try:
        inside = _numbers(ask, metric)
    except Refused as error:
        inside = f"<p>{html.escape(str(error))}</p>"
    words = f"<details><summary>What this is</summary><p>{html.escape(metric.words)}</p></details>"
    return f"<section class='rfd-tile'><h2>{html.escape(metric.title)}</h2>{inside}{words}</section>"


def _numbers(ask: Ask, metric: Metric) -> str:
    if metric.unit == "rate" and ask.filters.place_type == "provider":
        return "<p class='rfd-value'>–</p><p>A rate needs a population, which a provider does not have.</p>"
    yearly = ask.counts(metric, period="year").frame.sort_values("period")
    if yearly.empty:
        return "<p class='rfd-value'>–</p><p>None in the data for this choice.</p>"
    last = yearly.iloc[-1]
    provisional = ", provisional" if last["flag"] == "provisional" else ""
    return (
        f"<p class='rfd-value'>{of_row(last, metric.unit)}</p><p>{last['period']}{provisional}</p>"
        f"<p>{html.escape(_change(yearly, metric.unit))}</p>{sparkline(list(yearly['value']))}"
        f"<p>Latest quarter: {html.escape(verdict(ask.counts(metric, period='quarter')).lower().replace(': ', ', '))}</p>"
    )


def _change(yearly, unit: str) -> str:
    """The year before, and whether the difference is more than chance."""
    if len(yearly) < 2:
        return "No year before to compare with"
    before, last = yearly.iloc[-2], yearly.iloc[-1]
    if before["value"] != before["value"] or last["value"] != last["value"]:
        return f"A small number ({of_row(before, unit)} in {before['period']}): no comparison"
    verb = "up" if last["value"] > before["value"] else "down"
    how = "no clear change from" if same(before, last, unit) else f"{verb} from"
    return f"{how.capitalize()} {of_row(before, unit)} in {before['period']}"
