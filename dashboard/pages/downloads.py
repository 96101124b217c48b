"""Downloads: any measure by place, period and split, as CSV, Excel or a zip with its metadata."""

import streamlit as st

from dashboard import export
from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.filters import PERIODS
from dashboard.metrics import METRICS
from dashboard.pages.card import table

BY = {"place": "The chosen place", "region": "Region", "commissioner": "ICB", "provider": "Provider", "england": "England"}
KINDS = (("CSV", "csv", export.csv_bytes), ("Excel", "xlsx", export.excel_bytes), ("Zip with metadata", "zip", export.zip_bytes))


def show(ask: Ask) -> None:
    """Choose, see the first rows, and take the file; it holds exactly what is shown."""
    st.title("Downloads", anchor=False)
    st.markdown("Every file is released: multiples of 5, small numbers as empty cells flagged `suppressed`. It may be published.")
    what, where, when, how = st.columns([3, 2, 2, 3])
    name = what.selectbox("Measure", list(METRICS), format_func=lambda one: METRICS[one].title, key="download_measure")
    by = where.selectbox("By", list(BY), format_func=BY.get, key="download_by")
    period = when.selectbox(
        "Each",
        ["all", *PERIODS],
        format_func=lambda one: "Whole period" if one == "all" else one.capitalize(),
        key="download_period",
    )
    split = how.multiselect("Split by (two at most)", METRICS[name].splits, max_selections=2, key="download_split")
    try:
        answer = ask.counts(METRICS[name], by=by, period=period, split=tuple(split))
    except Refused as error:
        st.warning(str(error))
        return
    if answer.frame.empty:
        st.markdown("There are no rows for this choice.")
        return
    for column, (words, ending, make) in zip(st.columns(3), KINDS, strict=True):
        with column:
            st.download_button(
                words,
                lambda make=make: make(answer),
                file_name=export.file_name(answer, ending),
                on_click="ignore",
                key=f"down-{ending}",
                width="stretch",
            )
    st.html(table(answer, most=200))
