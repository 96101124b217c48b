"""What is told of how a version was loaded: rounded and hidden as everything else, words untouched."""

import pandas as pd

from dashboard.disclosure.numbers import profile
from dashboard.disclosure.tables import loading

RAW = pd.DataFrame({"severity": ["flag", "flag", "quarantine"], "rule": ["a", "b", "c"], "rows": [3, 0, 113]})


def test_few_rows_are_hidden_and_many_are_told_to_the_nearest_five():
    told = loading(RAW, profile("hes2018_ck"))
    assert pd.isna(told["rows"][0]) and list(told["rows"][1:]) == [0, 115]
    assert list(told["flag"]) == ["suppressed", "", ""]
    assert list(told["rule"]) == ["a", "b", "c"]


def test_the_nearest_multiple_is_told_and_nothing_is_provisional():
    told = loading(pd.DataFrame({"rows": [22, 23]}), profile("hes2018_ck"))
    assert list(told["rows"]) == [20, 25] and list(told["flag"]) == ["", ""]


def test_counts_of_organisations_are_about_nobody():
    months = pd.DataFrame({"month": ["2023-04"], "complete": [1], "short": [2], "nothing_sent": [0]})
    assert loading(months, profile("hes2018_ck"))[["complete", "short", "nothing_sent"]].iloc[0].tolist() == [1, 2, 0]


def test_the_analyst_sees_every_row():
    assert list(loading(RAW, profile("exact"))["rows"]) == [3, 0, 113]
