"""What really reaches a browser: every frame of the connection and every file, held against the exact data."""

import base64
import json
import re

import numpy as np
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.ask import Ask
from dashboard.metrics import METRICS
from dashboard.warehouse import Warehouse
from tests.browser.steps import done, downloaded

PAGES = ("volumes", "volumes?place_type=provider&place={place}&period=quarter", "quality")


@pytest.fixture(scope="module")
def exact(demo_warehouse) -> Ask:
    return Ask(Warehouse(demo_warehouse), profile="exact", scope=("all", ""))


def listened(page) -> list[bytes]:
    """The frames the page will get, gathered as they come."""
    frames = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda one: frames.append(one if isinstance(one, bytes) else one.encode())),
    )
    return frames


def figures(frames: list[bytes]) -> list[dict]:
    """The figures in the frames."""
    messages = [ForwardMsg.FromString(frame) for frame in frames if frame]
    specs = [message.delta.new_element.plotly_chart.spec for message in messages]
    return [json.loads(spec) for spec in specs if spec]


def numbers(sent: list | dict) -> list:
    """The numbers of an axis, sent as a list or as packed bytes."""
    return sent if isinstance(sent, list) else np.frombuffer(base64.b64decode(sent["bdata"]), sent["dtype"]).tolist()


def test_no_frame_and_no_file_tells_a_person_or_an_exact_count(page, server, exact):
    counts = exact.counts(METRICS["blocks"], by="provider", period="quarter").frame
    place = counts["place"].iloc[0]
    frames, files = listened(page), []
    for name in PAGES:
        page.goto(f"{server}/{name.format(place=place)}")
        page.locator("h1").first.wait_for()
        if name.startswith("volumes"):
            done(page)
            files.append(downloaded(page))
    sung = set(re.findall(rb"[\w-]+", b" ".join(frames))) | {
        value.encode() for file in files for row in file for value in row.values()
    }
    people = {str(one).encode() for one in exact.rows("denervations")["person"].dropna()}
    assert len(frames) > 50 and len(people) > 1000
    assert not people & sung
    assert all(not row["value"] or int(row["value"]) % 5 == 0 for file in files for row in file)
    drawn = [numbers(trace["y"]) for one in figures(frames) for trace in one["data"] if trace.get("mode") == "lines+markers"]
    assert any(len(y) for y in drawn)
    large = {int(one) for one in counts["numerator"] if one >= 10 and one % 5}
    assert not [one for y in drawn for one in y if one in large]
