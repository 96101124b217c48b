"""Every column of every answer is explained, and nothing is explained that no answer has."""

import pytest

from dashboard.ask import Ask
from dashboard.ask.kinds import BANDS
from dashboard.ask.road import LOADING
from dashboard.dictionary import meanings
from dashboard.metrics import METRICS
from tests.ask.tiny import Tiny


@pytest.fixture(scope="module")
def columns() -> set[str]:
    ask = Ask(Tiny())
    answers = [ask.counts(metric, split=(one,)) for metric in METRICS.values() if metric.unit != "rate" for one in metric.splits]
    answers += [
        ask.counts(METRICS["denervation_rate"]),
        ask.curve(METRICS["repeat_by_24_months"]),
        ask.waterfall(),
        ask.reasons(),
    ]
    answers += [
        ask.flow(),
        ask.counted_as(),
        *(ask.distribution(name) for name in BANDS),
        *(ask.loading(name) for name in LOADING),
    ]
    return {name for answer in answers for name in answer.frame.columns} | {"data"}


def test_every_column_that_can_be_released_has_a_meaning(columns):
    assert sorted(columns - meanings().keys()) == []


def test_no_meaning_is_of_a_column_that_nothing_releases(columns):
    assert sorted(meanings().keys() - columns) == []
