"""Every measure of one provider on one spine: England in the middle, the peers' range and quartiles, the provider with its limits."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.words import number
from dashboard.disclosure.numbers import PROFILES, rounded
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.stats.spine import COLUMNS, scaled

RANGE, QUARTILES = "#e3e7ea", "#bcc5cc"
NUMBERS = 108  # pixels beside the plot that the two numbers of a row need
SHOWN = [*COLUMNS, "value", "lower", "upper"]
AFTER = {
    "better": (theme.IMPROVEMENT, "triangle-up"), "worse": (theme.CONCERN, "square"), "differs": (theme.SPECIAL_CAUSE, "diamond"),
    "": (theme.COMMON_CAUSE, "circle"),
}  # fmt: skip


def against(row) -> str:
    """How a row stands to England: nothing while its limits hold England's value, else better or worse, or that it differs.

    England's value is held against rounded limits at their own precision, so that no difference is made by rounding.
    """
    england = float(rounded(row["england"], row["denominator"], PROFILES["hes2018_ck"]))
    if pd.isna(row["lower"]) or pd.isna(england) or row["lower"] <= england <= row["upper"]:
        return ""
    direction = METRICS[row["measure"]].direction
    if direction is None:
        return "differs"
    return "better" if (row["value"] > row["england"]) == direction.startswith("higher") else "worse"


def spine(answer: Released) -> go.Figure:
    """A row per measure on a scale of its own, lower to the left and higher to the right, England's value at the line."""
    frame = answer.frame.dropna(subset=["england"]).iloc[::-1].reset_index(drop=True)
    at = scaled(frame, SHOWN, "england")
    names = [METRICS[one].title for one in frame["measure"]]
    traces = [
        _bar(names, at["lowest"], at["highest"], RANGE, 0.42),
        _bar(names, at["quarter"], at["three_quarters"], QUARTILES, 0.42),
        _middle(names, at["middle"]),
        _points(names, at, frame),
    ]
    shape = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": theme.SERIES[1], "width": 2}}
    england = theme.named("England", 0, 1, theme.SERIES[1], yref="paper", yanchor="bottom")
    return theme.figure(
        traces, answer.about, height=110 + 44 * max(len(frame), 2), barmode="overlay", shapes=[shape],
        annotations=[england, *_values(names, frame), *_ends()], margin={"l": 10, "r": NUMBERS + 8, "t": theme.TOP, "b": 34},
        x={"range": [-1.12, 1.12], "showticklabels": False, "showgrid": False, "zeroline": False},
        y={"showgrid": False, "type": "category", "categoryorder": "array", "categoryarray": names, "showticklabels": False,
           "range": [-0.6, len(names) - 0.2]},
    )  # fmt: skip


def _bar(names: list[str], low: pd.Series, high: pd.Series, colour: str, width: float) -> dict:
    return {
        "type": "bar", "orientation": "h", "y": names, "base": theme.known(low), "x": theme.known(high - low), "hoverinfo": "skip",
        "marker": {"color": colour}, "width": width,
    }  # fmt: skip


def _middle(names: list[str], middle: pd.Series) -> dict:
    marker = {"symbol": "line-ns", "size": 18, "line": {"color": theme.SECONDARY, "width": 2}}
    return {"type": "scatter", "mode": "markers", "x": theme.known(middle), "y": names, "marker": marker, "hoverinfo": "skip"}


def _points(names: list[str], at: pd.DataFrame, frame: pd.DataFrame) -> dict:
    looks = [AFTER[against(row)] for row in frame.to_dict("records")]
    reach = {"type": "data", "symmetric": False, "color": theme.TEXT, "thickness": 1.5, "width": 4}
    reach |= {"array": theme.known(at["upper"] - at["value"]), "arrayminus": theme.known(at["value"] - at["lower"])}
    return {
        "type": "scatter", "mode": "markers", "x": theme.known(at["value"]), "y": names, "error_x": reach,
        "marker": {"color": [one[0] for one in looks], "symbol": [one[1] for one in looks], "size": 11},
        "text": [_told(row) for row in frame.to_dict("records")], "hovertemplate": "%{y}: %{text}<extra></extra>",
    }  # fmt: skip


def _told(row: dict) -> str:
    return f"{number(row['value'], 'share')} (England {number(row['england'], 'share')})"


def _values(names: list[str], frame: pd.DataFrame) -> list[dict]:
    """Each measure's name over its row, and beside the plot the provider's number and England's: there is room for both on a phone."""
    found = []
    for name, row in zip(names, frame.to_dict("records"), strict=True):
        numbers = f"<b>{number(row['value'], 'share')}</b> · {number(row['england'], 'share')}"
        found += [
            theme.named(name, 0, name, theme.TEXT, xref="paper", xanchor="left", yshift=17),
            theme.named(numbers, 1, name, theme.TEXT, xref="paper", xanchor="right", xshift=NUMBERS),
        ]
    return found


def _ends() -> list[dict]:
    at = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -6}
    return [
        theme.named("← lower · higher →", 0, 0, xanchor="left", **at),
        theme.named("<b>here</b> · England", 1, 0, xanchor="right", xshift=NUMBERS, **at),
    ]
