"""The filters as widgets: the URL is the only state, kept across pages; every widget writes to it and reads from it."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from dashboard.ask import Ask
from dashboard.filters import AGE_BANDS, COHORTS, DEFAULTS, PERIODS, PLACE_TYPES, SEXES, STOPS, Filters, parse, to_query
from dashboard.organisations import former

COHORT_WORDS = {"lumbar": "Lumbar (headline)", "ebi": "EBI 2K as published", "broad": "Broad"}
PERIOD_WORDS = {"year": "Financial year", "quarter": "Quarter", "month": "Month"}
SEX_WORDS = {None: "Everyone", "1": "Male", "2": "Female"}
LOCAL = "Each commissioner's own, by date"
THRESHOLDS = (
    ("repeat_min_months", "Minimum interval", "months"),
    ("block_lookback_months", "Block look-back", "months"),
    ("min_blocks", "Blocks needed", ""),
    ("staged_days", "Staging window", "days"),
)
KEPT, PAGE = "kept_filters", "page_shown"


def current(ask: Ask, page: str) -> tuple[Filters, list[str]]:
    """The filters the URL says, or those kept from the page before, and a note for each value dropped or changed."""
    query, before = dict(st.query_params), st.session_state.get(PAGE)
    st.session_state[PAGE] = page
    # without a query: another page was chosen, or the way back led to where nothing was chosen yet
    if not query and before not in (None, page):
        filters, notes = st.session_state[KEPT], []
    else:
        places = {kind: {code for code, _ in ask.places(kind)} for kind in PLACE_TYPES}
        filters, notes = parse(query, places=places, policies=set(policy_names(ask)), years=ask.version.years)
    if filters.place_type == "provider" and filters.period == "month":
        filters = replace(filters, period="quarter")
        notes = [*notes, "A provider's months are too small to show; quarters are shown."]
    remember(filters)
    return filters, notes


def policy_names(ask: Ask) -> dict[str, str]:
    """The title of each policy by its id, with the choice of each commissioner's own."""
    known = ask.version.policies
    return dict(zip(known["policy"], known["title"], strict=True)) | {"local": LOCAL}


def remember(filters: Filters) -> None:
    """Have the URL and the session say the same."""
    st.session_state[KEPT] = filters
    if dict(st.query_params) != to_query(filters):
        st.query_params.from_dict(to_query(filters))


def take(name: str, value) -> None:
    """Take one choice into the filters."""
    remember(replace(st.session_state[KEPT], **{name: value}))


def take_place(kind: str, code: str) -> None:
    """Take a place into the filters."""
    remember(replace(st.session_state[KEPT], place_type=kind, place=code))


def take_if_allowed(name: str, text: str) -> None:
    """Take a choice that was written, if a link could hold it; else the filters stay."""
    found, notes = parse({name: text})
    if not notes:
        take(name, getattr(found, name))


def changed(name: str) -> None:
    """Take a widget's new value into the filters."""
    value = st.session_state[name]
    new = {"place_type": value[0], "place": value[1]} if name == "place" else {name: value}
    filters = replace(st.session_state[KEPT], **new)
    if filters.from_ and filters.to and filters.from_ > filters.to:
        filters = replace(filters, **({"to": filters.from_} if name == "from_" else {"from_": filters.to}))
    remember(filters)


def widget(label: str, options: list, name: str, words, value, **more) -> None:
    """One box bound to one filter."""
    st.session_state[name] = value
    nothing = words(None) if None in options else None
    st.selectbox(label, options, key=name, format_func=words, on_change=changed, args=(name,), placeholder=nothing, **more)


