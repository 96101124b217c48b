"""Policy adherence: who follows which rule, and why not."""

from dataclasses import replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.funnel import funnel
from dashboard.charts.heatmap import heatmap
from dashboard.charts.trend import trend
from dashboard.filters import Filters
from dashboard.metrics import METRICS
from dashboard.pages import controls
from dashboard.pages.card import card, change_words, percent, table

CRITERIA = {
    "Block before": "met_block_before",
    "Interval": "met_repeat_interval",
    "New block": "met_repeat_block",
    "Adherent": "adherent",
}
UNSEEN = (
    "Hospital Episode Statistics do not record the pain score, the response to the block, the source of the pain, the shared decision or prior "
    "approval: these are never counted as met, nor as failed."
)


def show(ask: Ask) -> None:
    """What-if thresholds, adherence over time and by provider, each criterion, and the reasons for failing."""
    st.title("Policy adherence", anchor=False)
    controls.thresholds(ask, ask.filters)
    against_reference(ask)
    adherent = METRICS["adherent"]
    over_time = ask.counts(adherent)
    read = "Adherent courses out of those that can be judged. A course that cannot be judged is in neither."
    card(change_words("Adherence", over_time), trend(over_time, "share"), over_time, read, "adh-trend")
    answers = {words: ask.counts(METRICS[name], by="provider", period="all") for words, name in CRITERIA.items()}
    answers = {words: answer for words, answer in answers.items() if not answer.frame.empty}
    if answers:
        read = "Share of courses that meet each criterion, the largest providers first; * is a small number not shown. Read with care."
        card(
            "Who meets which criterion", heatmap(answers), answers.get("Adherent", next(iter(answers.values()))), read, "adh-heat"
        )
        by_provider = ask.counts(adherent, by="provider", period="all")
        read = "Dashed and full lines: 95% and 99.8% limits, widened for overdispersion, from released counts."
        card("Adherence by provider", funnel(by_provider, ask.filters.place), by_provider, read, "adh-funnel")
    with st.container(border=True):
        st.subheader("Why courses fail", anchor=False)
        st.html(table(ask.reasons()))
        st.markdown("`fails_only`: this criterion alone fails; `fails_with_others`: it fails with at least one more. " + UNSEEN)


def against_reference(ask: Ask) -> None:
    """The adherence of the chosen thresholds beside the reference policy's, in words."""
    plain = dict.fromkeys(("repeat_min_months", "block_lookback_months", "min_blocks", "staged_days"))
    reference: Filters = replace(ask.filters, policy="reference", **plain)
    if reference == ask.filters:
        return
    now = value(ask)
    before = value(Ask(ask.warehouse, reference, ask.profile))
    st.markdown(f"Adherence is **{percent(now)}** with these thresholds, and **{percent(before)}** under the reference policy.")


def value(ask: Ask):
    """The adherence of the chosen place over all its years; None when there is none."""
    frame = ask.counts(METRICS["adherent"], period="all").frame
    return None if frame.empty else frame["value"].iloc[0]
