"""`docs/benchmarks.md`: a section per table, each under its own heading, with the machine and the day it was measured."""

import datetime as dt
import os
import platform
import re
from pathlib import Path

import pandas as pd

PAGE = Path(__file__).parent.parent.parent / "docs" / "benchmarks.md"
TITLE = "# Benchmarks\n\nWritten by `rfd bench`. Ratios of one run are what to read: the machine's noise is in every figure.\n"


def put(heading: str, words: str, tables: list[pd.DataFrame], page: Path = PAGE) -> str:
    """Put a section in the place of the one of that heading, or at the end; return it."""
    parts = [f"## {heading}", f"{words} {machine()}", *map(markdown, tables)]
    section = "\n\n".join(parts) + "\n"
    text = page.read_text(encoding="utf-8") if page.exists() else TITLE
    old = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    parts = (text[: old.start()], section, text[old.end() :]) if old else (text, section)
    page.write_text("\n\n".join(part.strip() for part in parts if part.strip()) + "\n", encoding="utf-8")
    return section


def machine() -> str:
    """The machine and the day in a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{dt.date.today()}: {os.cpu_count()} processors, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}; "
        f"{load:.0f} processes wanted to run at once as it ended."
    )


def markdown(table: pd.DataFrame) -> str:
    """A table in markdown; an empty cell is a dash."""
    rows = [
        list(table.columns),
        ["---"] * len(table.columns),
        *table.astype(object).where(table.notna(), "–").to_numpy().tolist(),
    ]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
