"""What can be chosen: one name for the field, the widget, the URL, the `$parameter` and the column."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from dashboard.metrics import METRICS

ENGLAND = "E92"
PLACE_TYPES = ("england", "region", "commissioner", "provider")
PERIODS = ("year", "quarter", "month")
COHORTS = ("lumbar", "ebi", "broad")
SEXES = ("1", "2")
AGE_BANDS = ("19-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80+")
STOPS: dict[str, tuple[int, ...]] = {
    "staged_days": (42, 90, 180),
    "repeat_min_months": (6, 12, 16, 24, 0),
    "block_lookback_months": (6, 12, 24),
    "min_blocks": (0, 1, 2),
    "max_levels": (1, 2, 0),
}
MAY_BE_NONE = ("repeat_min_months", "max_levels")
IN_URL = (
    "place_type",
    "place",
    "from",
    "to",
    "period",
    "cohort",
    "policy",
    "repeat_min_months",
    "block_lookback_months",
    "min_blocks",
    "staged_days",
    "sex",
    "age_band",
    "version",
    "peers",
    "measure",
    "target",
    "unit_cost",
    "download_measure",
    "download_by",
    "download_period",
    "download_split",
)
PEERS = ("type", "region", "size", "published")
TARGETS = ("median", "p25")
MEASURES = (
    "repeat_within_minimum",
    "no_block_found",
    "repeat_injection_girft",
    "adherent",
    "met_block_before",
    "met_repeat_interval",
)
PLACES_EACH = ("place", *PLACE_TYPES)
PERIODS_EACH = ("all", *PERIODS)
SPLITS = ("sex", "age_band", "setting", "levels", "course")
UNIT_COST = 682
MOST_COST = 100_000


@dataclass(frozen=True)
class Filters:
    """Everything chosen; an empty `from_` or `to` is open; a None threshold is the policy's own, 0 is none.

    `peers` is a kind of peers or a list of provider codes; `measure`, `target` and `unit_cost` (pounds) are the Opportunity page's;
    `download_split` is at most two splits with a comma between, and what begins with `download` the Downloads page's.
    """

    place_type: str = "england"
    place: str = ENGLAND
    from_: str = ""
    to: str = ""
    period: str = "year"
    cohort: str = "lumbar"
    policy: str = "reference"
    repeat_min_months: int | None = None
    block_lookback_months: int | None = None
    min_blocks: int | None = None
    staged_days: int | None = None
    sex: str | None = None
    age_band: str | None = None
    version: str | None = None
    max_levels: int | None = None
    repeat_needs_new_block: bool | None = None
    peers: str = "type"
    measure: str = MEASURES[0]
    target: str = "median"
    unit_cost: int = UNIT_COST
    download_measure: str = "denervations"
    download_by: str = "place"
    download_period: str = "all"
    download_split: str = ""


DEFAULTS = Filters()


def known_year(text: str) -> bool:
    """Whether a text is a financial year such as 2023/24."""
    found = re.fullmatch(r"(\d{4})/(\d{2})", text)
    return bool(found) and (int(found[1]) + 1) % 100 == int(found[2])


def parse(
    query: Mapping[str, str],
    places: Mapping[str, Collection[str]] | None = None,
    policies: Collection[str] | None = None,
    years: Collection[str] | None = None,
) -> tuple[Filters, list[str]]:
    """Filters from a URL's query and a note for each value dropped; what is not given to check against is trusted."""
    notes: list[str] = []
    chosen = {}
    for key, text in query.items():
        value = _value(key, str(text), policies, years)
        if value is None:
            notes.append(_note(key, str(text)))
        else:
            chosen[_field(key)] = value
    _check_place(chosen, places, notes)
    _check_order(chosen, notes)
    return Filters(**chosen), notes


def to_query(filters: Filters) -> dict[str, str]:
    """The URL's query of the filters that are not their defaults."""
    query = {}
    for key in IN_URL:
        value = getattr(filters, _field(key))
        if value != getattr(DEFAULTS, _field(key)):
            query[key] = "none" if key in MAY_BE_NONE and value == 0 else str(value)
    return query


def stop(name: str, text: str) -> int | None:
    """The stop of a threshold that a text names, `none` being 0; None when it names no stop."""
    if text == "none" and name in MAY_BE_NONE:
        return 0
    value = int(text) if text.isascii() and text.isdigit() else None
    unnamed = value == 0 and name in MAY_BE_NONE
    return value if value in STOPS[name] and not unnamed else None


def _field(key: str) -> str:
    return "from_" if key == "from" else key


def _value(key: str, text: str, policies: Collection[str] | None, years: Collection[str] | None) -> str | int | None:
    if key not in IN_URL:
        return None
    if key in STOPS:
        return stop(key, text)
    if key == "unit_cost":
        return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) and 0 < int(text) <= MOST_COST else None
    return text if _allowed(key, text, policies, years) else None


def _allowed(key: str, text: str, policies: Collection[str] | None, years: Collection[str] | None) -> bool:
    if key in ("from", "to"):
        return known_year(text) and (years is None or text in years)
    if key == "policy":
        return bool(re.fullmatch(r"[a-z0-9_]{1,40}", text)) and (policies is None or text in {*policies, "local"})
    if key == "download_split":
        parts = text.split(",")
        return set(parts) <= set(SPLITS) and len(set(parts)) == len(parts) <= 2
    if key == "peers":
        return text in PEERS or bool(re.fullmatch(r"[A-Z0-9]{3,6}(,[A-Z0-9]{3,6}){0,39}", text))
    choices = {"place_type": PLACE_TYPES, "period": PERIODS, "cohort": COHORTS, "sex": SEXES, "age_band": AGE_BANDS}
    choices |= {"measure": MEASURES, "target": TARGETS, "download_measure": METRICS}
    choices |= {"download_by": PLACES_EACH, "download_period": PERIODS_EACH}
    if key in choices:
        return text in choices[key]
    return bool(re.fullmatch(r"[A-Za-z0-9._-]{1,60}", text))


def _note(key: str, text: str) -> str:
    if key not in IN_URL:
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


FIELDS = tuple(field.name for field in fields(Filters))
