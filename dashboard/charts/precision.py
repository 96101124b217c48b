"""What rounding to multiples of 5 does to a chart, said where it matters; nothing where it does not."""

from dashboard.disclosure.released import Released

# A released number lies less than 5 from the exact one.
MOST = 4
FEW = 50
WHERE = "Definitions shows how often that changes a verdict."


def of_places(answer: Released) -> str:
    """How many places of a comparison of shares are so small that rounding moves their point by 8 percentage points or more."""
    told = answer.frame.dropna(subset=["value"])
    few = int((told["denominator"] < FEW).sum())
    if answer.profile == "exact" or not few:
        return ""
    points = 100 * MOST // FEW
    return (
        f"Numbers are multiples of 5: for the {few} of {len(told)} places with fewer than {FEW} that can move the point "
        f"by {points} percentage points or more. {WHERE}"
    )


def of_trend(answer: Released) -> str:
    """How large the rounding is beside the points of a trend: the mean of counts, or the smallest denominator of shares."""
    told = answer.frame.dropna(subset=["value"])
    if answer.profile == "exact" or told.empty or answer.metric is None or answer.metric.unit not in ("count", "people", "share"):
        return ""
    size = told["denominator"].min() if answer.metric.unit == "share" else told["value"].mean()
    if not 0 < size < FEW:
        return ""
    what = "the smallest number judged" if answer.metric.unit == "share" else "the mean"
    return f"Numbers are multiples of 5, up to {MOST / size:.0%} of {what} here: rounding can make or hide a signal. {WHERE}"


def of_curve(answer: Released) -> str:
    """That a curve moves only every few months, where its steps were merged until each holds enough patients."""
    gap = answer.frame["months"].diff().max() if len(answer.frame) else 0
    if answer.profile == "exact" or not gap > 1:
        return ""
    return f"Months are taken together until each step holds enough patients: the longest step here is {gap:.0f} months."
