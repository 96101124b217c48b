"""axe finds nothing serious: as a page opens, with a table and with a list open, narrow, in forced colours, at 200%; and the keyboard does it all."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.pages import ALL
from tests.browser import axe
from tests.browser.steps import CARD, done, place_of

NARROW, DOUBLE = ({"width": width, "height": height} for width, height in ((320, 700), (720, 500)))
NAMES = [name for name, _ in ALL]
# one page of each kind in every run: tiles and a map, thresholds and a heat map, a provider, boxes of its own
EVERY_RUN = ("overview", "policy", "provider", "downloads")
PAGES = [name if name in EVERY_RUN else pytest.param(name, marks=pytest.mark.soak) for name in NAMES]
ACROSS = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
DRAWN_TWICE = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    return axe.source(tmp_path_factory.mktemp("axe"))


@pytest.fixture
def provider(demo_warehouse) -> str:
    return place_of(demo_warehouse, "provider")[0]


def opened(tab, server: str, name: str, provider: str) -> None:
    """Open a tab, the profile at a provider, and wait until all of it is there."""
    place = f"?place_type=provider&place={provider}" if name == "provider" else ""
    tab.goto(f"{server}/{'' if name == NAMES[0] else name}{place}")
    done(tab)


def open_table(tab) -> None:
    """Open the first thing that opens."""
    more = tab.locator("[data-testid=stMain] summary")
    if more.count():
        more.first.click()


def open_list(tab) -> None:
    """Open the list of places."""
    box = tab.get_by_role("combobox", name=re.compile(r"Place \(type"))
    box.scroll_into_view_if_needed()
    tab.evaluate(DRAWN_TWICE)  # a list closes when the page is still scrolling
    box.click()
    tab.get_by_role("option").first.wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_failure_of_wcag_in_any_state(tab, server, script, provider, name):
    opened(tab, server, name, provider)
    tab.evaluate(script)
    found = {"as it opens": axe.grave(tab)}
    open_table(tab)
    found["a table open"] = axe.grave(tab)
    open_list(tab)
    found["a list open"] = axe.grave(tab)
    tab.keyboard.press("Escape")
    tab.set_viewport_size(DOUBLE)
    across = {DOUBLE["width"]: tab.evaluate(ACROSS)}
    tab.set_viewport_size(NARROW)
    found["at 320 pixels"] = axe.grave(tab)
    across[NARROW["width"]] = tab.evaluate(ACROSS)
    tab.emulate_media(forced_colors="active")
    found["in forced colours"] = axe.grave(tab)
    assert {state: failures for state, failures in found.items() if failures} == {}
    assert all(wide <= room for room, wide in across.items())


def tab_to(tab, locator, most: int = 60) -> None:
    """Press Tab until something has the focus; fail when it never comes."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if locator.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            return
    raise AssertionError("the keyboard does not reach it")


def test_the_keyboard_alone_skips_the_boxes_chooses_a_place_opens_a_table_and_takes_a_file(tab, server, demo_warehouse):
    code, name = place_of(demo_warehouse, "commissioner")
    tab.goto(f"{server}/volumes")
    done(tab)
    tab_to(tab, tab.get_by_role("link", name="Skip the choices"))
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "numbers"

    tab.goto(f"{server}/volumes")
    done(tab)
    tab_to(tab, tab.get_by_role("combobox", name=re.compile("Place")))
    tab.keyboard.type(name)
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(f"place={code}"))
    done(tab)

    tab_to(tab, tab.locator(f"{CARD} summary").first)
    tab.keyboard.press("Enter")
    tab.locator(f"{CARD} .rfd-table td").first.wait_for()
    with tab.expect_download() as waiting:
        tab_to(tab, tab.locator(CARD).get_by_role("button", name=re.compile("Download")))
        tab.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".csv")


def test_enlarged_to_200_percent_every_box_can_be_read_and_charts_have_the_width_of_the_page(tab, server, provider):
    tab.set_viewport_size(DOUBLE)
    opened(tab, server, "repeats", provider)
    boxes, charts = (
        tab.evaluate(f"[...document.querySelectorAll('{which}')].map(one => one.offsetWidth)")
        for which in (":is(.st-key-filters, .st-key-thresholds) [data-testid=stSelectbox]", "[data-testid=stPlotlyChart]")
    )
    assert len(boxes) > 8 and min(boxes) > 200
    assert len(charts) == 6 and min(charts) > 500
