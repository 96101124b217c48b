"""What each command does: one function each, given the parsed options."""

import json
import os
import sys
from pathlib import Path

import pandas as pd

from dashboard.errors import Refused, Stopped

NOT_FOR_RELEASE = "exact figures: not for release outside the team that holds the data"


def say(words: str) -> None:
    """A line for the person, never for a pipe."""
    print(words, file=sys.stderr)


def progress(words: str) -> None:
    """A line of progress, only on a terminal."""
    if sys.stderr.isatty():
        say(f"… {words}")


def show(frame: pd.DataFrame, style: str) -> None:
    """Print a table to stdout: aligned, CSV or JSON; a day is ISO, an empty cell is empty, a yes or no is true or false."""
    text = frame.copy()
    for column in text.columns:
        if text[column].dtype == bool or pd.api.types.is_bool_dtype(text[column].dtype):
            text[column] = text[column].map({True: "true", False: "false"}, na_action="ignore")
        elif pd.api.types.is_float_dtype(text[column].dtype) and (text[column].dropna() % 1 == 0).all():
            text[column] = text[column].astype("Int64")
        elif pd.api.types.is_datetime64_any_dtype(text[column].dtype):
            text[column] = text[column].dt.strftime("%Y-%m-%d")
    if style == "csv":
        sys.stdout.write(text.to_csv(index=False, lineterminator="\n"))
    elif style == "json":
        sys.stdout.write(json.dumps(json.loads(text.to_json(orient="records")), indent=1) + "\n")
    else:
        text = text.astype(object).where(text.notna(), "")
        sys.stdout.write(text.to_string(index=False) + "\n" if len(text) else "(no rows)\n")


def demo(options) -> None:
    """Write the synthetic files and name them."""
    from dashboard import demo as synthetic

    for path in synthetic.write(options.out, options.seed, options.first, options.last, options.scale, options.noise):
        print(path)


def load(options) -> None:
    """Load, publish and report."""
    from dashboard.load.run import load as run
    from dashboard.load.staging import Wanted

    if options.engine == "spark":
        raise Refused("--engine spark: this release loads with DuckDB alone.")
    if not (options.files or options.op or options.deaths):
        raise Refused("nothing to load: name at least one file.")
    wanted = Wanted(
        tuple(options.files), tuple(options.op), tuple(options.deaths), options.layout, options.header, options.encoding,
        options.status, options.data_start, options.data_end, frozenset(options.force), options.whole,
    )  # fmt: skip
    done = run(wanted, options.warehouse, dry_run=options.dry_run, tell=progress)
    print("\n".join(done.report.lines))
    if done.version:
        print(f"published {done.version}")
    elif options.dry_run:
        print("dry run: nothing was published")


def layouts(options) -> None:
    """List the layouts that can be read; with files, how each file's columns were matched."""
    from dashboard.load import layouts as known
    from dashboard.load.matching import matched_columns

    if options.files:
        show(
            pd.DataFrame([row for path in options.files for row in matched_columns(path, options.layout, options.header)]),
            options.format,
        )
        return
    rows = [
        {"layout": name, "kind": layout.kind, "title": layout.title, "recognised_by": " ".join(layout.signature)}
        for name, layout in known.all_layouts().items()
    ]
    show(pd.DataFrame(rows), options.format)


def versions(options) -> None:
    """List the versions, the one in force marked."""
    from dashboard.load import versions as kept

    pointer = kept.read_pointer(options.warehouse) or {}
    rows = [
        {"version": version, "in_force": version == pointer.get("version"), "sound": kept.sound(options.warehouse, version)}
        for version in kept.listed(options.warehouse)
    ]
    show(pd.DataFrame(rows, columns=["version", "in_force", "sound"]), options.format)


def publish(options) -> None:
    """Put a version in force."""
    from dashboard.load import versions as kept

    with kept.locked(options.warehouse):
        kept.point(options.warehouse, options.version)
    print(f"published {options.version}")


def check(options) -> None:
    """Run the check of the options: audits, audit-log, access, disclosure or verdicts."""
    checks = {"audits": check_audits, "audit-log": check_audit_log, "access": check_access}
    checks |= {"disclosure": check_disclosure, "verdicts": check_verdicts}
    checks[options.what](options)


def check_audit_log(options) -> None:
    """Say how many lines a sound audit log has, and its last hash; Stopped, naming the line, when it is not sound."""
    from dashboard import audit

    log = options.log or audit.place(options.warehouse)
    last = audit.check(log, options.expect)
    print(f"  ok  {log}: {last['n']} lines, the last with hash {last['hash']}")


