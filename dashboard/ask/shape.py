"""The columns a table leaves with: labels in the order of the contract, rows in the order of their labels."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from dashboard.filters import ENGLAND

NUMBERS = ["numerator", "denominator", "value", "lower", "upper", "flag"]
PLACE = ["place_type", "place", "place_name", "period"]
STATES = ["met", "not_met", "not_assessable", "not_applicable", "fails_only", "fails_with_others"]
CURVE = ["months", "at_risk", "events", "incidence", "lower", "upper", "flag"]
OUTCOMES = ("second_block", "rfd", "neither", "death", "still_waiting")
CRITERIA = ["block_before", "repeat_interval", "repeat_block", "levels", "conservative_care", "several", "any"]


def placed(frame: pd.DataFrame, kind: str, names: dict, period: str | None) -> pd.DataFrame:
    """The frame with the type and name of its places, and the label of its period where the years are together."""
    at, places = pd.factorize(frame["place"].to_numpy(dtype=object))
    named = np.array([names.get((kind, code), "England" if code == ENGLAND else code) for code in places], dtype=object)
    labels = frame.assign(place_type=kind, place_name=named[at])
    return labels if period is None else labels.assign(period=period)


def counts(frame: pd.DataFrame, measure: str, split: Sequence[str]) -> pd.DataFrame:
    """A table of a measure: measure, place…, period, the splits, numbers, flag."""
    named = frame.assign(measure=measure).rename(columns={f"split_{n}": name for n, name in enumerate(split, 1)})
    return named.sort_values(["place", "period", *split], kind="stable")[["measure", *PLACE, *split, *NUMBERS]]


def curve(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A table of a curve: measure, place…, period, months, numbers, flag."""
    return ordered(CURVE, ["months"])(frame).assign(measure=measure)[["measure", *PLACE, *CURVE]]


def ordered(columns: Sequence[str], by: Sequence[str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A layout of the place columns and others, in the order of some of them."""
    return lambda frame: frame.sort_values(["place", "period", *by], kind="stable")[[*PLACE, *columns]]


def in_parts(name: str, parts: Sequence[str], outcomes: Sequence[str] = ()) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A layout of place…, period, the part under a name of its own, its outcome where it has one, count, flag."""
    columns = [name, *(["outcome"] if outcomes else []), "count", "flag"]

    def lay_out(frame: pd.DataFrame) -> pd.DataFrame:
        position = frame["part"].map({part: n for n, part in enumerate(parts)})
        second = frame["outcome"].map({outcome: n for n, outcome in enumerate(outcomes)}).fillna(0)
        named = frame.assign(position=position, second=second).rename(columns={"part": name})
        return ordered(columns, ["position", "second"])(named)

    return lay_out


def reasons(frame: pd.DataFrame) -> pd.DataFrame:
    """A row per place and criterion with a column per state; a state that no course is in is 0.

    Met and not met, and failing alone or with others, are the two sides of a yes/no split: both go when one is hidden.
    """
    key = [*PLACE, "part"]
    wide = frame.pivot(index=key, columns="outcome", values="count").reindex(columns=STATES)
    seen = frame.assign(seen=True).pivot(index=key, columns="outcome", values="seen").reindex(columns=STATES)
    wide = wide.where(seen.notna(), 0.0)
    for one, other in (("met", "not_met"), ("fails_only", "fails_with_others")):
        hidden = wide[one].isna() | wide[other].isna()
        wide.loc[hidden, [one, other]] = float("nan")
    worst = frame.groupby(key)["flag"].agg(lambda flag: "provisional" if "provisional" in set(flag) else "")
    wide["flag"] = worst.where(~wide[STATES].isna().any(axis=1), "suppressed")
    table = wide.reset_index().rename(columns={"part": "criterion"})
    position = table["criterion"].map({name: n for n, name in enumerate(CRITERIA)})
    table = table.assign(position=position).sort_values(["place", "period", "position"], kind="stable")
    return table[[*PLACE, "criterion", *STATES, "flag"]]
