"""Provider profile: one trust on one page, against England and its peers."""

import streamlit as st

from dashboard import export
from dashboard.ask import Ask
from dashboard.charts.spine import against, spine
from dashboard.charts.words import inside, number
from dashboard.door import File
from dashboard.metrics import METRICS
from dashboard.pages import controls, peers
from dashboard.pages.card import CARE, Card, card, grid
from dashboard.pages.cards import bars_card, trend_card
from dashboard.pages.policy import why
from dashboard.pages.taken import taken
from dashboard.pages.tiles import tiles
from dashboard.standing import CODING, ON_SPINE, compared

VOLUMES = ("denervations", "patients", "blocks")
TRENDS = ("denervations", "repeat_within_minimum", "no_block_found", "adherent")
READ = (
    "Each row has a scale of its own, lower to the left. Light band: lowest to highest peer; dark band: the middle half of them; tick: the middle peer. "
    "The mark is this provider with 95% limits: a grey circle is not distinguishable from England, a triangle is better, a square worse, and a diamond "
    "differs where neither way is better. All from released numbers."
)
CODED = "What is not coded cannot be judged: a low share here can make the measures above look better or worse than care is."


def show(ask: Ask) -> None:
    """The profile of the chosen provider; for another place, how to choose one."""
    st.title("Provider profile", anchor=False)
    if ask.filters.place_type != "provider":
        choose(ask)
        return
    st.header(dict(ask.places("provider")).get(ask.filters.place, ask.filters.place), anchor=False)
    chosen = peers.choice(ask)
    pack(ask)
    tiles(ask, [METRICS[name] for name in VOLUMES])
    grid(ask, (lambda ask: measures(ask, chosen),), *trends(), (why, lambda ask: coding(ask, chosen)))


def pack(ask: Ask) -> None:
    """A button for this page on paper, made when it is pressed, without running the page again."""
    code = ask.filters.place
    file = File("provider pack: pdf", ask.filters, ask.about, ask.profile)
    st.download_button(
        "Download the provider pack (PDF, six pages)", taken(file, lambda _: packed(ask, code)), file_name=export.pack_name(ask.about, code),
        mime="application/pdf", on_click="ignore", key="pro-pack",
    )  # fmt: skip


def packed(ask: Ask, code: str) -> bytes:
    """The pack of a provider; what sets it is loaded only now."""
    from dashboard.report.pack import provider_pack

    return provider_pack(ask, code)


def choose(ask: Ask) -> None:
    """How to choose a provider: a box of all, and those with the most denervations in the place that is chosen."""
    st.markdown(
        "This page is about one provider, and the place chosen is not one. Type a provider's name, code or old code here or in the Place box above."
    )
    names = {code: name for (kind, code), name in controls.place_names(ask).items() if kind == "provider"}
    if not names:
        st.markdown("There is nothing to show: no provider in this data has a denervation or a facet block.")
        return
    st.selectbox(
        "Provider", list(names), index=None, key="profiled", format_func=names.get, on_change=_chosen, placeholder="Choose"
    )
    grid(ask, (largest,))


def _chosen() -> None:
    controls.take(place_type="provider", place=st.session_state["profiled"])


def largest(ask: Ask) -> Card:
    """The providers with the most denervations in the chosen place."""
    answer = ask.counts(METRICS["denervations"], by="provider", period="all")
    return bars_card(
        "pro-list", "Providers with the most denervations here", answer, f"The table holds every provider and its code. {CARE}"
    )


def measures(ask: Ask, chosen: list[str]) -> Card:
    """Every measure that has a share, on one spine."""
    return on_spine(ask, chosen, ON_SPINE, "pro-spine", "measures", READ)


def coding(ask: Ask, chosen: list[str]) -> Card:
    """How much of what the rules need is coded, on a spine."""
    return on_spine(ask, chosen, CODING, "pro-coding", "codings", f"{CODED} Read as the spine above.")


def on_spine(ask: Ask, chosen: list[str], names: tuple[str, ...], key: str, noun: str, read: str) -> Card:
    """A card of measures against England and the peers."""
    answer = compared(ask, chosen, names)
    told = answer.frame.dropna(subset=["value"])
    differ = [inside(METRICS[row["measure"]].title) for row in told.to_dict("records") if against(row)]
    title = f"{len(differ)} of {len(told)} {noun} differ from England by more than chance"
    title += f": {', '.join(differ)}" if 0 < len(differ) <= 3 else ""
    alt = "Spine chart. " + "; ".join(
        f"{METRICS[row['measure']].title} {number(row['value'], 'share')}, England {number(row['england'], 'share')}, "
        f"middle peer {number(row['middle'], 'share')}"
        for row in told.to_dict("records")
    )
    return card(key, title, lambda: spine(answer), answer, f"{read} {CARE}", alt)


def trends() -> list[tuple]:
    """The cards of four measures over time, two to a row."""
    cards = [lambda ask, name=name: over_time(ask, name) for name in TRENDS]
    return [tuple(cards[:2]), tuple(cards[2:])]


def over_time(ask: Ask, name: str) -> Card:
    """A measure over time, England's share beside it."""
    metric = METRICS[name]
    beside = ask.of_england().counts(metric) if metric.unit == "share" else None
    return trend_card(
        f"pro-{name}", metric.title, ask.counts(metric), "Diamonds, triangles and squares are special causes.", beside
    )
