"""A session without a browser, as the benchmark drives it, and what a download asks of the server."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.bench.session import Session, opened
from tests.browser.steps import done


def apart(visit):
    """What a visit gives, in a thread of its own: the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(visit())).result()


def test_a_session_without_a_browser_is_shown_what_it_chooses(server):
    async def visit() -> tuple:
        async with opened(server, "volumes") as socket:
            session = Session(socket, "volumes")
            return await session.run(), await session.run(Sex="Male"), session.query

    first, second, query = apart(visit)
    assert first.ended_well and second.ended_well
    assert first.charts == second.charts == 10
    assert query == "sex=1"
    assert ", by year · Lumbar (headline) · " in first.text
    assert "Lumbar (headline) · Male" in second.text


def test_two_sessions_do_not_see_each_others_choices(server):
    async def visit() -> list[str]:
        async with opened(server, "volumes") as one, opened(server, "volumes") as other:
            first, second = Session(one, "volumes"), Session(other, "volumes")
            await asyncio.gather(first.run(), second.run())
            told = await asyncio.gather(first.run(Sex="Male"), second.run(Sex="Female"))
            return [run.text for run in told]

    male, female = apart(visit)
    assert "· Male" in male and "· Female" not in male
    assert "· Female" in female and "· Male" not in female


def test_a_download_runs_no_page(page, server):
    asked = []

    def told(frame) -> None:
        message = BackMsg.FromString(frame)
        if not message.rerun_script.is_auto_rerun:  # an open page looks for new data every few seconds
            asked.append(message.WhichOneof("type"))

    page.on("websocket", lambda socket: socket.on("framesent", told))
    page.goto(f"{server}/volumes")
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(10)
    done(page)
    before = asked.count("rerun_script")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download these")).first.click()
    assert waiting.value.path().stat().st_size > 100
    assert asked.count("rerun_script") == before
