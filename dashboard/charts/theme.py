"""One look for every figure: a short plain specification made into a figure once."""

import re
import textwrap
from itertools import pairwise
from math import inf

import plotly.graph_objects as go

TEXT, SECONDARY, CONTEXT, GRID = "#212b32", "#4c6272", "#BFBFBF", "#d8dde0"
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
SEQUENTIAL = ("#DCEBF7", "#A9CDEB", "#6BACE6", "#2073BC", "#12436D")
COMMON_CAUSE, SPECIAL_CAUSE, IMPROVEMENT, CONCERN = "#768692", "#801650", "#12436D", "#F46A25"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
TOP, BOTTOM, BESIDE = 44, 10, 114


class Drawn(go.Figure):
    """A plain specification that passes for a figure, so that it is not checked and copied each time it is drawn.

    It is checked where its parts are looked at, as tests do of every chart.
    """

    def __init__(self, specification: dict):
        self._specification = specification

    def to_dict(self) -> dict:
        """The specification as it is."""
        return self._specification

    @property
    def checked(self) -> go.Figure:
        """The figure Plotly makes of it; a ValueError says what is no property of a chart."""
        return go.Figure(self._specification)

    @property
    def data(self) -> tuple:
        """The traces, checked."""
        return self.checked.data

    @property
    def layout(self) -> go.Layout:
        """The layout, checked."""
        return self.checked.layout


def figure(
    data: list[dict],
    about: dict,
    *,
    height: int = 340,
    x: dict | None = None,
    y: dict | None = None,
    above: int = TOP - 6,
    **layout,
) -> go.Figure:
    """A figure of plain traces in the house style; the words “Synthetic data” are in it when the data is.

    `x` and `y` are added to the axes, `annotations` and `shapes` to the layout; those words end `above` pixels over the plot.
    """
    notes = [*layout.pop("annotations", []), *([SYNTHETIC | {"yshift": above}] if is_synthetic(about) else [])]
    base = {
        "template": {}, "height": height, "margin": {"l": 10, "r": 16, "t": TOP, "b": BOTTOM}, "paper_bgcolor": "white",
        "plot_bgcolor": "white", "font": {"family": FONT, "size": 14, "color": TEXT}, "showlegend": False, "dragmode": False,
        "hovermode": "closest", "hoverlabel": {"bgcolor": "white", "font": {"color": TEXT}}, "annotations": notes,
        "xaxis": AXIS | (x or {}), "yaxis": AXIS | (y or {}),
    }  # fmt: skip
    return Drawn({"data": data, "layout": base | layout})


AXIS = {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID, "automargin": True, "fixedrange": True}
SYNTHETIC = {
    "text": "Synthetic data", "xref": "paper", "yref": "paper", "x": 1, "y": 1, "xanchor": "right",
    "yanchor": "top", "showarrow": False, "font": {"size": 12, "color": SECONDARY},
}  # fmt: skip


def is_synthetic(about: dict) -> bool:
    """Whether a version's data is made up."""
    return about.get("synthetic") == "true"


def axis_format(unit: str) -> str:
    """How an axis writes values of a unit."""
    return ".0%" if unit in ("share", "incidence") else ",.1~f"


def named(text: str, x, y, colour: str = SECONDARY, **more) -> dict:
    """An annotation that names something where it is drawn."""
    place = {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": colour, "size": 13}}
    return place | more


def titled(text: str) -> dict:
    """The title of an axis, no larger than its labels."""
    return {"text": text, "font": {"size": 13, "color": SECONDARY}}


def wrapped(text: str, width: int = 12, most: int | None = None) -> str:
    """A text on as many lines as it needs, or `most` of them, broken between words."""
    return "<br>".join(
        textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, max_lines=most, placeholder="…")
    )


def spread(heights: list[float], sizes: list[float], top: float = inf) -> list[float]:
    """Heights, the lowest first, moved as little as it takes for things of those sizes not to stand on one another nor over the top."""
    free, found = -inf, []
    for height, size in zip(heights, sizes, strict=True):
        found.append(max(height, free + size / 2))
        free = found[-1] + size / 2
    for n in reversed(range(len(found))):
        found[n] = min(found[n], top - sizes[n] / 2)
        top = found[n] - sizes[n] / 2
    return found


def beside(lines: list[tuple[str, float, str]], apart: float, top: float = inf) -> list[dict]:
    """Names at the right of the plot in their colours, each at its height or as far off it as they must stand apart."""
    lines = sorted(lines, key=lambda one: one[1])
    names = [wrapped(name) for name, _, _ in lines]
    sizes = [apart * (1 + name.count("<br>")) for name in names]
    at = spread([height for _, height, _ in lines], sizes, top)
    style = {"xref": "paper", "xanchor": "left", "align": "left", "xshift": 4}
    return [named(name, 1, y, colour, **style) for name, y, (_, _, colour) in zip(names, at, lines, strict=True)]


def rows(places: list[str], names: list[str]) -> dict:
    """An axis with a row per place from the bottom up, its name beside it, and no more room than the rows need."""
    return {
        "tickvals": places, "ticktext": names, "type": "category", "showgrid": False, "tickfont": {"size": 12 if on_two_lines(names) else 13},
        "range": [-0.7, len(places) - 0.3],
    }  # fmt: skip


def tall(names: list[str], around: int = 90) -> int:
    """The height in pixels that a row for each name needs: many stand closer, those on two lines further apart."""
    pairs = any(on_two_lines([one]) and on_two_lines([other]) for one, other in pairwise(names))
    each = 32 if pairs else 26 if on_two_lines(names) else 24 if len(names) <= 25 else 20
    return around + each * max(len(names), 2)


def on_two_lines(names: list[str]) -> bool:
    """Whether any of the names is."""
    return any("<br>" in name for name in names)


def known(column) -> list:
    """The values of a column, None where there is none: JSON has no NaN."""
    return [None if value != value or value is None else value for value in column]


def shortened(name: str, most: int = 60) -> str:
    """A place's name without what all have; a very long one ends between two words."""
    return textwrap.shorten(re.sub(r" \(fictional\)| NHS (Foundation )?Trust", "", name), most, placeholder="…")


def label(name: str, width: int = 34) -> str:
    """A place's name for an axis: whole, on two lines where it is long."""
    return wrapped(shortened(name), width, 2)
