"""One look for every figure."""

import plotly.graph_objects as go

TEXT, SECONDARY, CONTEXT, GRID = "#212b32", "#4c6272", "#BFBFBF", "#d8dde0"
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25")
SEQUENTIAL = ("#DCEBF7", "#A9CDEB", "#6BACE6", "#2073BC", "#12436D")
COMMON_CAUSE, SPECIAL_CAUSE = "#768692", "#801650"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"


def figure(synthetic: bool, height: int = 340, **layout) -> go.Figure:
    """An empty figure in the house style; the word synthetic is in it when the data is."""
    made = go.Figure()
    made.update_layout(
        height=height, margin={"l": 10, "r": 16, "t": 28, "b": 10}, paper_bgcolor="white", plot_bgcolor="white",
        font={"family": FONT, "size": 14, "color": TEXT}, showlegend=False, hovermode="closest", dragmode=False,
        hoverlabel={"bgcolor": "white", "font": {"color": TEXT}},
    )  # fmt: skip
    made.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True, fixedrange=True)
    made.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True, fixedrange=True)
    if synthetic:
        made.add_annotation(
            text="Synthetic data", xref="paper", yref="paper", x=1, y=1.02, xanchor="right", yanchor="bottom", showarrow=False,
            font={"size": 12, "color": SECONDARY},
        )  # fmt: skip
    made.update_layout(**layout)
    return made


def is_synthetic(about: dict) -> bool:
    """Whether a version's data is made up."""
    return about.get("synthetic") == "true"


def axis_format(unit: str) -> str:
    """How an axis writes values of a unit."""
    return ".0%" if unit in ("share", "incidence") else ",.4~g"
