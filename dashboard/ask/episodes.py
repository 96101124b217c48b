"""Courses one by one, with every criterion: for those who were granted the rows, and without a name in them."""

import hmac
from dataclasses import dataclass

import pandas as pd

from dashboard.ask.compose import question
from dashboard.ask.road import Road
from dashboard.errors import Refused

REASONS = (
    "all", "non_adherent", "block_before", "repeat_interval", "repeat_block", "levels", "adherent", "not_assessable",
)  # fmt: skip
SAMPLES = (0, 10, 20, 50)
COLUMNS = (
    "patient", "course", "month", "days_since_index", "provider", "commissioner", "age", "sex", "sides", "levels",
    "denervations", "course_kind", "verdict", "criterion", "state", "value", "threshold",
)  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """Which courses: those with a reason, and of them a random sample of so many (0: all) that a seed decides."""

    reason: str = "all"
    sample: int = 0
    seed: int = 1


def of(selection: Selection, road: Road, key: bytes) -> pd.DataFrame:
    """A row per selected course and criterion under pseudonyms of the key; Refused without a scope, or for another choice."""
    if selection.reason not in REASONS or selection.sample not in SAMPLES:
        raise Refused(f"{selection}: there is no such choice of courses")
    if road.scope[0] not in ("provider", "commissioner", "all"):
        raise Refused("rows are for whoever was granted them")
    drawn = {"reason": selection.reason, "sample": selection.sample, "seed": selection.seed}
    asked = question("rows/episodes", "ask/chosen", "ask/door", "ask/selected")
    found = road.version.frame(asked, asked.bind(road.row_choices() | drawn))
    named = found.assign(
        patient=pseudonyms(key, "patient", found["person"]), course=pseudonyms(key, "course", found["course_id"])
    )
    return named[list(COLUMNS)]


def pseudonyms(key: bytes, kind: str, names: pd.Series) -> pd.Series:
    """A stand-in for each name: the same for the same name under one key, and nothing alike under another."""
    stand_ins = {name: hmac.digest(key, f"{kind} {name}".encode(), "sha256").hex()[:12] for name in names.unique()}
    return kind[0].upper() + names.map(stand_ins).astype(str)
