"""The table of what holds each measure up is complete and up to date."""

from dashboard.metrics import METRICS
from tests.metrics.measure_table import FILE, RECOUNTED, lines


def test_every_measure_has_a_slow_recount():
    assert set(RECOUNTED) == set(METRICS)


def test_the_table_of_measures_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == lines(), "run: python -m tests.metrics.measure_table"
