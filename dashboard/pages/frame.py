"""What stands on every page: banners above, the data version and its days below."""

from dataclasses import replace

import streamlit as st

from dashboard.filters import Filters
from dashboard.pages import controls

STYLE = """<style>
.rfd-banner {background:#fff4cc;border-left:6px solid #8a6d00;padding:.5rem .8rem;margin:.2rem 0;color:#212b32}
.rfd-table {overflow-x:auto;max-height:26rem;overflow-y:auto} .rfd-table table {border-collapse:collapse;width:100%;font-size:.9rem}
.rfd-table caption {text-align:left;color:#4c6272;padding:.3rem 0} .rfd-table th {text-align:left;border-bottom:2px solid #4c6272;padding:.25rem .5rem}
.rfd-table td {border-bottom:1px solid #d8dde0;padding:.25rem .5rem;font-variant-numeric:tabular-nums}
.rfd-foot {color:#4c6272;font-size:.9rem;border-top:1px solid #d8dde0;margin-top:1.5rem;padding-top:.6rem}
.block-container {padding-top:3.2rem;max-width:1240px} :focus-visible {outline:3px solid #ffeb3b !important;box-shadow:0 0 0 5px #212b32 !important}
h1 {font-size:1.9rem !important} h3 {font-size:1.15rem !important}
</style>"""


def banner(words: str) -> None:
    """A line nobody should miss."""
    st.html(f"<p class='rfd-banner' role='status'>{words}</p>")


def pinned(served, filters: Filters) -> tuple[Filters, list[str]]:
    """The filters, without a version that is no longer kept, and a note that says so."""
    if filters.version is None or served.has(filters.version):
        return filters, []
    note = f"The link was made on data version {filters.version}, which is no longer kept. The current version, {served.version}, is shown."
    current = replace(filters, version=None)
    controls.remember(current)
    return current, [note]


def top(served, filters: Filters, notes: list[str]) -> None:
    """Style and banners: synthetic data, a version standing in, thresholds that are not the reference, what was dropped."""
    st.html(STYLE)
    if served.about.get("synthetic") == "true":
        banner(
            "<strong>Synthetic data.</strong> Nobody in it exists, and every provider is invented. Nothing here says anything about a real trust."
        )
    if served.banner:
        banner(served.banner)
    if served.about.get("provisional_from"):
        banner(f"Figures from {served.about['provisional_from']} are provisional and will change.")
    if filters.policy != "reference" or controls.by_hand(filters):
        hand = f", with {', '.join(controls.by_hand(filters))} set by hand" if controls.by_hand(filters) else ""
        banner(f"Thresholds are not the reference policy: <strong>{filters.policy.replace('_', ' ')}</strong>{hand}.")
    for note in notes:
        banner(note)


def foot(served) -> None:
    """The version and days of the data, and how small numbers are kept safe."""
    about = served.about
    st.html(
        f"<p class='rfd-foot'>Data version {served.version} · {about['data_start']} to {about['data_end']} · definitions {about['definition_hash']} · "
        "counts are rounded to multiples of 5, and 1 to 7 patients are shown as * · "
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Contains OS data © Crown copyright and database right 2026.</p>"
    )
