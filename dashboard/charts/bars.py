"""Values of many places side by side, with their limits; and counts over the bands of a distribution."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.periods import ticks
from dashboard.disclosure.released import Released

WHOLE = ("count", "people")
APART = 0.08  # of the highest bar: a line of a name
FEW = 5  # so few are counted one by one on the axis


def largest(frame: pd.DataFrame, by: str, most: int, chosen: str = "") -> pd.DataFrame:
    """The rows with the largest values of a column that can be told, and the chosen place's if it is not among them."""
    told = frame.dropna(subset=[by, "value"]).sort_values([by, "place"], ascending=[False, True], kind="stable")
    first = told.head(most)
    ours = told[(told["place"] == chosen) & ~told["place"].isin(first["place"])]
    return pd.concat([first.head(most - len(ours)), ours])


def bars(
    answer: Released, unit: str, chosen: str = "", most: int = 25, england: float | None = None, by: str = "value"
) -> go.Figure:
    """Bars of counts without limits, or dots with 95% limits, the largest at the top and the chosen place in colour.

    `england` is drawn as a line to hold the others against; `by` says which column the order and the choice go by.
    """
    shown = largest(answer.frame, by, most, chosen).sort_values("value", kind="stable")
    colour = [theme.SERIES[3] if code == chosen else theme.SERIES[0] for code in shown["place"]]
    bare = unit in WHOLE and shown["upper"].isna().all()
    trace = _bars(shown, colour) if bare else _dots(shown, colour)
    names = [theme.label(name) for name in shown["place_name"]]
    shapes, notes = _line(england, unit)
    words = [f"{name} ({code})" for name, code in zip(shown["place_name"], shown["place"], strict=True)]
    hover = "%{customdata}: %{x:" + theme.axis_format(unit) + "}<extra></extra>"
    return theme.figure(
        [trace | {"customdata": words, "hovertemplate": hover}], answer.about, height=theme.tall(names),
        x={"rangemode": "tozero", "tickformat": theme.axis_format(unit), "tickangle": 0, "nticks": 3},
        y=theme.rows(list(shown["place"]), names),
        shapes=shapes, annotations=notes,
    )  # fmt: skip


def _bars(shown: pd.DataFrame, colour: list[str]) -> dict:
    return {
        "type": "bar", "orientation": "h", "x": list(shown["value"]), "y": list(shown["place"]), "marker": {"color": colour},
        "text": [f"{value:,.0f}" for value in shown["value"]], "textposition": "auto",
    }  # fmt: skip


def _dots(shown: pd.DataFrame, colour: list[str]) -> dict:
    reach = {
        "type": "data", "symmetric": False, "color": theme.SECONDARY, "thickness": 1.5, "width": 0,
        "array": list((shown["upper"] - shown["value"]).fillna(0)), "arrayminus": list((shown["value"] - shown["lower"]).fillna(0)),
    }  # fmt: skip
    marker = {"color": colour, "size": 9}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(shown["value"]),
        "y": list(shown["place"]),
        "marker": marker,
        "error_x": reach,
    }


def _line(england: float | None, unit: str) -> tuple[list[dict], list[dict]]:
    if england is None or pd.isna(england):
        return [], []
    shape = {"type": "line", "x0": england, "x1": england, "y0": 0, "y1": 1, "yref": "paper"}
    name = theme.named("England", england, 1, theme.SERIES[1], yref="paper", yanchor="bottom")
    return [shape | {"line": {"color": theme.SERIES[1], "width": 2}, "layer": "below"}], [name]


def columns(answer: Released, words: dict[str, str], marks: dict[str, str] | None = None) -> go.Figure:
    """Upright bars of a count over the bands of a distribution; `marks` draws a line before a band and names it."""
    frame = answer.frame
    bands = list(frame["band"])
    trace = {
        "type": "bar", "x": bands, "y": theme.known(frame["count"]), "marker": {"color": theme.SERIES[0]}, "textposition": "outside",
        "text": ["*" if pd.isna(count) else f"{count:,.0f}" for count in frame["count"]], "cliponaxis": False,
        "hovertemplate": "%{x}: %{y:,}<extra></extra>",
    }  # fmt: skip
    marks = {band: name for band, name in (marks or {}).items() if band in bands}
    at = [bands.index(band) - 0.5 for band in marks]
    shapes = [{"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper"} for x in at]
    shapes = [one | {"line": {"color": theme.SERIES[3], "width": 2, "dash": "dash"}} for one in shapes]
    names = [
        theme.named(name, x, 1, yref="paper", xanchor="left" if n else "right", yanchor="bottom")
        for n, (x, name) in enumerate(zip(at, marks.values(), strict=True))
    ]
    axis = {
        "type": "category",
        "tickvals": bands,
        "ticktext": [theme.wrapped(words.get(band, band), 9) for band in bands],
        "showgrid": False,
    }
    stars = [_star(band, 0) for band in frame[frame["count"].isna()]["band"]]
    return theme.figure(
        [trace], answer.about, x=axis, y={"tickformat": ",", "rangemode": "tozero"}, shapes=shapes, annotations=[*names, *stars]
    )


def _star(x, y: float) -> dict:
    """What stands for a small number where its bar would be."""
    return theme.named("*", x, y, theme.TEXT, yanchor="bottom") | {"font": {"size": 18, "color": theme.TEXT}}


def stacked(answer: Released, at: str, part: str, names: dict[str, str]) -> go.Figure:
    """Upright bars of a count in at most four named parts, each named beside the last bar; a star over a bar is a hidden part."""
    frame = answer.frame
    every = list(dict.fromkeys(frame[at].sort_values()))
    told = frame[frame["value"] > 0]
    shown = {name: frame[frame[part] == code] for code, name in names.items() if code in set(told[part])}
    data = [
        {"type": "bar", "x": list(some[at]), "y": theme.known(some["value"]), "name": name, "marker": {"color": colour},
         "hovertemplate": "%{x}, " + name + ": %{y:,}<extra></extra>"}
        for (name, some), colour in zip(shown.items(), theme.SERIES, strict=False)
    ]  # fmt: skip
    few = {"dtick": 1} if frame.groupby(at)["value"].sum().max() < FEW else {}
    places, words = ticks(every) if at in ("period", "month") and every else (every, every)
    axis = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": every,
        "showgrid": False,
        "tickvals": places,
        "ticktext": words,
    }
    return theme.figure(
        data, answer.about, height=360, barmode="stack", x=axis, y={"tickformat": ",", "rangemode": "tozero"} | few, annotations=[*_parts(shown, frame, at), *_stars(frame, at)],
        margin={"l": 10, "r": theme.BESIDE, "t": theme.TOP, "b": theme.BOTTOM},
    )  # fmt: skip


def _stars(frame: pd.DataFrame, at: str) -> list[dict]:
    """A star over each bar of which a part is a small number."""
    hidden = frame.assign(hidden=frame["value"].isna()).groupby(at).agg(hidden=("hidden", "any"), value=("value", "sum"))
    return [_star(bar, height) for bar, height in hidden[hidden["hidden"]]["value"].items()]


def _parts(shown: dict[str, pd.DataFrame], frame: pd.DataFrame, at: str) -> list[dict]:
    """The name of each part in its colour at the height of its piece of the last bar, none on another."""
    below, lines = 0.0, []
    for (name, some), colour in zip(shown.items(), theme.SERIES, strict=False):
        last = some[some[at] == frame[at].max()]["value"].fillna(0).sum()
        lines.append((name, below + last / 2, colour))
        below += last
    return theme.beside(lines, APART * frame.groupby(at)["value"].sum().max())
