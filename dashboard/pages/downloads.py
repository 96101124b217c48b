"""Downloads: any measure by place, period and split, as CSV, Excel or a zip with its metadata."""

from functools import partial

import streamlit as st

from dashboard import export
from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.metrics import METRICS, Metric
from dashboard.pages.table import table
from dashboard.pages.taken import taken

BY = {"place": "The chosen place", "england": "England", "region": "Region", "commissioner": "ICB", "provider": "Provider"}
EACH = {"all": "Whole period", "year": "Financial year", "quarter": "Quarter", "month": "Month"}
SPLITS = {"sex": "Sex", "age_band": "Age band", "setting": "Setting", "levels": "Levels", "course": "First or repeat"}
CSV, EXCEL = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    ("CSV", "csv", CSV, lambda answer, _: export.csv_bytes(answer)),
    ("Excel", "xlsx", EXCEL, export.excel_bytes),
    ("Zip with metadata", "zip", "application/zip", export.zip_bytes),
)


def show(ask: Ask) -> None:
    """Choose, see the first rows, and take the file; it holds exactly what is shown."""
    st.title("Downloads", anchor=False)
    st.markdown(
        "Choose a measure and how to lay it out; place, years, sex, age and thresholds come from the boxes above. Every file is released: "
        "counts in multiples of 5, small numbers as empty cells flagged `suppressed`, never as zero."
    )
    try:
        answer = chosen(ask)
    except Refused as error:
        st.warning(f"This cannot be given: {error}.")
        return
    if answer.frame.empty:
        st.markdown("There are no rows for this choice.")
        return
    buttons(answer)
    st.html(table(answer, most=200))


def chosen(ask: Ask) -> Released:
    """The answer to what the boxes of this page say."""
    what, where, when, how = st.columns([3, 2, 2, 3])
    name = what.selectbox("Measure", list(METRICS), format_func=lambda one: METRICS[one].title, key="download_measure")
    metric = METRICS[name]
    by = where.selectbox("A row for each", places(ask, metric), format_func=BY.get, key="download_by")
    period = when.selectbox("And for each", list(EACH), format_func=EACH.get, key="download_period")
    split = how.multiselect(
        "Split by (two at most)", metric.splits, max_selections=2, format_func=SPLITS.get, key="download_split"
    )
    return ask.counts(metric, by=by, period=period, split=tuple(split))


def places(ask: Ask, metric: Metric) -> list[str]:
    """The kinds of place a measure has: a rate has none for providers."""
    if metric.unit != "rate":
        return list(BY)
    return [one for one in BY if one != "provider" and not (one == "place" and ask.filters.place_type == "provider")]


def buttons(answer: Released) -> None:
    """One button per kind of file, each made when it is pressed."""
    for column, (words, ending, mime, make) in zip(st.columns(3), KINDS, strict=True):
        with column:
            st.download_button(
                words, taken(answer, ending, partial(make, answer)), file_name=export.file_name(answer, ending), mime=mime, on_click="ignore",
                key=f"down-{ending}", width="stretch",
            )  # fmt: skip
