"""The peers of the chosen provider: how they are chosen, and who they are."""

from dataclasses import replace

import streamlit as st

from dashboard import peers
from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.filters import PEERS
from dashboard.metrics import Metric
from dashboard.organisations import today
from dashboard.pages import controls
from dashboard.standing import peers_of
from dashboard.stats.spine import middle_curve

WORDS = {
    "type": "Providers of the same type (NHS or independent)",
    "region": "Providers of the same region",
    "size": f"The {peers.NEAREST} nearest in number of denervations",
    "published": "Published peers (New Hospital Programme)",
    "list": "A list of my own",
}
BOX, LIST, PASTED = "peers", "peers_list", "peers_pasted"
SEVERAL = 3


def choice(ask: Ask) -> list[str]:
    """The boxes in which peers are chosen, and the codes of those chosen."""
    by_list = ask.filters.peers not in PEERS
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        st.session_state[BOX] = "list" if by_list else ask.filters.peers
        st.selectbox("Peers", list(WORDS), key=BOX, format_func=WORDS.get, on_change=_kind, args=(ask,))
    found = peers_of(ask)
    if by_list:
        with right:
            _own(ask, found)
    st.markdown(told(ask, found))
    return found


def _kind(ask: Ask) -> None:
    """Take another kind of peers; a list begins with those there were."""
    kind = st.session_state[BOX]
    controls.take(peers=",".join(peers_of(ask)[:10]) or ask.filters.place if kind == "list" else kind)


def _own(ask: Ask, found: list[str]) -> None:
    """Providers picked by name, code or old code, or pasted as codes."""
    names = {code: name for (kind, code), name in controls.place_names(ask).items() if kind == "provider"}
    st.session_state[LIST] = found
    st.multiselect("Your list (type a name, code or old code)", list(names), key=LIST, format_func=names.get, on_change=_picked)
    st.text_input("Or paste codes, with commas between", key=PASTED, on_change=_pasted)


def _picked() -> None:
    controls.take(peers=",".join(st.session_state[LIST]) or "type")


def _pasted() -> None:
    text = ",".join(st.session_state[PASTED].upper().replace(",", " ").split())
    controls.take_if_allowed("peers", text)


def middle(ask: Ask, metric: Metric) -> Released | None:
    """The middle of the released curves of the chosen provider's peers, or of the other ICBs; none for another place."""
    kind = ask.filters.place_type
    if kind not in ("provider", "commissioner"):
        return None
    answer = ask.of_england().curve(metric, by=kind)
    codes = peers_of(ask) if kind == "provider" else [code for code, _ in ask.places(kind) if code != ask.filters.place]
    mine = answer.frame[answer.frame["place"].isin(codes)].dropna(subset=["incidence"])
    line = middle_curve(mine.pivot(index="months", columns="place", values="incidence"))
    if line.empty:
        return None
    words = "The middle peer" if kind == "provider" else "The middle ICB"
    frame = answer.frame.head(0).reindex(range(len(line))).assign(months=list(line.index), incidence=list(line.round(3)))
    return replace(answer, frame=frame.assign(place_type=kind, place="", place_name=words, flag=""))


def told(ask: Ask, found: list[str]) -> str:
    """Who the peers are, old codes that became others, and codes that nobody has."""
    names = dict(ask.places("provider"))
    if len(found) < SEVERAL:
        few = "No provider" if not found else f"Only {', '.join(names[code] for code in found)}"
        return f"{few} can be a peer by this choice: too few for a range. Choose another kind of peers, or a list of your own."
    words = ", ".join(names[code] for code in found) if len(found) <= 12 else f"{len(found)} providers"
    return f"Held against {words}.{_lost(ask, found)}"


def _lost(ask: Ask, found: list[str]) -> str:
    """What became of the codes of a list."""
    if ask.filters.peers in PEERS:
        return ""
    codes, now = ask.filters.peers.split(","), today()
    became = [f"{code} is counted under {now[code]}" for code in codes if now.get(code) in found]
    unknown = [code for code in codes if now.get(code, code) not in found and code != ask.filters.place]
    missing = [f"no provider in this data has the code {', '.join(unknown)}"] if unknown else []
    return f" In your list {'; '.join([*became, *missing])}." if became or missing else ""
