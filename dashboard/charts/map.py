"""ICBs of April 2026, coloured by a released rate in fixed classes: drawn as shapes, so that nothing is fetched from outside."""

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
FLAT = 1.66  # a degree of latitude is so many degrees of longitude at 53° north
HIDDEN = {"visible": False, "showgrid": False, "fixedrange": True}


@cache
def boundaries() -> dict:
    """The 36 outlines, as GeoJSON features with the ICB code as id."""
    return json.loads(BOUNDARIES.read_text(encoding="utf-8"))


@cache
def outlines() -> dict[str, tuple[list, list]]:
    """(longitudes, latitudes) of each ICB's outline by code; its islands follow one another with a gap between."""
    found = {}
    for feature in boundaries()["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        points = [point for part in parts for ring in part for point in (*ring, (None, None))]
        found[feature["id"]] = ([x for x, _ in points], [y for _, y in points])
    return found


def class_of(value: float) -> int:
    """The fixed class of a rate, 0 to 4."""
    return bisect_right(CLASSES, value)


def icb_map(answer: Released, chosen: str = "") -> go.Figure:
    """A map of rates per 100,000 in fixed classes; an ICB without a rate that can be told stays white, the chosen has a thick edge."""
    told = answer.frame.dropna(subset=["value"]).set_index("place")
    areas = [area(code, told.loc[code] if code in told.index else None, code == chosen) for code in outlines()]
    areas.sort(key=lambda one: one["meta"] == chosen)  # the chosen last, its edge over its neighbours'
    key = [
        {"type": "scatter", "x": [None], "y": [None], "mode": "markers", "name": words, "marker": {"symbol": "square", "size": 14, "color": colour}}
        for words, colour in zip(reversed(WORDS), reversed(theme.SEQUENTIAL), strict=True)
    ]  # fmt: skip
    return theme.figure(
        [*areas, *key], answer.about, height=560, margin={"l": 0, "r": 0, "t": theme.TOP, "b": 0}, showlegend=True,
        x=HIDDEN | {"constrain": "domain"}, y=HIDDEN | {"scaleanchor": "x", "scaleratio": FLAT},
        legend={"title": theme.titled("Per 100,000 adults"), "font": {"size": 12}, "bgcolor": "rgba(0,0,0,0)", "x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip


def area(code: str, row, is_chosen: bool) -> dict:
    """One ICB's outline, filled by its class; white when its rate cannot be told."""
    x, y = outlines()[code]
    blank = row is None
    edge = theme.SERIES[3] if is_chosen else theme.CONTEXT if blank else "white"
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "fill": "toself", "meta": code, "showlegend": False,
        "fillcolor": "white" if blank else theme.SEQUENTIAL[class_of(row["value"])],
        "line": {"color": edge, "width": 3 if is_chosen else 0.7}, "hoveron": "fills", "hoverinfo": "text",
        "text": f"{code}: too few to show" if blank else f"{row['place_name']}: {row['value']:g} per 100,000",
    }  # fmt: skip
