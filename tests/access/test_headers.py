"""What goes with every answer of the server that is deployed."""

import asyncio
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from dashboard.headers import DRAWS_WITH, STREAMLIT, Headers, policy


def answer(request):
    """An answer as Streamlit gives one: open to every origin, kept by whoever likes."""
    kind = HTMLResponse if request.url.path == "/volumes" else PlainTextResponse
    return kind("x", headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public"})


def headers_of(path: str) -> httpx.Headers:
    """The headers that a path is answered with."""
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=[Middleware(Headers)])

    async def get() -> httpx.Headers:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rfd.test") as client:
            return (await client.get(path)).headers

    return asyncio.run(get())


def test_every_answer_forbids_sniffing_framing_and_foreign_scripts():
    headers = headers_of("/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]


def test_no_text_is_run_as_a_program_and_the_one_script_in_line_is_known_by_its_hash():
    scripts = next(part for part in policy().split("; ") if part.startswith("script-src"))
    assert "unsafe-eval" not in policy()
    assert "unsafe-inline" not in scripts
    assert scripts.count("'sha256-") >= 1


@pytest.mark.parametrize("path", ["/media/abc.zip", "/rfd/media/abc.csv"])
def test_a_file_made_for_somebody_is_stored_nowhere_and_open_to_no_other_site(path):
    headers = headers_of(path)
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_page_names_the_scripts_it_draws_with_and_streamlit_has_each_of_them():
    named = re.findall(r"<\./static/js/(.+?)>; rel=modulepreload; crossorigin", headers_of("/volumes")["Link"])
    assert [name.split(".")[0] for name in named] == [name.split(".")[0] for name in DRAWS_WITH]
    assert all((STREAMLIT / "static/js" / name).is_file() for name in named)
    assert "Link" not in headers_of("/media/abc.csv")


def test_fonts_and_scripts_may_be_kept():
    assert headers_of("/static/media/font.woff2")["Cache-Control"] == "public"


def test_a_browser_is_held_to_tls_only_where_there_is_tls(monkeypatch):
    monkeypatch.delenv("RFD_TLS", raising=False)
    assert "Strict-Transport-Security" not in headers_of("/")
    monkeypatch.setenv("RFD_TLS", "1")
    assert "max-age=31536000" in headers_of("/")["Strict-Transport-Security"]


def test_the_server_is_configured_as_the_security_page_says():
    import tomllib
    from pathlib import Path

    found = tomllib.loads((Path(__file__).parent.parent.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert found["client"] == {
        "showErrorDetails": "none", "toolbarMode": "minimal", "disableDataExport": True, "allowedOrigins": [],
    }  # fmt: skip
    assert found["browser"]["gatherUsageStats"] is False
    wanted = {"enableStaticServing": False, "fileWatcherType": "none", "enableAgentApi": False, "address": "127.0.0.1"}
    assert wanted.items() <= found["server"].items()
    assert (
        found["server"]["headless"] is True
    )  # without it Streamlit lets a browser on this machine, a proxy too, have files written
