"""The navigation: every page there is, those alone shown that the reader may open, and links to them that hold the filters."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.access import Reader
from dashboard.filters import Filters, to_query
from dashboard.pages import ALL, GRANTED


def pages(run: Callable[[str, Mapping], None], reader: Reader) -> list:
    """A page for each name; one the reader may not open has an address, and says so there.

    The first stands where the address ends, too: a link to that alone would lead nowhere from another page when opened in a new tab.
    """
    links: dict = {}
    every = {name: st.Page(partial(run, name, links), title=title, url_path=name) for name, title in ALL + GRANTED}
    first, title = ALL[0]
    start = st.Page(partial(run, first, links), title=title, url_path="start", default=True)
    closed = {name for name, _ in GRANTED if not reader.may_open(name)}
    links |= {name: page for name, page in every.items() if name not in closed}
    return [start, *every.values()]


def bar(links: Mapping, shown: str, filters: Filters) -> None:
    """A link to each page, that of the one shown in bold; its address holds the filters, so that they are kept, in a new tab too, and one step back is one page back."""
    with st.container(key="pages", horizontal=True, gap="small"):
        for name, page in links.items():
            label = f"**{page.title}**" if name == shown else page.title
            st.page_link(page, label=label, query_params=to_query(filters))
