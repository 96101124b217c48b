"""The download log, for the auditor: who took out or looked at what, and whether the log is whole."""

import pandas as pd
import streamlit as st

from dashboard import audit
from dashboard.ask import Ask
from dashboard.errors import Stopped
from dashboard.pages import sign_in
from dashboard.pages.plain import plain

MOST_SHOWN = 200
COLUMNS = [
    "n", "time", "who", "role", "organisation", "agreement", "what", "rows", "purpose", "reference", "filters", "data_version", "profile",
    "export_id", "sha256",
]  # fmt: skip


def show(ask: Ask) -> None:
    """The state of the chain, and the newest entries first."""
    st.title("Download log", anchor=False)
    if not sign_in.reader().may_open("log"):
        st.markdown("This page is for auditors. Nothing here is granted to you.")
        return
    path = audit.place(ask.warehouse.folder)
    st.markdown(state(path))
    entries = pd.DataFrame(audit.entries(path)[-MOST_SHOWN:][::-1], columns=COLUMNS)
    entries["filters"] = [", ".join(f"{name} {value}" for name, value in chosen.items()) for chosen in entries["filters"]]
    st.html(plain(entries, f"Entries, the newest {MOST_SHOWN} at most, the newest first"))


def state(path) -> str:
    """Whether the log is whole, in words."""
    try:
        last = audit.check(path)
    except Stopped as error:
        return f"**The log is not whole.** {str(error).removeprefix(f'{path}: ').capitalize()}."
    return f"The log is whole: {last['n']:,} entries. Note the last hash elsewhere, so that a log written anew is found: `{last['hash']}`"
