"""Block to RFD: does the block lead anywhere, and does RFD follow a block."""

from dataclasses import replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.bars import bars, columns
from dashboard.charts.curve import curves
from dashboard.charts.steps import flow
from dashboard.charts.trend import trend
from dashboard.filters import ENGLAND
from dashboard.metrics import METRICS, Metric
from dashboard.pages.card import card, change_words

CAVEAT = (
    "A facet block here is a medial branch block or a facet joint injection: code V54.4 cannot tell them apart. "
    "“Found” always means found in the data supplied: blocks in outpatients or private care are not in it."
)


def with_england(ask: Ask, metric: Metric) -> list:
    """The curve of the chosen place, and England's beside it when another place is chosen."""
    answers = [ask.curve(metric)]
    if ask.filters.place_type != "england":
        england = replace(ask.filters, place_type="england", place=ENGLAND)
        answers.append(Ask(ask.warehouse, england, ask.profile).curve(metric))
    return answers


def show(ask: Ask) -> None:
    """What comes of an index block, how soon RFD follows, and the blocks found before RFD."""
    st.title("Block to RFD", anchor=False)
    st.markdown(CAVEAT)
    stages = ask.flow()
    read = "People with an index block, and what happened in the year after it. An index block has no block in the year before, and no RFD in two."
    card("What comes of a facet block", flow(stages) if stages.frame["count"].notna().any() else None, stages, read, "blo-flow")
    answers = with_england(ask, METRICS["block_to_denervation_18_months"])
    drawable = any(answer.frame["incidence"].notna().any() for answer in answers)
    read = "The share with a denervation by each month after an index block; shaded: 95% limits."
    card("How many go on to denervation", curves(answers, 24) if drawable else None, answers[0], read, "blo-curve")
    before = ask.distribution("blocks_before")
    card(
        "Blocks before a first denervation",
        columns(before, "band") if before.frame["count"].notna().any() else None,
        before,
        "Block days found in the 24 months before.",
        "blo-before",
    )
    none = ask.counts(METRICS["no_block_found"])
    card(
        change_words("No block found before denervation", none),
        trend(none, "share"),
        none,
        "Share of first courses with no block found in the look-back.",
        "blo-none",
    )
    by_provider = ask.counts(METRICS["no_block_found"], by="provider", period="all")
    words = "With 95% limits. A provider whose blocks are in outpatients stands high here without doing anything else. Read with care."
    card("No block found, by provider", bars(by_provider, "share", ask.filters.place), by_provider, words, "blo-prov")
