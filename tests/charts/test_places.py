import json

import pytest

from dashboard.charts import theme
from dashboard.charts.bars import bars
from dashboard.charts.funnel import funnel, judged
from dashboard.charts.map import boundaries, class_of, icb_map
from tests.charts.tables import released


def places(values: list) -> list[dict]:
    return [
        {"place": f"P{n:02d}", "place_name": f"Place {n}", "value": value, "flag": "" if value is not None else "suppressed"}
        for n, value in enumerate(values)
    ]


def shares(pairs: list) -> list[dict]:
    return [
        row | {"numerator": x, "denominator": n} for row, (x, n) in zip(places([x / n for x, n in pairs]), pairs, strict=True)
    ]


def test_the_largest_places_are_drawn_from_the_top_down():
    figure = bars(released("denervations", places([10, 30, 20])), "count")
    assert list(figure.data[0].y) == ["P00", "P02", "P01"]


def test_the_chosen_place_is_drawn_in_its_own_colour_though_it_is_not_among_the_largest():
    figure = bars(released("denervations", places([50, 40, 30, 20, 10])), "count", chosen="P04", most=3)
    assert list(figure.data[0].y) == ["P04", "P01", "P00"]
    assert figure.data[0].marker.color[0] == theme.SERIES[3]


def test_a_place_with_a_small_number_is_not_drawn():
    assert list(bars(released("denervations", places([50, None])), "count").data[0].y) == ["P00"]


def test_two_places_of_one_name_have_a_bar_each():
    rows = [row | {"place_name": "Same name"} for row in places([10, 20])]
    assert len(set(bars(released("denervations", rows), "count").data[0].y)) == 2


def test_a_funnel_draws_no_place_with_fewer_than_ten():
    told = judged(released("adherent", shares([(5, 9), (5, 10), (50, 100)])))
    assert list(told["place"]) == ["P01", "P02"]


def test_a_part_that_rounding_released_above_its_whole_is_all_of_it_on_a_funnel():
    told = judged(released("adherent", shares([(45, 40), (50, 100)])))
    assert told["share"].iloc[0] == 1


def test_a_place_far_from_the_rest_is_a_named_diamond_on_a_funnel():
    figure = funnel(released("adherent", shares([(50, 100)] * 8 + [(380, 400)])))
    points = figure.data[-1]
    assert points.marker.symbol[-1] == "diamond"
    assert set(points.marker.symbol[:-1]) == {"circle"}
    assert "Place 8" in [note.text for note in figure.layout.annotations]


def test_a_funnel_without_a_place_to_draw_is_empty_rather_than_an_error():
    assert len(funnel(released("adherent", [])).data) == 0


@pytest.mark.parametrize(("value", "which"), [(14.9, 0), (15, 1), (49.9, 3), (50, 4)])
def test_a_rate_falls_in_the_class_that_begins_with_it(value, which):
    assert class_of(value) == which


def test_an_icb_whose_rate_cannot_be_told_is_white_on_the_map():
    codes = [one["id"] for one in boundaries()["features"]]
    figure = icb_map(released("denervation_rate", [{"place": codes[0], "value": 30.0}, {"place": codes[1], "value": None}]))
    colours = {one.meta: one.fillcolor for one in figure.data if one.meta}
    assert colours.pop(codes[0]) == theme.SEQUENTIAL[class_of(30.0)]
    assert set(colours) == set(codes[1:])
    assert set(colours.values()) == {"white"}


def test_the_map_fetches_nothing_from_outside():
    figure = icb_map(released("denervation_rate", [{"place": "AAA", "value": 30.0}]))
    assert {one.type for one in figure.data} == {"scatter"}


def test_no_chart_is_heavy():
    figure = bars(released("denervations", places(list(range(10, 400)))), "count")
    assert len(json.dumps(figure.to_plotly_json(), default=list)) < 12_000


LONG = "Bath and North East Somerset, Swindon and Wiltshire"


def test_no_name_of_an_icb_is_cut_on_an_axis_and_a_long_one_is_on_two_lines():
    names = [one["properties"]["name"] for one in boundaries()["features"]]
    assert LONG in names and theme.label(LONG).count("<br>") == 1
    assert [theme.label(one).replace("<br>", " ") for one in names] == names


def test_rows_stand_further_apart_where_a_name_is_on_two_lines():
    rows = places(list(range(10, 46)))
    figures = [
        bars(released("denervation_rate", [*rows, rows[0] | {"place": "X", "place_name": name}]), "rate", most=40)
        for name in ("Bath", LONG)
    ]
    short, long = (figure.layout.height for figure in figures)
    assert long > short
    assert theme.tall([theme.label(LONG)] * 2) > theme.tall([theme.label(LONG), "Bath"]) > theme.tall(["Essex", "Bath"])


def test_what_is_common_to_names_is_left_out_and_a_name_too_long_ends_between_two_words():
    assert theme.shortened("Quillmere NHS Foundation Trust (fictional)") == "Quillmere"
    assert theme.shortened("One two three four", 12) == "One two…"


def test_names_that_would_stand_on_each_other_are_moved_apart_and_none_over_the_top():
    assert theme.spread([1, 1, 9], [2, 2, 2]) == [1, 3, 9]
    assert theme.spread([9, 9.5], [2, 2], 10) == [7, 9]


def test_names_on_a_funnel_do_not_stand_on_one_another_and_one_moved_has_a_line_to_its_point():
    crowd = [(50, 100)] * 30 + [(390, 400), (395, 400), (396, 400)]
    notes = [one for one in funnel(released("adherent", shares(crowd)), chosen="P30").layout.annotations if one.xref != "paper"]
    assert {note.text for note in notes} == {"Place 30", "Place 31", "Place 32", "99.8% limit"}
    assert any(note.showarrow for note in notes) and not all(note.showarrow for note in notes)
