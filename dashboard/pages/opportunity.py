"""Opportunity: how many events above what peers would have, and what they cost."""

import pandas as pd
import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.excess import excess
from dashboard.charts.words import number
from dashboard.excess import EVENTS, PRICE, above, pounds
from dashboard.filters import DECLARED, MEASURES, MOST_COST
from dashboard.pages import controls
from dashboard.pages.card import CARE, Card, card, grid
from dashboard.stats import opportunity

KNOWN = (
    "Worked out from released counts alone, which are multiples of 5; a provider with 1 to 7 patients or under 10 in all takes no part. "
    "An event avoided is not money saved: whoever is not treated so is treated otherwise."
)
PART = 0.7


def show(ask: Ask) -> None:
    """Events above the peers' share by provider, priced, and how few providers hold most of them."""
    st.title("Opportunity", anchor=False)
    st.markdown(f"How many fewer events there would be if each provider had the share of its peers. {KNOWN} {PRICE}")
    chosen(ask)
    controls.thresholds(ask)
    grid(ask, (priced,))


def chosen(ask: Ask) -> None:
    """The measure, the target and the cost of one event."""
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        controls.widget("Events", list(MEASURES), "measure", lambda name: EVENTS[name].capitalize(), ask.filters.measure)
    with middle:
        controls.declared("target", ask.filters)
    with right:
        st.session_state["unit_cost"] = ask.filters.unit_cost
        st.number_input(
            "Cost of one event (£)", 1, MOST_COST, step=1, key="unit_cost", on_change=controls.changed, args=("unit_cost",)
        )


def priced(ask: Ask) -> Card:
    """Every provider's events above the target, those that are distinguishable summed and priced."""
    answer, found = above(ask)
    events = EVENTS[ask.filters.measure]
    target = DECLARED["target"].name(ask.filters.target).lower()
    title = f"No provider has distinguishably more {events} than {target} gives"
    several = found["distinguishable"] & (found["excess"] > 0)
    if several.any():
        title = headline(found, ask.filters.unit_cost, events, int(several.sum()))
    read = (
        f"{DECLARED['target'].name(ask.filters.target)}: {number(found.attrs['target'], 'share')}. Lines: 95% limits, the target taken as known. Grey: the limits hold the target, so the "
        f"provider is not distinguishable from its peers and is left out of the total. {held(found)} {CARE}"
    )
    alt = f"Dots of {events} above the target by provider, with 95% limits. {title}."
    place = ask.filters.place if ask.filters.place_type == "provider" else ""
    return card("opp-excess", title, lambda: excess(answer, place), answer, read, alt)


def headline(found: pd.DataFrame, cost: int, events: str, providers: int) -> str:
    """The total with its limits, and its price."""
    total, low, high = opportunity.total_limits(found)
    return (
        f"About {total:,.0f} ({low:,.0f} to {high:,.0f}) {events} above the target at {providers} provider{'s' if providers > 1 else ''}: "
        f"{pounds(total * cost)} ({pounds(low * cost)} to {pounds(high * cost)}) at £{cost:,} each"
    )


def held(found: pd.DataFrame) -> str:
    """How few providers hold most of the total."""
    providers, share = opportunity.concentration(found, PART)
    return f"{providers} provider{'s hold' if providers > 1 else ' holds'} {share:.0%} of the total." if providers else ""
