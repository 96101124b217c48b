from dataclasses import replace

import pandas as pd

from dashboard.charts import steps
from dashboard.charts.bars import columns, stacked
from dashboard.charts.curve import curves
from dashboard.charts.flow import flow
from dashboard.charts.sparkline import sparkline
from tests.charts.tables import released


def of(frame: dict):
    return replace(released("repeat_by_24_months", []), frame=pd.DataFrame(frame))


def curve(months: list, name: str = "Aston"):
    share = [month / 100 for month in months]
    return of(
        {"place_name": [name] * len(months), "months": months, "at_risk": [500 - month for month in months], "incidence": share,
         "lower": share, "upper": share}
    )  # fmt: skip


def test_a_curve_stops_where_the_table_does_and_says_how_many_were_at_risk():
    figure = curves([curve([6, 12, 18])], 36)
    assert list(figure.data[2].x) == [0, 6, 12, 18]
    under = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    assert "488" in under[12]
    assert under[24].endswith("–")


def test_names_of_curves_that_end_together_stand_one_above_the_other():
    figure = curves([curve([6, 12]), curve([6, 12], "England")], 24)
    heights = {note.text: note.y for note in figure.layout.annotations}
    assert heights.keys() == {"Aston", "England"}
    assert abs(heights["England"] - heights["Aston"]) >= 0.05 * max(heights.values())


def test_a_hidden_band_is_a_star_and_has_no_bar():
    figure = columns(of({"band": ["0", "1"], "count": [50.0, None]}), {"0": "None"})
    assert list(figure.data[0].y) == [50, None]
    assert list(figure.data[0].text) == ["50", "*"]


def test_the_line_of_a_threshold_stands_before_the_band_that_reaches_it():
    figure = columns(of({"band": ["9-11", "12-15", "16-19"], "count": [10.0, 20.0, 30.0]}), {}, {"12-15": "12 months"})
    assert [shape.x0 for shape in figure.layout.shapes] == [0.5]


def test_the_waterfall_names_every_rule_and_keeps_their_order():
    frame = {"rule": list(steps.RULES), "remaining": [100.0 - n for n in range(len(steps.RULES))]}
    figure = steps.waterfall(of(frame))
    assert list(figure.data[0].y)[::-1] == list(steps.RULES.values())
    assert list(figure.data[0].x)[::-1] == frame["remaining"]


def test_what_followed_an_index_block_flows_to_its_outcomes_and_by_a_second_block_and_a_hidden_number_has_a_star_and_no_stream():
    stages, outcomes = ["index_block"] * 2 + ["second_block"], ["rfd", "second_block", "rfd"]
    (trace,) = flow(of({"stage": stages, "outcome": outcomes, "count": [40.0, 60.0, None]})).data
    assert list(trace.node.label) == ["Index block", "A second block<br>60", "Denervation<br>40 + *"]
    assert [*zip(trace.link.source, trace.link.target, trace.link.value, strict=True)] == [(0, 2, 40), (0, 1, 60)]
    assert list(trace.link.customdata) == ["Denervation", "A second block"]


def test_a_criterion_nobody_fails_has_no_bar_and_a_hidden_one_has_a_star():
    rows = {"criterion": ["block_before", "levels", "repeat_interval", "any"], "fails_only": [50.0, 0.0, None, 0.0],
            "fails_with_others": [20.0, 0.0, None, 0.0]}  # fmt: skip
    figure = steps.reasons(of(rows))
    assert [name.replace("<br>", " ") for name in figure.data[0].y] == [
        steps.CRITERIA["repeat_interval"],
        steps.CRITERIA["block_before"],
    ]
    assert list(figure.data[0].text) == ["*", "50"]
    assert [note.y.replace("<br>", " ") for note in figure.layout.annotations if note.text == "*"] == [
        steps.CRITERIA["repeat_interval"]
    ]


def test_parts_of_a_bar_are_those_that_can_be_told():
    rows = [{"age_band": "19-29", "sex": "1", "value": 10.0}, {"age_band": "19-29", "sex": "2", "value": None}]
    figure = stacked(released("denervations", rows), "age_band", "sex", {"1": "Men", "2": "Women"})
    assert {trace.name: list(trace.y) for trace in figure.data} == {"Men": [10]}


def test_a_sparkline_is_lifted_at_a_gap():
    assert sparkline([1, 2, None, 4, 5]).count("M") == 2
    assert sparkline([3]) == ""


def test_a_hidden_band_and_a_bar_with_a_hidden_part_have_a_star_where_the_number_would_be():
    bands = columns(of({"band": ["0", "1"], "count": [50.0, None]}), {"0": "None"})
    rows = [
        {"period": year, "sex": sex, "value": value}
        for year, sex, value in [("2012/13", "1", 10.0), ("2012/13", "2", None), ("2013/14", "1", 20.0)]
    ]
    parts = stacked(released("denervations", rows), "period", "sex", {"1": "Men", "2": "Women"})
    stars = [[(note.x, note.y) for note in figure.layout.annotations if note.text == "*"] for figure in (bands, parts)]
    assert stars == [[("1", 0)], [("2012/13", 10)]]


def test_numbers_at_risk_are_so_few_that_they_fit_a_phone():
    under = curves([curve([6, 12, 18, 24])], 24).layout.xaxis.ticktext
    assert [text.count("<br>") for text in under] == [1, 0, 1, 0, 1]


def test_a_long_name_of_a_curve_is_whole_and_stays_within_the_plot():
    figure = curves([curve([6, 12], "Bristol, North Somerset and South Gloucestershire"), curve([6, 12], "England")], 24)
    names = {note.text.replace("<br>", " "): note for note in figure.layout.annotations}
    assert names.keys() == {"Bristol, North Somerset and South Gloucestershire", "England"}
    assert all(note.y <= figure.layout.yaxis.range[1] for note in names.values())
