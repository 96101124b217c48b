"""Episodes: which courses, one line each with every criterion, for those who were granted the rows."""

import html
import re
import secrets

import pandas as pd
import streamlit as st

from dashboard import access, audit, door
from dashboard.ask import Ask
from dashboard.ask.episodes import REASONS, SAMPLES, Selection
from dashboard.errors import Failed, Refused
from dashboard.pages import controls, sign_in
from dashboard.pages.courses import table, trusts
from dashboard.pages.policy import NOT_RECORDED, UNSEEN

MOST_SHOWN, MOST_SEED = 50, 999_999
REASON_WORDS = {
    "all": "All courses", "non_adherent": "Fails any criterion", "block_before": "Fails: block before",
    "repeat_interval": "Fails: interval", "repeat_block": "Fails: new block", "levels": "Fails: levels",
    "adherent": "Adherent", "not_assessable": "Cannot be judged",
}  # fmt: skip
CLOSED = "This page lists courses one by one. No rows are granted to you"
OPEN = (
    "Everything else stays open: the other pages hold released numbers only. Access is given person by person, under a data-sharing "
    "agreement, by whoever runs this dashboard."
)
STAND_INS = (
    "The choices above and below narrow it. Patients have pseudonyms made for this visit alone; a day is given as its month and as days since "
    "the first course."
)
NONE = "There are no rows for this choice: no course within your grant at this place, in these years, of these people, for this reason."
NOT_LISTED = f"Not listed, because hospital data does not record them: {', '.join(NOT_RECORDED).lower()}. {UNSEEN}"


def show(ask: Ask) -> None:
    """The selected courses within the reader's grant, how to draw a sample, and the logged export."""
    st.title("Episodes", anchor=False)
    reader = sign_in.reader()
    if not reader.sees_rows:
        st.markdown(f"{CLOSED}{sign_in.why_not(reader)}. {OPEN}")
        return
    st.markdown(f"**Your grant: {whose(reader, ask.version.place_names)}, until {sign_in.in_words(reader.until)}.** {STAND_INS}")
    controls.thresholds(ask)
    chosen = selection()
    try:
        frame = door.listed(ask, reader, chosen, visit_key())
    except Refused as error:
        st.markdown(f"{str(error)[0].upper()}{str(error)[1:]}.")
        return
    courses = frame["course"].nunique()
    logged = note(ask, reader, chosen, min(courses, MOST_SHOWN))
    if not courses:
        st.markdown(NONE)
        return
    listing(frame, courses, ask, chosen)
    st.markdown(NOT_LISTED)
    taking(ask, reader, chosen, courses, logged)


def whose(reader: access.Reader, names: dict) -> str:
    """Whose rows a grant shows, in words."""
    kind, code = reader.scope
    if kind == "all":
        return "courses of every trust, one trust at a time"
    place = f"{names[kind, code]} ({code})" if (kind, code) in names else code
    return f"courses {'at' if kind == 'provider' else 'of patients of'} {html.escape(place)}"


def selection() -> Selection:
    """What the boxes of this page say."""
    why, how_many, seed = st.columns([3, 2, 2])
    reason = why.selectbox("Courses", REASONS, format_func=REASON_WORDS.get, key="episodes_reason")
    sample = how_many.selectbox(
        "Random sample for notes review",
        SAMPLES,
        format_func=lambda n: f"{n} courses" if n else "No: all of them",
        key="episodes_sample",
    )
    number = seed.number_input("Seed of the sample", 1, MOST_SEED, 1, key="episodes_seed", disabled=not sample)
    if sample:
        st.button("Draw another sample", key="episodes_draw", on_click=draw)
    return Selection(reason, sample, int(number))


def draw() -> None:
    """Put another seed into its box: the sample can be drawn again from what it says."""
    st.session_state["episodes_seed"] = secrets.randbelow(MOST_SEED) + 1


def visit_key() -> bytes:
    """The key of this visit's pseudonyms, kept on the server only."""
    return st.session_state.setdefault("episodes_key", secrets.token_bytes(32))


def note(ask: Ask, reader: access.Reader, chosen: Selection, courses: int) -> bool:
    """Log a list the first time it is shown; whether the log can be written."""
    seen = (reader, chosen, ask.filters, ask.about["version"])
    log = audit.place(ask.warehouse.folder)
    try:
        if st.session_state.get("episodes_seen") != seen:
            door.noted(ask, reader, chosen, courses, log)
        audit.ready(log)
    except Failed:
        return False
    st.session_state["episodes_seen"] = seen
    return True


def listing(frame: pd.DataFrame, courses: int, ask: Ask, chosen: Selection) -> None:
    """The courses as a table, the first of them when there are many, and how a sample was drawn."""
    few = f", the latest {MOST_SHOWN} shown" if courses > MOST_SHOWN else ""
    few += f", a random sample drawn with seed {chosen.seed}" if chosen.sample else ""
    st.header(f"{courses:,} {'course' if courses == 1 else 'courses'}{few}", anchor=False)
    shown = frame[frame["course"].isin(set(frame["course"].drop_duplicates().head(MOST_SHOWN)))]
    with st.container(key="listing"):
        st.html(table(shown, ask.about))
    codes = set(shown["provider"].dropna())
    if len(codes) > 1:
        st.markdown(trusts(codes, ask.version.place_names))


def taking(ask: Ask, reader: access.Reader, chosen: Selection, courses: int, logged: bool) -> None:
    """Purpose, reference and the export; why there is none, when there is none."""
    most = sign_in.granted(sign_in.claims())[1].export_rows
    with st.container(border=True, key="card-taking"):
        st.header("Take these courses out", anchor=False)
        st.markdown(
            "Pseudonyms are new in every file and their key is not kept. Who took what, for what purpose, is logged before the file is made."
        )
        if not logged:
            st.markdown("**The download log cannot be written, so nothing can be taken out.** Tell whoever runs this dashboard.")
            return
        why, whose_reference = st.columns(2)
        purpose = why.selectbox("Purpose", door.PURPOSES, index=None, placeholder="Choose one", key="episodes_purpose")
        reference = whose_reference.text_input("Your reference (audit, ticket or letter)", max_chars=40, key="episodes_reference")
        request = door.Request(chosen, purpose or "", reference.strip())
        reason = hindrance(request, courses, most)
        if reason:
            st.markdown(reason)
        button(ask, sign_in.claims(), request, bool(reason))


def hindrance(request: door.Request, courses: int, most: int) -> str:
    """What is still missing for an export, in words; nothing when it can be made."""
    if courses > most:
        return f"One file holds at most {most:,} courses: choose fewer years, a reason or a sample."
    if not request.purpose or not re.fullmatch(door.REFERENCE, request.reference):
        return "Choose a purpose and give a reference of 3 to 40 letters and digits."
    return ""


def button(ask: Ask, claims: dict, request: door.Request, disabled: bool) -> None:
    """The export, made when the button is pressed, by the grants as they stand then."""

    def make() -> bytes:
        reader, grants = sign_in.granted(claims)
        return door.take(ask, reader, request, grants.export_rows, audit.place(ask.warehouse.folder))

    st.download_button(
        "Download (zip, logged)", make, file_name=door.file_name(ask), mime="application/zip", on_click="ignore", disabled=disabled,
        key="episodes-zip",
    )  # fmt: skip
