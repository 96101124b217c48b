"""Signing in and out, and who is looking: read again on every run, so that a grant taken away is gone with the next click."""

import datetime as dt
import logging

import streamlit as st

from dashboard import access
from dashboard.ask import Ask
from dashboard.errors import Refused

LOG = logging.getLogger(__name__)


def configured() -> bool:
    """Whether this server has a sign-in; without one it is open, and shows released numbers only."""
    return "is_logged_in" in claims()


def claims() -> dict:
    """What the sign-in of this session says, or nothing."""
    return st.user.to_dict()


def reader() -> access.Reader:
    """Who is looking, by the grants as they stand now; a viewer, who sees no rows, when they cannot be read."""
    return granted(claims())[0]


def granted(claims: dict) -> tuple[access.Reader, access.Access]:
    """Who the claims are and the grants as they stand now."""
    try:
        grants = access.read()
    except Refused as error:
        LOG.error("nobody sees rows: %s", error)
        return access.ANYONE, access.Access()
    return access.reader(claims, grants), grants


def admitted(served) -> bool:
    """Whether a page of a warehouse may be shown, with the way in or out above it: real data is for those signed in, where one can."""
    if not configured():
        return True
    now = claims()
    if access.in_force(now):
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="who"):
            st.text(f"Signed in as {name(now)}", width="content")
            st.button("Sign out", on_click=st.logout, key="sign-out", type="tertiary")
        return True
    if now.get("is_logged_in"):
        st.markdown("Your sign-in has ended. Sign in again to see what you were granted.")
    st.button("Sign in", on_click=st.login, key="sign-in", type="tertiary")
    if made_up(served):
        return True
    st.markdown("Sign in to see the dashboard.")
    return False


def why_not(reader: access.Reader) -> str:
    """Why somebody was granted nothing, as the end of a sentence that says so; empty where nobody knows."""
    if configured() and not access.in_force(claims()):
        return " until you sign in"
    return f": your grant ended on {in_words(reader.until)}" if reader.ended else ""


def in_words(day: dt.date) -> str:
    """A day as a letter writes it: 31 March 2027."""
    return f"{day.day} {day:%B %Y}"


def made_up(served) -> bool:
    """Whether nobody in the data is real: in the version in force, and in every other that a link can name."""
    return all(about.get("synthetic") == "true" for about in (served.about, *Ask(served).versions()))


def name(claims: dict) -> str:
    """The name somebody signed in under."""
    return str(claims.get("name") or claims.get("email") or claims.get("sub", ""))
