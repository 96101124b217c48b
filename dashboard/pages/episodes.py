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
from dashboard.filters import DECLARED, GROUPS
from dashboard.pages import controls, sign_in
from dashboard.pages.policy import UNSEEN

MOST_SHOWN, MOST_SEED = 50, 999_999
REASON_WORDS = {
    "all": "All courses", "non_adherent": "Fails any criterion", "block_before": "Fails: block before",
    "repeat_interval": "Fails: interval", "repeat_block": "Fails: new block", "levels": "Fails: levels",
    "adherent": "Adherent", "not_assessable": "Cannot be judged",
}  # fmt: skip
HEADINGS = {
    "patient": "Patient", "month": "Month", "days_since_index": "Days since first course", "provider": "Trust", "age": "Age",
    "sex": "Sex", "sides": "Side", "course_kind": "Course", "verdict": "Verdict",
}  # fmt: skip
STATES = {"met": "✓ Met", "not_met": "✗ Not met", "not_assessable": "? Cannot be judged", "not_applicable": "– Does not apply"}
CRITERIA = {
    "block_before": "Block before", "repeat_interval": "Interval", "repeat_block": "New block", "levels": "Levels limit",
    "conservative_care": "Conservative care",
}  # fmt: skip
CLOSED = (
    "This page lists courses one by one. No rows are granted to you, so there are no rows to show. Everything else stays open: the other pages "
    "hold released numbers only. Access is given person by person, under a data-sharing agreement, by whoever runs this dashboard."
)


def show(ask: Ask) -> None:
    """The selected courses within the reader's grant, how to draw a sample, and the logged export."""
    st.title("Episodes", anchor=False)
    reader = sign_in.reader()
    if not reader.sees_rows:
        st.markdown(CLOSED)
        return
    st.markdown(f"**{html.escape(whose(reader))}** Pseudonyms are of this visit alone; days are months and distances.")
    controls.thresholds(ask)
    chosen = selection()
    try:
        frame = door.listed(ask, reader, chosen, visit_key())
    except Refused as error:
        st.markdown(f"This cannot be shown: {error}.")
        return
    courses = frame["course"].nunique()
    logged = note(ask, reader, chosen, min(courses, MOST_SHOWN))
    listing(frame, courses, ask, chosen)
    st.markdown(UNSEEN)
    taking(ask, reader, chosen, courses, logged)


def whose(reader: access.Reader) -> str:
    """Whose rows a grant shows, in words."""
    kind, code = reader.scope
    return {
        "provider": f"Courses at {code}.",
        "commissioner": f"Courses of patients of {code}.",
        "all": "Courses of every trust, one trust at a time.",
    }[kind]


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
    if not courses:
        st.markdown("There are no rows for this choice: no course within your grant, at this place, in these years.")
        return
    few = f", the first {MOST_SHOWN} shown" if courses > MOST_SHOWN else ""
    few += f", a random sample drawn with seed {chosen.seed}" if chosen.sample else ""
    st.header(f"{courses:,} {'course' if courses == 1 else 'courses'}{few}", anchor=False)
    st.html(table(frame, ask.about))


def table(frame: pd.DataFrame, about: dict) -> str:
    """One line per course: who and when without a name, then each criterion with its state, the value seen and the threshold."""
    made_up = "Synthetic data. " if about.get("synthetic") == "true" else ""
    names = [*HEADINGS.values(), *CRITERIA.values()]
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in names)
    kept = frame["course"].drop_duplicates().head(MOST_SHOWN)
    parts = frame[frame["course"].isin(set(kept))].groupby("course", sort=False)
    rows = "".join(f"<tr>{line(part)}</tr>" for _, part in parts)
    caption = f"{made_up}Courses and their criteria. Data version {html.escape(about['version'])}."
    made = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='rfd-table' role='region' tabindex='0' aria-label='Courses, table'>{made}</div>"


def line(part: pd.DataFrame) -> str:
    """The cells of one course."""
    course, criteria = part.iloc[0], part.set_index("criterion")
    told = [DECLARED[name].name(course[name]) if name in GROUPS else course[name] for name in HEADINGS]
    cells = [f"<td>{html.escape(words(value))}</td>" for value in told]
    return "".join([*cells, *(cell(criteria.loc[name]) for name in CRITERIA)])


def cell(criterion: pd.Series) -> str:
    """A criterion of a course: its state, and under it what was seen against what was asked."""
    seen = "; ".join(words(criterion[name]) for name in ("value", "threshold") if pd.notna(criterion[name]))
    small = f"<br><small>{html.escape(seen)}</small>" if seen else ""
    return f"<td>{STATES[criterion['state']]}{small}</td>"


def words(value) -> str:
    """A value as a person reads it; nothing where it is not known."""
    if pd.isna(value):
        return ""
    return value.replace("_", " ") if isinstance(value, str) else f"{value:,.0f}"


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
    if not courses:
        return "There is nothing to take out."
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
