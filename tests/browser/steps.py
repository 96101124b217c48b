"""What a person does on a page, in the words of the tests."""

import csv
import io
import re

from playwright.sync_api import expect

CARD = ".st-key-card-vol-trend"


def done(page) -> None:
    """Wait until the server is done and the page is there to its foot; in a run the old foot can stand beside the new."""
    expect(page.locator(".rfd-foot")).to_have_count(1)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(".rfd-foot")).to_have_count(1)


def choose_place(page, words: str) -> None:
    """Type into the place box and take the first place it offers."""
    box = page.get_by_role("combobox", name=re.compile("Place"))
    box.click()
    box.fill(words)
    page.get_by_role("option").first.click()


def table_of(page, card: str = CARD) -> list[list[str]]:
    """The cells of a card's table, once it is opened."""
    more = page.locator(card).get_by_text("The numbers as a table")
    if more.count():
        more.click()
    rows = page.locator(f"{card} .rfd-table tr")
    rows.last.wait_for()
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def downloaded(page, card: str = CARD) -> list[dict]:
    """The rows of a card's CSV."""
    with page.expect_download() as waiting:
        page.locator(card).get_by_role("button", name=re.compile("Download")).click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def place_of(warehouse, kind: str) -> tuple[str, str]:
    """The code and name of the place of a kind with the most denervations."""
    from dashboard.ask import Ask
    from dashboard.metrics import METRICS
    from dashboard.warehouse import Warehouse

    frame = Ask(Warehouse(warehouse)).counts(METRICS["denervations"], by=kind, period="all").frame
    row = frame.sort_values("value", ascending=False, na_position="last").iloc[0]
    return row["place"], row["place_name"]
