"""A funnel plot of proportions by provider."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released
from dashboard.stats import funnel as stats

MOST_NAMED = 6


def judged(answer: Released) -> pd.DataFrame:
    """The rows whose numbers can be told, with funnel limits from them alone and `outside`; `.attrs` as the statistics give.

    A released part may be rounded above its whole, which is then all of it.
    """
    frame = answer.frame.dropna(subset=["value", "numerator", "denominator"]).reset_index(drop=True)
    frame = frame[frame["denominator"] >= stats.LEAST_DENOMINATOR].reset_index(drop=True)
    part = np.minimum(frame["numerator"], frame["denominator"])
    fit = stats.proportions(part, frame["denominator"])
    told = pd.concat([frame.drop(columns=["lower", "upper"]), fit.drop(columns="value")], axis=1)
    told["share"] = fit["value"]
    told["outside"] = (told["share"] > told["upper998"]) | (told["share"] < told["lower998"])
    told.attrs = dict(fit.attrs)
    return told


def funnel(answer: Released, chosen: str = "", of: str = "courses") -> go.Figure:
    """A point per place with 10 or more in its denominator, against 95% and 99.8% limits; those outside are named."""
    told = judged(answer)
    if told.empty:
        return theme.figure([], answer.about)
    target, tau2 = told.attrs["target"], told.attrs["tau2"]
    size = np.linspace(stats.LEAST_DENOMINATOR, told["denominator"].max() * 1.05, 60)
    data = [
        {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": size.round(1).tolist(), "y": side.round(4).tolist(),
         "line": {"color": theme.COMMON_CAUSE, "dash": dash, "width": 1.3}}
        for z, dash in ((stats.Z998, "solid"), (stats.Z95, "dash"))
        for side in stats.limits(size, target, tau2, z)
    ]  # fmt: skip
    upper = stats.limits(size[-1:], target, tau2, stats.Z998)[1][0]
    names = [
        theme.named("99.8% limit", size[-1], upper, xanchor="right", yanchor="bottom"),
        *_names(told, chosen),
    ]
    shape = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": target, "y1": target, "layer": "below"}
    return theme.figure(
        [*data, _points(told, chosen)], answer.about, height=430, annotations=names,
        shapes=[shape | {"line": {"color": theme.SERIES[1], "width": 1.5}}],
        x={"title": theme.titled(f"Number of {of}"), "rangemode": "tozero", "tickformat": ","},
        y={"tickformat": ".0%", "rangemode": "tozero"},
    )  # fmt: skip


def _points(told: pd.DataFrame, chosen: str) -> dict:
    colour = [
        theme.SERIES[3] if code == chosen else theme.SPECIAL_CAUSE if out else theme.COMMON_CAUSE
        for code, out in zip(told["place"], told["outside"], strict=True)
    ]
    return {
        "type": "scatter", "mode": "markers", "x": list(told["denominator"]), "y": theme.known(told["share"].round(4)),
        "marker": {"color": colour, "size": 10, "symbol": ["diamond" if out else "circle" for out in told["outside"]]},
        "text": list(told["place_name"]), "hovertemplate": "%{text}: %{y:.0%} of %{x:,}<extra></extra>",
    }  # fmt: skip


def _names(told: pd.DataFrame, chosen: str) -> list[dict]:
    """The chosen place and the few furthest outside the limits, named beside their points."""
    far = told[told["outside"]].assign(far=lambda frame: frame["z"].abs()).nlargest(MOST_NAMED, "far")
    some = pd.concat([told[told["place"] == chosen], far]).drop_duplicates("place")
    middle = told["denominator"].max() / 2
    return [
        theme.named(theme.shortened(row.place_name, 22), row.denominator, row.share, theme.TEXT, yanchor="bottom", yshift=5,
                    xanchor="left" if row.denominator < middle else "right")
        for row in some.itertuples()
    ]  # fmt: skip
