"""Each metric's own worked example, in the comment above its rule, is what the rule gives."""

import re
from dataclasses import dataclass

import pytest

from dashboard import queries
from dashboard.ask.compose import question
from dashboard.metrics import METRICS
from tests.ask.tiny import KEYS, Tiny

RULES = {metric.sql: metric for metric in METRICS.values()}
ANSWERS = ("numerator", "denominator", "days", "outcome_code")
CHOICES = {"policy": "reference", "staged_days": 90, "cohort": "lumbar"} | dict.fromkeys(
    ("min_blocks", "block_lookback_months", "repeat_min_months", "repeat_needs_new_block", "max_levels")
)


@dataclass(frozen=True)
class Example:
    """The rows of a comment and the choices named in its last heading."""

    columns: list[str]
    rows: list[list]
    choices: dict


def value(text: str):
    """A cell of a comment: nothing for a dash, a truth, a whole number, or the text."""
    known = {"-": None, "true": True, "false": False}
    if text in known:
        return known[text]
    return int(text) if re.fullmatch(r"\d+", text) else text


def example(name: str) -> Example:
    """The worked example in the comment of a rule."""
    lines = [line[3:].split("|") for line in queries.text(name).splitlines() if line.startswith("--") and "|" in line]
    heading, *rows = [[cell.strip() for cell in line] for line in lines]
    chosen = {name: value(text.strip("'")) for name, text in re.findall(r"\$(\w+) = ('\w+'|\d+)", heading[-1])}
    return Example(heading[:-1], [[value(cell) for cell in row[:-1]] for row in rows], CHOICES | chosen)


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_metric_gives_the_answer_of_its_worked_example(name):
    told, tiny, fact = example(name), Tiny(), RULES[name].fact
    tiny.population()
    inputs = {column[0] for column in tiny.connection.execute(f"describe {fact}").fetchall()}
    numbers = []
    for row in told.rows:
        given = {column: cell for column, cell in zip(told.columns, row, strict=True) if column in inputs}
        person = given.pop("person")
        if "sex" in given and given["sex"] is not None:
            given["sex"] = str(given["sex"])
        numbers.append(tiny.add(fact, person, **given))
    asked = question(name)
    found = tiny.frame(asked.sql, asked.bind(told.choices)).set_index(KEYS[fact])
    answers = [column for column in told.columns if column in ANSWERS]
    for number, row in zip(numbers, told.rows, strict=True):
        expected = {column: row[told.columns.index(column)] for column in answers}
        if expected[answers[0]] is None:
            assert number not in found.index, row
        else:
            assert {column: found.loc[number, column] for column in answers} == expected, row


def test_every_rule_belongs_to_a_metric():
    files = {f"metrics/{path.stem}" for path in (queries.FOLDER / "metrics").glob("*.sql")}
    assert files == set(RULES)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_what_a_metric_says_it_heeds_is_used_by_its_rule(metric):
    assert set(metric.parameters) <= question(metric.sql).parameters | {"policy"}
