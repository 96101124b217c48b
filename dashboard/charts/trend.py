"""A measure over periods, as a line with the mean and limits of an XmR chart where there are points enough."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released
from dashboard.stats import spc

COVID = ("2020/21", "2020/21 Q1", "2020-04")


def trend(answer: Released, unit: str) -> go.Figure:
    """A line of one place's values by period; special causes are diamonds, provisional points are hollow, 2020/21 is marked."""
    frame = answer.frame
    chart = spc.xmr([None if pd.isna(value) else value for value in frame["value"]])
    made = theme.figure(theme.is_synthetic(answer.about))
    hollow = frame["flag"].eq("provisional")
    special = chart["signal"].ne("") & ~hollow
    drawn = (("mean", "solid"), ("lower", "dash"), ("upper", "dash")) if chart["upper"].notna().any() else ()
    for column, dash in drawn:
        line = {"color": theme.CONTEXT, "width": 1.5, "dash": dash}
        made.add_scatter(x=list(frame["period"]), y=list(chart[column]), mode="lines", line=line, hoverinfo="skip")
    marker = {
        "size": 9, "color": [theme.SPECIAL_CAUSE if one else theme.SERIES[0] for one in special],
        "symbol": ["circle-open" if open_ else "diamond" if one else "circle" for open_, one in zip(hollow, special, strict=True)],
    }  # fmt: skip
    made.add_scatter(
        x=list(frame["period"]), y=[None if pd.isna(one) else one for one in frame["value"]], mode="lines+markers",
        line={"color": theme.SERIES[0], "width": 2.5}, marker=marker,
        hovertemplate="%{x}: %{y:" + theme.axis_format(unit) + "}<extra></extra>",
    )  # fmt: skip
    for period in set(COVID) & set(frame["period"]):
        made.add_vline(x=period, line={"color": theme.CONTEXT, "dash": "dot"})
        made.add_annotation(x=period, y=0, yref="paper", text="COVID-19", showarrow=False, yanchor="bottom", xanchor="left")
    made.update_yaxes(rangemode="tozero", tickformat=theme.axis_format(unit))
    made.update_xaxes(type="category", tickangle=-45 if len(frame) > 8 else 0, nticks=16)
    return made
