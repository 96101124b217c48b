"""Events above a target by provider with their limits; those not distinguishable from it are grey."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released


def excess(answer: Released, chosen: str = "", most: int = 25) -> go.Figure:
    """A mark per provider with its 95% limits, the most above the target at the top, the target at the line.

    Distinguishable ones are coloured diamonds, the others grey circles; the chosen provider is always among them.
    """
    frame = answer.frame.dropna(subset=["excess"]).sort_values(["excess", "place"], ascending=[False, True], kind="stable")
    frame = frame[frame.index.isin(frame.head(most).index) | (frame["place"] == chosen)].iloc[::-1]
    line = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": theme.SERIES[1], "width": 2}}
    name = theme.named("peers", 0, 1, theme.SERIES[1], yref="paper", yanchor="bottom")
    names = [theme.label(one) for one in frame["place_name"]]
    return theme.figure(
        [_points(frame, chosen)], answer.about, height=theme.tall(names, 110), shapes=[line | {"layer": "below"}],
        annotations=[name], x={"tickformat": ",", "tickangle": 0, "nticks": 4, "title": theme.titled("Above the target")},
        y=theme.rows(list(frame["place"]), names),
    )  # fmt: skip


def _points(frame: pd.DataFrame, chosen: str) -> dict:
    sure = frame["distinguishable"].eq("yes")
    colour = [
        theme.SERIES[3] if code == chosen else theme.SERIES[0] if yes else theme.CONTEXT
        for code, yes in zip(frame["place"], sure, strict=True)
    ]
    reach = {"type": "data", "symmetric": False, "color": theme.SECONDARY, "thickness": 1.5, "width": 0}
    reach |= {"array": list(frame["upper"] - frame["excess"]), "arrayminus": list(frame["excess"] - frame["lower"])}
    marker = {"color": colour, "size": 10, "symbol": ["diamond" if yes else "circle" for yes in sure]}
    words = ["" if yes else ", not distinguishable from peers" for yes in sure]
    return {
        "type": "scatter", "mode": "markers", "x": list(frame["excess"]), "y": list(frame["place"]), "error_x": reach, "marker": marker,
        "text": [f"{name}: {value:,.0f}{more}" for name, value, more in zip(frame["place_name"], frame["excess"], words, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
