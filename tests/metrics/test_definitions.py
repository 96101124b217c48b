"""What the Definitions page is made of: rules, worked examples, the queries behind them, changes, and published figures."""

import pytest

from dashboard import definitions
from dashboard.metrics import METRICS
from dashboard.pages.compared import ebi
from tests.ask.tiny import Tiny


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_worked_example_names_who_counts_and_the_rule_is_words_without_a_table(metric):
    rows = definitions.example(metric.sql)
    assert all(next(iter(row)) == "person" for row in rows)
    assert definitions.rule(metric.sql).startswith("One row per") and "|" not in definitions.rule(metric.sql)
    assert "--" not in definitions.statement(metric.sql)


def test_behind_adherence_stand_the_criteria_the_policies_and_the_courses():
    assert {"ask/judged", "ask/ruled", "ask/thresholds", "ask/in_force", "cohort/courses"} <= set(
        definitions.behind("metrics/adherent")
    )


def account(version: str, total: str, **files: str) -> dict:
    parts = " ".join(f"{name}={part}" for name, part in files.items())
    return {"version": version, "created": "2026-01-02T03:04:05", "definition_hash": total} | (
        {"definition_files": parts} if files else {}
    )


def test_two_versions_say_which_rules_changed_between_them():
    new, old = account("v2", "b", adherent="2", courses="1", side="1"), account("v1", "a", adherent="1", courses="1", levels="1")
    (row,) = definitions.changes([new, old])
    assert (row["Version"], row["Made"]) == ("v2", "2026-01-02")
    assert row["Changed since the one before"] == "changed: adherent; new: side; gone: levels"


def test_the_same_rules_and_rules_that_were_not_recorded_say_so():
    assert "nothing" in definitions.changes([account("v2", "a"), account("v1", "a")])[0]["Changed since the one before"]
    assert (
        "not recorded" in definitions.changes([account("v2", "b", x="1"), account("v1", "a")])[0]["Changed since the one before"]
    )
    assert definitions.changes([account("v1", "a")]) == []


def test_the_published_number_of_ebi_2k_stands_beside_this_datas_own():
    assert definitions.published_ebi() == definitions.published_ebi() | {"year": "2018/19", "value": "1612"}
    tiny = Tiny()
    assert "EBI 2K published 1,612 for 2018/19" in ebi(tiny.released())


def test_the_verdicts_of_each_size_are_the_same_lost_made_or_not_shown():
    for row in definitions.verdicts():
        parts = [int(row[name]) for name in ("same", "lost", "made", "not_shown")]
        assert sum(parts) == int(row["compared"])
