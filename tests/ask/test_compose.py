"""A question's text and the parameters it is asked with."""

import pytest

from dashboard.ask.compose import check_used, question
from dashboard.filters import GROUPS


def test_a_dependency_comes_before_what_reads_it():
    sql = question("metrics/adherent", "ask/chosen", "ask/counts").sql
    order = [sql.index(f"\n{name} as ") for name in ("ruled", "judged", "measure", "chosen", "counts")]
    assert order == sorted(order)
    assert sql.index("thresholds as not") < sql.index("ruled as not") > sql.index("in_force as not")


def test_a_question_binds_exactly_what_it_uses():
    asked = question("metrics/blocks")
    assert asked.bind({"cohort": "lumbar"}) == {}
    assert question("metrics/denervations").bind({"cohort": "ebi", "policy": "local"}) == {"cohort": "ebi"}


def test_a_parameter_that_nobody_chose_is_an_error():
    with pytest.raises(LookupError, match="cohort"):
        question("metrics/denervations").bind({"policy": "local"})


def test_a_filter_that_the_chosen_facts_forgot_is_an_error_and_not_a_wrong_number():
    with pytest.raises(LookupError, match="takes no notice of age_band"):
        check_used(("ask/chosen", "ask/counts"), frozenset(GROUPS) - {"age_band"})
    check_used(("ask/chosen", "ask/counts"), frozenset(GROUPS))
    check_used(("ask/person_years",), frozenset())
