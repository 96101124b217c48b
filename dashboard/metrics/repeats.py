"""How soon people come back."""

from dashboard.metrics.declared import LOWER, POLICY, WITHOUT_COURSE, Metric

# The first years can hold short intervals alone; by four years most of those there will be can be seen.
LONG_ENOUGH = 48
MINIMUM = ("policy", "repeat_min_months", "staged_days")

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
    history=LONG_ENOUGH,
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
