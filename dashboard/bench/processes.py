"""Sessions on one process and on several of one warehouse, each person staying with one as behind a proxy that keeps to it."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from dashboard.bench.served import Served, dashboard
from dashboard.bench.sessions import EVERY, PAGES, crowd, row


def processes(
    folder: Path, seconds: float, counts: tuple[int, ...] = (1, 2), numbers: tuple[int, ...] = (30, 60)
) -> pd.DataFrame:
    """One row per number of processes and of sessions: changes, their median and 95%, errors, and MB of all processes."""
    rows = []
    for count in counts:
        with ExitStack() as running:
            servers = [running.enter_context(dashboard(folder)) for _ in range(count)]
            asyncio.run(crowds(servers, count * len(PAGES), 2 * EVERY))  # what a process holds whoever is there
            for number in numbers:
                before = worked(servers)
                taken, errors, most = asyncio.run(crowds(servers, number, seconds))
                told = row(number, taken, errors, worked(servers) - before)
                rows.append({"processes": count} | told | {"mb": round(most)})
    return pd.DataFrame(rows)


def worked(servers: list[Served]) -> float:
    """Processor seconds of all servers."""
    return sum(server.processor_seconds() for server in servers)


async def crowds(servers: list[Served], number: int, seconds: float) -> tuple[list[float], int, float]:
    """As `crowd`, of all servers together, each with its share of the people."""
    shares = (crowd(server, number // len(servers), seconds, seed=n) for n, server in enumerate(servers))
    taken, errors, most = zip(*await asyncio.gather(*shares), strict=True)
    return [one for some in taken for one in some], sum(errors), sum(most)
