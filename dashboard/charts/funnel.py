"""A funnel plot of proportions by provider."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released
from dashboard.stats import funnel as limits


def funnel(answer: Released, chosen: str = "") -> go.Figure:
    """A point per place with at least 10 in its denominator, against control limits that allow for overdispersion."""
    frame = answer.frame.dropna(subset=["value", "numerator", "denominator"])
    made = theme.figure(theme.is_synthetic(answer.about), height=420)
    if frame.empty:
        return made
    fit = limits.proportions(frame["numerator"], frame["denominator"])
    size = np.unique(frame["denominator"].to_numpy(float))
    for name, dash in (("998", "solid"), ("95", "dash")):
        for side in ("lower", "upper"):
            by_size = dict(zip(frame["denominator"], fit[f"{side}{name}"], strict=True))
            line = {"color": theme.CONTEXT, "dash": dash, "width": 1.5}
            made.add_scatter(x=list(size), y=[by_size[one] for one in size], mode="lines", line=line, hoverinfo="skip")
    outside = (fit["value"] > fit["upper998"]) | (fit["value"] < fit["lower998"])
    colour = [
        theme.SERIES[3] if code == chosen else theme.SPECIAL_CAUSE if out else theme.COMMON_CAUSE
        for code, out in zip(frame["place"], outside, strict=True)
    ]
    marker = {"color": colour, "size": 10, "symbol": ["diamond" if out else "circle" for out in outside]}
    made.add_scatter(
        x=list(frame["denominator"]), y=list(fit["value"]), mode="markers", marker=marker, text=list(frame["place_name"]),
        hovertemplate="%{text}: %{y:.0%} of %{x:,}<extra></extra>",
    )  # fmt: skip
    made.add_hline(y=fit.attrs["target"], line={"color": theme.SECONDARY, "width": 1})
    made.update_xaxes(title="denominator", rangemode="tozero", tickformat=",")
    made.update_yaxes(tickformat=".0%", rangemode="tozero")
    return made
