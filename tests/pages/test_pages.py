"""Each page, run as the server runs it: with the demo data, and with a version that holds nothing."""

import html
import json
import re
from functools import cache

import plotly.graph_objects
import plotly.io
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.metrics import METRICS
from dashboard.pages import ALL

NAMES = [name for name, _ in ALL]


def served(name: str, folder: str, query: dict):
    """A page as the app shows it, on a link."""
    import os

    import streamlit as st

    import app

    os.environ["RFD_WAREHOUSE"] = folder
    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        st.query_params.from_dict(query)
    app.run(name, {})


def alone(name: str):
    """A page on a version without a single row."""
    from importlib import import_module

    from dashboard.ask import Ask
    from tests.ask.tiny import Tiny

    import_module(f"dashboard.pages.{name}").show(Ask(Tiny()))


@pytest.fixture(scope="module")
def opened(demo_warehouse):
    def open_page(name: str, **query: str) -> AppTest:
        return AppTest.from_function(served, args=(name, str(demo_warehouse), query), default_timeout=600).run()

    return open_page


@pytest.fixture(scope="module")
def seen(opened):
    """A page as it opens, drawn once for all who only look at it."""
    return cache(opened)


def text(page: AppTest) -> str:
    """All that a page says in words and HTML."""
    found = [*page.markdown, *page.header, *page.title, *page.get("html")]
    return " ".join(re.sub(r"<style>.*?</style>", "", getattr(one, "value", None) or one.proto.body, flags=re.S) for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_the_demo_data_says_it_is_synthetic_and_from_which_version(seen, name):
    page = seen(name)
    assert not page.exception and not page.error
    assert "Synthetic data." in text(page)
    assert "Data version" in text(page)
    assert all(
        re.search(rf"(\*\*|<strong>){re.escape(html.escape(metric.title))}\.", text(page))
        for metric in METRICS.values()
        if metric.page == name
    )


@pytest.mark.parametrize("kind", ["provider", "commissioner"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_one_place_names_it_and_does_not_fail(opened, demo_warehouse, name, kind):
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    code, title = Ask(Warehouse(demo_warehouse)).places(kind)[0]
    page = opened(name, place_type=kind, place=code)
    assert not page.exception and not page.error
    assert f"Showing {title}" in text(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_with_nothing_to_show_says_so_and_does_not_fail(name):
    page = AppTest.from_function(alone, args=(name,), default_timeout=600).run()
    assert not page.exception and not page.error
    if name == "quality":
        assert "There are none in this data." in text(page)
    if name not in ("accessibility", "definitions", "overview", "quality"):
        assert re.search("nothing to show|no rows", text(page))
    assert not page.get("plotly_chart")


@pytest.mark.parametrize("name", ["overview", "volumes", "repeats", "blocks", "policy", "quality", "opportunity"])
def test_every_chart_has_a_text_alternative_a_table_and_a_file(seen, name):
    page = seen(name)
    charts = page.get("plotly_chart")
    assert charts and all(one.proto.alt for one in charts)
    assert text(page).count("<summary>The numbers as a table</summary>") >= len(charts)
    assert len(page.get("download_button")) >= len(charts)


@pytest.mark.parametrize("name", ["overview", "volumes", "repeats", "blocks", "policy", "quality", "opportunity"])
def test_a_chart_that_is_sent_unchecked_is_what_plotly_would_send_after_checking_it(seen, name):
    for one in seen(name).get("plotly_chart"):
        sent = json.loads(one.proto.spec)
        checked = json.loads(plotly.io.to_json(plotly.graph_objects.Figure(sent)))
        assert said(checked) == said(sent)


def said(figure: dict) -> dict:
    """What a specification says: an empty list and the template, which is empty here, say nothing."""
    layout = {name: value for name, value in figure["layout"].items() if value != [] and name != "template"}
    return figure | {"layout": layout}


def test_a_page_shown_again_is_the_same_page(opened):
    page = opened("policy")
    first = text(page), [one.proto.spec for one in page.get("plotly_chart")]
    page = page.run()
    assert (text(page), [one.proto.spec for one in page.get("plotly_chart")]) == first


def test_a_bad_value_in_a_link_is_dropped_with_a_note_and_the_rest_is_kept(opened):
    page = opened("definitions", cohort="nonsense", period="quarter")
    assert "is not a choice for cohort" in text(page)
    assert dict(page.query_params) == {"period": "quarter"}


def test_thresholds_that_are_not_the_reference_are_announced(opened):
    assert "Not the reference policy" not in text(opened("definitions"))
    assert "minimum interval 16 months" in text(opened("definitions", repeat_min_months="16"))


def test_what_a_page_shows_keeps_its_place_whatever_is_told_above_it_so_that_the_old_never_stands_beside_the_new(opened):
    def place(page: AppTest) -> int:
        (at,) = (
            at for at, one in page.main.children.items() if "Showing England" in getattr(getattr(one, "proto", None), "body", "")
        )
        return at

    warned = opened("definitions", cohort="nonsense", repeat_min_months="16")
    assert "Not the reference policy" in text(warned) and "is not a choice" in text(warned)
    assert place(warned) == place(opened("definitions"))


def test_choosing_a_place_puts_it_into_the_link_and_reset_takes_it_out(opened, demo_warehouse):
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    code = Ask(Warehouse(demo_warehouse)).places("region")[0][0]
    page = opened("definitions")
    page = page.selectbox(key="place").select(("region", code)).run()
    assert dict(page.query_params) == {"place_type": "region", "place": code}
    page = next(one for one in page.button if one.label == "Reset").click().run()
    assert dict(page.query_params) == {}


def test_a_provider_is_shown_by_quarter_when_the_link_asks_for_months(opened, demo_warehouse):
    from dashboard.ask import Ask
    from dashboard.warehouse import Warehouse

    code = Ask(Warehouse(demo_warehouse)).places("provider")[0][0]
    page = opened("volumes", place_type="provider", place=code, period="month")
    assert not page.exception
    assert "months are too small to show; quarters are shown" in text(page)
    assert dict(page.query_params)["period"] == "quarter"
