"""Plain shapes as SVG, measured in points, so that the words in a chart are as large as those beside it."""

from dataclasses import dataclass
from html import escape
from math import floor, log10

from dashboard.charts import theme

STEPS = (1, 2, 5, 10)
# The second colour of lines has 3.2 to 1 against white: enough for a line, not for words, which have 5.5 in this darker one.
READABLE = {theme.SERIES[1]: "#19756d"}


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` as places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.start + share * (self.end - self.start), 2)


def drawing(width: float, height: float, parts: list[str]) -> str:
    """A whole drawing."""
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}'>{''.join(parts)}</svg>"


def text(
    x: float, y: float, words: str, anchor: str = "start", colour: str = theme.SECONDARY, size: float = 8, bold: bool = False
) -> str:
    """Words whose baseline is at y."""
    weight = " font-weight='700'" if bold else ""
    colour = READABLE.get(colour, colour)
    return f"<text x='{x}' y='{y}' font-family='Lato' font-size='{size}' fill='{colour}' text-anchor='{anchor}'{weight}>{escape(words)}</text>"


def line(x1: float, y1: float, x2: float, y2: float, colour: str = theme.GRID, width: float = 0.6, dash: str = "") -> str:
    """A straight line."""
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return f"<line x1='{x1}' y1='{y1}' x2='{x2}' y2='{y2}' stroke='{colour}' stroke-width='{width}'{dashes}/>"


def box(x: float, y: float, width: float, height: float, colour: str, opacity: float = 1) -> str:
    """A filled rectangle."""
    return f"<rect x='{x}' y='{y}' width='{max(width, 0):.2f}' height='{height}' fill='{colour}' fill-opacity='{opacity}'/>"


def path(points: list[tuple[float, float] | None], colour: str, width: float = 1.5) -> str:
    """A line through points, lifted at each gap (None)."""
    moves, down = [], False
    for point in points:
        if point:
            moves.append(f"{'L' if down else 'M'}{point[0]} {point[1]}")
        down = point is not None
    return (
        f"<path d='{' '.join(moves)}' fill='none' stroke='{colour}' stroke-width='{width}' stroke-linejoin='round'/>"
        if moves
        else ""
    )


def area(points: list[tuple[float, float]], colour: str) -> str:
    """A shaded shape."""
    corners = " ".join(f"{x},{y}" for x, y in points)
    return f"<polygon points='{corners}' fill='{colour}' fill-opacity='0.15'/>"


def mark(shape: str, x: float, y: float, colour: str, size: float = 3, hollow: bool = False) -> str:
    """A point: `circle`, `diamond`, `triangle-up` or `square`."""
    look = f"fill='{'#ffffff' if hollow else colour}' stroke='{colour}' stroke-width='1'"
    if shape == "circle":
        return f"<circle cx='{x}' cy='{y}' r='{size * 0.9:.2f}' {look}/>"
    corners = {
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "triangle-up": ((0, -1.2), (1.2, 0.95), (-1.2, 0.95)),
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    }[shape]
    points = " ".join(f"{x + size * across:.2f},{y + size * down:.2f}" for across, down in corners)
    return f"<polygon points='{points}' {look}/>"


def ticks(high: float, most: int = 5) -> list[float]:
    """Round values from 0 that reach `high`, at most so many above 0."""
    if not high > 0:
        return [0.0, 1.0]
    size = 10 ** floor(log10(high / most))
    step = next(size * one for one in STEPS if size * one * most >= high)
    return [round(step * n, 10) for n in range(most + 2) if n == 0 or step * (n - 1) < high]
