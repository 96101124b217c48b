"""One provider on a spine, and events above a target."""

import pytest

from dashboard.charts import theme
from dashboard.charts.excess import excess
from dashboard.charts.spine import against, spine
from tests.charts.tables import released


def row(measure: str, value, lower, upper, england, denominator: float = 5000) -> dict:
    peers = {"lowest": 0.1, "quarter": 0.2, "middle": 0.3, "three_quarters": 0.4, "highest": 0.6, "told": 9}
    numbers = {"denominator": denominator, "value": value, "lower": lower, "upper": upper, "england": england}
    return {"measure": measure} | numbers | peers


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (row("adherent", 0.5, 0.45, 0.55, 0.5), ""),
        (row("adherent", 0.5, 0.45, 0.55, 0.4), "better"),
        (row("adherent", 0.5, 0.45, 0.55, 0.6), "worse"),
        (row("no_block_found", 0.5, 0.45, 0.55, 0.4), "worse"),
        (row("prolonged_response", 0.5, 0.45, 0.55, 0.4), "differs"),
        (row("adherent", None, None, None, 0.4), ""),
        (row("adherent", 0.5, 0.45, 0.55, None), ""),
    ],
)
def test_a_provider_differs_only_when_its_limits_leave_england_out(one, verdict):
    assert against(one) == verdict


def test_a_difference_that_rounding_alone_makes_is_none():
    assert against(row("adherent", 0.1, 0.05, 0.1, 0.101, denominator=270)) == ""


def test_a_spine_has_a_row_for_each_measure_that_england_has_and_a_gap_for_a_hidden_value():
    rows = [
        row("adherent", 0.5, 0.4, 0.6, 0.5),
        row("no_block_found", None, None, None, 0.3),
        row("met_levels", 0.5, 0.4, 0.6, None),
    ]
    figure = spine(released("adherent", rows))
    assert list(figure.data[3].x) == [None, 0]
    assert "<b>*</b> · 30%" in [note.text for note in figure.layout.annotations]


def test_the_middle_peer_stands_between_the_lowest_and_the_highest():
    figure = spine(released("adherent", [row("adherent", 0.5, 0.4, 0.6, 0.5)]))
    low, across, middle = figure.data[0].base[0], figure.data[0].x[0], figure.data[2].x[0]
    assert low < middle < low + across
    assert low == -1


def test_a_provider_that_is_not_distinguishable_is_a_grey_circle():
    numbers = {"excess": 5.0, "lower": 1.0, "upper": 9.0}
    rows = [
        {"place": "AAA", "distinguishable": "yes"} | numbers,
        {"place": "BBB", "distinguishable": "no"} | numbers | {"lower": -1.0},
    ]
    points = excess(released(None, rows)).data[0]
    looks = dict(zip(points.y, zip(points.marker.color, points.marker.symbol, strict=True), strict=True))
    assert looks == {"AAA": (theme.SERIES[0], "diamond"), "BBB": (theme.CONTEXT, "circle")}


def test_the_chosen_provider_is_drawn_though_it_has_not_the_most():
    rows = [{"place": f"P{n}", "excess": float(n), "lower": 0.0, "upper": 9.0, "distinguishable": "no"} for n in range(6)]
    assert list(excess(released(None, rows), "P0", 2).data[0].y) == ["P0", "P4", "P5"]
