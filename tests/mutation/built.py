"""A data set as the build leaves it, whose cohorts can be made again with a rule changed, and what is answered of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow

from dashboard import build, queries
from dashboard.about import days, describe
from dashboard.ask import Ask
from dashboard.ask.kinds import BANDS
from dashboard.filters import Filters
from dashboard.metrics import METRICS
from dashboard.publish.run import read_batch
from tests.recount import random_hes
from tests.recount.measures import CODED
from tests.recount.test_recount_agrees import CHANGES, COUNTS, INCIDENCES, POLICIES, SHARES
from tests.worked import command

STOPS = (42, 90, 180)
LONGEST = 60  # seconds; what is right takes one


class Built:
    """The tables of a build in memory, that answer as a warehouse does."""

    def __init__(self, folder: Path, apc: list, start: str, end: str, op: list = (), deaths: list = ()):
        folder.mkdir()
        warehouse = command.load(folder, apc, start, end, op=op, deaths=deaths)
        batches = [read_batch(path) for path in (warehouse / "staging").iterdir()]
        # little room, as `LONGEST` is little time: a mutant that never comes to an end soon comes to an error
        self.connection = duckdb.connect(config={"memory_limit": "600MB", "max_temp_directory_size": "0GB", "threads": 1})
        self.version = "as it is"
        build.put_inputs(self.connection, warehouse / "staging", batches)
        stated = days(batches, None)
        self._parameters = {"data_start": stated.start, "data_end": stated.end, "today": dt.date.today()}
        self.connection.create_function("keyed_hash", build.keyed_hash(b"secret"), ["VARCHAR"], "UINTEGER", type="arrow")
        build.put_provisional_years(self.connection, stated)
        queries.make_tables(self.connection, "cohort", self._parameters)
        self.about = describe(self.connection, batches, stated)
        about = [{"key": key, "value": value} for key, value in self.about.items()]
        self.connection.from_arrow(pyarrow.Table.from_pylist(about)).to_table("about")
        made = set(queries.in_order("cohort")) & set(build.PUBLISHED)
        self.were = {name: self.connection.table(name).to_arrow_table() for name in made}

    @classmethod
    def of_seed(cls, folder: Path, seed: int) -> Built:
        """The random data of a seed, of which the tests hold every answer to a slow recount's."""
        found = random_hes.dataset(seed)
        built = cls(folder, found.apc, found.start, found.end, found.op, found.deaths)
        built.right = list(built.answers())
        return built

    def frame(self, sql: str, parameters: dict | None = None, version: str | None = None) -> pd.DataFrame:
        # not a cursor's: that would look past what is not yet committed
        return self.connection.execute(sql, parameters or {}).df()

    def kept(self) -> list[str]:
        return [self.version]

    def ask(self, **filters) -> Ask:
        return Ask(self, Filters(**filters), profile="exact", scope=("all", ""))

    def answers(self) -> Iterator[pd.DataFrame]:
        """What the recount of this data set holds the product to, one answer after another."""
        yield from (self.ask().rows(name) for name in ("denervations", "blocks", "index_blocks", "waterfall"))
        yield from (self.ask(staged_days=stop).rows("courses") for stop in STOPS)
        yield from (self.ask(policy=policy).rows("adherence") for policy in POLICIES)
        yield from (self.ask(**{name: stop or 0 for name, stop in changes.items()}).rows("adherence") for changes in CHANGES)
        yield from (
            self.ask().counts(METRICS[name], by="provider", period="quarter").frame for name in (*COUNTS, *SHARES, *CODED)
        )
        yield from (self.ask().counts(METRICS[name], by="england", period="year").frame for name in INCIDENCES)
        yield from (self.ask(cohort=one).counts(METRICS["denervations"], by="commissioner").frame for one in ("broad", "ebi"))
        yield self.ask().counts(METRICS["denervation_rate"], by="region", period="year").frame
        yield from (self.ask().distribution(name).frame for name in BANDS)
        yield from (self.ask().flow().frame, self.ask().reasons().frame, self.ask().loading("published").frame)

    def under(self, version: str) -> Built:
        """Itself under another name, so that nothing answered before is told again."""
        self.version = version
        return self

    @contextlib.contextmanager
    def again(self, changed: str, version: str) -> Iterator[None]:
        """The tables, once one of the cohorts and all that reads from it are made again under a name of their own."""
        self.under(version).stale = {changed}
        self.connection.begin()
        enough = threading.Timer(LONGEST, self.connection.interrupt)
        enough.start()
        try:
            for name in queries.in_order("cohort"):
                if name == changed or self.stale & queries.tables_needed(queries.text(f"cohort/{name}")):
                    self.stale.add(name)
                    self._make(name)
            yield
        finally:
            enough.cancel()
            self.connection.rollback()

    def _make(self, name: str) -> None:
        sql = queries.text(f"cohort/{name}")
        used = {key: self._parameters[key] for key in queries.parameters_needed(sql)}
        self.connection.execute(f"drop table if exists {name}")
        self.connection.sql(sql, params=used or None).to_table(name)

    def changes(self) -> bool:
        """Whether a published table has other rows than it had."""
        return any(name in self.stale and not self._same(name, rows) for name, rows in self.were.items())

    def _same(self, name: str, rows: pyarrow.Table) -> bool:
        now, were = self.connection.table(name), self.connection.from_arrow(rows)
        return not (now.except_(were).limit(1).fetchall() or were.except_(now).limit(1).fetchall()) and len(now) == len(rows)

    def tells(self) -> bool:
        """Whether any answer is another than it was."""
        return any(not now.equals(right) for now, right in zip(self.answers(), self.right, strict=True))
