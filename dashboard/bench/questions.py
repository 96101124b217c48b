"""How long questions take: asked for the first time of a version, and asked again. Medians; the machine's noise is in them."""

from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from dashboard.ask import Ask
from dashboard.metrics import METRICS, Metric
from dashboard.warehouse import Warehouse


def questions(folder: Path, times: int) -> pd.DataFrame:
    """One row per measure by place and year: milliseconds cold and again, and how many times slower cold is."""
    rows = []
    for metric in METRICS.values():
        pairs = [cold_and_again(Ask(Warehouse(folder)), metric) for _ in range(times)]  # a new warehouse has kept no answer
        cold, again = (median(one) for one in zip(*pairs, strict=True))
        rows.append(
            {"question": metric.name, "cold_ms": round(cold, 1), "again_ms": round(again, 2), "ratio": round(cold / again, 1)}
        )
    return pd.DataFrame(rows)


def cold_and_again(ask: Ask, metric: Metric) -> tuple[float, float]:
    """Milliseconds of one question asked twice, by provider (a rate by ICB) and year."""
    by = "commissioner" if metric.unit == "rate" else "provider"
    taken = []
    for _ in range(2):
        began = perf_counter()
        ask.counts(metric, by=by, period="year")
        taken.append((perf_counter() - began) * 1000)
    return taken[0], taken[1]
