"""Shares of criteria met, criteria across and places down: a table whose cells are coloured, so that it fits a phone and is read aloud."""

import html

import pandas as pd

from dashboard.charts import theme
from dashboard.disclosure.released import Released

# the first value of each class; fixed, so that two maps can be compared and every cell's text stands out from it
CLASSES = (0, 0.5, 0.65, 0.75, 0.9)
DARK = 0.75


def heat(caption: str, answers: dict[str, Released], most: int = 25, chosen: str = "") -> str:
    """HTML: a column per named measure, a row per place (the largest first, the chosen one always), each cell its share and out of how many.

    A place of which no share can be told is left to the table, unless it is the chosen one.

    A cell with a small number has a star; one where nothing applies is empty.
    """
    wide = pd.concat([answer.frame.assign(column=name) for name, answer in answers.items()])
    cells = wide.set_index(["place", "column"]).to_dict("index")
    names = dict(zip(wide["place"], wide["place_name"], strict=True))
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in answers)
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(theme.shortened(names[code], 60))}</th>{''.join(_cell(cells.get((code, one))) for one in answers)}</tr>"
        for code in _places(wide, most, chosen)
    )
    return f"<table class='rfd-heat'><caption>{html.escape(caption)}</caption><thead><tr><th scope='col'>Provider</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _places(wide: pd.DataFrame, most: int, chosen: str) -> list[str]:
    told = wide[wide["value"].notna().groupby(wide["place"]).transform("any") | (wide["place"] == chosen)]
    size = told.groupby("place")["denominator"].max().sort_values(ascending=False, kind="stable").index
    first = list(size[:most])
    return first if chosen in first or chosen not in size else [*first[:-1], chosen]


def _cell(cell: dict | None) -> str:
    if cell is None or pd.isna(cell["value"]):
        return f"<td>{'*' if cell and cell['flag'] == 'suppressed' else ''}</td>"
    value = cell["value"]
    ground = theme.SEQUENTIAL[max(at for at, low in enumerate(CLASSES) if value >= low)]
    ink = "#ffffff" if value >= DARK else theme.TEXT
    return f"<td style='background:{ground};color:{ink}'>{value:.0%} <small>of {cell['denominator']:,.0f}</small></td>"
