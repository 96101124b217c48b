"""The navigation: every page there is, those alone shown that the reader may open."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.access import Reader
from dashboard.pages import ALL, GRANTED


def pages(run: Callable[[str], None], reader: Reader) -> list:
    """A page for each name, the first the default; one the reader may not open has an address, and says so there."""
    hidden = {name for name, _ in GRANTED if not reader.may_open(name)}
    return [
        st.Page(
            partial(run, name), title=title, url_path=name, default=not at,
            visibility="hidden" if name in hidden else "visible",
        )
        for at, (name, title) in enumerate(ALL + GRANTED)
    ]  # fmt: skip
