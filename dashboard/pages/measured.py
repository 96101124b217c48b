"""Every measure of a page in one table: none is declared and shown nowhere."""

import streamlit as st

from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.metrics import METRICS, Metric
from dashboard.pages.card import defined, download, together
from dashboard.pages.table import table


def measured(ask: Ask, page: str) -> None:
    """The measures of a page for the chosen place and years, a row each; what each is, and which this choice does not ask."""
    told = {metric.name: answer for metric in of_page(page) if (answer := asked(ask, metric)) is not None}
    with st.container(border=True, key=f"card-{page}-measures"):
        st.header("Every measure of this page, the years together", anchor=False)
        if told:
            answer = together(told, "Every measure of this page, the years together")
            st.html(table(answer))
            download(answer, f"{page}-measures")
        what_these_are(page, told)


def what_these_are(page: str, told: dict) -> None:
    """The definition of each measure of a page, and the names of those that have no row for this choice."""
    without = [metric.title for metric in of_page(page) if metric.name not in told]
    if without:
        st.markdown(f"No rows for this choice: {'; '.join(without)}.")
    with st.expander("What these measures are"):
        st.markdown("\n\n".join(defined(metric) for metric in of_page(page)))


def of_page(page: str) -> list[Metric]:
    """The measures that name a page as theirs."""
    return [metric for metric in METRICS.values() if metric.page == page]


def asked(ask: Ask, metric: Metric) -> Released | None:
    """A measure with the years together; None where it is not asked of such a place or has no row."""
    try:
        answer = ask.counts(metric, period="all")
    except Refused:
        return None
    return None if answer.frame.empty else answer
