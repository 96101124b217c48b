"""What a person does: open, choose a trust, see it, take the numbers, go on."""

import csv
import io
import re

from playwright.sync_api import expect

CARD = ".st-key-card-vol-trend"


def settle(page) -> None:
    """Wait until the first chart is drawn and the server is done."""
    page.locator(f"{CARD} .js-plotly-plot .main-svg").first.wait_for()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def choose_place(page, words: str) -> None:
    """Type into the place box and take the first place it offers."""
    box = page.get_by_role("combobox", name=re.compile("Place"))
    box.click()
    box.fill(words)
    page.get_by_role("option").first.click()


def table_of(page) -> list[list[str]]:
    """The cells of the card's table, once it is opened."""
    page.locator(CARD).get_by_text("The numbers as a table").click()
    rows = page.locator(f"{CARD} .rfd-table tr")
    rows.last.wait_for()
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def downloaded(page) -> list[dict]:
    """The rows of the card's CSV."""
    with page.expect_download() as waiting:
        page.locator(CARD).get_by_role("button", name=re.compile("Download")).click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_person_chooses_a_trust_and_takes_the_numbers_of_its_chart(page, server):
    page.goto(f"{server}/volumes")
    settle(page)
    before = page.locator(f"{CARD} h2").inner_text()
    choose_place(page, "(fictional)")
    expect(page.locator(f"{CARD} h2")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("place_type=provider"))
    settle(page)

    head, *shown = table_of(page)
    rows = downloaded(page)
    value, period = head.index("Denervations"), head.index("Period")
    assert [row["period"] for row in rows] == [row[period] for row in shown]
    assert [row["value"] or "*" for row in rows] == [row[value].replace(",", "") for row in shown]
    assert {row["place_type"] for row in rows} == {"provider"}

    page.get_by_role("link", name="Definitions").click()
    expect(page).to_have_url(re.compile("/definitions.*place_type=provider"))


def test_a_link_shows_what_it_was_made_on_and_a_bad_value_is_told(page, server):
    page.goto(f"{server}/volumes?period=quarter&cohort=nonsense")
    settle(page)
    expect(page.get_by_text("is not a choice for cohort")).to_be_visible()
    expect(page.get_by_text(re.compile("by quarter")).first).to_be_visible()
