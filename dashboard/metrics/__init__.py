"""Every metric, declared once; its rule is `queries/metrics/<rule>.sql`, the name where no rule is given."""

from dashboard.errors import Refused
from dashboard.metrics.adherence import (
    ADHERENT,
    CONSERVATIVE_CARE_SEEN,
    JUDGED,
    MET_BLOCK_BEFORE,
    MET_LEVELS,
    MET_REPEAT_BLOCK,
    MET_REPEAT_INTERVAL,
)
from dashboard.metrics.blocks import (
    BLOCK_TO_DENERVATION_6_MONTHS,
    BLOCK_TO_DENERVATION_12_MONTHS,
    BLOCK_TO_DENERVATION_18_MONTHS,
    BLOCK_WITHIN_6_MONTHS,
    CONVERTED_ELSEWHERE,
    LOOK_BACK,
    NO_BLOCK_FOUND,
    PROLONGED_RESPONSE,
    REPEAT_INJECTION_GIRFT,
    TWO_OR_MORE_BLOCKS,
)
from dashboard.metrics.coding import IMAGE_CONTROL_RECORDED, LEVELS_RECORDED, LINKED_TO_PERSON, SIDE_RECORDED
from dashboard.metrics.declared import ALL_SPLITS, BLOCK_SPLITS, HIGHER, LOWER, WITHOUT_COURSE, Metric
from dashboard.metrics.repeats import MINIMUM, REPEAT_BY_12_MONTHS, REPEAT_BY_24_MONTHS, REPEAT_WITHIN_MINIMUM
from dashboard.metrics.volumes import BLOCKS, DENERVATION_RATE, DENERVATIONS, PATIENTS

__all__ = [
    "ADHERENT",
    "ALL_SPLITS",
    "BLOCKS",
    "BLOCK_SPLITS",
    "BLOCK_TO_DENERVATION_6_MONTHS",
    "BLOCK_TO_DENERVATION_12_MONTHS",
    "BLOCK_TO_DENERVATION_18_MONTHS",
    "BLOCK_WITHIN_6_MONTHS",
    "CONSERVATIVE_CARE_SEEN",
    "CONVERTED_ELSEWHERE",
    "DENERVATIONS",
    "DENERVATION_RATE",
    "HIGHER",
    "IMAGE_CONTROL_RECORDED",
    "JUDGED",
    "LEVELS_RECORDED",
    "LINKED_TO_PERSON",
    "LOOK_BACK",
    "LOWER",
    "METRICS",
    "MET_BLOCK_BEFORE",
    "MET_LEVELS",
    "MET_REPEAT_BLOCK",
    "MET_REPEAT_INTERVAL",
    "MINIMUM",
    "NO_BLOCK_FOUND",
    "PATIENTS",
    "PROLONGED_RESPONSE",
    "REPEAT_BY_12_MONTHS",
    "REPEAT_BY_24_MONTHS",
    "REPEAT_INJECTION_GIRFT",
    "REPEAT_WITHIN_MINIMUM",
    "SIDE_RECORDED",
    "TWO_OR_MORE_BLOCKS",
    "WITHOUT_COURSE",
    "Metric",
    "metric",
]

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        DENERVATIONS,
        PATIENTS,
        DENERVATION_RATE,
        BLOCKS,
        REPEAT_WITHIN_MINIMUM,
        REPEAT_BY_12_MONTHS,
        REPEAT_BY_24_MONTHS,
        BLOCK_TO_DENERVATION_6_MONTHS,
        BLOCK_TO_DENERVATION_12_MONTHS,
        BLOCK_TO_DENERVATION_18_MONTHS,
        PROLONGED_RESPONSE,
        NO_BLOCK_FOUND,
        BLOCK_WITHIN_6_MONTHS,
        TWO_OR_MORE_BLOCKS,
        REPEAT_INJECTION_GIRFT,
        CONVERTED_ELSEWHERE,
        ADHERENT,
        MET_BLOCK_BEFORE,
        MET_REPEAT_INTERVAL,
        MET_REPEAT_BLOCK,
        MET_LEVELS,
        CONSERVATIVE_CARE_SEEN,
        LINKED_TO_PERSON,
        SIDE_RECORDED,
        LEVELS_RECORDED,
        IMAGE_CONTROL_RECORDED,
    )
}


def metric(name: str) -> Metric:
    """The declared metric of that name; Refused, naming those there are, when there is none."""
    if name not in METRICS:
        raise Refused(f"no measure is called {name!r}; there are: {', '.join(METRICS)}")
    return METRICS[name]
