"""What a chart's picture would tell, in words, for who does not see it."""

from dashboard.charts.trend import judged as trend_points
from dashboard.charts.words import at_month, inside, number
from dashboard.disclosure.released import Released


def trend_alt(answer: Released) -> str:
    """The picture of a trend: its ends, its highest and lowest points and how many signal."""
    unit, points = answer.metric.unit, trend_points(answer)
    told = points.dropna(subset=["value"])
    if told.empty:
        return f"Line chart of {inside(answer.metric.title)}; no point can be shown."
    low, high = told.loc[told["value"].idxmin()], told.loc[told["value"].idxmax()]
    signals = int(points["cause"].ne("").sum())
    return (
        f"Line chart of {inside(answer.metric.title)} over {len(points)} periods, {points['period'].iloc[0]} to {points['period'].iloc[-1]}: "
        f"lowest {number(low['value'], unit)} in {low['period']}, highest {number(high['value'], unit)} in {high['period']}; "
        f"{signals} special-cause point{'' if signals == 1 else 's'}, {int(points['flag'].eq('suppressed').sum())} not shown."
    )


def spread_alt(answer: Released) -> str:
    """The picture of places side by side: the highest and the lowest."""
    told, unit = answer.frame.dropna(subset=["value"]), answer.metric.unit if answer.metric else "count"
    if told.empty:
        return f"Chart of {answer.title.lower()} by place; no value can be shown."
    low, high = told.loc[told["value"].idxmin()], told.loc[told["value"].idxmax()]
    return (
        f"Chart of {answer.title.lower()} for {len(told)} places: highest {high['place_name']} with {number(high['value'], unit)}, "
        f"lowest {low['place_name']} with {number(low['value'], unit)}; {len(answer.frame) - len(told)} not shown."
    )


def curve_alt(answers: list[Released], months: tuple[int, ...]) -> str:
    """The picture of curves: each place's incidence at some months."""
    parts = [
        f"{answer.frame['place_name'].iloc[0]}: " + ", ".join(f"{at_month(answer, month)} by {month} months" for month in months)
        for answer in answers
        if len(answer.frame)
    ]
    return "Curves of the share with the event, with 95% limits. " + "; ".join(parts) + "."


def bands_alt(answer: Released, names: dict[str, str]) -> str:
    """The picture of a distribution: every band with its count."""
    parts = [
        f"{names.get(band, band)}: {number(count, 'count')}"
        for band, count in zip(answer.frame["band"], answer.frame["count"], strict=True)
    ]
    return f"Bar chart of {answer.title.lower()}. " + ", ".join(parts) + "."


def stacked_alt(answer: Released, at: str, part: str, names: dict[str, str]) -> str:
    """The picture of stacked bars: the parts of the last bar that can be told."""
    last = answer.frame[answer.frame[at] == answer.frame[at].max()].dropna(subset=["value"])
    parts = ", ".join(
        f"{names.get(code, code)} {number(value, 'count')}" for code, value in zip(last[part], last["value"], strict=True)
    )
    return f"Stacked bars by {at.replace('_', ' ')}; in {answer.frame[at].max()}: {parts or 'nothing that can be shown'}."
