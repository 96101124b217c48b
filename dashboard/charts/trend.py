"""A measure over periods: a line with the mean and limits of an XmR chart where there are points enough."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import periods, theme
from dashboard.disclosure.released import Released
from dashboard.stats import spc

CLOSE = 0.08  # of the axis: nearer than that, two names would stand on each other
LOOKS = {
    "": (theme.COMMON_CAUSE, "circle"),
    "special": (theme.SPECIAL_CAUSE, "diamond"),
    "improvement": (theme.IMPROVEMENT, "triangle-up"),
    "concern": (theme.CONCERN, "square"),
}


def judged(answer: Released) -> pd.DataFrame:
    """A row per period, none left out between the first and the last: period, value, lower, upper, flag and the XmR columns.

    `cause` is empty, or special, improvement or concern; a provisional or an early period takes no part in the limits.
    """
    frame = answer.frame.drop_duplicates("period").set_index("period")
    every = periods.between(min(frame.index), max(frame.index)) if len(frame) else []
    frame = frame.reindex(every)[["value", "lower", "upper", "flag"]].rename_axis("period").reset_index()
    frame["flag"] = frame["flag"].fillna("absent")
    frame["early"] = early(answer, every)
    final = frame["value"].where((frame["flag"] != "provisional") & ~frame["early"])
    chart = spc.xmr(theme.known(final))[["mean", "lower", "upper", "signal"]].add_prefix("spc_")
    frame = pd.concat([frame, chart], axis=1)
    direction = answer.metric.direction if answer.metric else None
    frame["cause"] = [
        _cause(*one, direction) for one in zip(frame["spc_signal"], frame["value"] > frame["spc_mean"], strict=True)
    ]
    return frame


def early(answer: Released, every: list[str]) -> list[bool]:
    """Whether each period has too little data before it for its measure to be judged as in a later one."""
    history = answer.metric.history if answer.metric else 0
    return [periods.months_after(answer.about["data_start"], one) < history for one in every]


def _cause(signal: str, above: bool, direction: str | None) -> str:
    """A special cause is good or bad only where the measure has declared which way is better."""
    if not signal:
        return ""
    return "special" if direction is None else "improvement" if above == direction.startswith("higher") else "concern"


def trend(answer: Released, unit: str, beside: Released | None = None) -> go.Figure:
    """One place's values by period, special causes by shape and colour, provisional and early points hollow, 2020/21 shaded.

    `beside` is another place's answer, drawn as context; a period that cannot be shown is a star on the axis.
    """
    frame = judged(answer)
    every = list(frame["period"])
    at, words = periods.ticks(every)
    bands = [
        *_band([n for n, one in enumerate(every) if periods.of_covid(one)], "COVID-19"),
        *_band([n for n, is_early in enumerate(frame["early"]) if is_early], "too little history"),
    ]
    data = [*_limits(frame), *_context(beside, every), _line(frame, unit), *_stars(frame)]
    axis = {"type": "category", "categoryorder": "array", "categoryarray": every, "tickvals": at, "ticktext": words}
    return theme.figure(
        data, answer.about, x=axis | {"range": [-0.6, len(every) - 0.4]},
        y={"rangemode": "tozero", "tickformat": theme.axis_format(unit)},
        shapes=[shape for shape, _ in bands], annotations=[*(words for _, words in bands), *_names(frame, beside)],
    )  # fmt: skip


def _limits(frame: pd.DataFrame) -> list[dict]:
    if not frame["spc_upper"].notna().any():
        return []
    return [
        {"type": "scatter", "x": list(frame["period"]), "y": theme.known(frame[column]), "mode": "lines", "hoverinfo": "skip",
         "line": {"color": theme.COMMON_CAUSE, "width": 1.2, "dash": dash}}
        for column, dash in (("spc_mean", "solid"), ("spc_lower", "dash"), ("spc_upper", "dash"))
    ]  # fmt: skip


def _context(beside: Released | None, every: list[str]) -> list[dict]:
    if beside is None or beside.frame.empty:
        return []
    frame = beside.frame[beside.frame["period"].isin(every)]
    return [
        {"type": "scatter", "x": list(frame["period"]), "y": theme.known(frame["value"]), "mode": "lines",
         "line": {"color": theme.SERIES[1], "width": 2}, "hovertemplate": _place(beside) + ", %{x}: %{y:.0%}<extra></extra>"}
    ]  # fmt: skip


def _line(frame: pd.DataFrame, unit: str) -> dict:
    hollow = frame["flag"].eq("provisional") | frame["early"]
    looks = [LOOKS[cause] for cause in frame["cause"]]
    plain = theme.SERIES[0] if not frame["spc_upper"].notna().any() else theme.COMMON_CAUSE
    colour = [plain if cause == "" else look[0] for cause, look in zip(frame["cause"], looks, strict=True)]
    symbol = [f"{look[1]}-open" if open_ else look[1] for look, open_ in zip(looks, hollow, strict=True)]
    line = {
        "type": "scatter", "x": list(frame["period"]), "y": theme.known(frame["value"]), "mode": "lines+markers",
        "line": {"color": theme.SERIES[0], "width": 2}, "hovertemplate": "%{x}: %{y:" + theme.axis_format(unit) + "}<extra></extra>",
        "marker": {"size": 10 if len(frame) < 30 else 7, "color": colour, "symbol": symbol},
    }  # fmt: skip
    return line | _bars(frame)


def _bars(frame: pd.DataFrame) -> dict:
    """95% limits of each point, where there is no XmR limit to judge it by."""
    if frame["spc_upper"].notna().any() or not frame["upper"].notna().any():
        return {}
    up, down = theme.known(frame["upper"] - frame["value"]), theme.known(frame["value"] - frame["lower"])
    return {
        "error_y": {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": theme.SECONDARY, "width": 0}
    }


def _stars(frame: pd.DataFrame) -> list[dict]:
    hidden = frame[frame["flag"] == "suppressed"]
    if hidden.empty:
        return []
    words = "%{x}: a small number that is not shown<extra></extra>"
    return [
        {"type": "scatter", "x": list(hidden["period"]), "y": [0] * len(hidden), "mode": "text", "text": ["*"] * len(hidden),
         "textfont": {"size": 18}, "textposition": "top center", "hovertemplate": words}
    ]  # fmt: skip


def _band(at: list[int], name: str) -> list[tuple[dict, dict]]:
    """A shaded span over the periods at those places and its name above it; none where there are none."""
    if not at:
        return []
    span = {"x0": at[0] - 0.5, "x1": at[-1] + 0.5, "y0": 0, "y1": 1, "yref": "paper", "type": "rect", "layer": "below"}
    words = theme.named(name, (at[0] + at[-1]) / 2, 1, yref="paper", yanchor="bottom")
    return [(span | {"fillcolor": "#eef1f3", "line": {"width": 0}}, words | {"font": {"size": 12, "color": theme.SECONDARY}})]


def _names(frame: pd.DataFrame, beside: Released | None) -> list[dict]:
    """The mean, its limits and the other place, each named at an end."""
    names = _limit_names(frame) if frame["spc_upper"].notna().any() else []
    return names if beside is None else [*names, *_other_name(frame, beside)]


def _other_name(frame: pd.DataFrame, beside: Released) -> list[dict]:
    """The other place's name where the two lines are furthest apart, on the far side of its own; none where it tells nothing."""
    both = frame[["period", "value"]].merge(beside.frame[["period", "value"]], on="period", suffixes=("", "_other"))
    both = both.dropna(subset=["value_other"]).assign(gap=lambda table: (table["value_other"] - table["value"]).fillna(0))
    if both.empty:
        return []
    at = both.loc[both["gap"].abs().iloc[::-1].idxmax()]
    side = "bottom" if at["gap"] >= 0 else "top"
    lean = (
        "left" if at["period"] == frame["period"].iloc[0] else "right" if at["period"] == frame["period"].iloc[-1] else "center"
    )
    return [theme.named(_place(beside), at["period"], at["value_other"], theme.SERIES[1], yanchor=side, xanchor=lean)]


def _limit_names(frame: pd.DataFrame) -> list[dict]:
    """The mean and its limits named at their right-hand end; one name for all where they lie too close for three."""
    last = frame[["spc_mean", "spc_lower", "spc_upper"]].iloc[-1]
    ends = {"upper limit": last["spc_upper"], "mean": last["spc_mean"], "lower limit": last["spc_lower"]}
    if last["spc_upper"] - last["spc_mean"] < CLOSE * max(last["spc_upper"], frame["value"].max()):
        ends = {"mean and limits": last["spc_upper"]}
    style = {"xanchor": "right", "yanchor": "bottom", "font": {"size": 11, "color": theme.SECONDARY}}
    return [theme.named(words, len(frame) - 0.5, y) | style for words, y in ends.items()]


def _place(answer: Released) -> str:
    return theme.shortened(str(answer.frame["place_name"].iloc[0]))
