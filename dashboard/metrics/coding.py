"""How much of what the rules need is in the records: what a number can bear."""

from dashboard.metrics.declared import WITHOUT_COURSE, Metric

LINKED_TO_PERSON = Metric(
    name="linked_to_person",
    title="Denervations with a person key",
    words="Share of denervations whose record names a person. Without one it is counted, but never linked to a block or a repeat.",
    unit="share",
    fact="denervations",
    source="HES technical output specification",
    tag="S",
    page="quality",
    splits=WITHOUT_COURSE,
    parameters=("cohort",),
)
SIDE_RECORDED = Metric(
    name="side_recorded",
    title="Denervations with a side coded",
    words="Share of denervations with left, right or both sides coded (Z94.1 to Z94.3). Courses are staged by side.",
    unit="share",
    fact="denervations",
    source="OPCS-4 chapter Z",
    tag="S",
    page="quality",
    splits=WITHOUT_COURSE,
    parameters=("cohort",),
)
LEVELS_RECORDED = Metric(
    name="levels_recorded",
    title="Denervations with levels coded",
    words="Share of denervations with a number of spinal levels coded (V55). The limit on levels cannot be judged without it.",
    unit="share",
    fact="denervations",
    source="OPCS-4 V55",
    tag="S",
    page="quality",
    splits=WITHOUT_COURSE,
    parameters=("cohort",),
)
IMAGE_CONTROL_RECORDED = Metric(
    name="image_control_recorded",
    title="Denervations with image control coded",
    words="Share of denervations with image control coded (Y53). Not coded is not the same as not used.",
    unit="share",
    fact="denervations",
    source="OPCS-4 Y53",
    tag="S",
    page="quality",
    splits=WITHOUT_COURSE,
    parameters=("cohort",),
)
