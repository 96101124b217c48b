"""Cumulative incidence, and the parts of a whole, as drawings for paper."""

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.words import LONG_STEP
from dashboard.disclosure.released import Released
from dashboard.report import svg
from dashboard.report.drawings import FULL

RISK, EDGE = 11, FULL - 22
EVERY = 6


def curves(answers: list[Released], months: int, marks: tuple[int, ...] = ()) -> str:
    """One stepped line per answer with its 95% limits, and under the months the numbers still at risk in the line's colour."""
    told = [(_until(one, months), colour) for one, colour in zip(answers, theme.SERIES, strict=False)]
    told = [(frame, colour) for frame, colour in told if len(frame)]
    high = max((frame[["incidence", "upper"]].max().max() for frame, _ in told), default=1)
    levels, height = svg.ticks(high, 4), 168 + RISK * len(told)
    x, y = svg.Scale(0, months, 118, EDGE), svg.Scale(0, levels[-1], 138, 10)
    parts = [
        part for one in levels for part in (svg.line(118, y(one), EDGE, y(one)), svg.text(114, y(one) + 2.5, f"{one:.0%}", "end"))
    ]
    parts += [svg.line(x(month), 10, x(month), 138, theme.SERIES[3], 1, "3 2") for month in marks]
    parts += [part for frame, colour in told for part in _curve(frame, colour, x, y)]
    at = range(0, months + 1, EVERY)
    parts += [svg.text(x(month), 149, str(month), "middle") for month in at]
    parts += [svg.text(114, 149, "Months", "end"), svg.text(0, 163, "People still at risk, in the colour of each line")]
    for n, (frame, colour) in enumerate(told):
        line = 163 + RISK * (n + 1) - 2
        parts.append(svg.text(0, line, theme.shortened(str(frame["place_name"].iloc[0]), 24), colour=colour, bold=True))
        parts += [svg.text(x(month), line, at_risk(frame, month), "middle", colour) for month in at]
    return svg.drawing(FULL, height, parts)


def _until(answer: Released, months: int) -> pd.DataFrame:
    frame = answer.frame.dropna(subset=["incidence"])
    return frame[frame["months"] <= months]


def at_risk(frame: pd.DataFrame, month: int) -> str:
    """The number at risk at a month; a dash once the curve has stopped, or where months were taken together."""
    before = frame[frame["months"] <= month]
    row = frame.iloc[0] if before.empty else before.iloc[-1]
    unknown = month > frame["months"].iloc[-1] or month - row["months"] > LONG_STEP or pd.isna(row["at_risk"])
    return "–" if unknown else f"{row['at_risk']:,.0f}"


def _curve(frame: pd.DataFrame, colour: str, x: svg.Scale, y: svg.Scale) -> list[str]:
    limits = frame.dropna(subset=["lower", "upper"])
    lower, upper = _steps(limits, "lower", x, y), _steps(limits, "upper", x, y)
    return [svg.area([*lower, *upper[::-1]], colour), svg.path(_steps(frame, "incidence", x, y), colour, 1.8)]


def _steps(frame: pd.DataFrame, column: str, x: svg.Scale, y: svg.Scale) -> list[tuple[float, float]]:
    """The corners of a stepped line that begins at nothing."""
    points, level = [(x(0), y(0))], 0.0
    for month, value in zip(frame["months"], frame[column], strict=True):
        points += [(x(month), y(level)), (x(month), y(value))]
        level = value
    return points


def stacked(rows: list[tuple[str, list[tuple[float, str, str]]]]) -> str:
    """A bar per row, made of (number, words, colour) parts; a hidden part is a star."""
    whole = max((sum(one for one, *_ in parts if not pd.isna(one)) for _, parts in rows), default=1) or 1
    x, drawn = svg.Scale(0, whole, 150, FULL - 150), []
    for n, (name, parts) in enumerate(rows):
        drawn.append(svg.text(0, 14 + 20 * n, name, colour=theme.TEXT, size=8.5))
        start = 0.0
        for one, _, colour in parts:
            size = 0.0 if pd.isna(one) else one
            drawn.append(svg.box(x(start), 4 + 20 * n, x(start + size) - x(start), 14, colour))
            start += size
        told = ", ".join(f"{'*' if pd.isna(one) else f'{one:,.0f}'} {words}" for one, words, _ in parts if one != 0)
        drawn.append(svg.text(x(start) + 4, 14 + 20 * n, told, colour=theme.TEXT))
    return svg.drawing(FULL, 8 + 20 * len(rows), drawn)
