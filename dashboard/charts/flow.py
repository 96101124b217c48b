"""What came of people on their way: from an index block, by a second one or not, to an outcome."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

START, AGAIN = "index_block", "second_block"
OUTCOMES = {
    "rfd": "denervation", "second_block": "a second block", "neither": "neither of the two", "death": "died",
    "still_waiting": "still being followed",
}  # fmt: skip
STAGES = {START: "", AGAIN: "second block, then "}
COLOURS = {"rfd": theme.SERIES[0], "second_block": theme.SERIES[1], "death": theme.SERIES[2]}
PALE = 0.45


def flow_words(stage: str, outcome: str) -> str:
    """An outcome of a stage in words: `denervation`, or `second block, then denervation`."""
    words = OUTCOMES[outcome]
    return (STAGES[stage] + words).capitalize() if stage in STAGES else words


def flow(answer: Released) -> go.Figure:
    """Streams from the index block to each outcome, as wide as they are many; a hidden number is a star and no stream."""
    frame = answer.frame[answer.frame["outcome"].isin(list(OUTCOMES))]
    nodes = [START, *dict.fromkeys(sorted(frame["outcome"], key=lambda one: one != AGAIN))]
    known = frame[frame["count"].fillna(0) > 0]
    ways = list(zip(known["stage"], known["outcome"], strict=True))
    trace = {
        "type": "sankey", "arrangement": "snap",
        "node": {"label": [_label(frame, node) for node in nodes], "pad": 44, "thickness": 16, "line": {"width": 0},
                 "color": [_colour(node) for node in nodes], "hovertemplate": "%{label}<extra></extra>"},
        "link": {"source": [nodes.index(one) for one, _ in ways], "target": [nodes.index(one) for _, one in ways],
                 "value": theme.known(known["count"]), "color": [_colour(AGAIN if source == AGAIN else target, PALE) for source, target in ways],
                 "customdata": [flow_words(*way) for way in ways],
                 "hovertemplate": "%{customdata}: %{value:,}<extra></extra>"},
    }  # fmt: skip
    return theme.figure([trace], answer.about, height=420, margin={"l": 10, "r": 16, "t": theme.TOP, "b": 30})


def _label(frame: pd.DataFrame, node: str) -> str:
    """A node's name over its numbers: those who came straight from the index block, and those who had a second block before."""
    if node == START:
        return "Index block"
    counts = frame[frame["outcome"] == node].sort_values("stage")["count"]
    return f"{OUTCOMES[node].capitalize()}<br>" + " + ".join("*" if pd.isna(one) else f"{one:,.0f}" for one in counts)


def _colour(node: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(COLOURS.get(node, theme.COMMON_CAUSE)[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
