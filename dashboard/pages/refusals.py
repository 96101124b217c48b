"""Refused lines: where the steward looks, line by line and without what stood there."""

import pandas as pd
import streamlit as st

from dashboard import door
from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.pages import sign_in
from dashboard.pages.plain import plain
from dashboard.pages.rules import RULES, SEVERITIES

MOST_SHOWN = 200
HEADINGS = {"severity": "What was done", "means": "What it means"}
CLOSED = "This page is for stewards, who see what was put aside when data was loaded."
ABOUT = (
    "Lines that a load put aside, which are counted nowhere, or flagged, which are kept. What stood in them is left out: it can be a person's "
    "number. The whole load is here, whatever the boxes above say; its report is on Data quality."
)


def show(ask: Ask) -> None:
    """How many lines each rule took, and the lines of one."""
    st.title("Refused lines", anchor=False)
    reader = sign_in.reader()
    try:
        lines = door.refused_lines(ask, reader)
    except Refused:
        st.markdown(f"{CLOSED} Nothing here is granted to you{sign_in.why_not(reader)}.")
        return
    st.markdown(ABOUT)
    if lines.empty:
        st.markdown("The load put no line aside and flagged none.")
        return
    with st.container(key="listing"):
        counted(lines)
        listed(lines)


def counted(lines: pd.DataFrame) -> None:
    """How many lines each rule took, and what it means."""
    counts = lines.groupby(["severity", "rule", "column"], as_index=False, dropna=False).size()
    told = counts.assign(severity=counts["severity"].map(SEVERITIES), means=counts["rule"].map(RULES))
    told["lines"] = counts["size"].map("{:,}".format)
    st.html(plain(told[["severity", "rule", "means", "column", "lines"]].rename(columns=HEADINGS), "Lines by rule"))


def listed(lines: pd.DataFrame) -> None:
    """The lines of one rule: their file and number, and the column where it was seen."""
    rule = st.selectbox("Rule", sorted(lines["rule"].unique()), key="refusals_rule")
    chosen = lines[lines["rule"] == rule]
    few = f", the first {MOST_SHOWN} shown" if len(chosen) > MOST_SHOWN else ""
    st.header(f"{len(chosen):,} line{'' if len(chosen) == 1 else 's'}{few}", anchor=False)
    told = chosen.head(MOST_SHOWN).assign(severity=chosen["severity"].map(SEVERITIES)).rename(columns=HEADINGS)
    st.html(plain(told, f"{RULES.get(rule, rule)} ({rule})"))
