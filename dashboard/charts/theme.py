"""One look for every figure: a short plain specification made into a figure once."""

import textwrap

import plotly.graph_objects as go

TEXT, SECONDARY, CONTEXT, GRID = "#212b32", "#4c6272", "#BFBFBF", "#d8dde0"
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
SEQUENTIAL = ("#DCEBF7", "#A9CDEB", "#6BACE6", "#2073BC", "#12436D")
COMMON_CAUSE, SPECIAL_CAUSE, IMPROVEMENT, CONCERN = "#768692", "#801650", "#12436D", "#F46A25"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
TOP, BOTTOM, BESIDE = 44, 10, 100


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


def wrapped(text: str, width: int = 12) -> str:
    """A text on as many lines as it needs, broken between words."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False))


def beside(lines: list[tuple[str, float, str]], apart: float) -> list[dict]:
    """Names at the right of the plot in their colours, each at its height or as far above the one below as they must stand apart."""
    names, free = [], float("-inf")
    for name, height, colour in sorted(lines, key=lambda one: one[1]):
        half = 0.5 * apart * wrapped(name).count("<br>")
        at = max(height, free + half)
        free = at + half + apart
        names.append(named(wrapped(name), 1, at, colour, xref="paper", xanchor="left", align="left", xshift=4))
    return names


def rows(places: list[str], names: list[str]) -> dict:
    """An axis with a row per place from the bottom up, its name beside it, and no more room than the rows need."""
    return {
        "tickvals": places, "ticktext": names, "type": "category", "showgrid": False, "tickfont": {"size": 13}, "range": [-0.7, len(places) - 0.3],
    }  # fmt: skip


def tall(count: int, around: int = 90) -> int:
    """The height in pixels that so many rows need; many stand closer."""
    return around + (24 if count <= 25 else 20) * max(count, 2)


def known(column) -> list:
    """The values of a column, None where there is none: JSON has no NaN."""
    return [None if value != value or value is None else value for value in column]


def shortened(name: str, most: int = 30) -> str:
    """A place's name, short enough for an axis."""
    short = name.replace(" (fictional)", "").replace(" NHS Foundation Trust", "").replace(" NHS Trust", "")
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"
