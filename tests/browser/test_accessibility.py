"""axe finds nothing serious on any page: as it opens, with a table and a list open, narrow, and in forced colours."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.pages import ALL
from tests.browser import axe

pytestmark = pytest.mark.soak
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 320, "height": 700}
NAMES = [name for name, _ in ALL]
PLACES = {"provider": "?place_type=provider&place=ZA1"}


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    return axe.source(tmp_path_factory.mktemp("axe"))


@pytest.fixture(scope="module")
def window(browser):
    """One window for all pages: what a page needs is sent once."""
    context = browser.new_context(viewport=WIDE)
    context.set_default_timeout(600_000)
    yield context.new_page()
    context.close()


def opened(window, address: str, script: str) -> None:
    """Open a page and wait until all of it is there."""
    window.emulate_media(forced_colors="none")
    window.set_viewport_size(WIDE)
    window.goto(address)
    window.locator(".rfd-foot").wait_for()
    expect(window.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=600_000)
    window.evaluate(script)


def open_table_and_list(window) -> None:
    """Open the first thing that opens, and the list of places."""
    more = window.locator("main summary, [data-testid=stMain] summary")
    if more.count():
        more.first.click()
    window.get_by_role("combobox", name=re.compile(r"Place \(type")).click()
    window.get_by_role("option").first.wait_for()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_serious_failure_of_wcag_in_any_state(window, server, script, name):
    opened(window, f"{server}/{'' if name == NAMES[0] else name}{PLACES.get(name, '')}", script)
    found = {"as it opens": axe.grave(window)}
    open_table_and_list(window)
    found["a table and a list open"] = axe.grave(window)
    window.keyboard.press("Escape")
    window.set_viewport_size(NARROW)
    found["at 320 pixels"] = axe.grave(window)
    across = window.evaluate("document.documentElement.scrollWidth")
    window.emulate_media(forced_colors="active")
    found["in forced colours"] = axe.grave(window)
    assert {state: failures for state, failures in found.items() if failures} == {}
    assert across <= NARROW["width"]
