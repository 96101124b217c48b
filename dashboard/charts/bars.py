"""Values of many places side by side, with their limits."""

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released


def bars(answer: Released, unit: str, chosen: str = "", most: int = 25) -> go.Figure:
    """Horizontal dots with 95% limits, or bars for counts; the largest first, the chosen place in colour."""
    frame = answer.frame.dropna(subset=["value"]).sort_values("value", ascending=False)
    shown = frame.head(most) if chosen not in set(frame["place"][most:]) else frame[frame.index.isin(frame.index[: most - 1]) | (frame["place"] == chosen)]
    shown = shown.iloc[::-1]
    names = [label(name, code) for name, code in zip(shown["place_name"], shown["place"], strict=True)]
    colour = [theme.SERIES[3] if code == chosen else theme.SERIES[0] for code in shown["place"]]
    made = theme.figure(theme.is_synthetic(answer.about), height=110 + 24 * max(len(shown), 2))
    words = "%{y}: %{x:" + theme.axis_format(unit) + "}<extra></extra>"
    if unit in ("count", "people"):
        made.add_bar(x=list(shown["value"]), y=names, orientation="h", marker={"color": colour}, hovertemplate=words)
    else:
        reach = {
            "type": "data", "symmetric": False, "color": theme.SECONDARY, "thickness": 1.5, "width": 0,
            "array": list((shown["upper"] - shown["value"]).fillna(0)), "arrayminus": list((shown["value"] - shown["lower"]).fillna(0)),
        }  # fmt: skip
        made.add_scatter(x=list(shown["value"]), y=names, mode="markers", marker={"color": colour, "size": 9}, error_x=reach, hovertemplate=words)
    made.update_xaxes(rangemode="tozero", tickformat=theme.axis_format(unit))
    return made


def label(name: str, code: str) -> str:
    """A place's name with its code, short enough for an axis."""
    short = name.replace(" (fictional)", "").replace(" NHS Trust", "").replace(" NHS Foundation Trust", "")
    return f"{short[:34]}… ({code})" if len(short) > 35 else f"{short} ({code})"


def columns(answer: Released, at: str, count: str = "count") -> go.Figure:
    """Upright bars of a count over the bands of a distribution."""
    frame = answer.frame.dropna(subset=[count])
    made = theme.figure(theme.is_synthetic(answer.about))
    made.add_bar(
        x=[str(one) for one in frame[at]], y=list(frame[count]), marker={"color": theme.SERIES[0]}, hovertemplate="%{x}: %{y:,}<extra></extra>"
    )
    made.update_xaxes(type="category")
    made.update_yaxes(tickformat=",")
    return made
