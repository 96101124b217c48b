"""Volumes: how much, where, for whom."""

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.bars import bars
from dashboard.charts.steps import waterfall
from dashboard.charts.trend import trend
from dashboard.metrics import METRICS
from dashboard.pages.card import card, change_words

CARE = "Not good or bad by itself; read with care."


def show(ask: Ask) -> None:
    """Trends of denervations and blocks, by provider and ICB, the standardised rate, and the cohort waterfall."""
    st.title("Volumes", anchor=False)
    volume, blocks = ask.counts(METRICS["denervations"]), ask.counts(METRICS["blocks"])
    read = "Grey lines are the mean and limits of an XmR chart, drawn from 12 points on; diamonds are special causes. 2020/21 is COVID-19."
    card(change_words("Denervations", volume), trend(volume, "count"), volume, read, "vol-trend")
    words = "Code V54.4 cannot tell a medial branch block from a facet joint injection: both are here."
    card(
        change_words("Facet blocks (medial branch block or facet joint injection)", blocks),
        trend(blocks, "count"),
        blocks,
        words,
        "vol-blocks",
    )
    by_provider = ask.counts(METRICS["denervations"], by="provider", period="all")
    card(
        "Denervations by provider",
        bars(by_provider, "count", ask.filters.place),
        by_provider,
        f"The 25 largest; the table holds all. {CARE}",
        "vol-prov",
    )
    if ask.filters.place_type != "provider":
        rate = ask.counts(METRICS["denervation_rate"], by="commissioner", period="all")
        words = f"Per 100,000 adults a year, age and sex standardised, with 95% limits. {CARE}"
        card("Rates by ICB", bars(rate, "rate", ask.filters.place, most=36), rate, words, "vol-rate")
    steps = ask.waterfall()
    published = "Published beside it: EBI 2K counted 1,612 in 2018/19, and HES 11,663 mentions of V48.5 that year: the EBI rule sees about one in eight."
    card(
        "Each rule narrows what is counted",
        waterfall(steps) if steps.frame["remaining"].notna().any() else None,
        steps,
        published,
        "vol-steps",
    )
