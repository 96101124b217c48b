"""Attacks that only read: what is printed of a small cell, of its other side, at the threshold, or in words."""

import numpy as np
import pandas as pd

from dashboard import export
from dashboard.attacks.ground import Ground, Result, few
from dashboard.disclosure.numbers import profile
from dashboard.disclosure.tables import share_of
from dashboard.metrics import METRICS

NUMBERS = ["numerator", "value", "lower", "upper"]
LAYOUTS = (
    {"by": "provider", "period": "year"},
    {"by": "provider", "period": "quarter"},
    {"by": "commissioner", "period": "month"},
    {"by": "provider", "period": "year", "split": ("sex",)},
)
CLOSELY = ("denervations", "patients", "no_block_found", "repeat_by_24_months")


def _asked(ground: Ground, units: tuple[str, ...]):
    """Every measure of some units by provider and year, and a few under every layout, each with its true numbers."""
    for name in ground.measures:
        metric = METRICS[name]
        for layout in LAYOUTS if name in CLOSELY else LAYOUTS[:1]:
            if metric.unit in units and set(layout.get("split", ())) <= set(metric.splits):
                yield ground.both(name, **layout)


def primary(ground: Ground) -> Result:
    """Read anything at all beside a small cell: a number, a limit, a nought in its place, or a row left out."""
    tried = read = 0
    for frame in _asked(ground, ("count", "people", "share", "incidence")):
        small = frame[few(frame["number"])]
        tried += len(small)
        read += int((small[NUMBERS].notna().any(axis=1) | (small["flag"] != "suppressed")).sum())
    return Result("primary", tried, read, 0.0)


def complement(ground: Ground) -> Result:
    """Read the other side of a yes/no split that leaves few: the share, or the one other part of a total."""
    tried = read = 0
    for frame in _asked(ground, ("share", "incidence")):
        small = frame[few(frame["whole"] - frame["number"])]
        tried, read = tried + len(small), read + int(small[NUMBERS].notna().any(axis=1).sum())
    for split in ("sex", "course", "setting"):
        frame = ground.both("denervations", by="provider", period="year", split=(split,))
        total = frame.groupby(["place", "period"])["number"].transform("sum")
        small = frame[few(total - frame["number"])]
        tried, read = tried + len(small), read + int(small["value"].notna().sum())
    return Result("complement", tried, read, 0.0)


def boundaries(ground: Ground) -> Result:
    """Look for a seven that is told, or a told number that cannot come from eight or more by the multiple of five."""
    tried = wrong = 0
    for frame in _asked(ground, ("count", "people")):
        edge = frame[frame["number"].between(5, 12)]
        told = edge["numerator"]
        odd = told.notna() & ((edge["number"] < profile("hes2018_ck").threshold) | (told < 10) | (told % 5 != 0))
        tried, wrong = tried + len(edge), wrong + int(odd.sum())
    return Result("boundaries at 7 and 8", tried, wrong, 0.0)


def rederived(ground: Ground) -> Result:
    """Work every share and its limits out again from the released counts; what differs was made from something else."""
    tried = differs = 0
    for frame in _asked(ground, ("share",)):
        shown = frame[frame["value"].notna()]
        numbers = (shown[name].to_numpy(float) for name in ("numerator", "denominator"))
        again = np.column_stack(share_of(*numbers, profile(ground.released.profile)))
        same = np.isclose(again, shown[["value", "lower", "upper"]].to_numpy(float), equal_nan=True)
        tried, differs = tried + len(shown), differs + int((~same.all(axis=1)).sum())
    return Result("rates re-derived", tried, differs, 0.0)


def names(ground: Ground) -> Result:
    """Look for the key of any person in every released table, its title, file name and metadata."""
    exact = ground.exact
    people = {str(one) for one in exact.rows("denervations")["person"].dropna()} | {
        str(one) for one in exact.rows("index_blocks")["person"].dropna()
    }
    words = set()
    for answer in _released(ground.released):
        text = export.csv_bytes(answer).decode("utf-8-sig")
        words |= set(pd.Series([text, str(export.metadata(answer)), answer.title]).str.split(r"[^\w-]+").explode())
        words.add(export.file_name(answer, "csv"))
    return Result("canaries", len(people), len(people & words), 0.0)


def _released(ask):
    for metric in METRICS.values():
        yield ask.counts(metric, by="commissioner", period="year")
        if metric.unit == "incidence":
            yield ask.curve(metric)
    yield from (
        ask.waterfall(),
        ask.reasons(),
        ask.flow(),
        *(ask.loading(one) for one in ("files", "rules", "unknown", "mergers")),
    )
