"""A word-sized line of a few values, as a picture the browser draws itself."""

from urllib.parse import quote

import pandas as pd

from dashboard.charts import theme

WIDTH, HEIGHT, EDGE = 150, 34, 4


def sparkline(values: list) -> str:
    """A line of values (None or NaN: a gap), the last one dotted, as an image; the words beside it say the same, so it has no text.

    An image, because the page's HTML is cleaned of drawings inside it.
    """
    known = [value for value in values if not pd.isna(value)]
    if len(known) < 2:
        return ""
    top = max(known) or 1
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    points = [
        None if pd.isna(value) else (round(EDGE + n * step, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / top, 1))
        for n, value in enumerate(values)
    ]
    last = [point for point in points if point][-1]
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}'>"
        f"<path d='{_path(points)}' fill='none' stroke='{theme.SERIES[0]}' stroke-width='2'/>"
        f"<circle cx='{last[0]}' cy='{last[1]}' r='3.5' fill='{theme.SERIES[3]}'/></svg>"
    )
    return f"<img alt='' width='{WIDTH}' height='{HEIGHT}' src='data:image/svg+xml,{quote(drawing)}'>"


def _path(points: list) -> str:
    """Moves and lines through the points, lifted at each gap."""
    path, drawn = [], False
    for point in points:
        if point:
            path.append(f"{'L' if drawn else 'M'}{point[0]} {point[1]}")
        drawn = point is not None
    return " ".join(path)