def top_bar(ask: Ask) -> None:
    """Place, period, years, cohort, sex and age, a link to the view, and a way back to the start."""
    filters, names, years = ask.filters, place_names(ask), ask.version.years
    allowed = PERIODS if filters.place_type != "provider" else PERIODS[:2]
    boxes = (
        (3.4, "Place (type a name or code)", list(names), "place", names.get, (filters.place_type, filters.place)),
        (1.9, "Shown by", list(allowed), "period", PERIOD_WORDS.get, filters.period),
        (1.9, "Cohort (volumes)", list(COHORTS), "cohort", COHORT_WORDS.get, filters.cohort),
        (1.3, "From", ["", *years], "from_", lambda year: year or "Start", filters.from_),
        (1.3, "To", ["", *years], "to", lambda year: year or "End", filters.to),
    )
    with st.container(key="filters"):
        columns = st.columns([*(box[0] for box in boxes), 1.7, 0.9, 0.9], vertical_alignment="bottom", gap="small")
        for column, (_, *box) in zip(columns, boxes, strict=False):
            with column:
                widget(*box)
        with columns[-3], st.popover(people_words(filters), key="people", width="stretch"):
            widget("Sex", [None, *SEXES], "sex", SEX_WORDS.get, filters.sex)
            widget("Age", [None, *AGE_BANDS], "age_band", lambda band: band or "All", filters.age_band)
        with columns[-2], st.popover("Link", key="link", width="stretch"):
            links(ask)
        with columns[-1]:
            st.button("Reset", on_click=remember, args=(DEFAULTS,), width="stretch")


def people_words(filters: Filters) -> str:
    """Who is counted, in as few words as a button holds."""
    return ", ".join([SEX_WORDS[filters.sex], *([filters.age_band] if filters.age_band else [])])


def links(ask: Ask) -> None:
    """Two addresses of what is on the screen: on whatever data is current, and on this version for good."""
    for words, filters in (
        ("This view, on whatever data is current:", replace(ask.filters, version=None)),
        ("The same pinned to this data version, to quote:", replace(ask.filters, version=ask.about["version"])),
    ):
        st.markdown(words)
        st.code(address(filters), language=None, wrap_lines=True)


def address(filters: Filters) -> str:
    """The address of this page with these filters."""
    query = urlencode(to_query(filters), safe="/,")
    return f"{st.context.url or ''}{'?' if query else ''}{query}"


def place_names(ask: Ask) -> dict[tuple[str, str], str]:
    """Every place that can be chosen, findable by its name, its code and the codes it had before."""
    return ask.version.kept(("names of places",), lambda: _place_names(ask))


def _place_names(ask: Ask) -> dict[tuple[str, str], str]:
    names = {("england", "E92"): "England"}
    for kind in PLACE_TYPES[1:]:
        for code, name in ask.places(kind):
            was = f", was {', '.join(former()[code])}" if code in former() else ""
            names[kind, code] = f"{name} ({code}{was})"
    return names


def thresholds(ask: Ask) -> None:
    """The policy and its thresholds on their fixed stops: everything on the page is counted again with them."""
    names, filters = policy_names(ask), ask.filters
    with st.container(key="thresholds"):
        columns = st.columns([3, 1, 1, 1, 1], vertical_alignment="bottom")
        with columns[0]:
            widget("Policy", list(names), "policy", names.get, filters.policy)
        for column, (name, label, unit) in zip(columns[1:], THRESHOLDS, strict=True):
            with column:
                threshold(ask, name, label, unit)


def threshold(ask: Ask, name: str, label: str, unit: str) -> None:
    """One threshold's box; as long as nothing is chosen by hand, it shows the policy's own in grey."""
    own, value = own_stop(ask, name, unit), getattr(ask.filters, name)
    st.session_state[name] = value
    st.selectbox(
        label, [None, *STOPS[name]], key=name, on_change=changed, args=(name,), placeholder=own.capitalize(),
        format_func=lambda stop: stop_words(name, stop, unit, own),
    )  # fmt: skip


def own_stop(ask: Ask, name: str, unit: str) -> str:
    """The chosen policy's own value of a threshold in words."""
    if ask.filters.policy == "local":
        return "each its own"
    known = ask.version.policies.set_index("policy").loc[ask.filters.policy, name]
    return stop_words(name, 0 if known is None or known != known else int(known), unit, "")


def stop_words(name: str, value: int | None, unit: str, own: str) -> str:
    """How a threshold's stop is written; nothing chosen is the policy's own."""
    if value is None:
        return f"{own} (policy's own)"
    return "None" if value == 0 and name == "repeat_min_months" else f"{value} {unit}".strip()


def by_hand(filters: Filters) -> dict[str, int]:
    """The thresholds set by hand."""
    return {name: value for name, _, _ in THRESHOLDS if (value := getattr(filters, name)) is not None}
