"""ICBs of April 2026, coloured by a released rate in fixed classes."""

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

BOUNDARIES = Path(__file__).parent.parent.parent / "data" / "reference" / "boundaries.json"
CLASSES = (15, 25, 35, 50)
WORDS = ("under 15", "15 to under 25", "25 to under 35", "35 to under 50", "50 or more")


@cache
def boundaries() -> dict:
    """The 36 outlines, keyed by ICB code."""
    return json.loads(BOUNDARIES.read_text(encoding="utf-8"))


def class_of(value: float) -> int:
    """The fixed class of a rate, 0 to 4."""
    return bisect_right(CLASSES, value)


def icb_map(answer: Released, chosen: str = "") -> go.Figure:
    """A map of rates per 100,000 in fixed classes; an ICB without a rate that can be told stays white, the chosen has a thick edge."""
    frame = answer.frame.dropna(subset=["value"])
    # one flat colour per class: a scale of steps
    steps = [[(at + more) / 5, colour] for at, colour in enumerate(theme.SEQUENTIAL) for more in (0, 1)]
    shared = {"type": "choropleth", "geojson": boundaries(), "hovertemplate": "%{text}<extra></extra>"}
    told = shared | {
        "locations": list(frame["place"]), "z": [class_of(value) for value in frame["value"]], "zmin": -0.5, "zmax": 4.5,
        "colorscale": steps, "marker": {"line": {"color": _edges(frame["place"], chosen), "width": _widths(frame["place"], chosen)}},
        "text": [f"{name}: {value:g} per 100,000" for name, value in zip(frame["place_name"], frame["value"], strict=True)],
        "colorbar": {
            "tickvals": list(range(5)), "ticktext": list(WORDS), "title": {"text": "Per 100,000 adults"}, "len": 0.45, "x": 0,
            "xanchor": "left", "y": 0.95, "yanchor": "top", "thickness": 16, "outlinewidth": 0,
        },
    }  # fmt: skip
    missing = sorted({one["id"] for one in boundaries()["features"]} - set(frame["place"]))
    blank = shared | {
        "locations": missing, "z": [0] * len(missing), "colorscale": [[0, "white"], [1, "white"]], "showscale": False,
        "marker": {"line": {"color": theme.CONTEXT, "width": 1}}, "text": [f"{code}: too few to show" for code in missing],
    }  # fmt: skip
    geo = {"visible": False, "fitbounds": "locations", "projection": {"type": "mercator"}, "bgcolor": "white"}
    return theme.figure([told, blank], answer.about, height=560, geo=geo, margin={"l": 0, "r": 0, "t": theme.TOP, "b": 0})


def _edges(codes, chosen: str) -> list[str]:
    return [theme.SERIES[3] if code == chosen else "white" for code in codes]


def _widths(codes, chosen: str) -> list[float]:
    return [3.0 if code == chosen else 0.7 for code in codes]
