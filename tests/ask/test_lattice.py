"""What may be asked, and what may not."""

import pytest

from dashboard.ask import lattice
from dashboard.errors import Refused
from dashboard.filters import Filters
from dashboard.metrics.blocks import NO_BLOCK_FOUND
from dashboard.metrics.volumes import BLOCKS, DENERVATION_RATE, DENERVATIONS
from tests.ask.tiny import Tiny

YEARS = lattice.years_between("2012-04-01", "2024-03-31")


@pytest.fixture
def tiny():
    tiny = Tiny()
    tiny.add("denervations")
    return tiny


@pytest.mark.parametrize(
    ("filters", "question", "words"),
    [
        ({}, {"by": "provider", "period": "month"}, "months can be asked of"),
        ({"place_type": "provider", "place": "RTH"}, {"period": "month"}, "months can be asked of"),
        ({"sex": "1"}, {"split": ("age_band", "levels")}, "at most two of"),
        ({"place_type": "commissioner", "place": "QYG"}, {"by": "provider", "split": ("sex",)}, "stands on its own"),
        ({"place_type": "provider", "place": "RTH", "sex": "1"}, {"by": "commissioner"}, "stands on its own"),
    ],
)
def test_outside_the_lattice_is_refused_by_every_profile_that_releases(tiny, filters, question, words):
    for profile in ("hes2018_ck", "hes2018", "sde10"):
        asking = tiny.released(**filters)
        asking = type(asking)(tiny, asking.filters, profile)
        with pytest.raises(Refused, match=words):
            asking.counts(DENERVATIONS, **question)
    assert tiny.exact(**filters).counts(DENERVATIONS, **question) is not None


@pytest.mark.parametrize(
    ("metric", "question", "words"),
    [
        (DENERVATION_RATE, {"by": "provider"}, "a provider has none"),
        (DENERVATION_RATE, {"split": ("sex",)}, "cannot be split by sex"),
        (BLOCKS, {"split": ("levels",)}, "can be split by sex, age_band, setting"),
        (DENERVATIONS, {"split": ("sex", "sex")}, "at most two different"),
        (DENERVATIONS, {"split": ("sex", "levels", "course")}, "at most two different"),
        (DENERVATIONS, {"by": "ward"}, "no kind of place"),
        (DENERVATIONS, {"period": "week"}, "no period"),
    ],
)
def test_what_a_measure_cannot_be_asked_is_refused_even_in_exact_numbers(tiny, metric, question, words):
    with pytest.raises(Refused, match=words):
        tiny.exact().counts(metric, **question)


def test_the_sex_filter_counts_as_one_of_two_splits(tiny):
    assert len(tiny.released(sex="2").counts(DENERVATIONS, split=("age_band",)).frame) == 1


@pytest.mark.parametrize(
    ("chosen", "window"),
    [
        (("", ""), ("", "")),
        (("2012/13", "2023/24"), ("", "")),
        (("2014/15", "2014/15"), ("2014/15", "2014/15")),
        (("2014/15", "2017/18"), ("2015/16", "2017/18")),
        (("2014/15", "2018/19"), ("2014/15", "2018/19")),
        (("2014/15", ""), ("2019/20", "2023/24")),
    ],
)
def test_years_are_taken_together_by_one_three_five_or_all(chosen, window):
    narrowed, note = lattice.pooled(Filters(from_=chosen[0], to=chosen[1]), YEARS)
    assert (narrowed.from_, narrowed.to) == window
    length = len([year for year in YEARS if (chosen[0] or year) <= year <= (chosen[1] or year)])
    assert (note is None) == (length in (1, 3, 5, 12))


def test_a_narrowed_window_is_told_in_the_period_and_in_a_note(tiny):
    answer = tiny.released(from_="2018/19", to="2021/22").counts(DENERVATIONS, period="all")
    assert list(answer.frame["period"]) == ["2019/20 to 2021/22"]
    assert "2019/20 to 2021/22" in answer.notes[0]
    exact = tiny.exact(from_="2018/19", to="2021/22").counts(DENERVATIONS, period="all")
    assert list(exact.frame["period"]) == ["2018/19 to 2021/22"]
    assert exact.notes == ()


def test_a_choice_that_makes_no_difference_is_refused_when_strict(tiny):
    asking = type(tiny.exact())(tiny, Filters(repeat_min_months=16), strict=True)
    with pytest.raises(Refused, match="repeat_min_months makes no difference to Denervations"):
        asking.counts(DENERVATIONS)
    cohort = type(asking)(tiny, Filters(cohort="ebi"), strict=True)
    with pytest.raises(Refused, match="cohort makes no difference"):
        cohort.counts(NO_BLOCK_FOUND)
    assert tiny.released(repeat_min_months=16).counts(DENERVATIONS).metric is DENERVATIONS


def test_a_rate_of_one_trusts_part_of_an_icb_is_refused(tiny):
    for asking in (tiny.released(place_type="provider", place="RTH"), tiny.exact(place_type="provider", place="RTH")):
        with pytest.raises(Refused, match="needs a population"):
            asking.counts(DENERVATION_RATE, by="commissioner", period="year")
