"""Every number of one synthetic year, exact: `python -m tests.golden.numbers` writes year.csv anew; its diff is the change."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from pathlib import Path

import pandas as pd

from dashboard.ask import Ask
from dashboard.ask.kinds import BANDS
from dashboard.filters import Filters
from dashboard.metrics import METRICS
from dashboard.warehouse import Warehouse

FILE = Path(__file__).with_name("year.csv")
YEAR = "2023/24"
POLICIES = ("reference", "local", "humber_north_yorkshire", "norfolk_waveney", "greater_manchester")
HEADER = ["question", "place", "part", "numerator", "denominator", "value", "lower", "upper"]


def lines(warehouse: Path) -> list[str]:
    """The file as it should be: a header and a line per number."""
    opened = Warehouse(warehouse)
    rows = [row for policy in POLICIES for row in _of_policy(opened, policy)]
    rows += _parts(Ask(opened, Filters(from_=YEAR, to=YEAR), profile="exact"))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *rows])
    return out.getvalue().splitlines()


def _of_policy(opened: Warehouse, policy: str) -> list[list[str]]:
    """Every measure by England and region under the reference; the judged ones by England under another policy."""
    ask, rows = Ask(opened, Filters(from_=YEAR, to=YEAR, policy=policy), profile="exact"), []
    for metric in METRICS.values():
        if policy != "reference" and metric.page != "policy":
            continue
        for by in ("england", "region") if policy == "reference" else ("england",):
            frame = ask.counts(metric, by=by, period="year").frame
            rows += [[metric.name, row.place, policy, *_words(row)] for row in frame.itertuples()]
    return rows


def _parts(ask: Ask) -> list[list[str]]:
    """Waterfall, the year after a block, the reasons and every distribution, for England."""
    frames = {
        "waterfall": ask.waterfall().frame.rename(columns={"rule": "part", "remaining": "numerator"}),
        "reasons": ask.reasons().frame.rename(columns={"criterion": "part", "met": "numerator", "not_met": "denominator"}),
    }
    flow = ask.flow().frame
    frames["flow"] = flow.assign(part=flow["stage"] + " " + flow["outcome"], numerator=flow["count"])
    for name in BANDS:
        frames[name] = ask.distribution(name).frame.rename(columns={"band": "part", "count": "numerator"})
    return [[name, "E92", row.part, *_words(row)] for name, frame in frames.items() for row in frame.itertuples()]


def _words(row) -> list[str]:
    return ["" if pd.isna(value := getattr(row, name, None)) else f"{float(value):.9g}" for name in HEADER[3:]]


def main(arguments: list[str]) -> None:
    """Write the file from a warehouse of the demo data at a twentieth of England's size, made here when none is named."""
    from tests.conftest import make_demo

    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(arguments[0]) if arguments else Path(folder) / "warehouse"
        if not arguments:
            make_demo(Path(folder) / "files", warehouse)
        FILE.write_text("\n".join(lines(warehouse)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
