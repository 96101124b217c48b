"""ICBs of April 2026, coloured by a released rate in fixed classes."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

BOUNDARIES = Path(__file__).parent.parent.parent / "data" / "reference" / "boundaries.json"
CLASSES = (0, 15, 25, 35, 50, 1000)


@cache
def boundaries() -> dict:
    """The 36 outlines, keyed by ICB code."""
    return json.loads(BOUNDARIES.read_text(encoding="utf-8"))


def icb_map(answer: Released) -> go.Figure:
    """A map of rates per 100,000 in fixed classes; an ICB without a releasable rate is left white."""
    frame = answer.frame.dropna(subset=["value"])
    made = theme.figure(theme.is_synthetic(answer.about), height=520)
    which = pd.cut(frame["value"], CLASSES, labels=False, right=False)
    last = len(CLASSES) - 2
    words = [f"{low} to under {high}" for low, high in zip(CLASSES[:last], CLASSES[1:], strict=False)] + [f"{CLASSES[last]} or more"]
    # one flat colour per class: a scale of steps
    steps = [[(at + more) / (last + 1), colour] for at, colour in enumerate(theme.SEQUENTIAL) for more in (0, 1)]
    made.add_choropleth(
        geojson=boundaries(), locations=list(frame["place"]), z=list(which), zmin=-0.5, zmax=last + 0.5, colorscale=steps,
        marker={"line": {"color": "white", "width": 0.7}},
        colorbar={"tickvals": list(range(last + 1)), "ticktext": words, "title": {"text": "per 100,000"}, "len": 0.5, "x": 0, "xanchor": "left"},
        text=[f"{place}: {value:g} per 100,000" for place, value in zip(frame["place_name"], frame["value"], strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    made.update_geos(visible=False, fitbounds="locations", projection_type="mercator")
    made.update_layout(margin={"l": 0, "r": 0})
    return made
