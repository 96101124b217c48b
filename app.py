"""The dashboard: who reads, the filters from the URL, then the page, which asks and shows."""

from collections.abc import Mapping

import streamlit as st

from dashboard.errors import Refused
from dashboard.pages import frame, navigation, sign_in
from dashboard.versions import home
from dashboard.warehouse import Warehouse


@st.cache_resource
def warehouse(folder: str) -> Warehouse:
    """The one warehouse of this process."""
    return Warehouse(folder)


def run(name: str, links: Mapping) -> None:
    """Show one page of the version in force now, with the links to the others."""
    try:
        served = warehouse(str(home().absolute()))
        served.refresh()
        profile = frame.profile_of_owner()
    except Refused as error:
        st.error(str(error))
        return
    if sign_in.admitted(served):
        frame.page(name, served, profile, links)


if __name__ == "__main__":
    st.set_page_config("Lumbar radiofrequency denervation in England", layout="wide")
    st.navigation(navigation.pages(run, sign_in.reader()), position="hidden").run()
