"""The four charts in a plain Dash app: rows read once, the figures in one callback."""

import sys

from dash import Dash, Input, Output, dcc, html

from dashboard.bench.rivals import drawn


def app() -> Dash:
    """A choice and four charts."""
    rows, made = drawn.rows(), Dash(__name__)
    grid = {"display": "grid", "gridTemplateColumns": "1fr 1fr"}
    graphs = [dcc.Graph(id=f"chart-{number}") for number in range(4)]
    made.layout = html.Div([dcc.RadioItems(list(drawn.SEXES), "Everyone", id="sex"), html.Div(graphs, style=grid)])

    @made.callback([Output(graph.id, "figure") for graph in graphs], Input("sex", "value"))
    def draw(sex: str):
        return drawn.charts(rows, sex)

    return made


if __name__ == "__main__":
    app().run(port=int(sys.argv[1]), debug=False)
