"""Steps down from a whole: the cohort waterfall, and why courses fail a policy."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

RULES = {
    "all": "Every day with a code", "age": "aged 19 or over", "emergency": "not an emergency", "private": "NHS funded",
    "cancer": "no cancer code", "broad": "Broad cohort", "lumbar": "Lumbar: the headline", "ebi_position": "code in first place",
    "ebi_site": "site as EBI 2K asks", "ebi_diagnosis": "EBI 2K as published",
}  # fmt: skip
COHORTS = ("broad", "lumbar", "ebi_diagnosis")
CRITERIA = {
    "block_before": "Not enough blocks before", "repeat_interval": "Repeated before the minimum", "repeat_block": "No new block before a repeat",
    "levels": "Too many levels", "conservative_care": "No conservative care seen",
}  # fmt: skip


def waterfall(answer: Released) -> go.Figure:
    """What remains after each rule, the three cohorts in colour, each bar with its number."""
    frame = answer.frame.iloc[::-1]
    colour = [theme.SERIES[0] if rule in COHORTS else theme.CONTEXT for rule in frame["rule"]]
    return _rows([RULES[rule] for rule in frame["rule"]], frame["remaining"], colour, answer)


def reasons(answer: Released) -> go.Figure:
    """A bar per criterion in two parts: courses that fail it alone, and with others; a hidden part is a star."""
    frame = answer.frame[answer.frame["criterion"].isin(list(CRITERIA))].iloc[::-1]
    frame = frame[frame[["fails_only", "fails_with_others"]].sum(axis=1, min_count=1).fillna(1) > 0]
    names = [theme.wrapped(CRITERIA[one], 18) for one in frame["criterion"]]
    parts = (("fails_only", "this alone", theme.SERIES[0]), ("fails_with_others", "with others", theme.SERIES[1]))
    data = [
        {"type": "bar", "orientation": "h", "y": names, "x": theme.known(frame[column]), "marker": {"color": colour},
         "text": ["*" if pd.isna(one) else f"{one:,.0f}" if one else "" for one in frame[column]], "textposition": "auto",
         "cliponaxis": False, "insidetextanchor": "middle", "hovertemplate": "%{y}, " + words + ": %{x:,}<extra></extra>"}
        for column, words, colour in parts
    ]  # fmt: skip
    height = 110 + 46 * max(len(frame), 1)
    hidden = frame[["fails_only", "fails_with_others"]].isna().all(axis=1)
    stars = [theme.named("*", 0, name, xanchor="left") for name, is_hidden in zip(names, hidden, strict=True) if is_hidden]
    return theme.figure(
        data,
        answer.about,
        height=height,
        barmode="stack",
        annotations=stars,
        x={"showticklabels": False, "showgrid": False},
        y={"showgrid": False},
    )


def _rows(names: list[str], numbers: pd.Series, colour: list[str], answer: Released) -> go.Figure:
    trace = {
        "type": "bar", "orientation": "h", "y": [theme.wrapped(name, 22) for name in names], "x": theme.known(numbers), "cliponaxis": False, "marker": {"color": colour},
        "text": ["*" if pd.isna(one) else f"{one:,.0f}" for one in numbers], "textposition": "auto",
        "hovertemplate": "%{y}: %{x:,}<extra></extra>",
    }  # fmt: skip
    stars = [
        theme.named("*", 0, theme.wrapped(name, 22), xanchor="left")
        for name, one in zip(names, numbers, strict=True)
        if pd.isna(one)
    ]
    axis = {"rangemode": "tozero", "showticklabels": False, "showgrid": False}  # each bar has its number
    return theme.figure(
        [trace], answer.about, height=80 + 32 * max(len(names), 2), x=axis, y={"showgrid": False}, annotations=stars
    )
