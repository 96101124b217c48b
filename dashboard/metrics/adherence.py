"""Which courses keep to a policy, and to which of its criteria."""

from dashboard.metrics.declared import ALL_SPLITS, HIGHER, POLICY, UNSEEN, WITHOUT_COURSE, Metric
from dashboard.metrics.repeats import LONG_ENOUGH, MINIMUM

JUDGED = (
    "policy",
    "staged_days",
    "min_blocks",
    "block_lookback_months",
    "repeat_min_months",
    "repeat_needs_new_block",
    "max_levels",
)


def _judged(
    name: str, title: str, words: str, parameters: tuple = JUDGED, splits: tuple = ALL_SPLITS, history: int = 0
) -> Metric:
    return Metric(
        name=name,
        title=title,
        words=words,
        unit="share",
        fact="courses",
        source=POLICY,
        tag="S",
        page="policy",
        direction=HIGHER,
        splits=splits,
        parameters=parameters,
        history=history,
    )


ADHERENT = _judged(
    "adherent",
    "Adherent to the policy",
    "Of courses that can be judged, those that break no criterion of the policy and meet at least one. " + UNSEEN,
    history=24,
)
MET_BLOCK_BEFORE = _judged(
    "met_block_before",
    "Enough blocks before",
    "Of first courses that can be judged, those with the policy's number of blocks in its look-back. " + UNSEEN,
    ("policy", "staged_days", "min_blocks", "block_lookback_months"),
    WITHOUT_COURSE,
)
MET_REPEAT_INTERVAL = _judged(
    "met_repeat_interval",
    "Minimum interval kept",
    "Of repeat courses, those that came once the policy's minimum interval was reached.",
    MINIMUM,
    WITHOUT_COURSE,
    LONG_ENOUGH,
)
MET_REPEAT_BLOCK = _judged(
    "met_repeat_block",
    "New block before a repeat",
    "Of repeat courses where the policy asks for a new block, those with one since the course before. " + UNSEEN,
    ("policy", "staged_days", "repeat_needs_new_block", "block_lookback_months"),
    WITHOUT_COURSE,
)
MET_LEVELS = _judged(
    "met_levels",
    "Levels within the policy",
    "Of courses with a recorded number of levels, those within the policy's maximum.",
    ("policy", "staged_days", "max_levels"),
)
CONSERVATIVE_CARE_SEEN = _judged(
    "conservative_care_seen",
    "Conservative care seen",
    "Of first courses, those with a physiotherapy, occupational therapy, clinical psychology, pain management or "
    "similar outpatient attendance in the 24 months before. Not seen does not mean not given. ",
    ("policy", "staged_days"),
    WITHOUT_COURSE,
)
