"""Charts on paper, read back as SVG."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard.disclosure.released import Released
from dashboard.filters import Filters
from dashboard.report import curves, drawings, svg
from tests.charts.tables import ABOUT, released, years

NS = "{http://www.w3.org/2000/svg}"
VALUES = [40, 60, 40, 60, 40, 60, 40, 60, 40, 60, 50, 150]


def drawn(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(text))


def words(text: str) -> list[str]:
    return [one.text for one in drawn(text) if one.tag == f"{NS}text"]


def test_a_trend_has_a_mark_for_each_number_and_a_star_for_each_hidden_one():
    text = drawings.trend(released("denervations", years([20, None, 30, 25])))
    assert len([one for one in drawn(text) if one.tag == f"{NS}circle"]) == 3
    assert words(text).count("*") == 1


def test_a_point_outside_the_limits_has_another_shape_and_limits_are_drawn():
    text = drawings.trend(released("denervations", years(VALUES)))
    assert len([one for one in drawn(text) if one.tag == f"{NS}polygon"]) == 1
    assert text.count("stroke-dasharray") == 2


def test_fewer_than_twelve_points_have_no_limits():
    assert "stroke-dasharray" not in drawings.trend(released("denervations", years(VALUES[:11])))


def test_a_name_with_markup_stays_a_name():
    assert words(svg.drawing(9, 9, [svg.text(0, 0, "A & B <script>")])) == ["A & B <script>"]


@pytest.mark.parametrize(
    ("high", "found"), [(0.37, [0, 0.1, 0.2, 0.3, 0.4]), (1, [0, 0.5, 1]), (130, [0, 50, 100, 150]), (0, [0, 1])]
)
def test_ticks_are_round_and_reach_the_highest_value(high, found):
    assert svg.ticks(high, 4) == found


def curve(months: list[int], at_risk: list[int], incidence: list[float]) -> Released:
    frame = pd.DataFrame({"place_name": "Aston", "months": months, "at_risk": at_risk, "incidence": incidence})
    frame = frame.assign(lower=frame["incidence"] - 0.01, upper=frame["incidence"] + 0.01)
    return Released(frame, None, "A curve", "hes2018_ck", ABOUT, Filters())


def test_a_curve_steps_down_the_page_as_it_rises_and_has_its_numbers_at_risk():
    text = curves.curves([curve([0, 6, 12], [100, 80, 60], [0.0, 0.1, 0.2])], 12)
    line = next(one.get("d") for one in drawn(text) if one.get("stroke-width") == "1.8")
    heights = [float(height) for _, height in re.findall(r"[ML](\S+) (\S+)", line)]
    assert heights == sorted(heights, reverse=True) and heights[0] > heights[-1]
    assert {"100", "80", "60"} <= set(words(text))


def test_a_number_at_risk_is_a_dash_where_months_were_taken_together_or_the_curve_has_stopped():
    frame = curve([0, 6, 24], [100, 80, 60], [0.0, 0.1, 0.2]).frame
    assert [curves.at_risk(frame, month) for month in (0, 6, 9, 12, 24, 30)] == ["100", "80", "80", "–", "60", "–"]


def test_a_bar_of_a_hidden_part_is_a_star_without_length_and_a_part_of_none_is_not_named():
    nan = float("nan")
    text = curves.stacked(
        [("First", [(nan, "alone", "#000000"), (20, "with others", "#111111")]), ("Second", [(0, "alone", "#000000")])]
    )
    assert "* alone, 20 with others" in words(text)
    assert "0 alone" not in " ".join(filter(None, words(text)))
    assert [float(one.get("width")) for one in drawn(text) if one.get("fill") == "#000000"] == [0, 0]
