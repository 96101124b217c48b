"""Definitions: what exactly each number is, from the registry, the codelists, the policies and the SQL itself."""

import csv
from pathlib import Path

import streamlit as st

from dashboard import queries
from dashboard.ask import Ask
from dashboard.metrics import METRICS, Metric

CODELISTS = Path(__file__).parent.parent.parent / "data" / "codelists"
PROTECTED = """
- Counts are released as multiples of 5, chosen by a key of the records in the cell: the same records give the same number on every route.
- 1 to 7 patients, or 1 to 7 events, are never shown (`*`); nor is the other side of a yes or no whose one side is that small.
- Only fixed cells can be asked: one place, a fixed period, at most two fixed splits. Rates, shares and limits come from released counts alone.
- Tags: [S] seen in its source, [I] inferred, [R] recalled and to be checked by a clinical coder before real use.
"""


def show(ask: Ask) -> None:
    """Every measure with its rule, then codelists, policies and how numbers are protected."""
    st.title("Definitions", anchor=False)
    st.subheader("Measures", anchor=False)
    for metric in METRICS.values():
        with st.expander(metric.title):
            describe(metric)
    st.subheader("Codes", anchor=False)
    for path in sorted(CODELISTS.glob("*.csv")):
        with st.expander(path.stem.replace("_", " ")), path.open(encoding="utf-8", newline="") as stream:
            st.table([{key: row[key] for key in ("code", "title", "source", "tag")} for row in csv.DictReader(stream)])
    st.subheader("Policies", anchor=False)
    st.table(
        ask.version.policies.astype(str).replace({"nan": "none", "None": "none", "NaT": "", "<NA>": "none"}).set_index("policy").T
    )
    st.subheader("How numbers are protected", anchor=False)
    st.markdown(PROTECTED)


def describe(metric: Metric) -> None:
    """One measure: words, source, review, and its SQL with the worked example."""
    st.markdown(
        f"{metric.words}\n\nUnit: {metric.unit}. Source: {metric.source} [{metric.tag}]. {metric.review.capitalize()}; next review {metric.next_review}."
    )
    st.code(queries.text(metric.sql), language="sql")
