"""Loading one national-like file beside other ways to find its rows, and how each grows with the file: wall time and peak memory."""

import importlib.util
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from dashboard import demo
from dashboard.bench.ways import WAYS

WORDS = (
    "One file in the DARS layout, 267 columns, one relevant row in two hundred, every way in a process of its own; `rfd load` is a whole load, "
    "from the file to a published version, the others only look for codes, pandas in the 24 columns alone. Where other work shares the machine, "
    "only processor seconds compare. Below, these as the file grows, and the exponent to which they grow with its bytes. "
    "A profile of two million rows (8.1 processor seconds and the verifier's 2.2): 4.0 tell idle lines from others, of which 1.7 are the compiled "
    "loop, 0.5 the file's SHA-256, 0.4 getting numba ready, 0.4 counting; 0.9 parse what is left, 1.1 the build, 0.8 the report, 0.6 imports. "
    "Next would be deaths: three quarters of what is parsed are lines that matter for their discharge alone."
)
NOISE = 200  # episodes that do not matter for each one that does, as in a whole national extract
YEAR, ROWS_OF_ENGLAND = 2023, 7_400_000  # rows of that year at scale 1 with this noise
GROWTH = ("read", "duckdb", "rfd")
OURS = "rfd"


@dataclass(frozen=True)
class Taken:
    """What one way took: seconds, seconds of processors, and the most memory it held, in GB."""

    wall: float
    cpu: float
    memory: float


def tables(millions: list[float], times: int, where: Path | None = None) -> list[pd.DataFrame]:
    """(every way on the largest file, growth over all sizes); a way that is not installed is left out."""
    grown: dict[float, dict[str, Taken]] = {}
    for size in sorted(millions):
        with tempfile.TemporaryDirectory(dir=where) as folder:
            path = file_of(Path(folder), size)
            ways = WAYS if size == max(millions) else GROWTH
            grown[size] = {way: taken for way in ways if (taken := timed(way, path, times))}
            grown[size]["bytes"] = Taken(path.stat().st_size / 1e9, 0, 0)
    return [side_by_side(grown[max(millions)]), growth(grown)]


def file_of(folder: Path, millions: float) -> Path:
    """A file of about so many million rows."""
    return demo.write(folder, first=YEAR, last=YEAR, scale=millions * 1e6 / ROWS_OF_ENGLAND, noise=NOISE)[0]


def timed(way: str, path: Path, times: int) -> Taken | None:
    """The median of several runs, each a process of its own; None when what it needs is not installed."""
    _, _, needs = WAYS[way]
    if needs and importlib.util.find_spec(needs) is None:
        return None
    runs = [once(way, path) for _ in range(times)]
    return Taken(*(median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def once(way: str, path: Path) -> Taken:
    """One run of one way."""
    began = perf_counter()
    done = subprocess.run([sys.executable, "-m", "dashboard.bench.ways", way, str(path)], stdout=subprocess.PIPE, check=True)
    wall, told = perf_counter() - began, json.loads(done.stdout)
    return Taken(wall, told["cpu"], told["memory"])


def side_by_side(taken: dict[str, Taken]) -> pd.DataFrame:
    """One row per way: seconds, memory, and how many times as long it takes as ours."""
    return pd.DataFrame([
        {
            "way": WAYS[way][0], "seconds": f"{one.wall:.1f}", "processor seconds": f"{one.cpu:.1f}",
            "peak memory, GB": f"{one.memory:.2f}", "ours ÷ this": f"{taken[OURS].wall / one.wall:.2f}",
            "ours ÷ this, processor": f"{taken[OURS].cpu / one.cpu:.2f}",
        }
        for way, one in taken.items() if way in WAYS
    ])  # fmt: skip


def growth(grown: dict[float, dict[str, Taken]]) -> pd.DataFrame:
    """One row per way: seconds at each size, and the exponent to which they grow with the bytes."""
    rows = []
    for way in GROWTH:
        seconds = {f"{size:g} million rows": f"{taken[way].cpu:.1f}" for size, taken in grown.items()}
        memory = f"{max(taken[way].memory for taken in grown.values()):.2f}"
        rows.append({"way": WAYS[way][0], **seconds, "exponent": exponent(grown, way), "peak memory, GB": memory})
    return pd.DataFrame(rows)


def exponent(grown: dict[float, dict[str, Taken]], way: str) -> str:
    """The slope of log processor seconds on log bytes, by least squares."""
    points = [(log(taken["bytes"].wall), log(taken[way].cpu)) for taken in grown.values()]
    if len(points) < 2:
        return ""
    x, y = (sum(one) / len(points) for one in zip(*points, strict=True))
    return f"{sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points):.2f}"
