"""The table of docs/measures.md: what holds each measure up. `python -m tests.metrics.measure_table` writes it anew."""

from __future__ import annotations

from pathlib import Path

from dashboard import definitions
from dashboard.metrics import METRICS, Metric
from dashboard.pages import ALL
from tests.metrics import test_properties
from tests.policy import test_policy_dates
from tests.recount import test_recount_agrees, test_recount_loosened, test_recount_parts

FILE = Path(__file__).parents[2] / "docs" / "measures.md"
AGREES, PARTS = "tests/recount/test_recount_agrees.py", "tests/recount/test_recount_parts.py"
RECOUNTED = dict.fromkeys([*test_recount_agrees.COUNTS, *test_recount_agrees.SHARES, *test_recount_agrees.INCIDENCES], AGREES)
RECOUNTED |= dict.fromkeys([*test_recount_parts.CODED, "denervation_rate"], PARTS)
LOOSENED = test_recount_loosened.test_loosening_a_number_never_lowers_adherence
DATES = test_policy_dates.test_moving_the_day_a_policy_begins_moves_only_the_courses_in_between
OWN = {"adherent": (LOOSENED, DATES), "met_block_before": (DATES,)}
ADDS_UP = test_properties.test_the_regions_and_the_years_add_up_to_england
HEAD = """# What holds each measure up

Made by `python -m tests.metrics.measure_table`; a test says when it is out of date. The worked example is in the comment of the measure's SQL and a test runs
it; the recount is plain Python on random data; the properties hold whatever the data; the page shows the number and its definition.

| measure | worked example | recount | property | page |
|---|---|---|---|---|
"""


def lines() -> str:
    """The file as it should be."""
    return HEAD + "\n".join(_line(metric) for metric in METRICS.values()) + "\n"


def _line(metric: Metric) -> str:
    rows = len(definitions.example(metric.sql))
    properties = [ADDS_UP, *OWN.get(metric.name, ())]
    named = "; ".join(one.__name__.removeprefix("test_").replace("_", " ") for one in properties)
    recount = RECOUNTED.get(metric.name, "none")
    return f"| `{metric.name}` | {rows} rows in `queries/{metric.sql}.sql` | `{recount}` | {named} | {dict(ALL)[metric.page]} |"


if __name__ == "__main__":
    FILE.write_text(lines(), encoding="utf-8")
