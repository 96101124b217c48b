"""Cumulative incidence over months, with limits."""

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released


def curves(answers: list[Released], months: int) -> go.Figure:
    """One stepped line per answer, up to a number of months, each named at its end, with its 95% limits shaded."""
    made = theme.figure(any(theme.is_synthetic(answer.about) for answer in answers))
    for answer, colour in zip(answers, theme.SERIES, strict=False):
        frame = answer.frame.dropna(subset=["incidence"])
        frame = frame[frame["months"] <= months]
        if frame.empty:
            continue
        at, upper, lower = list(frame["months"]), list(frame["upper"]), list(frame["lower"])
        made.add_scatter(
            x=at + at[::-1], y=upper + lower[::-1], fill="toself", fillcolor=colour, opacity=0.15, line={"width": 0}, hoverinfo="skip"
        )
        made.add_scatter(
            x=at, y=list(frame["incidence"]), mode="lines", line={"color": colour, "width": 2.5, "shape": "hv"},
            hovertemplate="%{x} months: %{y:.0%}<extra></extra>",
        )  # fmt: skip
        made.add_annotation(
            x=at[-1], y=frame["incidence"].iloc[-1], text=str(frame["place_name"].iloc[0])[:24], showarrow=False, xanchor="right",
            yanchor="bottom", font={"color": colour},
        )  # fmt: skip
    made.update_xaxes(title="months", range=[0, months], dtick=6)
    made.update_yaxes(rangemode="tozero", tickformat=".0%")
    return made
