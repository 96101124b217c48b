import html
import re
from dataclasses import replace

import pandas as pd

from dashboard.pages.table import cell, heading, label, table
from tests.charts.tables import released, years


def cells(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", text)
    return [[html.unescape(one) for one in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in rows]


def test_the_table_has_the_numbers_of_the_chart_a_star_for_the_hidden_and_why():
    shown = cells(table(released("denervations", years([1230, None]))))
    assert shown[0] == ["Code", "Place", "Period", "Denervations", "Note"]
    assert shown[1] == ["AAA", "Aston", "2012/13", "1,230", ""]
    assert shown[2] == ["AAA", "Aston", "2013/14", "*", "Suppressed: 1 to 7 patients or events are not shown"]


def test_a_share_is_written_as_a_percentage_with_its_limits():
    row = {"numerator": 60, "denominator": 400, "value": 0.15, "lower": 0.12, "upper": 0.19}
    assert cells(table(released("adherent", [row])))[1][3:] == ["60", "400", "15%", "12%", "19%"]


def test_a_table_of_synthetic_data_says_so_in_its_caption():
    said = ["Synthetic data" in table(released("denervations", years([10]), synthetic=one)) for one in (True, False)]
    assert said == [True, False]


def test_a_name_with_markup_is_text():
    assert "<script>" not in table(released("denervations", [{"place_name": "<script>alert(1)</script>", "value": 10}]))


def test_a_table_longer_than_it_may_be_says_how_many_rows_it_leaves_out():
    text = table(released("denervations", years([10] * 5)), most=3)
    assert len(cells(text)) == 4
    assert "The first 3 rows of 5" in text


def test_a_number_of_a_measure_that_is_not_estimated_is_a_dash_and_not_a_star():
    answer = released("adherent", [])
    assert [cell("value", float("nan"), flag, "share", answer) for flag in ("suppressed", "not_applicable")] == ["*", "–"]


def test_codes_of_rules_outcomes_criteria_and_procedures_are_words():
    found = [
        label(*one)
        for one in [
            ("rule", "end-before-start"),
            ("rule", "ebi_position"),
            ("outcome", "rfd"),
            ("criterion", "repeat_block"),
            ("code", "V485"),
        ]
    ]
    assert found == ["Ends before it starts", "code in first place", "denervation", "New block", "V48.5"]
    assert label("criterion", "several") == "several"


def test_months_of_a_curve_are_months_and_not_months_of_data():
    curve = replace(released("repeat_by_24_months", []), frame=pd.DataFrame({"months": [6], "incidence": [0.1]}))
    assert [heading("months", one) for one in (curve, released(None, []))] == ["Months", "Months of data"]
