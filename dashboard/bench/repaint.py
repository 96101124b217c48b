"""The pages in a browser: start, first and warm load, and from a filter to painted charts, beside two plain apps."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pandas as pd

from dashboard import versions
from dashboard.ask import Ask
from dashboard.bench.browser import Painted, Window, by_click, by_keys, chromium
from dashboard.bench.rivals.drawn import COLUMNS
from dashboard.bench.served import Served, dashboard, free_port, served
from dashboard.warehouse import OneVersion, Warehouse

PAGES = {"overview": "/", "volumes": "/volumes", "repeats": "/repeats", "policy": "/policy"}
RIVALS = Path(__file__).parent / "rivals"
SEXES = ("Male", "Female")


def pages(folder: Path, times: int = 15) -> pd.DataFrame:
    """One row per page of the dashboard and per plain app: seconds to start, loads and repaints in milliseconds, kB of data.

    `new` are choices that nobody made before, `again` choices that somebody did.
    """
    rows, years = [], Ask(Warehouse(folder)).version.years[1:8]
    with chromium() as window, tempfile.TemporaryDirectory() as scratch:
        with dashboard(folder) as server:
            ours = Choices([by_keys("From", year) for year in years], [by_keys("From", year) for year in years[:2]])
            rows += [timed(name, server, path, window, times, ours) for name, path in PAGES.items()]
            rows[-1] |= {"download_ms": round(download(window(), f"{server.address}/volumes"))}
        facts = Path(scratch) / "rows.parquet"
        denervations(folder).to_parquet(facts)
        for name, command, path, choice in rivals():
            port = free_port()
            with served([*command, str(port)], port, path, RFD_BENCH_ROWS=str(facts)) as server:
                rows.append(timed(name, server, "/", window, times, Choices([], [choice("Sex", sex) for sex in SEXES])))
    return pd.DataFrame(rows)


def rivals() -> list[tuple[str, list[str], str, Callable]]:
    """(name, command, path that answers, way to choose) of each plain app; Dash where the extra `bench` is installed."""
    streamlit = [sys.executable, "-m", "streamlit", "run", str(RIVALS / "plain.py"), "--server.headless=true", "--server.port"]
    found = [("plain Streamlit and pandas", streamlit, "/_stcore/health", by_keys)]
    if find_spec("dash"):
        dash = [sys.executable, "-m", "dashboard.bench.rivals.in_dash"]
        found.append(("Dash and pandas", dash, "/", lambda label, text: by_click(text)))
    return found


def denervations(folder: Path) -> pd.DataFrame:
    """The rows that a plain app would count."""
    with OneVersion(versions.path_of(folder, Warehouse(folder).version)) as version:
        return version.table("denervations")[COLUMNS]


@dataclass(frozen=True)
class Choices:
    """What is chosen on a page: each of some for the first time, then others that were made before, in turn."""

    new: list[Callable]
    again: list[Callable]


def timed(name: str, server: Served, path: str, window: Callable[[], Window], times: int, choices: Choices) -> dict:
    """One page of one app: its loads, and its repaints after choices."""
    opened = window()
    first, again = opened.load(server.address + path), opened.load(server.address + path, again=True)
    new = [painted for one in choices.new if (painted := opened.choose(one))]
    turns = islice(cycle(choices.again), times)
    repeated = [painted for one in turns if (painted := opened.choose(one))]
    opened.page.context.close()
    row = {"app": name, "start_s": round(server.seconds, 1), "cold_ms": round(first.first), "warm_ms": round(again.first)}
    return row | _told("new", new) | _told("again", repeated) | {"kb_page": _kb([first]), "kb_filter": _kb(repeated)}


def download(opened: Window, address: str) -> float:
    """Milliseconds from the click on a download to the file on disk."""
    opened.load(address)
    began = perf_counter()
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="Download these numbers").first.click()
    waiting.value.path()
    return (perf_counter() - began) * 1000


def _told(which: str, painted: list[Painted]) -> dict:
    """Medians and 95% of repaints: the first chart in view, and all of them."""
    if not painted:
        return {}
    all_ = [one.last for one in painted]
    late = quantiles(all_, n=20)[-1] if len(all_) > 1 else all_[0]
    names = (f"{which}_first_ms", f"{which}_all_ms", f"{which}_all_p95_ms")
    return dict(zip(names, (round(median(one.first for one in painted)), round(median(all_)), round(late)), strict=True))


def _kb(painted: list[Painted]) -> int:
    return round(median(one.size for one in painted) / 1000) if painted else 0
