"""The filters as widgets: the URL is the only state, kept across pages; every widget writes to it and reads from it."""

from dataclasses import fields, replace

import streamlit as st

from dashboard.ask import Ask
from dashboard.filters import COHORTS, DEFAULTS, PERIODS, PLACE_TYPES, STOPS, Filters, parse, to_query

COHORT_WORDS = {"lumbar": "Lumbar (headline)", "ebi": "EBI 2K as published", "broad": "Broad"}
PERIOD_WORDS = {"year": "Financial year", "quarter": "Quarter", "month": "Month"}
KEPT = "kept_filters"


def current(ask: Ask, years: list[str]) -> tuple[Filters, list[str]]:
    """The filters the URL says, or those kept from the page before, and a note for each value dropped."""
    query = dict(st.query_params)
    if not query and KEPT in st.session_state:
        filters, notes = st.session_state[KEPT], []
    else:
        places = {kind: {code for code, _ in ask.places(kind)} for kind in PLACE_TYPES}
        filters, notes = parse(query, places=places, policies=set(policy_names(ask)), years=years)
    remember(filters)
    return filters, notes


def policy_names(ask: Ask) -> dict[str, str]:
    """The title of each policy by its id."""
    known = ask.version.policies
    return dict(zip(known["policy"], known["title"], strict=True))


def remember(filters: Filters) -> None:
    """Have the URL and the session say the same."""
    st.session_state[KEPT] = filters
    if dict(st.query_params) != to_query(filters):
        st.query_params.from_dict(to_query(filters))


def changed(name: str) -> None:
    """Take a widget's new value into the filters."""
    value = st.session_state[name]
    new = {"place_type": value[0], "place": value[1]} if name == "place" else {name: value}
    remember(replace(st.session_state[KEPT], **new))


def widget(kind, label: str, options: list, name: str, words, value, **more) -> None:
    """One widget bound to one filter."""
    st.session_state[name] = value
    kind(label, options, key=name, format_func=words, on_change=changed, args=(name,), **more)


def top_bar(ask: Ask, filters: Filters, years: list[str]) -> None:
    """Place, period, years and cohort, and a way back to the start."""
    names = {("england", "E92"): "England"}
    for kind in PLACE_TYPES[1:]:
        names |= {(kind, code): f"{name} ({code})" for code, name in ask.places(kind)}
    place, period, first, last, cohort, reset = st.columns([4, 2, 1.5, 1.5, 2.4, 1], vertical_alignment="bottom")
    with place:
        widget(st.selectbox, "Place: type to search", list(names), "place", names.get, (filters.place_type, filters.place))
    with period:
        allowed = PERIODS if filters.place_type != "provider" else PERIODS[:2]
        widget(
            st.selectbox,
            "Period",
            list(allowed),
            "period",
            PERIOD_WORDS.get,
            filters.period if filters.period in allowed else "quarter",
        )
    with first:
        widget(st.selectbox, "From", ["", *years], "from_", lambda year: year or "Start", filters.from_)
    with last:
        widget(st.selectbox, "To", ["", *years], "to", lambda year: year or "End", filters.to)
    with cohort:
        widget(st.selectbox, "Cohort (volumes)", list(COHORTS), "cohort", COHORT_WORDS.get, filters.cohort)
    with reset:
        st.button("Reset", on_click=remember, args=(DEFAULTS,), help="Back to England, all years, the reference policy")


def thresholds(ask: Ask, filters: Filters) -> None:
    """The policy and its thresholds on their fixed stops."""
    names = policy_names(ask) | {"local": "Each commissioner's own"}
    columns = st.columns(5, vertical_alignment="bottom")
    with columns[0]:
        widget(st.selectbox, "Policy", list(names), "policy", names.get, filters.policy)
    offered = (
        ("repeat_min_months", "Minimum interval", " months"), ("block_lookback_months", "Block look-back", " months"),
        ("min_blocks", "Blocks needed", ""), ("staged_days", "Staging window", " days"),
    )  # fmt: skip
    for column, (name, label, unit) in zip(columns[1:], offered, strict=True):
        with column:
            widget(st.selectbox, label, [None, *STOPS[name]], name, stop_words(name, unit), getattr(filters, name))


def stop_words(name: str, unit: str):
    """How a threshold's stop is written; nothing chosen is the policy's own."""

    def words(value) -> str:
        if value is None:
            return "As the policy"
        return "None" if value == 0 and name == "repeat_min_months" else f"{value}{unit}"

    return words


def by_hand(filters: Filters) -> list[str]:
    """The names of the thresholds set by hand."""
    named = [field.name for field in fields(Filters) if field.name in STOPS]
    return [name.replace("_", " ") for name in named if getattr(filters, name) is not None]
