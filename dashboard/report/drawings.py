"""Released tables as drawings for paper: the charts of the pages, in the same colours, shapes and order."""

import pandas as pd

from dashboard.charts import periods, theme
from dashboard.charts.spine import AFTER, QUARTILES, RANGE, SHOWN, against
from dashboard.charts.trend import LOOKS, judged
from dashboard.charts.words import number
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.report import svg
from dashboard.stats.spine import scaled

FULL, HALF = 498, 242
ROW = 19
LEFT, RIGHT = 172, 410


def spine(answer: Released) -> str:
    """A row per measure on a scale of its own, England's value at the line, as the spine of the Provider profile."""
    frame = answer.frame.dropna(subset=["england"]).reset_index(drop=True)
    at, scale = scaled(frame, SHOWN, "england"), svg.Scale(-1.05, 1.05, LEFT, RIGHT)
    height = 32 + ROW * len(frame)
    parts = [_spine_row(n, frame.iloc[n].to_dict(), at.iloc[n], scale) for n in range(len(frame))]
    line = svg.line(scale(0), 14, scale(0), height - 16, theme.SERIES[1], 1.6)
    heads = [
        svg.text(scale(0), 10, "England", "middle", theme.SERIES[1], bold=True),
        svg.text(FULL, 10, "this provider · England", "end"),
        svg.text(LEFT, height - 5, "lower than England"), svg.text(RIGHT, height - 5, "higher than England", "end"),
    ]  # fmt: skip
    return svg.drawing(
        FULL, height, [*(part for row in parts for part in row[0]), line, *(part for row in parts for part in row[1]), *heads]
    )


def _spine_row(n: int, row: dict, at: pd.Series, scale: svg.Scale) -> tuple[list[str], list[str]]:
    """What lies under the line of England, and what lies over it."""
    top = 16 + ROW * n
    middle = top + ROW / 2
    under = [
        svg.box(scale(at[low]), top + 3, scale(at[high]) - scale(at[low]), ROW - 6, colour)
        for low, high, colour in (("lowest", "highest", RANGE), ("quarter", "three_quarters", QUARTILES))
        if not pd.isna(at[low])
    ]
    under += (
        []
        if pd.isna(at["middle"])
        else [svg.line(scale(at["middle"]), top + 2, scale(at["middle"]), top + ROW - 2, theme.SECONDARY, 1.5)]
    )
    colour, shape = AFTER[against(row)]
    over = [svg.text(0, middle + 3, theme.shortened(METRICS[row["measure"]].title, 40), colour=theme.TEXT)]
    if not pd.isna(at["value"]):
        reach = [] if pd.isna(at["lower"]) else [svg.line(scale(at["lower"]), middle, scale(at["upper"]), middle, theme.TEXT, 1)]
        over += [*reach, svg.mark(shape, scale(at["value"]), middle, colour, 3.6)]
    told = f"{number(row['value'], 'share')} · {number(row['england'], 'share')}"
    return under, [*over, svg.text(FULL, middle + 3, told, "end", theme.TEXT, bold=bool(against(row)))]


def trend(answer: Released, beside: Released | None = None, height: float = 128) -> str:
    """A measure by period with the limits and special causes of its XmR chart; a hidden period is a star, `beside` is England."""
    unit, frame = answer.metric.unit, judged(answer)
    every = list(frame["period"])
    other = beside.frame.set_index("period")["value"].reindex(every) if beside is not None else pd.Series(dtype=float)
    lines = [frame["value"], frame["spc_upper"], other]
    high = max((one.max() for one in lines if one.notna().any()), default=1)
    marks = svg.ticks(min(high, 1.0) if unit in ("share", "incidence") else high, 4)
    x, y = svg.Scale(0, max(len(every) - 1, 1), 36, HALF - 8), svg.Scale(0, marks[-1], height - 18, 12)
    parts = [*_covid(every, x, y), *_grid(marks, unit, y)]
    parts += [
        svg.line(
            x(0),
            y(max(frame[column].iloc[0], 0)),
            x(len(every) - 1),
            y(max(frame[column].iloc[0], 0)),
            theme.COMMON_CAUSE,
            0.8,
            dash,
        )
        for column, dash in (("spc_mean", ""), ("spc_lower", "3 2"), ("spc_upper", "3 2"))
        if frame["spc_upper"].notna().any()
    ]
    parts += [svg.path(_points(other, x, y), theme.SERIES[1], 1.3), svg.path(_points(frame["value"], x, y), theme.SERIES[0], 1.3)]
    parts += [part for n, row in enumerate(frame.to_dict("records")) for part in _point(n, row, len(every), x, y)]
    parts += [svg.text(HALF - 8, 9, "England", "end", theme.SERIES[1])] if other.notna().any() else []
    return svg.drawing(HALF, height, parts + _years(every, x, height))


def _points(values: pd.Series, x: svg.Scale, y: svg.Scale) -> list:
    return [None if pd.isna(value) else (x(n), y(value)) for n, value in enumerate(values)]


def _point(n: int, row: dict, points: int, x: svg.Scale, y: svg.Scale) -> list[str]:
    if row["flag"] == "suppressed":
        return [svg.text(x(n), y(0) - 1, "*", "middle", theme.TEXT)]
    if pd.isna(row["value"]):
        return []
    colour, shape = LOOKS[row["cause"]]
    size = 2.6 if row["cause"] else 2.2 if points < 30 else 1.5
    return [svg.mark(shape, x(n), y(row["value"]), colour, size, row["flag"] == "provisional")]


def _grid(marks: list[float], unit: str, y: svg.Scale) -> list[str]:
    written = [f"{one:.0%}" if unit in ("share", "incidence") else f"{one:,.10g}" for one in marks]
    return [part for one, words in zip(marks, written, strict=True)
            for part in (svg.line(36, y(one), HALF - 4, y(one)), svg.text(32, y(one) + 2.5, words, "end"))]  # fmt: skip


def _covid(every: list[str], x: svg.Scale, y: svg.Scale) -> list[str]:
    at = [n for n, one in enumerate(every) if periods.of_covid(one)]
    if not at:
        return []
    half = (x(1) - x(0)) / 2
    start, end = x(at[0]) - half, x(at[-1]) + half
    return [svg.box(start, 12, end - start, y(0) - 12, "#eef1f3"), svg.text((start + end) / 2, 9, "COVID-19", "middle", size=7)]


def _years(every: list[str], x: svg.Scale, height: float) -> list[str]:
    """The financial years under an axis, as many as there is room for."""
    firsts = {}
    for n, period in enumerate(every):
        firsts.setdefault(period[:7], n)
    step = -(-len(firsts) // 6)
    return [svg.text(x(n), height - 6, year, "middle", size=7.5) for year, n in list(firsts.items())[::step]]
