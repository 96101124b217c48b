"""Commands that ask: one answer, a curve, exact rows; released unless the analyst says otherwise."""

import pandas as pd

from dashboard.commands.terminal import NOT_FOR_RELEASE, open_warehouse, say, show
from dashboard.errors import Refused


def measures(options) -> None:
    """List the declared measures."""
    from dashboard.metrics import METRICS

    columns = ["name", "title", "unit", "direction", "splits", "source", "tag", "review", "next_review", "words"]
    rows = [[getattr(metric, column) for column in columns] for metric in METRICS.values()]
    frame = pd.DataFrame(rows, columns=columns)
    frame["splits"] = frame["splits"].map(" ".join)
    show(frame, options.format)


def measure(options) -> None:
    """One answer, released."""
    show(answered(options).frame, options.format)


def curve(options) -> None:
    """A measure of time as a curve, released."""
    asking, metric = asked(options)
    show(asking.curve(metric, by=options.by, place=tuple(options.place)).frame, options.format)


def rows(options) -> None:
    """Exact rows of one table."""
    from dashboard.ask import Ask

    asking = Ask(open_warehouse(options), chosen(options), profile="exact", strict=True, scope=("all", ""))
    say(NOT_FOR_RELEASE)
    show(asking.rows(options.table), options.format)


def answered(options):
    """The released answer to the options of `measure` and `export`."""
    asking, metric = asked(options)
    period, split = options.period or "all", tuple(options.split)
    return asking.counts(metric, by=options.by, split=split, period=period, place=tuple(options.place))


def asked(options):
    """(Ask, Metric) of the options of a question."""
    from dashboard.ask import Ask
    from dashboard.metrics import METRICS

    if options.name not in METRICS:
        raise Refused(f"{options.name}: no such measure; there are {', '.join(METRICS)}.")
    if options.profile == "exact":
        say(NOT_FOR_RELEASE)
    asking, metric = Ask(open_warehouse(options), chosen(options), profile=options.profile), METRICS[options.name]
    for name in asking.ignored(metric):
        say(f"{name} makes no difference to {metric.title}")
    known = {code for code, _ in asking.places(options.by)}
    for code in (code for code in options.place if code not in known):
        say(f"--place {code}: this version has no such {options.by}")
    return asking, metric


def chosen(options):
    """The filters of the options of a question."""
    from dashboard.filters import Filters, known_year
    from dashboard.policy import with_setting

    for option in ("from_", "to"):
        year = getattr(options, option, "")
        if year and not known_year(year):
            raise Refused(f"--{option.strip('_')} {year}: a financial year is written like 2019/20.")
    given = {key: getattr(options, key) for key in ("from_", "to", "cohort") if hasattr(options, key)}
    if given.get("from_") and given["to"] and given["from_"] > given["to"]:
        raise Refused(f"--from {given['from_']} is after --to {given['to']}: give the earlier year first.")
    filters = Filters(policy=options.policy, **given)
    for text in options.set:
        filters = with_setting(filters, text)
    return filters
