"""How long questions take: asked for the first time of a version, and asked again. Medians; the machine's noise is in them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pandas as pd

from dashboard.ask import Ask
from dashboard.bench.opening import known
from dashboard.metrics import METRICS
from dashboard.warehouse import Warehouse


def questions(folder: Path, times: int) -> pd.DataFrame:
    """One row per measure by place and year, and per curve: milliseconds cold and again, and of the processor, cold."""
    rows = []
    for name, question in asked().items():
        taken = [cold_and_again(known(Ask(Warehouse(folder))), question) for _ in range(times)]  # a new warehouse kept no answer
        cold, again, processor = (median(one) for one in zip(*taken, strict=True))
        rows.append({"question": name, "cold_ms": round(cold, 1), "cpu_ms": round(processor, 1), "again_ms": round(again, 2)})
    late = pd.DataFrame(rows)[["cold_ms", "cpu_ms", "again_ms"]].quantile(0.95).round(1)
    return pd.DataFrame([*rows, {"question": "95% of these", **late}])


def asked() -> dict[str, Callable[[Ask], object]]:
    """Each measure by provider (a rate by ICB) and year, and the curves of all providers."""
    kinds = {metric: "commissioner" if metric.unit == "rate" else "provider" for metric in METRICS.values()}
    counts = {metric.name: partial(Ask.counts, metric=metric, by=by, period="year") for metric, by in kinds.items()}
    curves = (metric for metric in METRICS.values() if metric.unit == "incidence")
    return counts | {f"curve of {metric.name}": partial(Ask.curve, metric=metric, by="provider") for metric in curves}


def cold_and_again(ask: Ask, question: Callable[[Ask], object]) -> tuple[float, float, float]:
    """Milliseconds of one question the first time and again, and of the processor the first time."""
    worked = process_time()
    cold = milliseconds(partial(question, ask))
    worked = (process_time() - worked) * 1000
    return cold, milliseconds(partial(question, ask)), worked


def milliseconds(ask: Callable[[], object]) -> float:
    """How long one question takes."""
    began = perf_counter()
    ask()
    return (perf_counter() - began) * 1000
