"""A made file and its address: for the browser that was told of it, and for nobody who guesses, repeats or overhears one."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.headers import Headers
from dashboard.media import Media
from dashboard.serve import told_address

FILE = "/media/0123456789abcdef0123456789abcdef.zip"


def made() -> bytes:
    """What Streamlit sends when a file was made."""
    message = ForwardMsg()
    message.backend_operation_response.deferred_file.url = FILE
    return message.SerializeToString()


def said() -> bytes:
    """A page that shows the same address as a text: somebody typed it into the link."""
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"{FILE} is not a choice for place"
    return message.SerializeToString()


async def stream(websocket):
    """A websocket that says what it is asked to: that a file was made, a text with an address, nonsense with one."""
    await websocket.accept()
    asked = await websocket.receive_text()
    await websocket.send_bytes({"made": made(), "said": said(), "nonsense": b"\xff" + FILE.encode()}[asked])
    await websocket.close()


@pytest.fixture
def app():
    routes = [
        Route("/", lambda _: HTMLResponse("a page")),
        Route("/_stcore/health", lambda _: PlainTextResponse("ok")),
        Route("/{base:path}_stcore/{name:path}", lambda _: PlainTextResponse("within"), methods=["GET"]),
        Route("/plain", lambda _: PlainTextResponse("no page")),
        Route("/static/media/{name}", lambda _: PlainTextResponse("a font")),
        Route("/{base}/media/{name:path}", lambda _: PlainTextResponse("rows")),
        Route("/media/{name:path}", lambda _: PlainTextResponse("rows")),
        WebSocketRoute("/stream", stream),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Headers), Middleware(Media, address=told_address)])


class Browser:
    """Somebody who asks, with the cookies that they were given."""

    def __init__(self, app, cookies: dict | None = None, base: str = "http://rfd.test"):
        self.app, self.cookies, self.base = app, httpx.Cookies(cookies), base

    def get(self, path: str) -> httpx.Response:
        async def get() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as client:
                answer = await client.get(path)
                self.cookies = client.cookies
                return answer

        return asyncio.run(get())

    def hears(self, what: str) -> None:
        """Open a websocket on which something is said."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "websocket",
            "path": "/stream",
            "headers": [(b"cookie", cookies.encode())],
            "query_string": b"",
            "subprotocols": [],
        }
        coming = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": what}]

        async def receive() -> dict:
            return coming.pop(0)

        async def send(_: dict) -> None:
            return None

        asyncio.run(self.app(scope, receive, send))


def browser(app, what: str | None = "made") -> Browser:
    """A browser that opened the page and heard something over its websocket."""
    client = Browser(app)
    client.get("/")
    if what:
        client.hears(what)
    return client


def test_a_file_is_given_to_the_browser_that_was_told_of_it_and_to_no_other(app):
    ours = browser(app)
    assert ours.get(FILE).text == "rows"
    assert ours.get(f"/rfd{FILE}").text == "rows"
    for other in (Browser(app), browser(app, None), browser(app, "said"), browser(app, "nonsense")):
        answer = other.get(FILE)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("cookie", ["", "x", "guessed", "None"])
def test_a_cookie_that_was_made_up_opens_nothing(app, cookie):
    browser(app)
    assert Browser(app, cookies={"rfd-browser": cookie}).get(FILE).status_code == 404


@pytest.mark.parametrize(
    "path", ["/media/", f"{FILE}/", f"{FILE}/static/media/x", "/media//x", FILE.replace("zip", "csv.zip"), f"/a/b{FILE}"]
)
def test_no_other_spelling_of_an_address_gets_past(app, path):
    browser(app)
    assert Browser(app).get(path).status_code == 404


@pytest.mark.parametrize("path", ["upload_file/a/b", "metrics", "agent/interact", "agent/mcp", "script-health-check"])
def test_what_no_page_needs_is_answered_to_nobody(app, path):
    ours = browser(app)
    assert ours.get(f"/_stcore/{path}").status_code == ours.get(f"/rfd/_stcore/{path}").status_code == 404
    assert ours.get("/_stcore/health").text == "ok"


def test_without_a_cookie_nobody_is_told_so_that_nobody_shares_the_empty_one(app):
    client = Browser(app)
    client.hears("made")
    assert client.get(FILE).status_code == 404


def test_fonts_need_no_cookie_and_only_a_page_gives_one(app):
    client = Browser(app)
    assert client.get("/static/media/font.woff2").text == "a font"
    assert "set-cookie" not in client.get("/plain").headers
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    assert "set-cookie" not in client.get("/").headers


def test_behind_tls_every_cookie_is_secure_and_ours_is_of_this_host_alone(app, monkeypatch):
    monkeypatch.setenv("RFD_TLS", "1")

    (cookie,) = Browser(app, base="https://rfd.test").get("/").headers.get_list("set-cookie")
    assert cookie.startswith("__Host-rfd-browser=") and cookie.endswith("; Secure") and "Path=/;" in cookie


def test_the_guard_forgets_the_oldest_and_does_not_grow(app):
    guard = Media(app, told_address)
    for n in range(12_000):
        guard._note(str(n), made())
    assert len(guard.told) == 10_000 and next(iter(guard.told))[0] == "2000"
