"""The reference policy's number beside each number of another policy, and the difference."""

from dataclasses import replace

from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.filters import THRESHOLDS, Filters

KEYS = ("measure", "place_type", "place", "place_name", "period", "criterion")


def reference(filters: Filters) -> Filters:
    """The filters with the reference policy's own thresholds."""
    return replace(filters, policy="reference", **dict.fromkeys(THRESHOLDS))


def is_reference(ask: Ask) -> bool:
    """Whether the thresholds are the reference policy's own."""
    return ask.filters == reference(ask.filters)


def by_reference(ask: Ask) -> Ask:
    """The same questions asked under the reference policy."""
    return Ask(ask.warehouse, reference(ask.filters), ask.profile)


def beside(answer: Released, then: Released, column: str = "value") -> Released:
    """The answer with `reference_<column>` of the same cell, and `difference`: the answer's number less the reference's."""
    if answer.filters == reference(answer.filters):
        return answer
    keys, named = [key for key in KEYS if key in answer.frame], f"reference_{column}"
    known = then.frame[[*keys, column]].rename(columns={column: named})
    frame = answer.frame.merge(known, on=keys, how="left")
    return replace(answer, frame=frame.assign(difference=frame[column] - frame[named]))


def points(now: float, then: float) -> str:
    """The difference of two shares in words; that it cannot be told where one is hidden."""
    if now != now or then != then:
        return "the difference cannot be told"
    return f"{(now - then) * 100:+.0f} percentage points"
