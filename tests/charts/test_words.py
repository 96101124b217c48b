from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts import alternatives, words
from tests.charts.tables import released, years


def shares(pairs: list) -> list[dict]:
    rows = years([value for value, _ in pairs])
    return [row | {"lower": value - reach, "upper": value + reach} for row, (value, reach) in zip(rows, pairs, strict=True)]


def test_a_title_says_from_where_to_where_a_share_fell():
    answer = released("repeat_injection_girft", shares([(0.14, 0.01), (0.2, 0.01), (0.09, 0.01)]))
    assert words.change("Repeats", answer) == "Repeats fell from 14% in 2012/13 to 9% in 2014/15"


def test_the_two_ends_of_a_title_have_a_decimal_only_where_both_bear_one():
    rows = shares([(0.4, 0.01), (0.334, 0.01), (0.3, 0.01)])
    ends = [row | {"denominator": of} for row, of in zip(rows, (500, 9000, 9000), strict=True)]
    found = [words.change("Repeats", released("repeat_injection_girft", some)) for some in (ends[:2], ends[1:])]
    assert found == [
        "Repeats fell from 40% in 2012/13 to 33% in 2013/14",
        "Repeats fell from 33.4% in 2013/14 to 30.0% in 2014/15",
    ]


def test_a_title_claims_no_change_when_the_limits_overlap():
    answer = released("repeat_injection_girft", shares([(0.14, 0.03), (0.10, 0.03)]))
    assert words.change("Repeats", answer) == "Repeats: no clear change, 14% in 2012/13 and 10% in 2013/14"


@pytest.mark.parametrize(("last", "verb"), [(10_100, "no clear change"), (11_000, "rose"), (9_000, "fell")])
def test_two_counts_differ_when_they_are_more_than_two_standard_errors_apart(last, verb):
    assert verb in words.change("Denervations", released("denervations", years([10_000, last])))


def test_a_title_leaves_out_suppressed_and_provisional_periods():
    rows = years([None, 100, 400, 900])
    rows[-1]["flag"] = "provisional"
    assert (
        words.change("Denervations", released("denervations", rows)) == "Denervations rose from 100 in 2013/14 to 400 in 2014/15"
    )


def test_a_title_says_where_every_number_is_too_small_to_show():
    told = released("denervations", years([None, None]))
    assert words.change("Denervations", told) == "Denervations: small numbers alone, which are not shown"


def test_a_number_that_cannot_be_shown_is_a_star_and_never_a_zero():
    assert [words.number(float("nan"), unit) for unit in ("count", "share", "rate")] == ["*", "*", "*"]
    assert [words.number(0.125, "share"), words.number(0.12, "share"), words.number(1234, "count")] == ["12.5%", "12%", "1,234"]


def test_the_share_of_the_largest_five_is_out_of_what_is_shown():
    rows = [{"place": str(n), "value": value} for n, value in enumerate([50, 10, 10, 10, 10, 10, None])]
    assert (
        words.concentration(released("denervations", rows), "denervations")
        == "Five of 6 providers do 90% of the denervations shown"
    )


def test_a_verdict_needs_twelve_points():
    assert words.verdict(released("denervations", years([1, 2, 3]))) == "Fewer than 12 points: no limits"
    assert words.verdict(released("denervations", years([100, 105, 95] * 4 + [300]))) == "Special cause: outside the usual limits"


def test_the_text_of_a_trend_counts_what_is_hidden_and_names_its_ends():
    text = alternatives.trend_alt(released("denervations", years([100, None, 300])))
    assert "lowest 100 in 2012/13, highest 300 in 2014/15" in text
    assert "1 not shown" in text


def test_a_share_of_bands_is_unknown_when_one_of_them_is_hidden():
    answer = released("denervations", [{"band": "0", "count": 30.0}, {"band": "1", "count": None}])
    answer.frame["count"] = pd.to_numeric(answer.frame["count"])
    assert words.part(answer, ("0",)) == 1
    assert words.part(answer, ("0", "1")) is None


def test_a_title_and_its_method_leave_out_the_years_with_too_little_history():
    answer = released("repeat_within_minimum", years([1.0, 0.7, 0.5, 0.45, 0.4, 0.4]))
    answer.frame[["lower", "upper"]] = 0.2, 0.6
    assert "40% in 2016/17 and 40% in 2017/18" in words.change("Repeats", answer)
    assert "up to 2015/16 have under 48 months of data" in words.too_early(answer)
    assert words.too_early(released("denervations", years([10, 20]))) == ""


def test_a_curve_between_two_far_steps_is_only_known_to_lie_between_them():
    frame = pd.DataFrame(
        {
            "place_name": "Aston",
            "months": [0, 1, 36],
            "incidence": [0.0, 0.0, 0.1],
            "lower": [None, None, 0.05],
            "upper": [None, None, 0.15],
        }
    )
    answer = replace(released("repeat_by_24_months", []), frame=frame)
    assert [words.at_month(answer, months) for months in (1, 4, 12, 36, 48)] == [
        "0%",
        "0%",
        "between 0% and 10%",
        "10% (5% to 15%)",
        "too few followed",
    ]


def test_a_curve_that_nobody_is_followed_along_says_so_once():
    nobody = pd.DataFrame({"place_name": ["Aston"], "months": [0], "incidence": [None], "lower": [None], "upper": [None]})
    answer = replace(released("repeat_by_24_months", []), frame=nobody)
    assert words.by_months(answer, (12, 24)) == "too few followed to tell"


def test_the_limits_of_a_curve_have_a_decimal_where_one_of_them_has():
    frame = pd.DataFrame(
        {"place_name": "Aston", "months": [12], "at_risk": 900, "incidence": [0.264], "lower": [0.26], "upper": [0.268]}
    )
    answer = replace(released("repeat_by_24_months", []), frame=frame)
    assert words.at_month(answer, 12) == "26.4% (26.0% to 26.8%)"
