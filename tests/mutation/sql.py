"""Each rule of the cohorts and measures made wrong in small ways, one at a time: does anything notice?

`python -m tests.mutation.sql [QUERY…] [--every N]` prints each wrong that nothing notices, and how many of each query were noticed.
Random data is answered as its slow recount answers (the tests say so), so a wrong that changes an answer is noticed. A measure is
held against its worked example too, and a cohort that changes a row, but no answer, against the tests of worked rows.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.ask.compose import question
from tests.ask.test_worked_examples import test_a_metric_gives_the_answer_of_its_worked_example
from tests.mutation.built import Built
from tests.mutation.changes import Mutant, mutants
from tests.worked import (
    examples,
    test_worked_blocks,
    test_worked_copies,
    test_worked_courses,
    test_worked_places,
    test_worked_policies,
    test_worked_rows,
)

YEARS = ("2018-04-01", "2025-03-31")
ROWS = (
    (test_worked_rows.ROWS, "2023-04-01", "2024-03-31"),
    (test_worked_places.ROWS, "2023-04-01", "2024-03-31"),
    (test_worked_courses.STAGING, *YEARS),
    (test_worked_blocks.BLOCKS, *YEARS, (), test_worked_blocks.DEATHS),
    (test_worked_policies.POLICY, *YEARS, test_worked_policies.CARE),
    (test_worked_copies.ODD + test_worked_copies.FILLER, *YEARS),
    (examples.volume(), "2023-04-01", "2024-03-31"),
)
WORKED = [
    f"tests/worked/test_worked_{name}.py" for name in ("rows", "places", "courses", "blocks", "policies", "copies", "examples")
]


def main(wanted: list[str], every: int) -> None:
    """Judge every so many-th mutant of the wanted queries, or of all, and print what was found."""
    home, noticed, judged = queries.FOLDER, Counter(), Counter()
    there = [f"{folder}/{path.stem}" for folder in ("metrics", "cohort") for path in sorted((home / folder).glob("*.sql"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        random = [Built.of_seed(folder / f"random-{seed}", seed) for seed in (0, 5)]
        worked = [Built(folder / f"worked-{n}", *rows) for n, rows in enumerate(ROWS)]
        for query in wanted or there:
            for mutant in itertools.islice(mutants(query, (home / f"{query}.sql").read_text(encoding="utf-8")), 0, None, every):
                with in_place(mutant, home, folder / "queries"):
                    found = verdict(mutant, random, worked)
                judged[query] += 1
                noticed[query] += found == "noticed"
                if found != "noticed":
                    print(f"{mutant}: {found}", flush=True)
            print(f"{query}: {noticed[query]} of {judged[query]} noticed", flush=True)
    print(f"{noticed.total()} of {judged.total()} noticed")


@contextlib.contextmanager
def in_place(mutant: Mutant, home: Path, copy: Path) -> Iterator[None]:
    """The queries with a mutant among them, as long as it is judged."""
    shutil.copytree(home, copy, dirs_exist_ok=True)
    (copy / f"{mutant.query}.sql").write_text(mutant.sql, encoding="utf-8")
    queries.FOLDER = copy
    forget()
    try:
        yield
    finally:
        queries.FOLDER = home
        forget()


def forget() -> None:
    """Have every text read, and every question put together, anew."""
    for kept in (queries.text, queries.in_order, question):
        kept.cache_clear()


def verdict(mutant: Mutant, random: list[Built], worked: list[Built]) -> str:
    """Whether a mutant in place is noticed, and if not, whether it changes a row at all."""
    folder, name = mutant.query.split("/")
    if folder == "metrics":
        told = fails_its_example(mutant.query) or any(built.under(str(mutant)).tells() for built in random)
        return "noticed" if told else "the example and every answer hold"
    changed = False
    try:
        for built in (*random, *worked):
            with built.again(name, str(mutant)):
                changes = built.changes()
                if changes and built in random and built.tells():
                    return "noticed"
            changed = changed or changes
    except duckdb.Error:
        return "noticed"
    if not changed:
        return "no row changes"
    return "noticed" if fails_a_test() else "rows change, the tests hold"


def fails_its_example(query: str) -> bool:
    """Whether a measure no longer gives the answer of its worked example."""
    try:
        test_a_metric_gives_the_answer_of_its_worked_example(query)
    except Exception:
        return True
    return False


def fails_a_test() -> bool:
    """Whether one of the tests of worked rows fails."""
    with contextlib.redirect_stdout(io.StringIO()):
        return pytest.main(["-x", "-q", "-p", "no:cacheprovider", *WORKED]) != 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("queries", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    main(given.queries, given.every)
