"""What follows a facet block, and which blocks a denervation followed."""

from dashboard.metrics.declared import BLOCK_SPLITS, CAVEAT, LOWER, NG59, UNSEEN, WITHOUT_COURSE, Metric

LOOK_BACK = ("policy", "block_lookback_months", "staged_days")


def _block_to_denervation(months: int) -> Metric:
    return Metric(
        name=f"block_to_denervation_{months}_months",
        title=f"Denervation within {months} months of a facet block",
        words=CAVEAT + f"Of index blocks, those expected to be followed by a lumbar denervation within {months} months, "
        "allowing for people followed for less time and for deaths.",
        unit="incidence",
        fact="index_blocks",
        source="Aalen-Johansen cumulative incidence",
        tag="S",
        page="blocks",
        splits=BLOCK_SPLITS,
        months=months,
        rule="block_to_denervation",
    )


BLOCK_TO_DENERVATION_6_MONTHS = _block_to_denervation(6)
BLOCK_TO_DENERVATION_12_MONTHS = _block_to_denervation(12)
BLOCK_TO_DENERVATION_18_MONTHS = _block_to_denervation(18)

PROLONGED_RESPONSE = Metric(
    name="prolonged_response",
    title="Neither block nor denervation in the year after a block",
    words=CAVEAT + "Of index blocks with 12 months of follow-up, those with no further block or denervation in it.",
    unit="share",
    fact="index_blocks",
    source="EBI 2K: some people need no further treatment after a block",
    tag="S",
    page="blocks",
    splits=BLOCK_SPLITS,
)


def _blocks_before(name: str, title: str, words: str, direction: str | None, parameters: tuple) -> Metric:
    return Metric(
        name=name,
        title=title,
        words=words + UNSEEN + CAVEAT,
        unit="share",
        fact="courses",
        source=NG59,
        tag="S",
        page="blocks",
        direction=direction,
        splits=WITHOUT_COURSE,
        parameters=parameters,
    )


NO_BLOCK_FOUND = _blocks_before(
    "no_block_found",
    "No block found in the data supplied",
    "Of first courses with two years of history, those without a facet block in the look-back before them. ",
    LOWER,
    LOOK_BACK,
)
BLOCK_WITHIN_6_MONTHS = _blocks_before(
    "block_within_6_months",
    "Block in the 6 months before",
    "Of first courses with two years of history, those with a facet block in the 6 months before them. ",
    None,
    ("staged_days",),
)
TWO_OR_MORE_BLOCKS = _blocks_before(
    "two_or_more_blocks",
    "Two or more blocks before",
    "Of first courses with two years of history, those with two or more block days in the look-back before them. ",
    None,
    LOOK_BACK,
)
REPEAT_INJECTION_GIRFT = Metric(
    name="repeat_injection_girft",
    title="Repeat injections (GIRFT)",
    words=CAVEAT + "Of people with a first index block and 365 days of follow-up, those with a second block day "
    "within 180 days or a third within 365.",
    unit="share",
    fact="index_blocks",
    source="GIRFT 2023",
    tag="S",
    page="blocks",
    direction=LOWER,
    splits=BLOCK_SPLITS,
)
CONVERTED_ELSEWHERE = Metric(
    name="converted_elsewhere",
    title="Denervated at another provider than the block",
    words=CAVEAT + "Of index blocks that a lumbar denervation followed, those whose denervation was at another provider.",
    unit="share",
    fact="index_blocks",
    source="Definitions, section 6",
    tag="I",
    page="blocks",
    splits=BLOCK_SPLITS,
)
