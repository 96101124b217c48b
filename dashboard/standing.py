"""Where one provider stands: its measures beside England's and its peers', from released numbers alone."""

from dataclasses import replace

import pandas as pd

from dashboard import peers
from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.organisations import today
from dashboard.stats.spine import spread

CODING = ("linked_to_person", "side_recorded", "levels_recorded", "image_control_recorded")
ON_SPINE = tuple(name for name, one in METRICS.items() if one.unit in ("share", "incidence") and name not in CODING)


def peers_of(ask: Ask) -> list[str]:
    """The codes of the chosen provider's peers."""
    return peers.of(ask.filters.place, ask.filters.peers, ask.version.places, sizes(ask), today())


def sizes(ask: Ask) -> dict[str, float]:
    """The released number of denervations of every provider, over the chosen years."""
    frame = ask.of_england().counts(METRICS["denervations"], by="provider", period="all").frame
    return dict(zip(frame["place"], frame["value"], strict=True))


def compared(ask: Ask, chosen: list[str], names: tuple[str, ...]) -> Released:
    """A row per measure: the provider's released numbers, England's, and the spread of its peers' released values."""
    whole = ask.of_england()
    rows = [one for name in names if (one := _row(whole, ask.filters.place, chosen, name))]
    base = whole.counts(METRICS[names[0]], by="provider", period="all")
    columns = [*base.frame.columns, "england", *spread([])]
    return replace(base, frame=pd.DataFrame(rows, columns=columns), metric=None, title="This provider, England and its peers")


def _row(whole: Ask, provider: str, chosen: list[str], name: str) -> dict | None:
    """One measure's row; none where the provider has nothing to count."""
    frame = whole.counts(METRICS[name], by="provider", period="all").frame.set_index("place", drop=False)
    if provider not in frame.index:
        return None
    of_england = whole.counts(METRICS[name], period="all").frame["value"]
    values = frame["value"].reindex(chosen)
    return frame.loc[provider].to_dict() | {"england": of_england.iloc[0] if len(of_england) else float("nan")} | spread(values)
