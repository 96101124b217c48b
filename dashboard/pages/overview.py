"""Overview: what changed, is it real, and where."""

from dataclasses import replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.alternatives import spread_alt
from dashboard.charts.bars import bars
from dashboard.charts.map import icb_map
from dashboard.charts.precision import of_places
from dashboard.charts.words import number, spread
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.pages.card import CARE, Card, can_draw, card, grid
from dashboard.pages.cards import trend_card
from dashboard.pages.changes import of_late, since_year
from dashboard.pages.tiles import tiles
from dashboard.stats import opportunity

TILES = ("denervations", "denervation_rate", "repeat_within_minimum", "no_block_found", "adherent")
ABOUT = (
    "Radiofrequency denervation (RFD) heats a small nerve to relieve pain from a facet joint of the lower back. Guidance supports it when "
    "other care has failed and a diagnostic block has worked. These pages show how much is done, how soon it is repeated, and who keeps to policy."
)
XMR = "Grey lines, from 12 points on: the mean and usual limits; diamonds, triangles and squares are special causes, which chance seldom gives."
COVID = "2020/21 is shaded: COVID-19 stopped elective care."


def show(ask: Ask) -> None:
    """Five tiles for the place, what changed, its trend, the map of ICBs, and where the excess is."""
    st.title("Lumbar radiofrequency denervation", anchor=False)
    st.markdown(ABOUT)
    tiles(ask, [METRICS[name] for name in TILES])
    grid(ask, (changed,), ([volume, excess], rates), (of_late,))


def changed(ask: Ask) -> None:
    """What changed since the year before at the chosen place."""
    since_year(ask, TILES)


def volume(ask: Ask) -> Card:
    """Denervations over time."""
    return trend_card(
        "over-trend",
        "Denervations",
        ask.counts(METRICS["denervations"]),
        f"{XMR} {COVID}",
    )


def rates(ask: Ask) -> Card:
    """The map of ICBs by rate."""
    answer = ask.of_england().counts(METRICS["denervation_rate"], by="commissioner", period="all")
    read = f"Standardised for age and sex; the classes are fixed, so two maps can be compared. White: too few to show. {CARE}"
    title = spread(answer, "Denervations per 100,000 adults a year", "ICB")
    return card("over-map", title, lambda: icb_map(answer, ask.filters.place), answer, read, spread_alt(answer))


def excess(ask: Ask) -> Card:
    """The few providers that make most of the early repeats above the median provider."""
    answer = ask.counts(METRICS["repeat_within_minimum"], by="provider", period="all")
    if not can_draw(answer):
        return card("over-excess", "", dict, answer, "")
    above = over_median(answer)
    read = f"Repeats before the minimum interval above what the median provider's share would give, with 95% limits. {CARE}"
    method = f"Only providers whose limits stay above zero are shown. {of_places(answer)}"
    found = len(above.frame)
    if not found:
        return Card(
            "over-excess", "No provider has distinguishably more early repeats than the median's share gives", f"<p>{read}</p>"
        )
    many = f"{number(above.frame['value'].sum(), 'count')} early repeats more than the median provider's share gives"
    title = f"{many}, at {found} provider{'s' if found > 1 else ''}"
    return card("over-excess", title, lambda: bars(above, "rate", ask.filters.place, 15), above, read, spread_alt(above), method)


def over_median(answer: Released) -> Released:
    """Events above the median provider's share, from released numbers, where that is distinguishable: value, lower, upper."""
    frame = answer.frame.dropna(subset=["value", "numerator", "denominator"]).reset_index(drop=True)
    found = opportunity.excess(frame["numerator"].clip(upper=frame["denominator"]), frame["denominator"])
    told = frame[["place_type", "place", "place_name", "period"]].assign(
        value=found["excess"].round(), lower=found["lower"].round(), upper=found["upper"].round(), flag=frame["flag"]
    )
    kept = told[found["distinguishable"] & (found["excess"] > 0)].sort_values("value", ascending=False)
    return replace(
        answer, frame=kept.reset_index(drop=True), metric=None, title="Early repeats above the median provider's share"
    )
