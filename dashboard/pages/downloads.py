"""Downloads: any measure by place, period and split, as CSV, Excel, Parquet or a zip with its metadata."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import export
from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.door import File
from dashboard.errors import Refused
from dashboard.filters import DECLARED
from dashboard.metrics import METRICS, Metric
from dashboard.pages import controls
from dashboard.pages.plain import plain
from dashboard.pages.table import table
from dashboard.pages.taken import taken

SPLITS = {"sex": "Sex", "age_band": "Age band", "setting": "Setting", "levels": "Levels", "course": "First or repeat"}
CSV, EXCEL = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    ("CSV", "csv", CSV, lambda answer, _: export.csv_bytes(answer)),
    ("Excel", "xlsx", EXCEL, export.excel_bytes),
    ("Parquet", "parquet", "application/vnd.apache.parquet", export.parquet_bytes),
    ("Zip with metadata", "zip", "application/zip", export.zip_bytes),
)


def show(ask: Ask) -> None:
    """Choose, see the first rows, and take the file; it holds exactly what is shown."""
    st.title("Downloads", anchor=False)
    st.markdown(
        "Choose a measure and how to lay it out; place, years, sex and age come from the boxes above, thresholds from the pages that have them. Every file is released: "
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
    with st.expander("What the columns mean"):
        columns = export.metadata(answer)["columns"]
        rows = [{"Column": one["name"], "Kind": one["datatype"], "Meaning": one.get("description", "")} for one in columns]
        st.html(plain(rows, "Columns of the file"))
    with st.expander("A link to this table"):
        st.markdown("Pinned to this data version, so that it always gives these numbers:")
        st.code(controls.address(replace(ask.filters, version=ask.about["version"])), language=None, wrap_lines=True)


def chosen(ask: Ask) -> Released:
    """The answer to what the boxes of this page say."""
    filters, columns = ask.filters, st.columns([3, 2, 2, 3])
    metric = METRICS[filters.download_measure]
    allowed = places(ask, metric)
    by = filters.download_by if filters.download_by in allowed else allowed[0]
    boxes = {"download_measure": None, "download_by": allowed, "download_period": None}
    for column, (name, options) in zip(columns, boxes.items(), strict=False):
        with column:
            controls.declared(name, filters, options)
    with columns[-1]:
        split = splits(filters.download_split, metric)
    return ask.counts(metric, by=by, period=filters.download_period, split=split)


def splits(text: str, metric: Metric) -> tuple[str, ...]:
    """The box of splits, and those chosen that the measure has."""
    chosen = [one for one in text.split(",") if one in metric.splits]
    st.session_state["download_split"] = chosen
    st.multiselect(
        "Split by (two at most)", metric.splits, max_selections=2, format_func=SPLITS.get, key="download_split", on_change=_split
    )
    return tuple(chosen)


def _split() -> None:
    controls.take(download_split=",".join(st.session_state["download_split"]))


def places(ask: Ask, metric: Metric) -> list[str]:
    """The kinds of place a measure has: a rate has none for providers."""
    kinds = DECLARED["download_by"].options
    if metric.unit != "rate":
        return kinds
    return [one for one in kinds if one != "provider" and not (one == "place" and ask.filters.place_type == "provider")]


def buttons(answer: Released) -> None:
    """One button per kind of file, each made when it is pressed."""
    for column, (words, ending, mime, make) in zip(st.columns(len(KINDS)), KINDS, strict=True):
        with column:
            st.download_button(
                words, taken(File.of(answer, ending), partial(make, answer)), file_name=export.file_name(answer, ending), mime=mime, on_click="ignore",
                key=f"down-{ending}", width="stretch",
            )  # fmt: skip
