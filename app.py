"""The dashboard: filters from the URL, then the page, which asks and shows."""

import os
from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.pages import ALL, controls, frame
from dashboard.warehouse import Warehouse


@st.cache_resource
def warehouse(folder: str) -> Warehouse:
    """The one warehouse of this process."""
    return Warehouse(folder)


def run(name: str) -> None:
    """Show one page: its frame, the filters, then what it asks."""
    try:
        served = warehouse(os.environ.get("RFD_WAREHOUSE", str(Path("data/warehouse").absolute())))
        served.refresh()
    except Refused as error:
        st.error(str(error))
        return
    years = Ask(served).version.years
    filters, notes = controls.current(Ask(served), years)
    filters, gone = frame.pinned(served, filters)
    frame.top(served, filters, [*notes, *gone])
    controls.top_bar(Ask(served), filters, years)
    import_module(f"dashboard.pages.{name}").show(Ask(served, filters))
    frame.foot(served)


st.set_page_config("Lumbar radiofrequency denervation in England", layout="wide", initial_sidebar_state="auto")
pages = [st.Page(lambda name=name: run(name), title=title, url_path=name, default=not at) for at, (name, title) in enumerate(ALL)]
st.navigation(pages).run()
