"""In a real browser: the policy stops nothing that the pages do, and a made file is for the browser that asked for it."""

import re
import urllib.error
import urllib.request

from playwright.sync_api import expect

from dashboard.pages import ALL, GRANTED
from tests.browser.steps import done

WATCH = """window.refused = [];
addEventListener('securitypolicyviolation', event => refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""
GO = "name => {history.pushState({}, '', name); dispatchEvent(new PopStateEvent('popstate'))}"
# protobuf.js looks whether WebAssembly may be used for whole numbers of 64 bits, and does without where it may not
PROBE = re.compile(r"script-src wasm-eval .*/static/js/protobuf\.")


def given(address: str, **headers: str) -> int:
    """The status that somebody else is answered with."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_every_page_runs_under_the_policy_without_a_violation_an_error_or_a_request_that_leaves(page, server):
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH)
    page.goto(server)
    head, before = page.locator("h1"), ""
    for name, _ in ALL + GRANTED:
        if before:
            page.evaluate(GO, f"/{name}")
        expect(head).not_to_have_text(before or "no page")
        done(page)
        before = head.inner_text()
    assert not [one for one in page.evaluate("refused") if not PROBE.match(one)]
    assert not told
    assert not [one for one in asked if not one.startswith((server, "data:", "blob:"))]


def test_a_script_that_is_put_into_a_page_is_refused_by_the_browser(page, server):
    page.add_init_script(WATCH)
    page.goto(f"{server}/definitions")
    done(page)
    page.evaluate("const one = document.createElement('script'); one.textContent = 'window.ran = 1'; document.body.append(one)")
    assert page.evaluate("window.ran === undefined && refused.some(one => one.startsWith('script-src-elem inline'))")


def test_a_file_is_for_the_browser_that_asked_and_for_nobody_with_its_address(page, browser, server):
    page.goto(f"{server}/downloads")
    done(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Zip with metadata").click()
    address = waiting.value.url
    assert re.search(r"/media/[0-9a-f]{32}", address) and waiting.value.path().stat().st_size
    answer = page.request.get(address)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    other = browser.new_context()
    other.new_page().goto(server)
    assert [given(address), given(address, Cookie="rfd-browser=x"), other.request.get(address).status] == [404, 404, 404]
    other.close()
