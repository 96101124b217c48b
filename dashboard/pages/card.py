"""One card for every chart: the finding, the chart, how to read it, the same numbers as a table, its definition, a download."""

import html

import pandas as pd
import streamlit as st

from dashboard import export
from dashboard.disclosure.released import Released

HIDDEN = ("measure", "place_type")
NOTHING = "There is nothing to show here for this choice: no such events are in the data supplied."


def card(title: str, figure, answer: Released, read: str, key: str) -> None:
    """Show an answer as a card; an answer without rows says so instead of drawing an empty chart."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        if answer.frame.empty or figure is None:
            st.markdown(NOTHING)
            return
        st.plotly_chart(figure, width="stretch", theme=None, key=f"{key}-chart", config={"displayModeBar": False})
        st.markdown(read)
        for note in answer.notes:
            st.markdown(note)
        with st.expander("The numbers, as a table"):
            st.html(table(answer))
        if answer.metric:
            with st.expander("What this is"):
                st.markdown(
                    f"**{answer.metric.title}.** {answer.metric.words} Source: {answer.metric.source}. {answer.metric.review.capitalize()}."
                )
        download(answer, key)


def download(answer: Released, key: str) -> None:
    """A button whose file is made when it is pressed, without running the page again."""
    st.download_button(
        "Download these numbers (CSV)", lambda: export.csv_bytes(answer), file_name=export.file_name(answer, "csv"),
        mime="text/csv", on_click="ignore", key=f"{key}-csv",
    )  # fmt: skip


def table(answer: Released, most: int = 400) -> str:
    """An HTML table equal to the chart and the file."""
    frame = answer.frame.drop(columns=[name for name in HIDDEN if name in answer.frame])
    made_up = "Synthetic data. " if answer.about.get("synthetic") == "true" else ""
    head = "".join(f"<th scope='col'>{html.escape(str(name).replace('_', ' '))}</th>" for name in frame.columns)
    unit = answer.metric.unit if answer.metric else "count"
    body = "".join(
        "<tr>" + "".join(f"<td>{cell(name, value, row.get('flag', ''), unit)}</td>" for name, value in row.items()) + "</tr>"
        for row in frame.head(most).to_dict("records")
    )
    more = f"<p>The first {most} rows of {len(frame)}; the download holds all.</p>" if len(frame) > most else ""
    caption = (
        f"<caption>{made_up}{html.escape(answer.title)}. * stands for a small number that is not shown; it is not zero.</caption>"
    )
    return f"<div class='rfd-table'><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"


def cell(name: str, value, flag: str, unit: str) -> str:
    """A value as a person reads it: a star where suppressed, a percentage for a share."""
    if isinstance(value, str):
        return html.escape(value)
    if pd.isna(value):
        return "*" if flag == "suppressed" else ""
    if name in ("value", "lower", "upper", "incidence") and unit in ("share", "incidence"):
        return f"{value:.1%}" if round(value * 100) != round(value * 100, 1) else f"{value:.0%}"
    return f"{value:,.1f}" if float(value) % 1 else f"{int(value):,}"


def percent(value) -> str:
    """A share in words, or a star."""
    return "*" if pd.isna(value) else f"{value:.0%}"


def number(value, unit: str) -> str:
    """A value of a unit in words, or a star."""
    if pd.isna(value):
        return "*"
    return (
        f"{value:.0%}" if unit in ("share", "incidence") else f"{value:,.0f}" if unit in ("count", "people") else f"{value:,.1f}"
    )


def change_words(name: str, answer: Released) -> str:
    """A title that says what happened: from the first to the last value that can be shown."""
    unit = answer.metric.unit if answer.metric else "count"
    frame = answer.frame.dropna(subset=["value"])
    if len(frame) < 2:
        return name
    first, last = frame.iloc[0], frame.iloc[-1]
    verb = "rose" if last["value"] > first["value"] else "fell" if last["value"] < first["value"] else "stayed"
    return f"{name} {verb} from {number(first['value'], unit)} in {first['period']} to {number(last['value'], unit)} in {last['period']}"
