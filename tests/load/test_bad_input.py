"""Every bad input of the catalogue, through the real command: what it must say, and that nothing else changes."""

import csv
import io
import re

import pytest

from tests.load import catalogue
from tests.load.odd_rows import FLAGGED, LINES, PUT_ASIDE, mixed
from tests.worked.command import run


@pytest.mark.parametrize("case", catalogue.REFUSALS, ids=lambda case: case.tried)
def test_a_bad_file_is_refused_in_one_line_and_nothing_is_published(case, tmp_path):
    status, out, err = run("load", *case.make(tmp_path), "--warehouse", tmp_path / "warehouse")
    assert status == case.code, (out, err)
    assert re.search(case.says, err), err
    assert err.count("\n") == 1 and "Traceback" not in err
    assert not (tmp_path / "warehouse" / "CURRENT").exists()
    assert not list((tmp_path / "warehouse").glob("loading-*"))


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    forced = ["--force", "quarantined", "--force", "provider-quarantined"]
    status, out, err = run("load", mixed(folder), "--warehouse", folder / "warehouse", *forced)
    assert status == 0, err
    status, printed, err = run("rows", "refusals", "--warehouse", folder / "warehouse", "--format", "csv")
    return list(csv.DictReader(io.StringIO(printed))), out


LINE_OF = {words: number for number, (words, *_) in enumerate((*PUT_ASIDE, *FLAGGED), start=2)}
LAST = 2 + len(LINE_OF) + 10 + 2


@pytest.mark.parametrize(("words", "rule", "row"), PUT_ASIDE, ids=[words for words, *_ in PUT_ASIDE])
def test_a_bad_row_is_put_aside_with_its_line_and_rule(refusals, words, rule, row):
    assert (str(LINE_OF[words]), "quarantine", rule) in {(one["line"], one["severity"], one["rule"]) for one in refusals[0]}


@pytest.mark.parametrize(("words", "rule", "row"), FLAGGED, ids=[words for words, *_ in FLAGGED])
def test_an_odd_row_is_kept_and_flagged_with_its_line_and_rule(refusals, words, rule, row):
    assert (str(LINE_OF[words]), "flag", rule) in {(one["line"], one["severity"], one["rule"]) for one in refusals[0]}


@pytest.mark.parametrize("nth", range(len(LINES)), ids=[words for words, *_ in LINES])
def test_a_line_that_cannot_be_read_is_put_aside_with_its_line_and_rule(refusals, nth):
    found = {(one["line"], one["severity"], one["rule"]) for one in refusals[0]}
    assert (str(LAST + nth), "quarantine", LINES[nth][1]) in found


def test_nothing_but_what_is_bad_is_put_aside(refusals):
    expected = len(PUT_ASIDE) + len(LINES)
    assert len({one["line"] for one in refusals[0] if one["severity"] == "quarantine"}) == expected


def test_the_report_says_what_was_forced(refusals):
    assert "quarantined: accepted by --force" in refusals[1]


def test_the_page_of_bad_input_is_the_catalogue():
    assert catalogue.PAGE.read_text(encoding="utf-8") == catalogue.as_table(), "run: python -m tests.load.catalogue"
