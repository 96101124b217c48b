"""Streamlit's scripts in gzip: the same bytes, packed once, for who takes them."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from dashboard.headers import Headers
from dashboard.packed import Packed

SCRIPT = "export const numbers = [1, 2, 3];\n" * 100


class Site:
    """A site that counts how often it was asked."""

    def __init__(self):
        self.asked = 0
        middleware = [Middleware(Headers), Middleware(Packed)]
        self.app = Starlette(routes=[Route("/{path:path}", self.answer, methods=["GET", "HEAD"])], middleware=middleware)

    def answer(self, request):
        self.asked += 1
        kind = "text/javascript" if request.url.path.endswith(".js") else "text/html"
        return Response(SCRIPT, media_type=kind, headers={"Cache-Control": "public, immutable"})

    def get(self, path: str, **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://rfd.test") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(ask())


def test_a_script_is_packed_once_and_is_the_same_script_with_its_headers():
    site = Site()
    first, second = site.get("/static/js/a.js"), site.get("/static/js/a.js")
    assert first.text == second.text == SCRIPT
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < len(SCRIPT) / 5
    assert "accept-encoding" in first.headers["vary"].lower()
    assert "immutable" in first.headers["cache-control"]
    assert first.headers["content-security-policy"] == second.headers["content-security-policy"]
    assert site.asked == 1


def test_who_does_not_take_gzip_or_wants_a_part_is_answered_as_before():
    site = Site()
    site.get("/static/js/a.js")
    for headers in ({"accept-encoding": "identity"}, {"range": "bytes=0-9"}):
        answer = site.get("/static/js/a.js", **headers)
        assert "content-encoding" not in answer.headers
        assert answer.text == SCRIPT


def test_what_is_made_for_somebody_and_pages_are_neither_packed_nor_kept():
    site = Site()
    for path in ("/media/1.js", "/rfd/media/static/1.js", "/volumes", "/static/no-such-file"):
        site.get(path)
        assert "content-encoding" not in site.get(path).headers
    assert site.asked == 8


def test_another_spelling_of_a_script_is_answered_and_not_kept_so_that_nobody_fills_the_memory_with_them():
    site = Site()
    for path in ("/static//js/a.js", "/static/%2e/js/a.js", "/static/js/a%2ejs/%2e"):
        answer = site.get(path)
        assert (answer.text, "content-encoding" in answer.headers) == (SCRIPT, False)
    site.get("/static/js/a.js")
    assert site.get("/static/%6as/a.js").headers["content-encoding"] == "gzip"
    assert site.asked == 4
