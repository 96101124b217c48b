"""The accessibility statement."""

import streamlit as st

from dashboard.ask import Ask

AIM = (
    "These pages aim at level AA of the Web Content Accessibility Guidelines 2.2. Whoever serves them to you is responsible for them: "
    "tell them what you cannot reach or read, and ask them for the numbers in another form. Every table can be downloaded as CSV or Excel."
)
WORKS = """
- Every chart has a text alternative that tells what its picture would, and the same numbers as a real table under it.
- All controls can be reached and used with the keyboard; where the focus is can be seen.
- Nothing is told by colour alone: special causes and differences have shapes too, and lines are named where they end.
- Text can be enlarged to 200%, and the pages read down a window of 320 pixels; wide tables scroll by themselves.
- Forced colours are kept to. What changes after a choice is announced to a screen reader.
"""
DOES_NOT = """
- The points of a chart cannot be walked through with a keyboard, and what shows when pointing at one is for pointers alone: use the table below it (success criterion 2.1.1).
- Charts are drawn on white and do not follow a dark or forced palette; their tables do.
- Boxes show a long name cut short; it is whole in the list that opens and in the line below the boxes.
"""
TESTED = (
    "A test with axe-core for WCAG 2.0, 2.1 and 2.2 at levels A and AA comes with the product: each page as it opens, with a table open, with a list open, at "
    "320 pixels, and with forced colours; four pages in every run of the tests, all of them in the long one, which found nothing serious on 2026-11-27. Another goes from a link to a file with "
    "the keyboard alone. A test by machine finds about a third to a half of problems; "
    "people who use a screen reader or only a keyboard have not yet tested these pages. Last reviewed 2026-11-27; next review 2027-04-01."
)


def show(ask: Ask) -> None:
    """What works, what does not, and how it was tested."""
    st.title("Accessibility statement", anchor=False)
    st.markdown(AIM)
    for heading, words in (
        ("What works", WORKS),
        ("What does not, and the way round it", DOES_NOT),
        ("How it was tested", TESTED),
    ):
        st.header(heading, anchor=False)
        st.markdown(words)
