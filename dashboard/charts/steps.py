"""Steps down from a whole: the cohort waterfall, and what came of a block."""

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.disclosure.released import Released

RULES = {
    "all": "Days with any denervation code", "age": "after: aged 19 and over", "emergency": "after: not an emergency",
    "private": "after: NHS funded", "cancer": "after: no cancer code", "broad": "Broad cohort", "lumbar": "Lumbar: the headline",
    "ebi_position": "after: code in first place", "ebi_site": "after: site as EBI 2K asks", "ebi_diagnosis": "EBI 2K as published",
}  # fmt: skip
COHORTS = ("broad", "lumbar", "ebi_diagnosis")


def waterfall(answer: Released) -> go.Figure:
    """What remains after each rule, the three cohorts in colour."""
    frame = answer.frame.dropna(subset=["remaining"]).iloc[::-1]
    made = theme.figure(theme.is_synthetic(answer.about), height=400)
    colour = [theme.SERIES[0] if rule in COHORTS else theme.CONTEXT for rule in frame["rule"]]
    made.add_bar(
        x=list(frame["remaining"]), y=[RULES[rule] for rule in frame["rule"]], orientation="h", marker={"color": colour},
        hovertemplate="%{y}: %{x:,}<extra></extra>",
    )  # fmt: skip
    made.update_xaxes(tickformat=",")
    return made


def flow(answer: Released) -> go.Figure:
    """A bar per stage, split into its outcomes, each named on the bar."""
    frame = answer.frame.dropna(subset=["count"])
    made = theme.figure(theme.is_synthetic(answer.about), barmode="stack", height=300)
    for outcome, colour in zip(frame["outcome"].unique(), (*theme.SERIES, theme.COMMON_CAUSE, theme.CONTEXT, theme.SEQUENTIAL[1]), strict=False):
        some = frame[frame["outcome"] == outcome]
        made.add_bar(
            x=list(some["count"]), y=[str(stage).replace("_", " ") for stage in some["stage"]], orientation="h", marker={"color": colour},
            text=str(outcome).replace("_", " "), textposition="inside", hovertemplate="%{y}, %{text}: %{x:,}<extra></extra>",
        )  # fmt: skip
    made.update_xaxes(tickformat=",")
    return made
