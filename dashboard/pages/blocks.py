"""Block to RFD: does the block lead anywhere, and does RFD follow a block."""

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.alternatives import curve_alt
from dashboard.charts.curve import curves
from dashboard.charts.flow import flow, flow_words
from dashboard.charts.precision import of_curve
from dashboard.charts.words import by_months, number, part, spread
from dashboard.metrics import METRICS
from dashboard.pages import controls
from dashboard.pages.card import CARE, Card, card, grid
from dashboard.pages.cards import bands_card, bars_card, beside_england, together
from dashboard.pages.measured import measured
from dashboard.pages.repeats import with_england

NONE_FOUND = METRICS["no_block_found"]
CAVEAT = (
    "A facet block here is a medial branch block or a facet joint injection: code V54.4 cannot tell them apart. “Found” always means "
    "found in the data supplied: blocks in outpatients or private care are not in it."
)
DAYS = {
    "0-27": "under 4 weeks",
    "28-55": "4-8 weeks",
    "56-90": "8-13 weeks",
    "91-182": "3-6 months",
    "183-364": "6-12 months",
    "365+": "over a year",
}


def show(ask: Ask) -> None:
    """What comes of an index block, how soon RFD follows, and the blocks found before RFD."""
    st.title("Block to RFD", anchor=False)
    st.markdown(CAVEAT)
    controls.thresholds(ask)
    grid(
        ask,
        (pathway, conversion),
        (before, since),
        (none_found, by_provider),
        (elsewhere, elsewhere_by_provider),
        (repeat_injections, prolonged),
    )
    measured(ask, "blocks")


def pathway(ask: Ask) -> Card:
    """The year after an index block, outcome by outcome."""
    answer = ask.flow()
    first = answer.frame[answer.frame["stage"] == "index_block"]
    whole, rfd = first["count"].sum(), first[first["outcome"] == "rfd"]["count"].sum()
    title = (
        f"About {number(rfd / whole, 'share')} of index blocks go straight to denervation within a year"
        if whole
        else answer.title
    )
    read = (
        "The year after an index block (no block in the year before and no denervation in two), as wide as there are people. In green, those with a "
        "second block, and what came of them in the year after it; their number stands second."
    )
    steps = [(*one, number(count, "count")) for *one, count in answer.frame[["stage", "outcome", "count"]].to_numpy()]
    alt = "Streams of what followed an index block: " + ", ".join(
        f"{flow_words(stage, outcome)} {count}" for stage, outcome, count in steps
    )
    return card("blo-flow", title, lambda: flow(answer), answer, read, alt)


def conversion(ask: Ask) -> Card:
    """The cumulative incidence of RFD after an index block, place against England."""
    answers = with_england(ask, METRICS["block_to_denervation_18_months"])
    told = together(dict(enumerate(answers)), "Denervation after an index block, by month", answers[0].metric)
    ends = by_months(answers[0], (6, 18))
    read = "The share with a denervation by each month after an index block; someone blocked again is followed to that day. Shaded: 95% limits. "
    read += of_curve(answers[0])
    return card(
        "blo-curve",
        f"Denervation after a block: {ends}",
        lambda: curves(answers, 24),
        told,
        read,
        curve_alt(answers, (6, 12, 18)),
    )


def before(ask: Ask) -> Card:
    """Blocks found before a first course: none, one, two, more."""
    bands = ask.distribution("blocks_before")
    none = part(bands, ("0",))
    title = (
        "Blocks before a first denervation"
        if none is None
        else f"{none:.0%} of first denervations have no block found before them"
    )
    words = {"0": "None found", "1": "One", "2": "Two", "3+": "Three or more"}
    read = "Block days in the look-back before a first course, where two years of history are there to look at."
    return bands_card("blo-before", title, bands, words, read)


def since(ask: Ask) -> Card:
    """How long after the last block a first course comes."""
    bands = ask.distribution("days_since_block")
    soon = part(bands, ("0-27", "28-55", "56-90", "91-182"))
    title = (
        "From the last block to a first denervation"
        if soon is None
        else f"{soon:.0%} of those with a block had it in the six months before"
    )
    return bands_card("blo-since", title, bands, DAYS, "Time from the last block found to the first denervation.")


def none_found(ask: Ask) -> Card:
    """The share with no block found, over time."""
    read = "First courses with no block found in the look-back. The first two years of the data cannot be judged."
    return beside_england("blo-none", NONE_FOUND.title, ask, NONE_FOUND, read)


def by_provider(ask: Ask) -> Card:
    """The share with no block found, by provider."""
    answer = ask.counts(NONE_FOUND, by="provider", period="all")
    whole = ask.of_england().counts(NONE_FOUND, period="all").frame["value"]
    read = f"With 95% limits. A provider whose blocks are done in outpatients stands high without doing anything else. {CARE}"
    line = None if whole.empty else whole.iloc[0]
    return bars_card("blo-prov", spread(answer, "No block found", "provider"), answer, read, most=20, england=line)


def elsewhere(ask: Ask) -> Card:
    """Blocks that led to a denervation at another provider, over time."""
    read = "Of index blocks that a denervation followed, those denervated at another provider: counted under the provider of the block."
    return beside_england("blo-elsewhere", "Denervated elsewhere", ask, METRICS["converted_elsewhere"], read)


def elsewhere_by_provider(ask: Ask) -> Card:
    """The same by the provider of the block."""
    answer = ask.counts(METRICS["converted_elsewhere"], by="provider", period="all")
    read = (
        f"With 95% limits, by the provider of the block. A provider that does no denervations sends all of its people on. {CARE}"
    )
    return bars_card("blo-elsewhere-prov", spread(answer, "Denervated elsewhere", "provider"), answer, read, most=20)


def repeat_injections(ask: Ask) -> Card:
    """GIRFT's repeat injections, over time."""
    metric = METRICS["repeat_injection_girft"]
    read = "People with a second block day within 180 days of the first, or a third within 365."
    return beside_england("blo-girft", metric.title, ask, metric, read)


def prolonged(ask: Ask) -> Card:
    """Index blocks after which nothing more was needed for a year, over time."""
    read = (
        "Index blocks with neither block nor denervation in the 12 months after: relief that lasted, or a person not seen again."
    )
    return beside_england(
        "blo-prolonged", "No further block or denervation within a year", ask, METRICS["prolonged_response"], read
    )
