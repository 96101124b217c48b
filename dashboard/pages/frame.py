"""What stands on every page: banners and what is shown above, the data version and its days below."""

import html
from dataclasses import replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.disclosure.numbers import profile
from dashboard.filters import Filters
from dashboard.pages import controls

STYLE = """<style>
.block-container {padding-top:4rem;max-width:1280px}
h1 {font-size:1.9rem !important;padding:.4rem 0 !important} h2 {font-size:1.12rem !important;line-height:1.35 !important;padding:.1rem 0 .3rem !important}
h3 {font-size:1.05rem !important}
.rfd-banner {background:#fff4cc;border-left:6px solid #8a6d00;padding:.45rem .8rem;margin:.15rem 0;color:#212b32}
.rfd-shown {color:#4c6272;margin:.1rem 0} .rfd-foot {color:#4c6272;font-size:.9rem;border-top:1px solid #d8dde0;margin-top:1.5rem;padding-top:.6rem}
.rfd-table {overflow:auto;max-height:26rem} .rfd-table table {border-collapse:collapse;width:100%;font-size:.9rem}
.rfd-table caption {text-align:left;color:#4c6272;padding:.3rem 0} .rfd-table th {text-align:left;border-bottom:2px solid #4c6272;padding:.25rem .6rem}
.rfd-table td {border-bottom:1px solid #d8dde0;padding:.25rem .6rem;font-variant-numeric:tabular-nums}
.rfd-table .rfd-number {text-align:right;white-space:nowrap}
.rfd-tiles {display:grid;grid-template-columns:repeat(auto-fit,minmax(13.5rem,1fr));gap:.8rem}
.rfd-tile {border:1px solid #d8dde0;border-radius:.5rem;padding:.7rem .9rem;color:#212b32;background:#fff}
.rfd-tile h2 {font-size:1rem !important;margin:0;padding:0 !important} .rfd-tile p {margin:.1rem 0;font-size:.9rem;color:#4c6272}
.rfd-tile .rfd-value {font-size:1.9rem;font-weight:600;color:#212b32} .rfd-tile summary {cursor:pointer;color:#005eb8;font-size:.9rem}
.rfd-fold {border:1px solid #d8dde0;border-radius:.5rem;padding:.45rem .8rem;margin:.35rem 0} .rfd-fold > summary {cursor:pointer;color:#005eb8}
:focus-visible {outline:3px solid #ffeb3b !important;box-shadow:0 0 0 6px #212b32 !important}
@media (max-width:640px) {.block-container {padding-left:.8rem;padding-right:.8rem}}
</style>"""
UNITS = {"staged_days": "days", "repeat_min_months": "months", "block_lookback_months": "months"}


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


def top(served, about: dict) -> None:
    """Style, and the banners about the data: synthetic, a version standing in, provisional months."""
    st.html(STYLE)
    if about.get("synthetic") == "true":
        banner(
            "<strong>Synthetic data.</strong> Nobody in it exists and every provider is invented: nothing here is about a real trust."
        )
    if served.banner:
        banner(html.escape(served.banner))
    if about.get("provisional_from"):
        banner(f"Figures from {html.escape(about['provisional_from'])} are provisional: hollow points, and they will change.")


def told(ask: Ask, notes: list[str]) -> None:
    """Under the controls: what was dropped, thresholds that are not the reference's, and what the page now shows."""
    for note in notes:
        banner(html.escape(note))
    filters = ask.filters
    hand = controls.by_hand(filters)
    if filters.policy != "reference" or hand:
        set_ = ", ".join(f"{name.replace('_', ' ')} {_stop(name, value)}" for name, value in hand.items())
        name = html.escape(controls.policy_names(ask)[filters.policy])
        banner(f"<strong>Not the reference policy.</strong> {name}{f'; set by hand: {set_}' if set_ else ''}.")
    st.html(f"<p class='rfd-shown' role='status'>{html.escape(shown(ask))}</p>")


def _stop(name: str, value: int) -> str:
    return "none" if value == 0 and name == "repeat_min_months" else f"{value} {UNITS.get(name, '')}".strip()


def shown(ask: Ask) -> str:
    """One sentence: the place, the years, the people, and the data."""
    filters, about, years = ask.filters, ask.about, ask.version.years
    name = dict(ask.places(filters.place_type)).get(filters.place, filters.place)
    people = [controls.SEX_WORDS[filters.sex]] if filters.sex else []
    people += [f"aged {filters.age_band}"] if filters.age_band else []
    span = f"{filters.from_ or years[0]} to {filters.to or years[-1]}"
    who = f" · {', '.join(people)}" if people else ""
    return (
        f"Showing {name} · {span}, by {filters.period} · {controls.COHORT_WORDS[filters.cohort]}{who} · "
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
