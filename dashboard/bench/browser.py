"""A Chromium that notes when each chart was last painted, counted from the key or the click that asked for it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LONGEST = 180_000
STILL = 700  # no chart has changed for so many milliseconds: all are painted
WATCH = """
window.rfd = {asked: 0, last: 0, charts: new Map()};
const ask = event => { if (event.type === 'click' || event.key === 'Enter') window.rfd = {asked: performance.now(), last: 0, charts: new Map()}; };
addEventListener('keydown', ask, true);
addEventListener('click', ask, true);
new MutationObserver(changes => {
    const now = performance.now();
    let before = null;
    for (const {target} of changes) {
        if (target === before) continue;
        before = target;
        const chart = target.closest && target.closest('.js-plotly-plot');
        if (chart) { window.rfd.charts.set(chart, now); window.rfd.last = now; }
    }
}).observe(document, {subtree: true, childList: true, attributes: true});
"""
SETTLED = "still => window.rfd.last > 0 && performance.now() - window.rfd.last > still"
PAINTED = """() => {
    const seen = [...window.rfd.charts].filter(([chart]) => {
        const box = chart.getBoundingClientRect();
        return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    }).map(([, at]) => at - window.rfd.asked);
    return seen.length ? [Math.min(...seen), Math.max(...seen)] : null;
}"""


@dataclass(frozen=True)
class Painted:
    """Milliseconds from a choice until the first and the last of the charts in view were painted, and the bytes it took."""

    first: float
    last: float
    size: int


class Window:
    """A window of its own, with an empty cache."""

    def __init__(self, page, received: list[int]):
        self.page, self._received = page, received

    def load(self, address: str, *, again: bool = False) -> Painted:
        """Open an address, or open it once more."""
        self._received.clear()
        began = perf_counter()
        _ = self.page.reload() if again else self.page.goto(address)
        self.page.locator("svg.main-svg").first.wait_for()
        first = (perf_counter() - began) * 1000
        self._settle()
        painted = self.page.evaluate(PAINTED)
        return Painted(first, painted[1] if painted else first, sum(self._received))

    def choose(self, act: Callable) -> Painted | None:
        """Make a choice; None where no chart in view changed."""
        self._received.clear()
        act(self.page)
        self.page.mouse.move(5, 5)
        self._settle()
        painted = self.page.evaluate(PAINTED)
        return Painted(*painted, sum(self._received)) if painted else None

    def _settle(self) -> None:
        self.page.wait_for_function(SETTLED, arg=STILL, polling=50)


@contextmanager
def chromium() -> Iterator[Callable[[], Window]]:
    """A browser: each call opens a new window; a RuntimeError without Chromium on PATH."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        raise RuntimeError("no Chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield lambda: _window(browser)
        browser.close()


def _window(browser) -> Window:
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True).new_page()
    page.set_default_timeout(LONGEST)
    page.add_init_script(WATCH)
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    return Window(page, received)


def by_keys(label: str, text: str) -> Callable:
    """A choice in a Streamlit box, by keyboard."""

    def act(page) -> None:
        box = page.get_by_role("combobox", name=label).first
        box.click()
        box.press("Control+a")
        box.type(text)
        page.get_by_role("option", name=text, exact=True).first.wait_for()
        box.press("Enter")

    return act


def by_click(text: str) -> Callable:
    """A choice that is a label to click."""
    return lambda page: page.get_by_text(text, exact=True).first.click()
