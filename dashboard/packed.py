"""Streamlit's own scripts, packed: ten megabytes of text go to a new browser as three, packed once in the life of a process."""

import asyncio
import gzip
from posixpath import normpath

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# no HTML: Streamlit answers any unknown path with its page, so keeping that would be keeping whatever anybody asks for
TEXT = ("text/javascript", "text/css", "application/javascript", "application/json", "image/svg")
SMALLEST = 1000


class Packed:
    """An application that answers as the one inside does, its static text in gzip for a browser that takes it.

    A static file's name holds a hash of its content, so what was packed once stays right; answers made for somebody are left alone.
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        self._packed: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not wanted(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] not in self._packed:
            messages: list[Message] = []

            async def keep(message: Message) -> None:
                messages.append(message)

            await self.app(scope, receive, keep)
            packed = await asyncio.to_thread(pack, messages)
            if packed is None:
                await _send_all(messages, send)
                return
            self._packed[scope["path"]] = packed
        await _send_all(self._packed[scope["path"]], send)


def wanted(scope: Scope) -> bool:
    """Whether a request is for a whole static file under its plain name, by a browser that takes gzip."""
    if scope["type"] != "http" or scope["method"] != "GET" or "/static/" not in scope["path"] or "/media/" in scope["path"]:
        return False
    # a file has as many other spellings (/static//js, /static/./js) as one likes: keeping each would fill the memory
    if normpath(scope["path"]) != scope["path"]:
        return False
    headers = Headers(scope=scope)
    conditional = "range" in headers or "if-none-match" in headers or "if-modified-since" in headers
    return "gzip" in headers.get("accept-encoding", "") and not conditional


def pack(messages: list[Message]) -> list[Message] | None:
    """The messages of an answer with its content in gzip; None where it is no text, small, or no plain success."""
    start, content = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
    headers = Headers(raw=start["headers"])
    text = headers.get("content-type", "").startswith(TEXT)
    if start["status"] != 200 or not text or len(content) < SMALLEST or "content-encoding" in headers:
        return None
    content = gzip.compress(content, 6, mtime=0)
    changed = MutableHeaders(raw=list(start["headers"]))
    changed["content-encoding"], changed["content-length"] = "gzip", str(len(content))
    changed.add_vary_header("accept-encoding")
    return [start | {"headers": changed.raw}, {"type": "http.response.body", "body": content}]


async def _send_all(messages: list[Message], send: Send) -> None:
    for message in messages:
        await send(message | {"headers": list(message["headers"])} if "headers" in message else message)
