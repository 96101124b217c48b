"""One random data set for the parts of the recount that need no other: loaded once, and asked in process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.ask import Ask
from dashboard.filters import Filters
from dashboard.warehouse import Warehouse
from tests.recount import random_hes
from tests.recount.cohorts import World
from tests.worked import command

SEED = 5


@dataclass(frozen=True)
class Both:
    """One random data set, counted by hand and loaded by the product."""

    world: World
    warehouse: Path
    opened: Warehouse

    def ask(self, **filters) -> Ask:
        """Exact answers of the product."""
        changed = {name: 0 if value is None else value for name, value in filters.items()}
        return Ask(self.opened, replace(Filters(), **changed), profile="exact")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    found = random_hes.dataset(SEED)
    warehouse = command.load(
        tmp_path_factory.mktemp("parts"), found.apc, found.start, found.end, op=found.op, deaths=found.deaths
    )
    days = date.fromisoformat(found.start), date.fromisoformat(found.end)
    return Both(World(found.apc, *days, op=found.op, deaths=found.deaths), warehouse, Warehouse(warehouse))