def check_access(options) -> None:
    """Say how many grants there are, and which have ended; Refused, naming the grant, for a bad file."""
    import datetime as dt

    from dashboard import access

    grants = access.read().grants.values()
    ended = sum(grant.expires < dt.datetime.now(dt.UTC).date() for grant in grants)
    print(f"  ok  {access.place()}: {len(grants)} grants, {ended} of them ended")


def check_audits(options) -> None:
    """Run the audits on the version in force; Stopped when one finds a row."""
    from dashboard import queries

    warehouse = open_warehouse(options)
    days = {key: warehouse.about[key] for key in ("data_start", "data_end")}
    for name in queries.in_order("audits"):
        sql = queries.text(f"audits/{name}")
        found = warehouse.frame(sql, {key: days[key] for key in queries.parameters_needed(sql)})
        print(f"{'FAIL' if len(found) else 'ok':>4}  {name.replace('_', ' ')}")
        if len(found):
            raise Stopped(f"the audit '{name}' found {len(found)} rows")


def check_disclosure(options) -> None:
    """Print what came of every attack on the version in force; Stopped when one beats chance, or one that must win does not."""
    from dashboard import attacks

    ground = attacks.Ground.of(open_warehouse(options))
    done, weaker = attacks.run(ground), attacks.proofs(ground)
    show(attacks.table(done, weaker), options.format)
    won = [one.attack for one in done if one.won] + [one.attack for one in weaker if one.tried and not one.won]
    if won:
        raise Stopped(f"not as it must be: {', '.join(won)}")


def check_verdicts(options) -> None:
    """Print how often a verdict from released numbers differs from the exact one, by size of provider."""
    from dashboard.verdicts import table

    say(NOT_FOR_RELEASE)
    show(table(open_warehouse(options)), options.format)


def serve(options) -> None:
    """Become the server, so that whoever stops this process stops it."""
    from dashboard.serving import SERVED, Serving, command

    open_warehouse(options)
    told = command(Serving(options.address, options.port, options.base_path, options.secrets))
    environment = os.environ | {"RFD_WAREHOUSE": str(options.warehouse.resolve())}
    for name in ("RFD_ACCESS", "RFD_AUDIT_LOG", "RFD_AUDIT_HEAD"):
        if environment.get(name):
            environment[name] = str(Path(environment[name]).resolve())
    os.chdir(SERVED.parent.parent)
    os.execve(told[0], told, environment)


def bench(options) -> None:
    """Time loading, the questions, the pages in a browser, or many sessions at once, all but the first on the version in force."""
    if options.what == "loading":
        from dashboard.bench import document, loading

        print(document.put("Loading", loading.WORDS, loading.tables(options.millions, options.times, options.where)))
        return
    open_warehouse(options)
    if options.what == "page":
        from dashboard.bench.repaint import pages

        told = pages(options.warehouse, options.times)
    elif options.what == "by-hand":
        from dashboard.bench.by_hand import beside

        told = beside(options.warehouse, options.times)
    elif options.what == "sessions":
        from dashboard.bench.sessions import sessions

        told = sessions(options.warehouse, seconds=options.seconds)
    elif options.what == "soak":
        from dashboard.bench.sessions import soak

        told = soak(options.warehouse, options.seconds)
    else:
        from dashboard.bench.questions import questions

        told = questions(options.warehouse, options.times)
    show(told, options.format)


def open_warehouse(options):
    """The warehouse of the options."""
    from dashboard.warehouse import Warehouse

    warehouse = Warehouse(options.warehouse)
    if warehouse.banner:
        say(warehouse.banner)
    return warehouse


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


def answered(options):
    """The released answer to the options of `measure` and `export`."""
    asking, metric = asked(options)
    period, split = options.period or "all", tuple(options.split)
    return asking.counts(metric, by=options.by, split=split, period=period, place=tuple(options.place))


def export(options) -> None:
    """Write one answer, released, as a zip with its metadata, and name the file."""
    from dashboard.export import zip_bytes

    if options.profile == "exact":
        raise Refused("--profile exact: a file to pass on holds released numbers; use `rfd measure` for exact ones.")
    options.out.write_bytes(zip_bytes(answered(options)))
    print(options.out)


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
    filters = Filters(policy=options.policy, **given)
    for text in options.set:
        filters = with_setting(filters, text)
    return filters
