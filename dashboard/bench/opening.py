"""How long a version takes to open: its file's sum checked, its connection, and what every page reads of it first."""

from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from dashboard import versions
from dashboard.ask import Ask
from dashboard.warehouse import Warehouse


def opening(folder: Path, times: int) -> pd.DataFrame:
    """One row per step of opening the version in force: median milliseconds the first time in a process, and again."""
    first, again = [], []
    for _ in range(times):
        versions.file_sum.cache_clear()  # a process reads a file through for its sum once
        first.append(opened(folder))
        again.append(opened(folder))
    steps = pd.DataFrame(first).median().round(1), pd.DataFrame(again).median().round(1)
    table = pd.DataFrame({"step": steps[0].index, "first_ms": steps[0].to_numpy(), "again_ms": steps[1].to_numpy()})
    return pd.concat([table, pd.DataFrame([{"step": "together", **{c: round(table[c].sum(), 1) for c in table.columns[1:]}}])])


def opened(folder: Path) -> dict[str, float]:
    """Milliseconds of each step of one opening."""
    marks = [perf_counter()]
    warehouse = Warehouse(folder)
    marks.append(perf_counter())
    known(Ask(warehouse))
    marks.append(perf_counter())
    checked, read = ((later - earlier) * 1000 for earlier, later in pairwise(marks))
    return {"checked and opened": checked, "places and policies read": read}


def known(ask: Ask) -> Ask:
    """An Ask whose version's places and policies are read, as they are before any page asks its first question."""
    ask.places("provider")
    _ = ask.version.policies, ask.version.place_names, ask.version.regions
    return ask


def middle_and_late(taken: list[float]) -> tuple[float, float]:
    """The median and the 95th centile."""
    return median(taken), pd.Series(taken).quantile(0.95)
