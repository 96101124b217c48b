"""Security headers on every answer; what was made for one person is stored by no browser and no proxy."""

import base64
import hashlib
import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
A_YEAR = "max-age=31536000"
STREAMLIT = Path(find_spec("streamlit").origin).parent / "static"
# what every page draws with, the largest first: Streamlit asks for each when the first of its kind is to be drawn
DRAWS_WITH = (
    "PlotlyChart",
    "Selectbox",
    "useSyncComboBoxEnterTargetFocus",
    "useMenuTrigger",
    "Html",
    "purify.es",
    "PageLink",
    "Button",
    "DownloadButton",
)


class Headers:
    """An application that answers as the one inside does, with the headers added."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def add(headers: MutableHeaders, path: str) -> None:
    """Add what every answer has, HSTS where `RFD_TLS` says that TLS is in front, and no-store to every file made for somebody."""
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Content-Security-Policy"] = policy()
    if headers.get("Content-Type", "").startswith("text/html"):
        headers["Link"] = early()
    if os.environ.get("RFD_TLS") == "1":
        headers["Strict-Transport-Security"] = A_YEAR
        _secure_cookies(headers)
    if "/media/" in path and "/static/" not in path:
        headers["Cache-Control"] = "no-store"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        del headers["Access-Control-Allow-Origin"]


def _secure_cookies(headers: MutableHeaders) -> None:
    """Have every cookie travel over TLS alone: Streamlit, which sees none, would let them go without."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if re.search(r";\s*secure", cookie, re.I) else f"{cookie}; Secure")


@cache
def policy() -> str:
    """What a page may load: only from here, and no text run as a program but the scripts in Streamlit's own page, by hash.

    Styles in line are allowed, because Streamlit's components and Plotly write them.
    """
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in inline_scripts())])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


@cache
def early() -> str:
    """Which scripts a browser is to fetch and read with the page, while it still waits for what to draw: a chart's is half of all."""
    found = [path for name in DRAWS_WITH for path in sorted((STREAMLIT / "static/js").glob(f"{name}.*.js"))]
    return ", ".join(f"<./static/js/{path.name}>; rel=modulepreload; crossorigin" for path in found)


def inline_scripts() -> list[str]:
    """The hash of each script that stands in Streamlit's own page."""
    found = re.findall(r"<script>(.*?)</script>", (STREAMLIT / "index.html").read_text(encoding="utf-8"), re.S)
    return [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in found]
