"""Cumulative incidence over months, with limits and the numbers at risk."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

EVERY, SHORT = 6, 24
APART = 0.07  # of the axis: a line of a name
WIDE = 4  # so many numbers at risk stand beside one another on a phone


def curves(answers: list[Released], months: int, marks: tuple[int, ...] = ()) -> go.Figure:
    """One stepped line per answer up to a number of months, its 95% limits shaded, named at its end.

    Under the months stand the numbers still at risk, in the order of the lines; `marks` are months with a line of their own.
    """
    drawn = [(_told(one, months), colour) for one, colour in zip(answers, theme.SERIES, strict=False)]
    drawn = [(frame, colour) for frame, colour in drawn if len(frame)]
    at = list(range(0, months + 1, EVERY if months <= SHORT else 2 * EVERY))
    told = set(at if len(at) <= WIDE else at[::2])
    words = [
        "<br>".join(
            [
                str(month),
                *(_risk(frame, month, colour) for frame, colour in drawn if month in told and frame["at_risk"].notna().any()),
            ]
        )
        for month in at
    ]
    top = 1.08 * max((frame[["incidence", "upper"]].max().max() for frame, _ in drawn), default=1)
    return theme.figure(
        [trace for frame, colour in drawn for trace in _traces(frame, colour)], answers[0].about, height=360 + 18 * len(drawn), margin={"l": 10, "r": theme.BESIDE, "t": theme.TOP, "b": theme.BOTTOM},
        x={"tickvals": at, "ticktext": words, "tickangle": 0, "range": [0, months + 0.6], "title": theme.titled("Months; under them, people still at risk")},
        y={"range": [0, top], "tickformat": ".0%"}, annotations=[*_names(drawn, top), *(_mark_name(n, month) for n, month in enumerate(marks))], shapes=[_mark(month) for month in marks],
    )  # fmt: skip


def _told(answer: Released, months: int) -> pd.DataFrame:
    frame = answer.frame.dropna(subset=["incidence"])
    return frame[frame["months"] <= months]


def _traces(frame: pd.DataFrame, colour: str) -> list[dict]:
    """The lower limit, the shade up to the upper one, and the line."""
    steps = {"type": "scatter", "mode": "lines", "x": [0, *frame["months"]]}
    sure = frame.dropna(subset=["lower", "upper"])
    edge = {"line": {"width": 0, "shape": "hv", "color": colour}, "hoverinfo": "skip"}
    shade = {"fill": "tonexty", "fillcolor": f"rgba({int(colour[1:3], 16)},{int(colour[3:5], 16)},{int(colour[5:], 16)},0.15)"}
    line = {"color": colour, "width": 2.5, "shape": "hv"}
    name = str(frame["place_name"].iloc[0])
    return [
        steps | edge | {"x": list(sure["months"]), "y": list(sure["lower"])},
        steps | edge | shade | {"x": list(sure["months"]), "y": list(sure["upper"])},
        steps | {"y": [0, *frame["incidence"]], "line": line, "hovertemplate": name + ", %{x} months: %{y:.0%}<extra></extra>"},
    ]


def _names(drawn: list, top: float) -> list[dict]:
    """The name of each line at the right, by where it ends."""
    ends = [
        (theme.shortened(str(frame["place_name"].iloc[0])), float(frame["incidence"].iloc[-1]), colour) for frame, colour in drawn
    ]
    return theme.beside(ends, APART * top, top)


def _risk(frame: pd.DataFrame, month: int, colour: str) -> str:
    """The number at risk at a month, in the colour of its line; a dash once the curve has stopped."""
    before = frame[frame["months"] <= month]
    row = frame.iloc[0] if before.empty else before.iloc[-1]
    if month > frame["months"].iloc[-1] or pd.isna(row["at_risk"]):
        return "–"
    return f"<span style='color:{colour};font-size:12px'>{row['at_risk']:,.0f}</span>"


def _mark_name(n: int, month: int) -> dict:
    """The name over a month's line: the first leans to the left and the next to the right, so that close ones stand apart."""
    return theme.named(f"{month} months", month, 1, yref="paper", yanchor="bottom", xanchor="left" if n else "right")


def _mark(month: int) -> dict:
    line = {"color": theme.SERIES[3], "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": month, "x1": month, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}
