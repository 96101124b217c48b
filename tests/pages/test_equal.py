"""What a chart draws and what its text says are in its table: held from each figure's own data."""

import html
import inspect
import re
from importlib import import_module

import pytest

from dashboard.ask import Ask
from dashboard.filters import Filters
from dashboard.metrics import METRICS
from dashboard.pages.card import Card
from dashboard.pages.volumes import seen_by_ebi
from dashboard.warehouse import Warehouse

PAGES = ("overview", "volumes", "repeats", "blocks", "policy", "opportunity", "quality")
# the limits that charts have, and the unit of a rate: numbers that are no results; nor is what follows a pound sign, a price of a total
NO_RESULTS = {"95%", "99.8%", "100,000"}


def parts() -> list:
    """Every function of a page that makes a card of an Ask alone."""
    modules = [import_module(f"dashboard.pages.{name}") for name in PAGES]
    found = [
        one
        for module in modules
        for _, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__
    ]
    return [one for one in found if one.__annotations__.get("return") is Card and len(inspect.signature(one).parameters) == 1]


@pytest.fixture(scope="module", params=["england", "provider"])
def ask(request, demo_warehouse) -> Ask:
    served = Warehouse(demo_warehouse)
    if request.param == "england":
        return Ask(served)
    return Ask(served, Filters(place_type="provider", place=Ask(served).places("provider")[0][0]))


def cells(card: Card) -> list[tuple[float, float]]:
    """Each number of a card's table and how far from it a value may lie that is written so."""
    found = [html.unescape(cell).replace(",", "") for cell in re.findall(r"<td[^>]*>(.*?)</td>", card.words)]
    numbers = [re.fullmatch(r"(-?\d+)(\.\d+)?(%?)", cell) for cell in found]
    return [
        (float(one[0].rstrip("%")) / (100 if one[3] else 1), 0.51 * 10 ** -len((one[2] or ".")[1:]) / (100 if one[3] else 1))
        for one in numbers
        if one
    ]


def told(value: float, known: list[tuple[float, float]]) -> bool:
    return any(abs(value - number) <= off for number, off in known)


def points(figure: dict) -> list[list[float]]:
    """The numbers of each point that a person can read off: nothing of limits, shades, outlines and keys."""
    found = []
    for trace in figure["data"]:
        if trace["type"] == "sankey":
            found += [[value] for value in trace["link"]["value"]]
        elif trace.get("hoverinfo") is None and trace.get("mode") != "text" and trace["x"] != [None]:
            found += [
                [one for one in pair if isinstance(one, int | float)]
                for pair in zip(trace["x"], trace["y"], strict=True)
                if None not in pair
            ]
    return [numbers for numbers in found if any(numbers)]


@pytest.mark.parametrize("part", parts(), ids=lambda part: f"{part.__module__.split('.')[-1]}.{part.__name__}")
def test_what_a_chart_draws_and_what_its_text_says_are_numbers_of_its_table(ask, part):
    card = part(ask)
    if card.figure is None:
        return
    known = cells(card)
    assert [numbers for numbers in points(card.figure) if not any(told(one, known) for one in numbers)] == []
    said = [
        one
        for one in re.findall(r"(?<![£\d,.])\d[\d,]*(?:\.\d+)?%?", card.alt)
        if one not in NO_RESULTS and re.search(r"[%.]|,\d", one)
    ]
    assert card.alt
    values = {one: float(one.replace(",", "").rstrip("%,")) / (100 if one.endswith("%") else 1) for one in said}
    assert [one for one, value in values.items() if not told(value, known)] == []


def test_the_cohorts_are_held_against_each_other_only_where_both_can_be_told():
    assert seen_by_ebi(10, 40) == "The EBI 2K rule sees 10 of 40 lumbar denervations (25%)"
    assert {seen_by_ebi(10, float("nan")), seen_by_ebi(float("nan"), 40), seen_by_ebi(0, 0)} == {
        "Each rule narrows what is counted"
    }


def test_what_is_said_of_small_providers_holds_no_number_that_is_none(demo_warehouse):
    whole = Ask(Warehouse(demo_warehouse))
    by_size = whole.counts(METRICS["denervations"], by="provider", period="all").frame.sort_values("value")["place"]
    cards = [part(whole.on(place_type="provider", place=code)) for code in by_size.iloc[[0, 10]] for part in parts()]
    assert not [one.title for one in cards if re.search(r"\b(nan|None|NaT)\b(?! found)", f"{one.title} {one.alt}")]
