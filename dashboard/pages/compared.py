"""What others publish beside the figures here, and what rounding does to a verdict."""

from dataclasses import replace

import streamlit as st

from dashboard import definitions
from dashboard.ask import Ask
from dashboard.charts.words import number
from dashboard.filters import ENGLAND, GROUPS
from dashboard.metrics.volumes import DENERVATIONS
from dashboard.pages.plain import plain
from dashboard.pages.table import table

REASONS = """
Why they differ:
- **Mentions and attendances.** HES publishes every mention of a code, in any position of any finished episode; a denervation here is one person on one day,
  whatever the number of episodes or codes. The table counts mentions, so that like is beside like.
- **Who is counted.** The mentions published include children, emergencies, private patients and people with cancer; denervations do not.
- **EBI 2K** counts V48.5 or V48.7 in first position, with a site of the lumbar spine and one of five primary diagnoses. Sites and sides are often not coded
  and the code often stands second: the EBI rule sees about one in eight of the attendances that V48.5 alone finds.
- **What was supplied.** Part of England, part of a year, or files without independent providers hold fewer than are published. Outpatients are in neither.
- **When.** Published years are final; a provisional year here will still move. Numbers here are released: multiples of 5, small ones hidden.
"""
VERDICT_WORDS = """
Rounding to multiples of 5 can change what a chart says of a small provider. This table was made by `rfd check verdicts` from synthetic data
of England's size: each verdict on released numbers beside the same verdict on exact ones. *Lost* is a finding that rounding or suppression hides,
*made* one that it makes up. Over all years a verdict hardly ever changes where it can be shown; a signal in one quarter of one provider, a few dozen
denervations at most, often does: look at its years before acting on it.
"""


def against_published(ask: Ask) -> None:
    """The published EBI and HES figures beside this version's own, with the reasons they differ."""
    st.header("Published figures and those here", anchor=False)
    st.markdown(ebi(ask))
    with st.expander("HES open data: mentions of each code by year, published and here"):
        st.html(table(ask.loading("published")))
    st.markdown(REASONS)


def ebi(ask: Ask) -> str:
    """EBI 2K's own number beside this version's denervations under the EBI rule in the same year."""
    theirs = definitions.published_ebi()
    year, value = theirs["year"], int(theirs["value"])
    told = f"EBI 2K published {value:,} for {year}. "
    if year not in ask.version.years:
        return told + "That year is not in this data."
    everyone = dict.fromkeys(GROUPS)
    filters = replace(ask.filters, place_type="england", place=ENGLAND, cohort="ebi", from_=year, to=year, **everyone)
    frame = Ask(ask.warehouse, filters, ask.profile).counts(DENERVATIONS, period="year").frame
    here = frame["value"].iloc[0] if len(frame) else 0
    share = f", {here / value:.0%} of it" if here == here else ""
    return told + f"This data has {number(here, 'count')} under the same rule in that year{share}."


def verdicts() -> None:
    """How often a verdict from released numbers differs from the exact one, by size of provider."""
    found = definitions.verdicts()
    if found:
        st.markdown(VERDICT_WORDS)
        with st.expander("Verdicts on released numbers beside exact ones"):
            st.html(plain(found, "Verdicts on released numbers beside exact ones"))
