"""What stands on every page: banners and what is shown above, the data version and its days below."""

import html
import os
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard.ask import Ask
from dashboard.disclosure.numbers import profile
from dashboard.errors import Refused
from dashboard.filters import DECLARED, Filters, people
from dashboard.pages import controls, navigation
from dashboard.policy import set_by_hand

STYLE = Path(__file__).with_name("style.css")
# how often an open page looks whether other data was published, and how it remembers which it showed
EVERY, SHOWN = "10s", "version_shown"
SKIP = "<a class='rfd-skip' href='#numbers'>Skip the choices and go to the numbers</a>"


def page(name: str, served, profile: str, links: Mapping) -> None:
    """One page of a warehouse: links to the others, its banners and filters, what it asks and shows, and its foot.

    What comes and goes stands in a container: without one, all below it moves, and the old stays beside the new till the run ends.
    """
    filters, notes = pinned(served, *controls.current(Ask(served), name))
    ask = Ask(served, filters, profile)
    st.html(STYLE)
    st.html(SKIP)
    navigation.bar(links, name, filters)
    with st.container():
        banners(served, ask.about)
    controls.top_bar(ask)
    with st.container():
        told(ask, notes)
    now_shown(ask)
    watch(served, ask)
    import_module(f"dashboard.pages.{name}").show(ask)
    foot(ask)


def profile_of_owner() -> str:
    """The disclosure profile that the owner of the data chose (`RFD_PROFILE`); Refused for one that does not release."""
    chosen = profile(os.environ.get("RFD_PROFILE") or "hes2018_ck")
    if chosen.exact:
        raise Refused("RFD_PROFILE: exact numbers are for the command line alone; pages show released ones")
    return chosen.name


def banner(words: str) -> None:
    """A line nobody should miss; the words are HTML, what comes from outside is escaped before."""
    st.html(f"<div class='rfd-banner' role='status'>{words}</div>")


def pinned(served, filters: Filters, notes: list[str]) -> tuple[Filters, list[str]]:
    """The filters, without a version that is no longer kept, and the notes with one that says so."""
    if filters.version is None or served.has(filters.version):
        return filters, notes
    note = f"The link was made on data version {filters.version}, which is no longer kept. The current version, {served.version}, is shown."
    current = replace(filters, version=None)
    controls.remember(current)
    return current, [*notes, note]


def banners(served, about: dict) -> None:
    """What to know about the data before all else: that it is synthetic, a version standing in, provisional months."""
    if about.get("synthetic") == "true":
        banner("<strong>Synthetic data.</strong> Nobody in it exists: nothing here is about a real patient or a real trust.")
    if served.banner:
        banner(html.escape(served.banner))
    if about.get("provisional_from"):
        banner(f"Figures from {html.escape(about['provisional_from'])} are provisional: hollow points, and they will change.")


def watch(served, ask: Ask) -> None:
    """Say, without a new run of the page, that other data was published while it stood open; a pinned page keeps its own."""
    if ask.filters.version is not None:
        return

    @st.fragment(run_every=EVERY)
    def look() -> None:
        served.refresh()
        if served.version != ask.version.name:
            banner(
                f"Data version {html.escape(served.version)} has been published. It is shown from your next choice on, or when you reload."
            )

    look()


def renewed(ask: Ask) -> list[str]:
    """A note when the data is another than this person saw a moment ago."""
    before, now = st.session_state.get(SHOWN), ask.version.name
    st.session_state[SHOWN] = now
    if ask.filters.version is not None or before in (None, now):
        return []
    return [f"The data has changed since you opened this page: version {now} is shown in place of {before}."]


def told(ask: Ask, notes: list[str]) -> None:
    """Under the controls: what was dropped or renewed, and thresholds that are not the reference's."""
    for note in [*notes, *renewed(ask)]:
        banner(html.escape(note))
    filters = ask.filters
    hand = set_by_hand(filters)
    if filters.policy != "reference" or hand:
        set_ = ", ".join(f"{DECLARED[name].label.lower()} {DECLARED[name].name(value).lower()}" for name, value in hand.items())
        name = html.escape(controls.policy_names(ask)[filters.policy])
        banner(f"<strong>Not the reference policy.</strong> {name}{f'; set by hand: {set_}' if set_ else ''}.")


def now_shown(ask: Ask) -> None:
    """What the page now shows, said to screen readers too, and where its numbers begin."""
    st.html(f"<p class='rfd-shown' role='status'>{html.escape(shown(ask))}</p><div id='numbers' tabindex='-1'></div>")


def shown(ask: Ask) -> str:
    """One sentence: the place, the years, the people, and the data."""
    filters, about, years = ask.filters, ask.about, ask.version.years
    name = dict(ask.places(filters.place_type)).get(filters.place, filters.place)
    span = " to ".join(dict.fromkeys([filters.from_ or years[0], filters.to or years[-1]]))
    who = f" · {', '.join(people(filters))}" if people(filters) else ""
    cohort = DECLARED["cohort"].name(filters.cohort)
    return (
        f"Showing {name} · {span}, by {filters.period} · {cohort}{who} · "
        f"data version {about['version']}, {about['data_start']} to {about['data_end']}"
    )


def foot(ask: Ask) -> None:
    """The version and days of the data, how small numbers are kept safe, and whose data it is."""
    about, few = ask.about, profile(ask.profile).threshold - 1
    st.html(
        f"<p class='rfd-foot'>Data version {html.escape(about['version'])} · {about['data_start']} to {about['data_end']} · "
        f"{'provisional from ' + html.escape(about['provisional_from']) if about.get('provisional_from') else 'no provisional months'} · "
        f"definitions {html.escape(about.get('definition_hash', 'unknown'))} · counts are rounded to multiples of 5, and 1 to {few} patients are shown as *"
        " · Contains public sector information licensed under the Open Government Licence v3.0. "
        "Contains OS data © Crown copyright and database right 2026.</p>"
    )
