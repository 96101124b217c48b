"""The Policy page as a whole under thresholds nobody moved before: everything on it asked again, then its cards made."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from time import perf_counter, process_time

import pandas as pd

from dashboard.ask import Ask
from dashboard.bench.opening import known, middle_and_late
from dashboard.filters import DECLARED, DEFAULTS
from dashboard.pages import policy
from dashboard.warehouse import Warehouse

CARDS = (policy.difference, policy.over_time, policy.why, policy.criteria, policy.by_provider, policy.by_icb)
MOVED = ("repeat_min_months", "block_lookback_months", "min_blocks")


def what_if(folder: Path, times: int) -> pd.DataFrame:
    """One row: how often thresholds were moved, the statements of one time, and milliseconds of those answers and of the cards."""
    warehouse = Counted(folder)
    cards(known(Ask(warehouse)))
    asked_before, asked, made, worked = warehouse.asked, [], [], process_time()
    for thresholds in list(stops())[: max(times, 2) * 2]:
        ask = Ask(warehouse, replace(DEFAULTS, **thresholds))
        whole, again = cards(ask), cards(ask)  # the second time every answer is kept: what is left are the cards
        asked.append(whole - again)
        made.append(again)
    statements = (warehouse.asked - asked_before) / len(asked)
    worked = 1000 * (process_time() - worked) / len(asked)
    row = {"moves": len(asked), "statements": round(statements), "cpu_ms": round(worked)}
    for name, taken in (("asked", asked), ("cards", made)):
        row |= dict(zip((f"{name}_ms", f"{name}_p95_ms"), (round(one) for one in middle_and_late(taken)), strict=True))
    return pd.DataFrame([row])


class Counted(Warehouse):
    """A warehouse that counts the statements it runs."""

    asked = 0

    def frame(self, sql: str, parameters: dict | None = None, version: str | None = None) -> pd.DataFrame:
        """The rows a statement gives."""
        self.asked += 1
        return super().frame(sql, parameters, version)


def stops():
    """Thresholds on their stops, each move another than all before; the policy's own are not among them."""
    every = product(*(DECLARED[name].texts.values() for name in MOVED))
    return (dict(zip(MOVED, one, strict=True)) for one in list(every)[::-1])


def cards(ask: Ask) -> float:
    """Milliseconds of all cards of the page."""
    began = perf_counter()
    for card in CARDS:
        card(ask)
    return (perf_counter() - began) * 1000
