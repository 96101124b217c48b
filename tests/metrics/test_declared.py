"""Every measure of the contract is declared once and whole: SQL, worked example, words, source, review and a page."""

import datetime as dt
import re
from importlib import import_module
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.metrics import METRICS, SUBJECTS, Metric
from dashboard.metrics.declared import ALL_SPLITS, HIGHER, LOWER, UNCHECKED
from dashboard.pages import ALL
from dashboard.pages.definitions import describe

CONTRACT = [
    "denervations", "patients", "denervation_rate", "repeat_within_minimum", "repeat_by_12_months", "repeat_by_24_months",
    "block_to_denervation_6_months", "block_to_denervation_12_months", "block_to_denervation_18_months", "prolonged_response",
    "no_block_found", "block_within_6_months", "two_or_more_blocks", "repeat_injection_girft", "adherent", "met_block_before",
    "met_repeat_interval", "met_repeat_block", "met_levels", "conservative_care_seen", "blocks",
]  # fmt: skip
UNITS = {"count", "people", "share", "rate", "incidence"}
PAGES = dict(ALL)
every = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


def test_every_name_of_the_contract_is_declared_and_no_name_or_title_twice():
    assert set(CONTRACT) <= set(METRICS)
    declared = [one for subject in SUBJECTS for one in vars(subject).values() if isinstance(one, Metric)]
    assert len(declared) == len(METRICS) == len({metric.title for metric in declared})


@every
def test_a_measure_has_words_unit_direction_splits_source_and_tag(metric):
    assert len(metric.words.split()) >= 6 and metric.title and metric.source
    assert metric.unit in UNITS
    assert metric.direction in (None, HIGHER, LOWER)
    assert set(metric.splits) <= set(ALL_SPLITS)
    assert metric.tag in ("S", "I", "R")


@every
def test_a_measure_nobody_checked_says_so_and_a_checked_one_says_when(metric):
    assert metric.review == UNCHECKED or re.search(r"checked .*\d{4}-\d{2}-\d{2}", metric.review)
    assert dt.date.fromisoformat(metric.next_review) > dt.date(2026, 1, 1)


@every
def test_a_measure_has_its_sql_with_a_worked_example_that_says_why(metric):
    lines = queries.text(metric.sql).splitlines()
    assert lines[0].startswith("-- One row per")
    rows = [line for line in lines if line.startswith("--") and "|" in line]
    assert "because" in rows[0]
    assert len(rows) >= 3, "a worked example shows at least two rows"


@every
def test_a_measure_names_a_page_that_shows_all_the_measures_that_name_it(metric):
    assert metric.page in PAGES
    text = Path(import_module(f"dashboard.pages.{metric.page}").__file__).read_text()
    assert re.search(rf'(measured|of_page)\((ask, )?"{metric.page}"\)', text)


@every
def test_the_definition_of_a_measure_tells_all_that_is_declared(metric):
    text = describe(metric)
    for told in (metric.title, metric.words.strip(), metric.source, f"[{metric.tag}]", metric.name, metric.next_review):
        assert told in text
    assert metric.review in text.lower() or metric.review in text
