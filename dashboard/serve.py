"""What is served: the dashboard, with the headers of `dashboard/headers.py` and the guard of `dashboard/media.py` around it."""

from pathlib import Path

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.headers import Headers
from dashboard.media import Media
from dashboard.packed import Packed
from dashboard.warehouse import for_small_tables


def told_address(content: bytes) -> str | None:
    """The address of a made file that a message to a browser holds; a text that only looks like one is none."""
    try:
        return ForwardMsg.FromString(content).backend_operation_response.deferred_file.url
    except DecodeError:
        return None


for_small_tables()
app = st.App(
    Path(__file__).parent.parent / "app.py",
    middleware=[Middleware(Headers), Middleware(Packed), Middleware(Media, address=told_address)],
)
