"""Many people at once: sessions that each change a filter every few seconds, and what the server holds for them."""

import asyncio
import re
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

import pandas as pd

from dashboard.bench.served import Served, dashboard
from dashboard.bench.session import LONGEST, Session, opened

PAGES = ("overview", "volumes", "repeats", "blocks", "policy")
SEXES, AGES = ("Male", "Female", "Everyone"), ("40-49", "50-59", "60-69", "70-79", "All")
EVERY = 5.0
# whose numbers a part of a page says it shows; that another was published is no number
VERSION = re.compile(r"[Dd]ata version ([\w-]++)(?! has been)")


def sessions(folder: Path, numbers: tuple[int, ...] = (10, 30, 60), seconds: float = 60) -> pd.DataFrame:
    """One row per number of sessions at once: changes, their median and 95% in milliseconds, errors, MB, and MB per session."""
    rows = []
    with dashboard(folder) as server:
        asyncio.run(crowd(server, len(PAGES), 2 * EVERY, seed=0))  # what a process holds whoever is there
        for number in numbers:
            alone = server.megabytes()
            before = server.processor_seconds()
            taken, errors, most = asyncio.run(crowd(server, number, seconds, seed=number))
            told = row(number, taken, errors, server.processor_seconds() - before)
            rows.append(told | {"mb": round(most), "mb_per_session": round((most - alone) / number, 1)})
    return pd.DataFrame(rows)


def soak(folder: Path, seconds: float = 600, number: int = 20) -> pd.DataFrame:
    """One row per minute of sessions that come, change filters and go: changes, errors and the MB that stay when all have gone."""
    rows = []
    with dashboard(folder) as server:
        for minute in range(max(int(seconds // 60), 1)):
            before = server.processor_seconds()
            taken, errors, most = asyncio.run(crowd(server, number, min(seconds, 60), seed=minute))
            rows.append(
                {"minute": minute + 1}
                | row(number, taken, errors, server.processor_seconds() - before)
                | {"mb_most": round(most), "mb_after": round(server.megabytes())}
            )
    return pd.DataFrame(rows)


def row(number: int, taken: list[float], errors: int, worked: float) -> dict:
    """The sessions, their changes, the median and 95% of those in milliseconds, the server's processor time for each, and the errors."""
    late = quantiles(taken, n=20)[-1] if len(taken) > 1 else max(taken, default=float("nan"))
    middle = median(taken) if taken else float("nan")
    told = {"sessions": number, "changes": len(taken), "median_ms": round(middle, 0), "p95_ms": round(late, 0)}
    return told | {"cpu_ms": round(1000 * worked / max(len(taken), 1)), "errors": errors}


async def crowd(server: Served, number: int, seconds: float, seed: int) -> tuple[list[float], int, float]:
    """Milliseconds of every change, the number of people for whom a run failed, and the most MB, of so many sessions for so long."""
    taken, chance, pages, most = [], Random(seed), cycle(PAGES), [server.megabytes()]
    watching = asyncio.create_task(_watch(server, most))
    people = (_person(server, next(pages), seconds, Random(chance.random()), taken) for _ in range(number))
    ended = await asyncio.gather(*people, return_exceptions=True)
    watching.cancel()
    return taken, sum(one is not None for one in ended), max(most)


async def _watch(server: Served, most: list[float]) -> None:
    while True:
        most.append(server.megabytes())
        await asyncio.sleep(1)


async def _person(server: Served, page: str, seconds: float, chance: Random, taken: list[float]) -> None:
    """One person: opens a page, then changes a filter every few seconds; a RuntimeError when a run fails or tells of two versions."""
    end = perf_counter() + seconds
    await asyncio.sleep(chance.uniform(0, EVERY))
    async with opened(server.address, page) as socket:
        session = Session(socket, page)
        await _run(session)
        while perf_counter() < end:
            await asyncio.sleep(chance.uniform(0.8, 1.2) * EVERY)
            label, values = chance.choice((("Sex", SEXES), ("Age", AGES)))
            began = perf_counter()
            await _run(session, **{label: chance.choice(values)})
            taken.append((perf_counter() - began) * 1000)


async def _run(session: Session, **choices: str) -> None:
    done = await asyncio.wait_for(session.run(**choices), LONGEST)
    if not done.ended_well:
        raise RuntimeError(f"{session.page}: a run failed after {choices}")
    if len(told := set(VERSION.findall(done.text))) > 1:
        raise RuntimeError(f"{session.page}: a page tells of versions {' and '.join(sorted(told))}")
