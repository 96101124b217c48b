"""How much of what the rules need is in the records: what a number can bear."""

from dashboard.metrics.declared import WITHOUT_COURSE, Metric


def _recorded(name: str, title: str, words: str, source: str) -> Metric:
    return Metric(
        name=name,
        title=title,
        words=words,
        unit="share",
        fact="denervations",
        source=source,
        tag="S",
        page="quality",
        splits=WITHOUT_COURSE,
        parameters=("cohort",),
    )


LINKED_TO_PERSON = _recorded(
    "linked_to_person",
    "Denervations with a person key",
    "Share of denervations whose record names a person. Without one it is counted, but never linked to a block or a repeat.",
    "HES technical output specification",
)
SIDE_RECORDED = _recorded(
    "side_recorded",
    "Denervations with a side coded",
    "Share of denervations with left, right or both sides coded (Z94.1 to Z94.3). Courses are staged by side.",
    "OPCS-4 chapter Z",
)
LEVELS_RECORDED = _recorded(
    "levels_recorded",
    "Denervations with levels coded",
    "Share of denervations with a number of spinal levels coded (V55). The limit on levels cannot be judged without it.",
    "OPCS-4 V55",
)
IMAGE_CONTROL_RECORDED = _recorded(
    "image_control_recorded",
    "Denervations with image control coded",
    "Share of denervations with image control coded (Y53). Not coded is not the same as not used.",
    "OPCS-4 Y53",
)
