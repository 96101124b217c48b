"""Shares of criteria met, criteria across and places down."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

# fixed classes, so that two maps can be compared and every cell's text stands out from it
CLASSES = (0, 0.5, 0.65, 0.75, 0.9, 1)
DARK = 0.75


def heatmap(answers: dict[str, Released], most: int = 25, chosen: str = "") -> go.Figure:
    """One column per named measure, one row per place (the largest first), each cell with its share and out of how many.

    A cell with a small number has a star.
    """
    columns = list(answers)
    wide = pd.concat([answer.frame.assign(column=name) for name, answer in answers.items()])
    size = wide.groupby("place")["denominator"].max().sort_values(ascending=False, kind="stable")
    codes = list(size.head(most).index)
    codes = codes if not chosen or chosen in codes or chosen not in size.index else [*codes[:-1], chosen]
    cells = wide.set_index(["place", "column"]).to_dict("index")
    names = dict(zip(wide["place"], wide["place_name"], strict=True))
    grid = [[cells.get((code, column), {}).get("value") for column in columns] for code in codes[::-1]]
    scale = [
        [at, colour] for low, high, colour in zip(CLASSES, CLASSES[1:], theme.SEQUENTIAL, strict=False) for at in (low, high)
    ]
    trace = {
        "type": "heatmap", "z": [theme.known(row) for row in grid], "x": columns, "y": codes[::-1], "colorscale": scale, "zmin": 0,
        "zmax": 1, "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "skip",
    }  # fmt: skip
    notes = [_note(cells.get((code, column)), column, code) for code in codes for column in columns]
    return theme.figure(
        [trace], next(iter(answers.values())).about, height=130 + 26 * max(len(codes), 2), annotations=[one for one in notes if one],
        x={"side": "top", "tickangle": 0, "showgrid": False, "tickfont": {"size": 13}, "type": "category"},
        y={"showgrid": False, "type": "category", "tickvals": codes, "ticktext": [theme.shortened(names[code], 34) for code in codes]},
        margin={"l": 10, "r": 10, "t": 70, "b": 10}, above=66,
    )  # fmt: skip


def _note(cell: dict | None, column: str, code: str) -> dict | None:
    """What stands in a cell: the share and its denominator, a star for a small number, nothing where nothing applies."""
    if cell is None:
        return None
    if pd.isna(cell["value"]):
        return theme.named("*" if cell["flag"] == "suppressed" else "", column, code)
    colour = "#ffffff" if cell["value"] >= DARK else theme.TEXT
    words = f"{cell['value']:.0%} <span style='font-size:10px'>of {cell['denominator']:,.0f}</span>"
    return theme.named(words, column, code, colour)
