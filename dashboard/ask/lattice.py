"""Which cells can be asked for. No rounding survives arbitrary filters, so the closed lattice is the first lock."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.errors import Refused
from dashboard.filters import ENGLAND, GROUPS, Filters
from dashboard.metrics import Metric
from dashboard.metrics.declared import ALL_SPLITS

BYS = ("place", "england", "region", "commissioner", "provider")
CROSSED = {("commissioner", "provider"), ("provider", "commissioner")}
NESTED = ("region", "commissioner")
PERIODS = ("year", "quarter", "month", "all")
MONTHLY = ("england", "region", "commissioner")
WINDOWS = (5, 3, 1)


def check_metric(metric: Metric, by: str, split: Sequence[str], *, crossing: bool = False) -> None:
    """Refuse what a metric cannot be asked, under any profile."""
    wrong = [name for name in split if name not in metric.splits]
    if wrong:
        can = ", ".join(metric.splits) or "nothing"
        raise Refused(f"{metric.name} cannot be split by {', '.join(wrong)}; it can be split by {can}")
    if len(set(split)) != len(split) or len(split) > 2:
        raise Refused("a split is at most two different columns")
    if metric.unit == "rate" and (by == "provider" or crossing):
        raise Refused(f"{metric.name} needs a population, and a provider has none; ask by england, region or commissioner")


def check_cell(filters: Filters, by: str, period: str, split: Sequence[str]) -> None:
    """Refuse a cell outside the lattice that released numbers may come from."""
    fixed = [name for name in GROUPS if getattr(filters, name)]
    if len({*split, *fixed}) > 2:
        raise Refused(f"at most two of {', '.join(ALL_SPLITS)} together; this asks {[*split, *fixed]}")
    if crosses(filters, by) and (split or fixed):
        raise Refused("commissioner by provider stands on its own: take away the splits and whoever alone is counted")
    if period == "month" and (by not in MONTHLY or crosses(filters, by)):
        raise Refused("months can be asked of england, region or commissioner; ask a provider by quarter or year")


def crosses(filters: Filters, by: str) -> bool:
    """Whether the cells are of one place of one kind within one of another."""
    return (filters.place_type, by) in CROSSED


def kind(filters: Filters, by: str) -> str:
    """The kind of place of the rows; Refused for one there is not."""
    if by not in BYS:
        raise Refused(f"{by!r} is no kind of place; there are: {', '.join(BYS)}")
    return filters.place_type if by == "place" else by


def within(filters: Filters, by: str, *, itself: bool) -> dict[str, str]:
    """The place the facts must be of: `itself` for the chosen place alone, or one that holds or crosses the rows.

    Rows of the same or a wider kind are whole cells of their own, so that a place can be held against the others.
    """
    if itself or (filters.place_type, by) in {*CROSSED, NESTED}:
        return {"place_type": filters.place_type, "place": filters.place}
    return {"place_type": "england", "place": ENGLAND}


def pooled(filters: Filters, years: Sequence[str]) -> tuple[Filters, str | None]:
    """The filters with their years narrowed to a window that may be pooled, and a note when that changed them.

    All the years, or 5, 3 or 1 of them: were any stretch allowed, one stretch less another would give a year
    many times over, and the average of those its exact number.
    """
    chosen = [year for year in years if (filters.from_ or year) <= year <= (filters.to or year)]
    if not chosen:
        return filters, None
    if len(chosen) == len(years):
        return replace(filters, from_="", to=""), None
    size = next(size for size in WINDOWS if size <= len(chosen))
    narrowed = replace(filters, from_=chosen[-size], to=chosen[-1])
    if size == len(chosen):
        return narrowed, None
    return narrowed, f"Years are taken together by 1, 3, 5 or all: this is {chosen[-size]} to {chosen[-1]}."


def windows(years: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The runs of years that may be pooled, all of them first; a single year is none."""
    runs = [tuple(years[at : at + size]) for size in WINDOWS if size > 1 for at in range(len(years) - size + 1)]
    return (tuple(years), *(run for run in runs if len(run) < len(years)))


def years_between(first: str, last: str) -> list[str]:
    """The financial years from one ISO day to another, as 2023/24."""
    start, end = (int(day[:4]) - (day[5:7] < "04") for day in (first, last))
    return [f"{year}/{(year + 1) % 100:02d}" for year in range(start, end + 1)]


def period_label(filters: Filters, years: Sequence[str]) -> str:
    """The label of the years taken together."""
    first, last = filters.from_ or (years[0] if years else ""), filters.to or (years[-1] if years else "")
    return first if first == last else f"{first} to {last}"
