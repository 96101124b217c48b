"""Every metric, declared once; its rule is `queries/metrics/<rule>.sql`, the name where no rule is given."""

from dataclasses import dataclass

from dashboard.errors import Refused

ALL_SPLITS = ("sex", "age_band", "setting", "levels", "course")
WITHOUT_COURSE = ALL_SPLITS[:-1]
BLOCK_SPLITS = ("sex", "age_band", "setting")
LOOK_BACK = ("policy", "block_lookback_months", "staged_days")
MINIMUM = ("policy", "repeat_min_months", "staged_days")
JUDGED = (
    "policy",
    "staged_days",
    "min_blocks",
    "block_lookback_months",
    "repeat_min_months",
    "repeat_needs_new_block",
    "max_levels",
)
CAVEAT = (
    "Code V54.4 cannot tell a diagnostic medial branch block from a facet joint injection; both are counted here "
    "as facet blocks (medial branch block or facet joint injection). "
)
UNSEEN = "Only what is in the data supplied can be seen: outpatient and private care is not. "


@dataclass(frozen=True)
class Metric:
    """What a number means: `unit` is count, people, share, rate or incidence; `day` is the horizon of an incidence."""

    name: str
    title: str
    words: str
    unit: str
    fact: str
    source: str
    tag: str
    page: str
    direction: str | None = None
    splits: tuple[str, ...] = ALL_SPLITS
    parameters: tuple[str, ...] = ()
    months: int | None = None
    rule: str = ""
    review: str = "not yet checked by a clinical coder"
    next_review: str = "2027-04-01"

    @property
    def sql(self) -> str:
        """The file of the rule, from queries/."""
        return f"metrics/{self.rule or self.name}"

    @property
    def day(self) -> int | None:
        """The last day of the horizon: whole days in so many months of 365.25 / 12 days."""
        return None if self.months is None else self.months * 1461 // 48


HIGHER, LOWER = "higher is better", "lower is better"
NG59 = "NICE NG59; EBI 2K"
POLICY = "The policy chosen, or its hand-set thresholds"

DENERVATIONS = Metric(
    name="denervations",
    title="Denervations",
    words="Attendances for radiofrequency denervation in the chosen cohort: one for each person and day.",
    unit="count",
    fact="denervations",
    source="OPCS-4 V48.5, V48.7; EBI 2K",
    tag="S",
    page="volumes",
    parameters=("cohort",),
)
PATIENTS = Metric(
    name="patients",
    title="Patients",
    words="Different people with at least one denervation in the period; records without a person are left out.",
    unit="people",
    fact="denervations",
    source="OPCS-4 V48.5, V48.7; EBI 2K",
    tag="S",
    page="volumes",
    parameters=("cohort",),
)
DENERVATION_RATE = Metric(
    name="denervation_rate",
    title="Denervations per 100,000 adults",
    words="Denervations per 100,000 adults aged 19 and over in a year, standardised for age and sex.",
    unit="rate",
    fact="denervations",
    source="European Standard Population 2013; ONS mid-2022 population; Dobson and Byar limits",
    tag="S",
    page="volumes",
    splits=(),
    parameters=("cohort",),
)
BLOCKS = Metric(
    name="blocks",
    title="Facet blocks",
    words=CAVEAT + "One for each person and day.",
    unit="count",
    fact="blocks",
    source="OPCS-4 V54.4; GIRFT Spinal Services",
    tag="S",
    page="volumes",
    splits=BLOCK_SPLITS,
)
REPEAT_WITHIN_MINIMUM = Metric(
    name="repeat_within_minimum",
    title="Repeats before the minimum interval",
    words="Of courses that repeat an earlier one, those that came before the policy's minimum interval was reached.",
    unit="share",
    fact="courses",
    source=POLICY,
    tag="S",
    page="repeats",
    direction=LOWER,
    splits=WITHOUT_COURSE,
    parameters=MINIMUM,
)


def _repeat_by(months: int) -> Metric:
    return Metric(
        name=f"repeat_by_{months}_months",
        title=f"Repeat within {months} months",
        words=f"Of people with a first course, those expected to have another within {months} months of its last day, "
        "allowing for people followed for less time and for deaths.",
        unit="incidence",
        fact="courses",
        source="Aalen-Johansen cumulative incidence",
        tag="S",
        page="repeats",
        splits=WITHOUT_COURSE,
        parameters=("staged_days",),
        months=months,
        rule="repeat_by",
    )


REPEAT_BY_12_MONTHS, REPEAT_BY_24_MONTHS = _repeat_by(12), _repeat_by(24)


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


def _judged(name: str, title: str, words: str, parameters: tuple = JUDGED, splits: tuple = ALL_SPLITS) -> Metric:
    return Metric(
        name=name,
        title=title,
        words=words,
        unit="share",
        fact="courses",
        source=POLICY,
        tag="S",
        page="adherence",
        direction=HIGHER,
        splits=splits,
        parameters=parameters,
    )


ADHERENT = _judged(
    "adherent",
    "Adherent to the policy",
    "Of courses that can be judged, those that break no criterion of the policy and meet at least one. " + UNSEEN,
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
        ADHERENT,
        MET_BLOCK_BEFORE,
        MET_REPEAT_INTERVAL,
        MET_REPEAT_BLOCK,
        MET_LEVELS,
        CONSERVATIVE_CARE_SEEN,
    )
}


def metric(name: str) -> Metric:
    """The declared metric of that name; Refused, naming those there are, when there is none."""
    if name not in METRICS:
        raise Refused(f"no measure is called {name!r}; there are: {', '.join(METRICS)}")
    return METRICS[name]
