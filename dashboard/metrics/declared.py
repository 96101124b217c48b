"""What a metric is."""

from dataclasses import dataclass

ALL_SPLITS = ("sex", "age_band", "setting", "levels", "course")
WITHOUT_COURSE = ALL_SPLITS[:-1]
BLOCK_SPLITS = ("sex", "age_band", "setting")
# Nobody has checked a rule until somebody has; a checked one says by whom, as what and on which day.
UNCHECKED = "not yet checked by a clinical coder"
HIGHER, LOWER = "higher is better", "lower is better"
NG59 = "NICE NG59; EBI 2K"
POLICY = "The policy chosen, or its hand-set thresholds"
CAVEAT = (
    "Code V54.4 cannot tell a diagnostic medial branch block from a facet joint injection; both are counted here "
    "as facet blocks (medial branch block or facet joint injection). "
)
UNSEEN = "Only what is in the data supplied can be seen: outpatient and private care is not. "


@dataclass(frozen=True)
class Metric:
    """What a number means: `unit` is count, people, share, rate or incidence; `months` is the horizon of an incidence.

    `history` is how many months of data must lie before a fact until it is judged as a later one would be.
    """

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
    history: int = 0
    rule: str = ""
    review: str = UNCHECKED
    next_review: str = "2027-04-01"

    @property
    def sql(self) -> str:
        """The file of the rule, from queries/."""
        return f"metrics/{self.rule or self.name}"
