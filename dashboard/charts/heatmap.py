"""Shares of criteria met, criteria across and places down."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.bars import label
from dashboard.disclosure.released import Released


def heatmap(answers: dict[str, Released], most: int = 30) -> go.Figure:
    """One column per named measure, one row per place (the largest denominators first), each cell with its percentage."""
    first = next(iter(answers.values()))
    wide = pd.concat([answer.frame.assign(measure=name) for name, answer in answers.items()])
    size = wide.groupby("place")["denominator"].max().sort_values(ascending=False).head(most).index
    wide = wide[wide["place"].isin(size)]
    grid = wide.pivot_table(index="place", columns="measure", values="value", aggfunc="first", dropna=False).reindex(index=size[::-1], columns=list(answers))
    names = dict(zip(wide["place"], wide["place_name"], strict=True))
    text = [["*" if pd.isna(cell) else f"{cell:.0%}" for cell in row] for row in grid.to_numpy()]
    made = theme.figure(theme.is_synthetic(first.about), height=120 + 24 * max(len(grid), 2))
    scale = [[at / 4, colour] for at, colour in enumerate(theme.SEQUENTIAL)]
    made.add_heatmap(
        z=[[None if pd.isna(cell) else cell for cell in row] for row in grid.to_numpy()], x=list(answers),
        y=[label(names[code], code) for code in grid.index], text=text, texttemplate="%{text}", colorscale=scale, zmin=0, zmax=1,
        showscale=False, xgap=2, ygap=2, hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
    )  # fmt: skip
    made.update_xaxes(side="top", tickangle=0)
    return made
