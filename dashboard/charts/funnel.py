"""A funnel plot of proportions by provider."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released
from dashboard.stats import funnel as stats

MOST_NAMED, LIMIT = 6, "99.8% limit"
# pixels: of the plot, a line of a name, and how far a name stands from its point
TALL, LINE, OFF = 320, 17, 12


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
    high = max(stats.limits(size, target, tau2, stats.Z998)[1].max(), told["share"].max()) * 1.05
    early = size[len(size) // 8]  # where the limit is far above the crowd
    limit = (early, stats.limits(np.array([early]), target, tau2, stats.Z998)[1][0])
    shape = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": target, "y1": target, "layer": "below"}
    return theme.figure(
        [*data, _points(told, chosen)], answer.about, height=430, annotations=_names(told, chosen, limit, high),
        shapes=[shape | {"line": {"color": theme.SERIES[1], "width": 1.5}}],
        x={"title": theme.titled(f"Number of {of}"), "rangemode": "tozero", "tickformat": ","},
        y={"tickformat": ".0%", "range": [0, high]},
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


def _names(told: pd.DataFrame, chosen: str, limit: tuple[float, float], high: float) -> list[dict]:
    """The chosen place, the few furthest outside and the outer limit, each named beside its point; one that had to give way has a line to it."""
    far = told[told["outside"]].assign(far=lambda frame: frame["z"].abs()).nlargest(MOST_NAMED, "far")
    some = pd.concat([told[told["place"] == chosen], far]).drop_duplicates("place")
    points = [(theme.wrapped(theme.shortened(row.place_name), 20, 2), row.denominator, row.share) for row in some.itertuples()]
    middle = told["denominator"].max() / 2
    sides = [[one for one in [*points, (LIMIT, *limit)] if (one[1] >= middle) == right] for right in (False, True)]
    return [name for right, side in enumerate(sides) for name in _side(side, high, right=bool(right))]


def _side(points: list[tuple[str, float, float]], high: float, *, right: bool) -> list[dict]:
    """The names of the points of one half, the lowest first, none on another."""
    points = sorted(points, key=lambda one: one[2])
    sizes = [LINE * (1 + name.count("<br>")) for name, _, _ in points]
    wanted = [TALL * y / high + size / 2 + 5 for (_, _, y), size in zip(points, sizes, strict=True)]
    at = theme.spread(wanted, sizes, TALL)
    return [
        _name(point, right=right, up=here - TALL * point[2] / high, moved=abs(here - there) > LINE / 2)
        for point, here, there in zip(points, at, wanted, strict=True)
    ]


def _name(point: tuple[str, float, float], *, right: bool, up: float, moved: bool) -> dict:
    """A name so many pixels above its point, to the left of a point on the right; with a line to it where it was moved."""
    name, x, y = point
    style = {"xanchor": "right" if right else "left", "yanchor": "middle", "align": "right" if right else "left"}
    colour = theme.SECONDARY if name == LIMIT else theme.TEXT
    if not moved:
        return theme.named(name, x, y, colour, yshift=up, **style)
    line = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": theme.SECONDARY}
    return theme.named(name, x, y, colour, ax=-OFF if right else OFF, ay=-up, **line, **style)
