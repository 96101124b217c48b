"""Refused lines: where the steward looks, line by line and without what stood there."""

import streamlit as st

from dashboard import door
from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.pages import sign_in
from dashboard.pages.plain import plain

MOST_SHOWN = 200


def show(ask: Ask) -> None:
    """How many lines each rule took, and the lines of one."""
    st.title("Refused lines", anchor=False)
    try:
        lines = door.refused_lines(ask, sign_in.reader())
    except Refused:
        st.markdown("This page is for stewards, who see what was put aside when data was loaded. Nothing here is granted to you.")
        return
    st.markdown(
        "Lines that a load put aside or flagged. What stood in them is left out: it can be a person's number. The load report is on Data quality."
    )
    counts = lines.groupby(["severity", "rule", "column"], as_index=False, dropna=False).size().rename(columns={"size": "lines"})
    st.html(plain(counts, "Lines by rule"))
    if lines.empty:
        return
    rule = st.selectbox("Rule", sorted(lines["rule"].unique()), key="refusals_rule")
    chosen = lines[lines["rule"] == rule]
    st.header(f"{len(chosen):,} lines" + (f", the first {MOST_SHOWN} shown" if len(chosen) > MOST_SHOWN else ""), anchor=False)
    st.html(plain(chosen.head(MOST_SHOWN), f"Lines: {rule}"))
