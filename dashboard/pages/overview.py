"""Overview: what changed, and where."""

import streamlit as st

from dashboard import metrics
from dashboard.ask import Ask
from dashboard.charts.bars import bars
from dashboard.charts.map import icb_map
from dashboard.charts.trend import trend
from dashboard.pages.card import card, change_words, number

TILES = (
    metrics.METRICS["denervations"], metrics.METRICS["denervation_rate"], metrics.METRICS["repeat_within_minimum"],
    metrics.METRICS["no_block_found"], metrics.METRICS["adherent"],
)  # fmt: skip


def show(ask: Ask) -> None:
    """Five tiles for the place, its trend, the map of ICBs, and where most is done."""
    st.title("Lumbar radiofrequency denervation", anchor=False)
    st.markdown(
        "Radiofrequency denervation heats a nerve to stop pain from a facet joint of the lower back. Guidance allows it when other care "
        "has failed and a diagnostic block has worked. These pages show how much is done, how soon it is repeated, and who keeps to policy."
    )
    for column, metric in zip(st.columns(5), TILES, strict=True):
        with column:
            tile(ask, metric)
    volume = ask.counts(TILES[0])
    card(
        change_words("Denervations", volume),
        trend(volume, "count"),
        volume,
        "Each point is a period. Diamonds are special causes.",
        "over-trend",
    )
    rates = ask.counts(TILES[1], by="commissioner", period="all")
    if not rates.frame.empty:
        words = "Age and sex standardised; fixed classes, so maps of different years can be compared. White: too few to show. Not good or bad by itself."
        card(
            "Rates differ between ICBs", icb_map(rates) if rates.frame["value"].notna().any() else None, rates, words, "over-map"
        )
    places = ask.counts(TILES[0], by="provider", period="all")
    words = "Multiples of 5; providers with 1 to 7 patients are not drawn. Not good or bad by itself; read with care."
    card("Where most denervations are done", bars(places, "count", ask.filters.place), places, words, "over-providers")


def tile(ask: Ask, metric: metrics.Metric) -> None:
    """The latest year of one measure, and its change on the year before."""
    if metric.unit == "rate" and ask.filters.place_type == "provider":
        st.metric(metric.title, "–", help="Rates are for populations, which a provider does not have.", border=True)
        return
    frame = ask.counts(metric, period="year").frame
    known = frame.dropna(subset=["value"])
    if known.empty:
        st.metric(metric.title, "*" if len(frame) else "none", help=metric.words, border=True)
        return
    last = known.iloc[-1]
    before = known.iloc[-2] if len(known) > 1 else None
    delta = None if before is None else f"{number(before['value'], metric.unit)} in {before['period']}"
    st.metric(
        f"{metric.title}, {last['period']}",
        number(last["value"], metric.unit),
        delta,
        delta_color="off",
        delta_arrow="off",
        help=metric.words,
        border=True,
    )
