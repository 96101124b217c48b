"""The reference policy's number stands beside every adherence number of the Policy page."""

from datetime import date

import pytest

from dashboard.metrics import METRICS
from dashboard.pages.beside import beside, by_reference, points, reference
from dashboard.pages.policy import compared
from tests.ask.tiny import Tiny


def many() -> Tiny:
    tiny = Tiny()
    for n in range(60):
        tiny.add("courses", f"F{n}", day=date(2020, 6, 1), blocks_before_24m=n % 3, blocks_before_6m=0, levels_number=1 + n % 3)
        tiny.add(
            "courses",
            f"R{n}",
            day=date(2021, 6, 1),
            is_repeat=True,
            interval_months=10 + n % 8,
            interval_days=400,
            new_block_24m=True,
        )
    return tiny


def test_beside_each_number_is_the_reference_policys_own_of_the_same_cell():
    ask = many().released(min_blocks=2, repeat_min_months=16)
    then = by_reference(ask)
    assert then.filters == reference(ask.filters)
    answer = beside(ask.counts(METRICS["adherent"]), then.counts(METRICS["adherent"]))
    assert answer.frame["reference_value"].tolist() == then.counts(METRICS["adherent"]).frame["value"].tolist()
    assert (answer.frame["difference"] == answer.frame["value"] - answer.frame["reference_value"]).all()
    assert (answer.frame["difference"] < 0).all()


def test_under_the_reference_policy_there_is_nothing_to_stand_beside():
    ask = many().released()
    assert "difference" not in beside(ask.counts(METRICS["adherent"]), by_reference(ask).counts(METRICS["adherent"])).frame


def test_the_reasons_have_the_reference_policys_failures_beside_them():
    ask = many().released(min_blocks=2)
    answer = beside(ask.reasons(), by_reference(ask).reasons(), "not_met").frame.set_index("criterion")
    assert (
        answer.loc["block_before", "not_met"] - answer.loc["block_before", "reference_not_met"]
        == answer.loc["block_before", "difference"]
        > 0
    )
    assert answer.loc["repeat_interval", "difference"] == 0


def test_every_measure_of_the_page_that_applies_is_compared():
    frame = compared(many().released(policy="humber_north_yorkshire", max_levels=2)).frame
    assert {"adherent", "met_block_before", "met_repeat_interval", "met_repeat_block", "met_levels"} <= set(frame["measure"])
    # the reference policy asks no new block, so there is nothing beside it
    assert frame.set_index("measure").loc["met_repeat_block", ["reference_value", "difference"]].isna().all()


@pytest.mark.parametrize(("now", "then", "words"), [(0.5, 0.6, "-10 percentage points"), (float("nan"), 0.6, "cannot be told")])
def test_a_difference_in_words_says_its_sign_or_that_it_cannot_be_told(now, then, words):
    assert words in points(now, then)
