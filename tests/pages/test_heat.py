"""The table of criteria with coloured cells."""

import re

import pytest

from dashboard.charts import theme
from dashboard.pages.heat import heat
from tests.charts.tables import released


def rows(drawn: str) -> dict[str, list[str]]:
    """The cells of each provider, as text."""
    found = re.findall(r"<tr><th scope='row'>(.*?)</th>(.*?)</tr>", drawn)
    return {name: [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?</td>", cells)] for name, cells in found}


def share(place: str, value: float | None, of: int = 100, flag: str = "") -> dict:
    return {"place": place, "place_name": f"Place {place}", "value": value, "denominator": of, "flag": flag}


def test_a_small_number_is_a_star_and_where_nothing_applies_the_cell_is_empty():
    drawn = heat("Shares", {
        "One": released("adherent", [share("A", 0.5, 120), share("B", 0.5), share("C", None, flag="not_applicable")]),
        "Two": released("met_levels", [share("A", None, flag="suppressed")]),
    })  # fmt: skip
    assert rows(drawn) == {"Place A": ["50% of 120", "*"], "Place B": ["50% of 100", ""]}


def test_a_place_with_nothing_to_tell_has_no_row_unless_it_is_the_chosen_one():
    answers = {
        "One": released("adherent", [share("A", 0.5), share("B", None, flag="suppressed"), share("C", None, flag="suppressed")])
    }
    assert rows(heat("Shares", answers, chosen="C")) == {"Place A": ["50% of 100"], "Place C": ["*"]}


def test_the_largest_come_first_and_the_chosen_place_is_always_there():
    answers = {"One": released("adherent", [share(name, 0.5, of) for name, of in (("A", 10), ("B", 40), ("C", 30), ("D", 20))])}
    assert list(rows(heat("Shares", answers, 2))) == ["Place B", "Place C"]
    assert list(rows(heat("Shares", answers, 2, "A"))) == ["Place B", "Place A"]


@pytest.mark.parametrize(
    ("value", "which", "ink"), [(0.499, 0, theme.TEXT), (0.5, 1, theme.TEXT), (0.75, 3, "#ffffff"), (1, 4, "#ffffff")]
)
def test_a_cell_has_the_colour_of_the_class_that_begins_with_it_and_ink_that_stands_out(value, which, ink):
    drawn = heat("Shares", {"One": released("adherent", [share("A", value)])})
    assert f"background:{theme.SEQUENTIAL[which]};color:{ink}" in drawn


def test_a_name_is_text_and_never_markup():
    drawn = heat("Shares", {"<b>": released("adherent", [share("A", 0.5) | {"place_name": "<script>"}])})
    assert "<script>" not in drawn and "<b>" not in drawn
