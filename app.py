"""The dashboard: filters from the URL, then the page, which asks and shows."""

from importlib import import_module

import streamlit as st

from dashboard.ask import Ask
from dashboard.errors import Refused
from dashboard.load.versions import home
from dashboard.pages import ALL, GRANTED, controls, frame, sign_in
from dashboard.warehouse import Warehouse


@st.cache_resource
def warehouse(folder: str) -> Warehouse:
    """The one warehouse of this process."""
    return Warehouse(folder)


def run(name: str) -> None:
    """Show one page: its banners and filters, then what it asks."""
    try:
        served = warehouse(str(home().absolute()))
        served.refresh()
        profile = frame.profile_of_owner()
    except Refused as error:
        st.error(str(error))
        return
    if not sign_in.admitted(served.about):
        return
    filters, notes = frame.pinned(served, *controls.current(Ask(served), name))
    ask = Ask(served, filters, profile)
    frame.top(served, ask.about)
    controls.top_bar(ask)
    frame.told(ask, notes)
    frame.watch(served, ask)
    import_module(f"dashboard.pages.{name}").show(ask)
    frame.foot(ask)


if __name__ == "__main__":
    st.set_page_config("Lumbar radiofrequency denervation in England", layout="wide")
    reader = sign_in.reader()
    shown = {name for name, _ in ALL} | {name for name, _ in GRANTED if reader.may_open(name)}
    pages = [
        st.Page(
            lambda name=name: run(name), title=title, url_path=name, default=not at,
            visibility="visible" if name in shown else "hidden",
        )
        for at, (name, title) in enumerate(ALL + GRANTED)
    ]  # fmt: skip
    st.navigation(pages, position="top").run()
