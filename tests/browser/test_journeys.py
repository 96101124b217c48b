"""Three people, from a link to a file whose numbers are those on the screen: a commissioner, a reviewer, an analyst."""

import re
import shutil

from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.steps import CARD, choose_place, done, downloaded, place_of, table_of
from tests.worked.command import answer, run

SUMMARY = ".rfd-shown"


def same_numbers(rows: list[dict], shown: list[list[str]], column: str) -> None:
    """Hold the counts of a file against those of the table on the screen."""
    head, *cells = shown
    at, period = head.index(column), head.index("Period")
    assert [row["period"] for row in rows] == [row[period] for row in cells]
    assert [row["value"] or "*" for row in rows] == [row[at].replace(",", "") for row in cells]


def test_a_commissioner_finds_their_area_takes_its_numbers_and_a_link_to_quote_and_goes_back(tab, server, demo_warehouse):
    code, name = place_of(demo_warehouse, "commissioner")
    tab.goto(f"{server}/volumes")
    done(tab)
    england = tab.locator(f"{CARD} h2").inner_text()
    choose_place(tab, name)
    expect(tab).to_have_url(re.compile(f"place_type=commissioner&place={code}"))
    expect(tab.locator(f"{CARD} h2")).not_to_have_text(england)
    done(tab)
    rows = downloaded(tab)
    same_numbers(rows, table_of(tab), "Denervations")
    assert {row["place"] for row in rows} == {code}

    finding = tab.locator(f"{CARD} h2").inner_text()
    tab.get_by_role("button", name="Link").click()
    link = tab.get_by_test_id("stPopoverBody").locator("code").last.inner_text()
    assert f"place={code}" in link and "version=" in link
    tab.keyboard.press("Escape")
    went = tab.evaluate("history.length")
    to = tab.get_by_role("link", name="Definitions")
    assert f"place={code}" in to.get_attribute("href")  # a new tab has the choices too
    to.click()
    expect(tab.get_by_role("heading", name="Cohorts and courses")).to_be_visible()
    done(tab)
    expect(tab).to_have_url(re.compile(f"/definitions.*place={code}"))
    assert tab.evaluate("history.length") == went + 1
    tab.go_back()
    expect(tab.locator(f"{CARD} h2")).to_have_text(finding)
    done(tab)
    tab.go_back()
    expect(tab.locator(f"{CARD} h2")).to_have_text(england)

    tab.goto(link)
    expect(tab.locator(f"{CARD} h2")).to_have_text(finding)


def test_a_reviewer_tests_a_trust_against_a_stricter_policy_and_takes_what_the_page_shows(tab, server, demo_warehouse):
    code, name = place_of(demo_warehouse, "provider")
    tab.goto(f"{server}/policy?place_type=provider&place={code}&repeat_min_months=16&min_blocks=two")
    done(tab)
    expect(tab.get_by_text("is not a choice for min_blocks")).to_be_visible()
    expect(tab.get_by_text("Not the reference policy.")).to_be_visible()
    head, *cells = table_of(tab, ".st-key-card-difference")
    rows = downloaded(tab, ".st-key-card-difference")
    told = {"": "*", "suppressed": "*"}
    assert [row["denominator"] or told[row["flag"]] for row in rows] == [
        cell[head.index("Out of")].replace(",", "") for cell in cells
    ]
    assert "reference_value" in rows[0]

    tab.get_by_role("link", name="Provider profile").click()
    expect(tab.get_by_role("heading", name=name)).to_be_visible()
    expect(tab.locator(".st-key-card-pro-spine .js-plotly-plot .main-svg").first).to_be_visible()
    expect(tab).to_have_url(re.compile("repeat_min_months=16"))
    tab.get_by_role("button", name="Reset").click()
    expect(tab.locator(SUMMARY)).to_contain_text("Showing England")


def test_an_analyst_loads_a_year_sees_the_open_page_notice_reads_its_quality_and_goes_back(window, tmp_path):
    files, warehouse = tmp_path / "files", tmp_path / "warehouse"
    assert run("demo", "--out", files, "--scale", "0.01", "--from", "2021", "--to", "2023")[0] == 0
    first, new = (sorted(files.glob(f"*{year}*")) for year in ("2[12]2[23]", "2324"))
    rest = [*first, *files.glob("*DEATHS*")]
    assert run("load", *rest, "--warehouse", warehouse)[0] == 0
    before = answer("versions", "--warehouse", warehouse)[0]["version"]
    with serving(warehouse) as address:
        tab = window.new_page()
        tab.goto(f"{address}/quality")
        done(tab)
        status, _, err = run("load", *new, "--warehouse", warehouse)
        assert status == 0, err
        expect(tab.get_by_text("has been published")).to_be_visible()
        tab.reload()
        expect(tab.locator(SUMMARY)).to_contain_text("2024-03-31")
        table = tab.locator(".st-key-card-dq-files .rfd-table")
        expect(table).to_contain_text(new[0].name)
        read = next(row for row in downloaded(tab, ".st-key-card-dq-files") if row["file"] == new[0].name)["rows_read"]
        expect(table.locator("tr", has_text=new[0].name)).to_contain_text(f"{int(read):,}")

        assert run("publish", before, "--warehouse", warehouse)[0] == 0
        expect(tab.get_by_text("has been published")).to_be_visible()
        tab.get_by_role("link", name="Volumes").click()
        expect(tab.locator(SUMMARY)).to_contain_text(before)
        expect(tab.get_by_text("The data has changed since you opened this page")).to_be_visible()
        tab.close()
    shutil.rmtree(warehouse)


def test_the_first_page_has_a_name_too_that_a_new_tab_opens_with_the_choices(tab, server):
    tab.goto(f"{server}/quality?sex=1")
    done(tab)
    tab.goto(tab.get_by_role("link", name="Overview").evaluate("link => link.href"))  # as a new tab resolves it
    done(tab)
    expect(tab).to_have_url(f"{server}/overview?sex=1")
    expect(tab.get_by_role("heading", name="Lumbar radiofrequency denervation")).to_be_visible()
    expect(tab.locator(SUMMARY)).to_contain_text("Male")
    tab.goto(f"{server}/?sex=1")
    done(tab)
    expect(tab.get_by_role("link", name="Overview").locator("strong")).to_be_visible()
