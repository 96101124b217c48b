"""Whom a pack is about, and what several of its pages need of them."""

from dataclasses import dataclass
from functools import cached_property

from dashboard.ask import Ask
from dashboard.charts.words import number
from dashboard.disclosure.numbers import profile
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.filters import PEERS
from dashboard.metrics import METRICS, Metric
from dashboard.organisations import former, today
from dashboard.standing import CODING, ON_SPINE, compared, peers_of

PEER_WORDS = {
    "type": "providers of the same type, NHS or independent", "region": "providers of the same region",
    "size": "those nearest in number of denervations", "published": "published peers (New Hospital Programme)",
}  # fmt: skip
STANDS = {
    "": "within chance of England",
    "better": "better than England",
    "worse": "worse than England",
    "differs": "differs from England",
}


@dataclass(frozen=True)
class Subject:
    """A provider under its code of today, and the questions about it."""

    ask: Ask
    code: str

    @classmethod
    def of(cls, ask: Ask, code: str) -> "Subject":
        """The provider of a code, or the one that took it over; Refused, saying what to do, when this data has neither."""
        known, now = dict(ask.places("provider")), today().get(code, code)
        found = code if code in known else now
        if found not in known:
            raise Refused(
                f"{code}: no provider in this data has this code; `rfd measure denervations --by provider` lists those there are."
            )
        return cls(ask.on(place_type="provider", place=found), found)

    @property
    def about(self) -> dict:
        """The version's account of itself."""
        return self.ask.about

    @property
    def definitions(self) -> str:
        """The hash of the definitions its numbers were made with."""
        return self.about.get("definition_hash", "unknown")

    @property
    def name(self) -> str:
        """Its name."""
        return dict(self.ask.places("provider"))[self.code]

    @property
    def was(self) -> list[str]:
        """The codes of organisations it took over."""
        return former().get(self.code, [])

    @cached_property
    def whole(self) -> Ask:
        """The same questions asked of England."""
        return self.ask.of_england()

    @cached_property
    def peers(self) -> list[str]:
        """The codes of its peers."""
        return peers_of(self.ask)

    @cached_property
    def measures(self) -> Released:
        """Its shares and incidences beside England's and the peers'."""
        return compared(self.ask, self.peers, ON_SPINE)

    @cached_property
    def coding(self) -> Released:
        """How much of what the rules need is coded, beside England's and the peers'."""
        return compared(self.ask, self.peers, CODING)

    def peer_words(self) -> str:
        """Who the peers are."""
        kind = self.ask.filters.peers
        return f"{len(self.peers)}: {PEER_WORDS[kind] if kind in PEERS else ', '.join(self.peers)}"

    def over_time(self, metric: Metric) -> Released:
        """A measure by quarter where twelve can be told, as an XmR chart needs, else by year."""
        quarters = self.ask.counts(metric, period="quarter")
        return quarters if quarters.frame["value"].notna().sum() >= 12 else self.ask.counts(metric, period="year")


def title(name: str) -> str:
    """A measure's title."""
    return METRICS[name].title


def stars(answer: Released) -> str:
    """Why a number is a star, where one is."""
    few = profile(answer.profile).threshold - 1
    hidden = f"* Suppressed: 1 to {few} patients or events, or a number that would give such a one away. It is not zero."
    return hidden if answer.frame["flag"].eq("suppressed").any() else ""


def limits(row: dict) -> str:
    """A value with its 95% limits."""
    value, lower, upper = (number(row[name], "share") for name in ("value", "lower", "upper"))
    return value if "*" in (lower, upper) else f"{value} ({lower} to {upper})"
