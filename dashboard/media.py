"""A file made for somebody is answered to the browser that was told its address, and to no other.

Streamlit keeps such a file at /media/HASH and gives it to whoever asks. Here each browser has a random cookie; an address that
goes to it over its websocket is noted, and asking for that address needs the cookie. Anybody else is told there is no such file.
So is whoever asks for what no page here needs: to upload, to read the server's counters, to drive it with a program.
"""

import os
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MADE = re.compile(r"(?<!/static)/media/(.*)$")  # Streamlit's own fonts are under /static/media
CLOSED = re.compile(r"/_stcore/(upload_file|metrics|agent|script-health-check)(/|$)")
KEPT = 10_000


class Media:
    """An application whose made files are private to a browser; `address` says which file a message tells of, if any."""

    def __init__(self, app: ASGIApp, address: Callable[[bytes], str | None]):
        self.app, self.address = app, address
        self.told: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or carry one websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        browser = HTTPConnection(scope).cookies.get(cookie_name(), "")
        if scope["type"] == "http" and self._shut(scope["path"], browser):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, self._listening(scope, browser, send))

    def _shut(self, path: str, browser: str) -> bool:
        made = MADE.search(path)
        return bool(CLOSED.search(path)) or (made is not None and (browser, _file(made[1])) not in self.told)

    def _listening(self, scope: Scope, browser: str, send: Send) -> Send:
        """The same way out, where a page gives a browser its cookie and a told address is noted."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and not browser:
                _name(MutableHeaders(scope=message))
            elif message["type"] == "websocket.send" and browser:
                self._note(browser, message.get("bytes") or b"")
            await send(message)

        return sent if scope["type"] == "websocket" or not browser else send

    def _note(self, browser: str, content: bytes) -> None:
        if b"/media/" in content and (found := MADE.search(self.address(content) or "")):
            self.told[browser, _file(found[1])] = None
            if len(self.told) > KEPT:
                self.told.popitem(last=False)


def cookie_name() -> str:
    """The cookie's name; behind TLS one that no other host can set."""
    return "__Host-rfd-browser" if os.environ.get("RFD_TLS") == "1" else "rfd-browser"


def _name(headers: MutableHeaders) -> None:
    """Give a browser its cookie with a page, until it is closed; scripts cannot read it."""
    if headers.get("content-type", "").startswith("text/html"):
        headers.append("Set-Cookie", f"{cookie_name()}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax")


def _file(name: str) -> str:
    """A file's hash: Streamlit takes any ending for the same file."""
    return os.path.splitext(name)[0]
