"""Data quality: can these numbers be trusted."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.pages.card import Card, download, grid
from dashboard.pages.cards import stacked_card, trend_card
from dashboard.pages.measured import measured
from dashboard.pages.table import table

READ = "What the records hold limits what any number here can say; a change of coding can look like a change of care."
UNLINKED = (
    "Denervations without a person key cannot be told apart by person: together they count as one patient, so their share is always too small to show. "
    "The rule <em>no person key</em> below counts the rows."
)
WHOSE = (
    "What is coded is of the place, years and people chosen above. Months, rows and files are of everything that was loaded, or of one provider "
    "where one is chosen."
)
STATES = {"complete": "Complete", "short": "Under half of usual", "nothing_sent": "Nothing sent"}


def show(ask: Ask) -> None:
    """Months complete, coding, rows by fate and rule, files, mergers, unknown codes, and what others count."""
    st.title("Data quality", anchor=False)
    st.markdown(WHOSE)
    grid(
        ask,
        (months,),
        (linked, sides),
        (levels, image_control),
        (rules, published),
        (fates,),
        (by_provider,),
        (files,),
        (mergers, unknown),
        (ebi,),
    )
    measured(ask, "quality")


def months(ask: Ask) -> Card:
    """Providers by month: complete, short, silent."""
    answer = ask.loading("months")
    title = sent(answer.frame.dropna(), answer.filters.place_type == "provider") or answer.title
    long = replace(answer, frame=tall(answer))
    read = (
        "A month is complete when a provider sent at least half of its usual number of episodes in the year before and after, of any kind. A month not sent is a gap in "
        "its charts, never a zero."
    )
    return stacked_card("dq-months", title, long, "month", "state", STATES, read)


def sent(months: pd.DataFrame, of_one: bool) -> str:
    """How many providers sent the latest month whole, or one provider how many months; nothing where no month can be told."""
    if months.empty:
        return ""
    if of_one:
        return f"{months['complete'].sum():,.0f} of {len(months):,} months are complete"
    last = months.iloc[-1]
    every = last[list(STATES)].sum()
    return f"{last['complete']:,.0f} of {every:,.0f} providers sent a complete month in {month_in_words(last['month'])}"


def month_in_words(month: str) -> str:
    """A month as a sentence names it: March 2026."""
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"


def tall(answer: Released):
    """One row per month and state."""
    frame = answer.frame.drop(columns="flag").melt("month", list(STATES), "state", "value")
    return frame.assign(place=answer.filters.place, flag="")[["month", "state", "value", "flag"]]


def linked(ask: Ask) -> Card:
    """Denervations that name a person, or why their share cannot be told."""
    answer = ask.counts(METRICS["linked_to_person"])
    made = trend_card("dq-linked", answer.metric.title, answer, READ)
    return made if made.figure or answer.frame.empty else replace(made, words=f"<p>{UNLINKED}</p>")


def sides(ask: Ask) -> Card:
    """Denervations with a side."""
    return coded(ask, "dq-sides", "side_recorded")


def levels(ask: Ask) -> Card:
    """Denervations with levels."""
    return coded(ask, "dq-levels", "levels_recorded")


def image_control(ask: Ask) -> Card:
    """Denervations with image control."""
    return coded(ask, "dq-image", "image_control_recorded")


def coded(ask: Ask, key: str, name: str) -> Card:
    """The share of denervations that have something coded, over time."""
    return trend_card(key, METRICS[name].title, ask.counts(METRICS[name]), READ)


def rules(ask: Ask) -> None:
    """What was wrong with rows."""
    listed(
        "dq-rules",
        ask.loading("rules"),
        "Put aside: not counted anywhere. Flagged: kept, repaired or noted. No row is dropped without a rule.",
    )


def fates(ask: Ask) -> None:
    """Rows by month."""
    read = "By the month an episode ended. A row that cannot be read, or has no date, is of no month; one with two things wrong counts under each."
    listed("dq-fates", ask.loading("fates"), read)


def by_provider(ask: Ask) -> None:
    """Rows and months, by provider."""
    read = "A provider that loses many rows, or has few complete months, is not to be compared. Rows that cannot be read have no provider."
    listed("dq-providers", ask.loading("providers"), read)


def files(ask: Ask) -> None:
    """The files of the version."""
    listed("dq-files", ask.loading("files"), "Every row read is loaded, put aside, or dropped as an exact copy of another.")


def published(ask: Ask) -> None:
    """Mentions of codes, here and as published."""
    read = "Published: Hospital Episode Statistics, mentions of a code in any position in England. Part of England, or of a year, shows fewer."
    listed("dq-published", ask.loading("published"), read)


def mergers(ask: Ask) -> None:
    """Closed organisations."""
    listed(
        "dq-mergers",
        ask.loading("mergers"),
        "Each is counted under its successor for every year, so that a trend does not break at a merger.",
    )


def unknown(ask: Ask) -> None:
    """Providers nobody lists."""
    listed(
        "dq-unknown",
        ask.loading("unknown"),
        "They are counted under their own code.",
        "Every provider code is in a reference list.",
    )


def ebi(ask: Ask) -> None:
    """SUS's own flag."""
    none = "No file carried SUS's own flag of Evidence-Based Interventions, so there is nothing to hold the rule against."
    listed(
        "dq-ebi",
        ask.loading("ebi"),
        "Episodes on which the two disagree differ in date of definition, site codes or primary diagnosis.",
        none,
    )


def listed(key: str, answer: Released, read: str, none: str = "There are none in this data.") -> None:
    """A table that is its own picture, with its file."""
    with st.container(border=True, key=f"card-{key}"):
        st.header(answer.title, anchor=False)
        if answer.frame.empty:
            st.markdown(none)
            return
        st.html(table(answer))
        st.markdown(read)
        download(answer, key)
