"""The download log, for the auditor: who took out or looked at what, and whether the log is whole."""

import streamlit as st

from dashboard import audit
from dashboard.ask import Ask
from dashboard.choices import Choice
from dashboard.errors import Stopped
from dashboard.filters import DECLARED, IN_LINK
from dashboard.pages import sign_in
from dashboard.pages.plain import plain

MOST_SHOWN = 200
HEADINGS = {
    "n": "No.", "time": "Time (UTC)", "who": "Who", "role": "Role", "organisation": "Organisation", "agreement": "Agreement", "what": "What",
    "rows": "Rows", "purpose": "Purpose", "reference": "Reference", "filters": "Choices", "data_version": "Data version",
    "profile": "Profile", "export_id": "Export id", "sha256": "SHA-256 of the file",
}  # fmt: skip


def show(ask: Ask) -> None:
    """The state of the chain, and the newest entries first."""
    st.title("Download log", anchor=False)
    reader = sign_in.reader()
    if not reader.may_open("log"):
        st.markdown(f"This page is for auditors. Nothing here is granted to you{sign_in.why_not(reader)}.")
        return
    path = audit.place(ask.warehouse.folder)
    st.markdown(f"Who took out or looked at what. Every entry is here, whatever the boxes above say. {state(path)}")
    entries = [entry for entry in audit.entries(path) if isinstance(entry, dict)]
    if not entries:
        return
    few = f"The newest {MOST_SHOWN} of {len(entries):,} entries" if len(entries) > MOST_SHOWN else "All entries"
    with st.container(key="log"):
        st.html(plain([line(entry) for entry in entries[-MOST_SHOWN:][::-1]], f"{few}, the newest first"))


def line(entry: dict) -> dict:
    """An entry under its headings, as an auditor reads it; what an altered one lacks stays empty."""
    told = dict.fromkeys(HEADINGS, "") | entry
    chosen, rows = told["filters"], told["rows"]
    told["time"] = str(told["time"]).replace("T", " ").removesuffix("+00:00")
    told["role"] = str(told["role"]).replace("_", " ").capitalize()
    told["rows"] = f"{rows:,}" if isinstance(rows, int) else rows
    if isinstance(chosen, dict):
        told["filters"] = "; ".join(choice(key, str(text)) for key, text in chosen.items()) or "None: all of it"
    return {words: told[name] for name, words in HEADINGS.items()}


def choice(key: str, text: str) -> str:
    """A choice of a link as its box calls it; one that there is no box for under its own name."""
    declared = DECLARED.get(IN_LINK.get(key, ""), Choice())
    value = declared.read(text)
    return f"{declared.label or key.replace('_', ' ').capitalize()} {text if value is None else declared.name(value)}"


def state(path) -> str:
    """Whether the log is whole, in words."""
    try:
        last = audit.check(path)
    except Stopped as error:
        return f"**The log is not whole.** {str(error).removeprefix(f'{path}: ').capitalize()}."
    if not last["n"]:
        return "There is no entry yet."
    return (
        f"The log is whole: {last['n']:,} {'entry' if last['n'] == 1 else 'entries'}, each holding the hash of the one before. "
        f"Keep the last hash somewhere else too, so that a log that was replaced is found out: `{last['hash']}`"
    )
