"""What can be chosen, declared once: one name for the field, the widget, the URL, the `$parameter` and the column."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from itertools import permutations

from dashboard.choices import GROUP, THRESHOLD, Choice, group, like, one_of, read_by, threshold, yes_or_no
from dashboard.metrics import METRICS
from dashboard.metrics.declared import ALL_SPLITS

ENGLAND = "E92"
PLACE_TYPES = ("england", "region", "commissioner", "provider")
PERIODS = {"year": "Financial year", "quarter": "Quarter", "month": "Month"}
AGE_BANDS = ("19-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80+")
PEERS = ("type", "region", "size", "published")
MEASURES = (
    "repeat_within_minimum",
    "no_block_found",
    "repeat_injection_girft",
    "adherent",
    "met_block_before",
    "met_repeat_interval",
)
UNIT_COST, MOST_COST = 682, 100_000
NAME = r"[A-Za-z0-9._-]{1,60}"


def known_year(text: str) -> bool:
    """Whether a text is a financial year such as 2023/24."""
    found = re.fullmatch(r"(\d{4})/(\d{2})", text)
    return bool(found) and (int(found[1]) + 1) % 100 == int(found[2])


def year(text: str) -> str | None:
    """A financial year, where a text is one."""
    return text if known_year(text) else None


def cost(text: str) -> int | None:
    """Pounds, where a text is a whole number of them that is offered."""
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) and 0 < int(text) <= MOST_COST else None


@dataclass(frozen=True)
class Filters:
    """Everything chosen; an empty `from_` or `to` is open; a None threshold is the policy's own, 0 is none.

    `peers` is a kind of peers or a list of provider codes; `measure`, `target` and `unit_cost` (pounds) are the Opportunity page's;
    `download_split` is at most two splits with a comma between, and what begins with `download` the Downloads page's.
    """

    place_type: str = one_of(PLACE_TYPES, "england")
    place: str = like(NAME, ENGLAND)
    from_: str = read_by(year, "")
    to: str = read_by(year, "")
    period: str = one_of(PERIODS, "year", "Shown by")
    cohort: str = one_of(
        {"lumbar": "Lumbar (headline)", "ebi": "EBI 2K as published", "broad": "Broad"}, "lumbar", "Cohort (volumes)"
    )
    policy: str = like(r"[a-z0-9_]{1,40}", "reference")
    repeat_min_months: int | None = threshold((6, 12, 16, 24), "Minimum interval", "months", none=True)
    block_lookback_months: int | None = threshold((6, 12, 24), "Block look-back", "months")
    min_blocks: int | None = threshold((0, 1, 2), "Blocks needed")
    staged_days: int | None = threshold((42, 90, 180), "Staging window", "days")
    sex: str | None = group("Sex", {"1": "Male", "2": "Female"}, "Everyone")
    age_band: str | None = group("Age", AGE_BANDS, "All", "aged {}")
    version: str | None = like(NAME, None)
    max_levels: int | None = threshold((1, 2), none=True, in_link=False)
    repeat_needs_new_block: bool | None = yes_or_no()
    peers: str = like(rf"{'|'.join(PEERS)}|[A-Z0-9]{{3,6}}(,[A-Z0-9]{{3,6}}){{0,39}}", "type")
    measure: str = one_of(MEASURES, MEASURES[0])
    target: str = one_of(
        {"median": "The middle provider's share", "p25": "The best quarter's share (25th percentile)"}, "median", "Held against"
    )
    unit_cost: int = read_by(cost, UNIT_COST)
    download_measure: str = one_of({name: metric.title for name, metric in METRICS.items()}, "denervations", "Measure")
    download_by: str = one_of(
        {"place": "The chosen place", "england": "England", "region": "Region", "commissioner": "ICB", "provider": "Provider"},
        "place", "A row for each",
    )  # fmt: skip
    download_period: str = one_of({"all": "Whole period", **PERIODS}, "all", "And for each")
    download_split: str = one_of([",".join(some) for n in (1, 2) for some in permutations(ALL_SPLITS, n)], "")


DEFAULTS = Filters()
DECLARED: dict[str, Choice] = {one.name: one.metadata["choice"] for one in fields(Filters)}
GROUPS = tuple(name for name, choice in DECLARED.items() if choice.kind == GROUP)
THRESHOLDS = tuple(name for name, choice in DECLARED.items() if choice.kind == THRESHOLD)
IN_LINK = {name.rstrip("_"): name for name, choice in DECLARED.items() if choice.in_link}


def parse(
    query: Mapping[str, str],
    places: Mapping[str, Collection[str]] | None = None,
    policies: Collection[str] | None = None,
    years: Collection[str] | None = None,
) -> tuple[Filters, list[str]]:
    """Filters from a URL's query and a note for each value dropped; what is not given to check against is trusted."""
    known = {"from": years, "to": years, "policy": None if policies is None else {*policies, "local"}}
    notes: list[str] = []
    chosen = {}
    for key, text in query.items():
        value = _value(key, str(text), known.get(key))
        if value is None:
            notes.append(_note(key, str(text)))
        else:
            chosen[IN_LINK[key]] = value
    _check_place(chosen, places, notes)
    _check_order(chosen, notes)
    return Filters(**chosen), notes


def to_query(filters: Filters) -> dict[str, str]:
    """The URL's query of the filters that are not their defaults."""
    return {
        key: DECLARED[name].write(value)
        for key, name in IN_LINK.items()
        if (value := getattr(filters, name)) != getattr(DEFAULTS, name)
    }


def people(filters: Filters) -> list[str]:
    """Who alone is counted, where not everyone is: `Male`, `aged 40-49`."""
    chosen = {name: getattr(filters, name) for name in GROUPS if getattr(filters, name) is not None}
    return [DECLARED[name].told.format(DECLARED[name].name(value)) for name, value in chosen.items()]


def _value(key: str, text: str, known: Collection[str] | None) -> str | int | None:
    if key not in IN_LINK or (known is not None and text not in known):
        return None
    return DECLARED[IN_LINK[key]].read(text)


def _note(key: str, text: str) -> str:
    if key not in IN_LINK:
        return "An unknown choice in the link was ignored."
    shown = re.sub(r"[^\w/+. -]", "", text)[:30]
    return f"“{shown}” is not a choice for {key}; it was ignored."


def _check_place(chosen: dict, places: Mapping[str, Collection[str]] | None, notes: list[str]) -> None:
    """Drop a place that is not one of its type, and a type that has no place."""
    kind, place = chosen.get("place_type", "england"), chosen.get("place", ENGLAND)
    if kind == "england" and place == ENGLAND:
        return
    known = places is None or place in places.get(kind, ())
    if kind == "england" or place == ENGLAND or not known:
        notes.append("The place in the link is not known; England is shown.")
        chosen.pop("place_type", None)
        chosen.pop("place", None)


def _check_order(chosen: dict, notes: list[str]) -> None:
    """Drop years that end before they begin."""
    if chosen.get("from_") and chosen.get("to") and chosen["from_"] > chosen["to"]:
        notes.append("The years in the link end before they begin; all years are shown.")
        del chosen["from_"], chosen["to"]
