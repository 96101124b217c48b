"""The pictures of the README, of whatever a running server shows: python -m tests.browser.pictures http://localhost:8501."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import LONGEST, QUIET, WIDE, chromium
from tests.browser.steps import done

DOCS = Path(__file__).parent.parent.parent / "docs"
COLOURS, SHOWN_AT = 256, 1280
# a page with what is chosen on it, and how much of it is shown
PICTURES = {
    "overview": ("", 1750),
    "repeats": ("repeats", 1500),
    "policy": ("policy?repeat_min_months=16&min_blocks=2", 1500),
    "provider": ("provider", 1700),
}


def take(address: str) -> None:
    """Write a picture of each page into docs/, each a PNG of few colours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(LONGEST * 1000)
        expect.set_options(timeout=LONGEST * 1000)
        for name, (path, height) in PICTURES.items():
            page.goto(f"{address}/{path}")
            done(page)
            if name == "provider":
                choose_first(page)
            page.set_viewport_size({"width": WIDE["width"], "height": height})
            page.wait_for_timeout(3000)  # charts fit themselves to the new height
            keep(page.screenshot(), DOCS / f"{name}.png")
        browser.close()


def choose_first(page) -> None:
    """Take the first provider there is."""
    page.get_by_role("combobox", name="Provider").click()
    page.get_by_role("option").first.click()
    page.locator(".st-key-card-pro-spine .js-plotly-plot").wait_for()
    done(page)


def keep(screenshot: bytes, file: Path) -> None:
    """Write a picture smaller and with fewer colours, so that a README is not heavy."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture = picture.resize((SHOWN_AT, picture.height * SHOWN_AT // picture.width), Image.Resampling.LANCZOS)
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(file, optimize=True)
    print(file, file.stat().st_size)


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
