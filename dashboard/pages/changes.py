"""What changed: since the year before at the place chosen, and of late over all places and measures."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from weakref import WeakKeyDictionary

import pandas as pd
import streamlit as st

from dashboard import signals
from dashboard.ask import Ask
from dashboard.charts.words import SIGNALS, change, inside, number, same
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.metrics import METRICS
from dashboard.pages.card import download
from dashboard.pages.table import table

OFTEN = 2
MOST = 8
CHANCE = "By more than chance: the 95% limits of the two years do not overlap, or two counts differ by two standard errors."
ONE_VERSION = "No version from before this one is kept, so nothing can be compared with it."

OTHER = "The version before was made in another way and cannot be asked the same."

# Not among the answers kept: a search that goes on has no size, and must not be begun twice for want of room.
_BEGUN: WeakKeyDictionary = WeakKeyDictionary()


def since_year(ask: Ask, names: tuple[str, ...]) -> None:
    """Which measures moved from the year before to the latest by more than chance; the tiles hold them all."""
    pairs = [(name, pair) for name in names if (pair := _last_two(ask, name)) is not None]
    moved = [change(METRICS[name].title, pair) for name, pair in pairs if not same(*_rows(pair), METRICS[name].unit)]
    with st.container(border=True, key="card-changes"):
        st.header(_found(len(moved), len(pairs)), anchor=False)
        if moved:
            st.markdown("\n".join(f"- {line}" for line in moved))
        if pairs:
            st.markdown(CHANCE)


def _found(moved: int, told: int) -> str:
    if not told:
        return "What changed since the year before: no two years can be compared for this choice"
    if told == 1:
        return f"The one number above that can be compared has {'' if moved else 'not '}changed since the year before by more than chance"
    return f"{moved or 'None'} of the {told} numbers above changed since the year before by more than chance"


def _last_two(ask: Ask, name: str) -> Released | None:
    """A measure's two latest years, where both can be told."""
    if METRICS[name].unit == "rate" and ask.filters.place_type == "provider":
        return None
    try:
        answer = ask.counts(METRICS[name], period="year")
    except Refused:
        return None
    last = answer.frame.sort_values("period").tail(2)
    return replace(answer, frame=last) if last["value"].notna().all() and len(last) == 2 else None


def _rows(pair: Released) -> tuple:
    return tuple(pair.frame.iloc[at] for at in (0, 1))


def of_late(ask: Ask) -> None:
    """Signals over all places and measures: made once for a version, beside the page; until they are there the card looks again."""
    looked = looking(ask)
    every = None if all(one.done() for one in looked) else OFTEN
    with st.container(border=True, key="card-signals"):
        st.fragment(card, run_every=every)(ask, looked, every)


def looking(ask: Ask) -> tuple[Future, Future]:
    """The signals of the version of an Ask, and what moved since the version before: begun by whoever comes first."""
    begun = _BEGUN.setdefault(ask.warehouse, {})
    key = (ask.version.name, ask.profile)
    if key not in begun:
        begun[key] = tuple(_worker().submit(search, ask) for search in (signals.found, signals.since_version))
    return begun[key]


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "signals")


def card(ask: Ask, looked: tuple[Future, Future], every: int | None) -> None:
    """The signals of the chosen place and of those in it, or that they are being looked for."""
    st.header("What changed of late, over all places and measures", anchor=False)
    if not all(one.done() for one in looked):
        st.html("<p role='status'>Looking at every measure of every place; the list appears here by itself.</p>")
        return
    if every:
        st.rerun()  # the page once more, so that nothing looks again every two seconds
    found, moved = looked
    if found.exception():
        st.markdown("The list could not be made; the rest of the page stands.")
    else:
        told(ask, found.result())
    versions(moved)


def told(ask: Ask, found: signals.Found) -> None:
    """The strongest signals in words, the statement that goes with them, all of them as a table and a file."""
    answer = replace(found.answer, frame=here(ask, found.answer.frame))
    lines = [in_words(row) for row in answer.frame.head(MOST).to_dict("records")]
    st.markdown(
        "\n".join(f"- {line}" for line in lines) or "No measure of this place has a signal that chance alone would not give."
    )
    if len(answer.frame) > MOST:
        st.markdown(f"And {len(answer.frame) - MOST} more, in the table.")
    st.markdown(found.words())
    if len(answer.frame):
        with st.expander("The signals as a table"):
            st.html(table(answer))
        download(answer, "signals")


def here(ask: Ask, frame: pd.DataFrame) -> pd.DataFrame:
    """The signals of the chosen place and of the places in it; for England all."""
    filters = ask.filters
    if filters.place_type == "england":
        return frame
    mine = frame["place_type"].eq(filters.place_type) & frame["place"].eq(filters.place)
    if filters.place_type == "region":
        places = ask.version.places
        inside = set(places[places["region"] == filters.place]["place"])
        mine |= frame["place_type"].isin(["commissioner", "provider"]) & frame["place"].isin(inside)
    return frame[mine].reset_index(drop=True)


def in_words(row: dict) -> str:
    """A signal as a sentence."""
    unit = METRICS[row["measure"]].unit
    unit = "count" if unit == "people" else unit
    per = f" a {row['by']}" if unit == "count" else ""
    whole = "; England's too" if row["with_england"] == "yes" else ""
    verdict = "" if row["verdict"] == "special" else f", {'an improvement' if row['verdict'] == 'improvement' else 'a concern'}"
    return (
        f"**{row['place_name']}**: {inside(METRICS[row['measure']].title)} {row['direction']} from {number(row['old'], unit)} to "
        f"{number(row['new'], unit)}{per} since {row['first']} ({SIGNALS[row['signal']]}{verdict}){whole}."
    )


def versions(looked: Future) -> None:
    """England's measures that the version before told otherwise."""
    st.subheader("Since the version before", anchor=False)
    if looked.exception():
        st.markdown(OTHER)
        return
    moved = looked.result()
    if moved is None:
        st.markdown(ONE_VERSION)
        return
    st.markdown(
        f"{moved.title}: {len(moved.frame)} numbers of years."
        if len(moved.frame)
        else "None of England's measures by year moved."
    )
    if len(moved.frame):
        with st.expander("What moved, as a table"):
            st.html(table(moved))
        download(moved, "since-version")
