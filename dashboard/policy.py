"""Policies: the thresholds a question is asked with, from the policy chosen and what is set by hand."""

from dataclasses import replace

import pandas as pd

from dashboard.errors import Refused
from dashboard.filters import DECLARED, THRESHOLDS, Filters

LOCAL = "local"
LOCAL_STAGED_DAYS = 90


def parameters(filters: Filters, policies: pd.DataFrame) -> dict:
    """The `$parameters` of the policy chosen; a None is the policy's own, 0 none. Refused for what is not offered."""
    known = list(policies["policy"])
    if filters.policy != LOCAL and filters.policy not in known:
        raise Refused(f"no policy is called {filters.policy!r}; there are: {', '.join([*known, LOCAL])}")
    check(filters)
    chosen = {name: getattr(filters, name) for name in THRESHOLDS}
    return chosen | {"policy": filters.policy, "staged_days": staged_days(filters, policies)}


def staged_days(filters: Filters, policies: pd.DataFrame) -> int:
    """The stop of staging: set by hand, else the policy's own; with each commissioner's own policy, 90 days."""
    if filters.staged_days is not None:
        return filters.staged_days
    if filters.policy == LOCAL:
        return LOCAL_STAGED_DAYS
    return int(dict(zip(policies["policy"], policies["staged_days"], strict=True))[filters.policy])


def check(filters: Filters) -> None:
    """Refuse a threshold that is not on its stops: only those were counted beforehand, and only those can be asked."""
    for name, value in set_by_hand(filters).items():
        if value not in DECLARED[name].texts.values():
            raise Refused(f"{name} cannot be {value}; it can be {DECLARED[name].offered()}")


def with_setting(filters: Filters, text: str) -> Filters:
    """The filters with a threshold set by hand from a text such as `repeat_min_months=16`; Refused when it is not offered."""
    name, _, value = text.partition("=")
    if name not in THRESHOLDS:
        raise Refused(f"{name!r} cannot be set; these can: {', '.join(THRESHOLDS)}")
    chosen = DECLARED[name].read(value)
    if chosen is None:
        raise Refused(f"{name} cannot be {value or 'empty'}; it can be {DECLARED[name].offered()}")
    return replace(filters, **{name: chosen})


def set_by_hand(filters: Filters) -> dict:
    """The thresholds that are not the policy's own, for the banner that says so."""
    return {name: value for name in THRESHOLDS if (value := getattr(filters, name)) is not None}
