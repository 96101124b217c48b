"""The filters as widgets: the URL is the only state; every widget writes to it and reads from it."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.ask import Ask
from dashboard.filters import DECLARED, DEFAULTS, ENGLAND, GROUPS, IN_LINK, PLACE_TYPES, THRESHOLDS, Filters, parse, to_query
from dashboard.organisations import former

LOCAL = "Each commissioner's own, by date"
OFFERED = tuple(name for name in THRESHOLDS if name in IN_LINK)
KEPT, PAGE = "filters_shown", "page_shown"


def current(ask: Ask, page: str) -> tuple[Filters, list[str]]:
    """The filters the URL says, and a note for each value dropped or changed."""
    before = st.session_state.get(PAGE)
    st.session_state[PAGE] = page
    if before not in (None, page) and not went_back():
        remember(st.session_state[KEPT])  # the link may have been drawn before the last choice was taken
    places = {kind: {code for code, _ in ask.places(kind)} for kind in PLACE_TYPES}
    filters, notes = parse(dict(st.query_params), places=places, policies=set(policy_names(ask)), years=ask.version.years)
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


def went_back() -> bool:
    """Whether this run is a step back or forward in the browser."""
    return get_script_run_ctx().is_history_navigation


def take(**chosen) -> None:
    """Take choices into the filters; not on the browser's way back, when boxes still send what stood on the page that was left."""
    if not went_back():
        remember(replace(st.session_state[KEPT], **chosen))


def take_if_allowed(name: str, text: str) -> None:
    """Take a choice that was written, if a link could hold it; else the filters stay."""
    found, notes = parse({name: text})
    if not notes:
        take(**{name: getattr(found, name)})


def changed(name: str) -> None:
    """Take a widget's new value into the filters."""
    value = st.session_state[name]
    new = {"place_type": value[0], "place": value[1]} if name == "place" else {name: value}
    filters = replace(st.session_state[KEPT], **new)
    if filters.from_ and filters.to and filters.from_ > filters.to:
        new = {"from_": value, "to": value}
    take(**new)


def widget(label: str, options: list, name: str, words, value, **more) -> None:
    """One box bound to one filter."""
    st.session_state[name] = value
    nothing = words(None) if None in options else None
    st.selectbox(label, options, key=name, format_func=words, on_change=changed, args=(name,), placeholder=nothing, **more)


def declared(name: str, filters: Filters, options: list | None = None) -> None:
    """The box of a filter as it is declared, with fewer options where not all can be asked."""
    choice, value = DECLARED[name], getattr(filters, name)
    allowed = choice.options if options is None else options
    widget(choice.label, allowed, name, choice.name, value if value in allowed else allowed[0])


def top_bar(ask: Ask) -> None:
    """Place, period, years, cohort, sex and age, a link to the view, and a way back to the start."""
    filters, names, years = ask.filters, place_names(ask), ask.version.years
    periods = DECLARED["period"].options[: 2 if filters.place_type == "provider" else None]
    with st.container(key="filters"):
        columns = st.columns([3.4, 1.9, 1.9, 1.3, 1.3, 1.7, 0.9, 0.9], vertical_alignment="bottom", gap="small")
        with columns[0]:
            widget("Place (type a name or code)", list(names), "place", names.get, (filters.place_type, filters.place))
        with columns[1]:
            declared("period", filters, periods)
        with columns[2]:
            declared("cohort", filters)
        with columns[3]:
            widget("From", ["", *years], "from_", lambda year: year or "Start", filters.from_)
        with columns[4]:
            widget("To", ["", *years], "to", lambda year: year or "End", filters.to)
        with columns[-3], st.popover(people_words(filters), key="people", width="stretch"):
            for name in GROUPS:
                declared(name, filters)
        with columns[-2], st.popover("Link", key="link", width="stretch"):
            links(ask)
        with columns[-1]:
            st.button("Reset", on_click=remember, args=(DEFAULTS,), width="stretch")


def people_words(filters: Filters) -> str:
    """Who is counted, in as few words as a button holds."""
    chosen = [DECLARED[name].name(value) for name in GROUPS if (value := getattr(filters, name)) is not None]
    return ", ".join(chosen) or "Everyone"


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
    names = {("england", ENGLAND): "England"}
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
        for column, name in zip(columns[1:], OFFERED, strict=True):
            with column:
                threshold(ask, name)


def threshold(ask: Ask, name: str) -> None:
    """One threshold's box; as long as nothing is chosen by hand, it shows the policy's own in grey."""
    choice, own = DECLARED[name], own_stop(ask, name)
    st.session_state[name] = getattr(ask.filters, name)
    st.selectbox(
        choice.label, [None, *choice.options], key=name, on_change=changed, args=(name,), placeholder=own.capitalize(),
        format_func=lambda stop: f"{own} (policy's own)" if stop is None else choice.name(stop),
    )  # fmt: skip


def own_stop(ask: Ask, name: str) -> str:
    """The chosen policy's own value of a threshold in words."""
    if ask.filters.policy == "local":
        return "each its own"
    known = ask.version.policies.set_index("policy").loc[ask.filters.policy, name]
    return DECLARED[name].name(0 if known is None or known != known else int(known))
