"""`rfd`: load, publish, ask and check from a terminal. Results go to stdout, everything else to stderr."""

import argparse
import datetime as dt
import sys
import traceback
from pathlib import Path

from dashboard import commands
from dashboard.errors import Failed, Refused, Stopped
from dashboard.filters import DECLARED, DEFAULTS, PERIODS, PLACE_TYPES
from dashboard.metrics.declared import ALL_SPLITS
from dashboard.versions import home

BENCHES = ("questions", "by-hand", "page", "sessions", "processes", "moving", "soak", "opening", "what-if", "loading")
FORMATS = ("table", "csv", "json")
# written here too, as what declares them takes a tenth of a second to load
PROFILES = ("hes2018_ck", "hes2018", "sde10", "exact")
BY_HAND = "stopped from the keyboard."
TABLES = ("denervations", "blocks", "courses", "index_blocks", "adherence", "refusals", "waterfall")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--warehouse", type=Path, default=home())
    shared.add_argument("--format", choices=FORMATS, default="table")
    shared.add_argument("--debug", action="store_true", help="show a traceback when something goes wrong")
    top = argparse.ArgumentParser(prog="rfd", description="Lumbar radiofrequency denervation in England, from HES episodes.")
    commands_ = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, words: str) -> argparse.ArgumentParser:
        one = commands_.add_parser(name, help=words, description=words, parents=[shared])
        one.set_defaults(run=getattr(commands, name))
        return one

    add_data_commands(add)
    add_question_commands(add)
    return top


def add_data_commands(add) -> None:
    """demo, load, layouts, versions, publish, check, serve, bench."""
    demo = add("demo", "write synthetic HES files in the DARS layout")
    demo.add_argument("--out", type=Path, required=True)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--from", dest="first", type=int, default=2012)
    demo.add_argument("--to", dest="last", type=int, default=2025)
    demo.add_argument(
        "--scale", type=float, default=1.0, help="times England: above 1, as many Englands as it takes, one after the other"
    )
    demo.add_argument(
        "--noise", type=float, default=0, metavar="N",
        help="episodes of other people for each one written (admitted care only); about 200 is what a whole national extract has",
    )  # fmt: skip
    load = add("load", "load files, build, audit and publish a version")
    load.add_argument("files", type=Path, nargs="*", metavar="FILE")
    load.add_argument("--op", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    load.add_argument("--deaths", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    load.add_argument("--layout", default="auto")
    load.add_argument("--header", type=Path)
    load.add_argument("--encoding")
    load.add_argument("--data-start", type=day)
    load.add_argument("--data-end", type=day)
    load.add_argument("--status", choices=("final", "provisional"), default="final")
    load.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    load.add_argument("--dry-run", action="store_true")
    load.add_argument(
        "--whole", action="store_true", help="parse every line, not only those that matter: slower, and the same version"
    )
    load.add_argument("--force", action="append", default=[], metavar="RULE")
    layouts = add("layouts", "list the layouts that can be read, or how a file's columns were matched")
    layouts.add_argument("files", type=Path, nargs="*", metavar="FILE")
    layouts.add_argument("--layout", default="auto")
    layouts.add_argument("--header", type=Path)
    add("versions", "list the published versions")
    add("publish", "put a version in force").add_argument("version", metavar="ID")
    check = add(
        "check",
        "run the audits on the version in force, check the audit log or the grants, attack what is released, or hold released verdicts against exact ones",
    )
    check.add_argument("what", nargs="?", choices=("audits", "audit-log", "access", "disclosure", "verdicts"), default="audits")
    check.add_argument("--log", type=Path, help="the audit log, when it is not the warehouse's own")
    check.add_argument(
        "--expect", default="", metavar="HASH", help="a hash this check printed before: it must still be in the log"
    )
    bench = add("bench", "time the questions, the pages beside plain apps, many sessions at once, or loading beside other ways")
    bench.add_argument("what", nargs="?", choices=BENCHES, default="questions")
    bench.add_argument("--times", type=int, default=5, help="how often a question is asked, or a filter changed")
    bench.add_argument("--seconds", type=float, default=60, help="how long sessions, or a soak, last")
    bench.add_argument(
        "--millions", type=float, nargs="+", default=[1, 2, 4, 8], metavar="ROWS", help="sizes of the files loaded"
    )
    bench.add_argument("--where", type=Path, help="folder for the files and versions made: 20 GB at eight million rows")
    serve = add("serve", "serve the dashboard")
    serve.add_argument("--address", default="127.0.0.1", help="where to listen; this machine alone unless said otherwise")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--base-path", default="", metavar="rfd", help="the path that a proxy serves it under")
    serve.add_argument("--secrets", type=Path, metavar="FILE", help="the TOML file with [auth], the sign-in")


def add_question_commands(add) -> None:
    """measures, measure, curve, export, signals, report, rows."""
    add("measures", "list the declared measures")
    measure = add("measure", "one answer, released")
    curve = add("curve", "a measure of time as a curve, released")
    export = add("export", "the zip that the download page makes: one answer, released, with its metadata")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    for one in (measure, curve, export):
        one.add_argument("name", metavar="NAME")
        one.add_argument("--by", choices=PLACE_TYPES, default="england")
        one.add_argument("--from", dest="from_", default="", metavar="2019/20")
        one.add_argument("--to", default="", metavar="2023/24")
        one.add_argument("--place", nargs="+", action="extend", default=[], metavar="CODE")
        one.add_argument("--cohort", choices=DECLARED["cohort"].options, default=DEFAULTS.cohort)
        one.add_argument("--profile", choices=PROFILES, default="hes2018_ck")
        add_policy(one)
    for one in (measure, export):
        one.add_argument("--period", choices=list(PERIODS))
        one.add_argument("--split", action="append", default=[], choices=ALL_SPLITS)
    signals = add("signals", "what changed lately over all places and measures, with a stated number of false signals")
    signals.add_argument("--by", nargs="+", choices=PLACE_TYPES, default=list(PLACE_TYPES))
    signals.add_argument("--measure", nargs="+", action="extend", default=[], metavar="NAME")
    signals.add_argument("--since-version", action="store_true", help="England's measures that the version before told otherwise")
    signals.add_argument("--profile", choices=PROFILES[:-1], default="hes2018_ck")
    report = add("report", "the pack of one provider, as a PDF to hand over")
    report.add_argument("--provider", required=True, metavar="CODE")
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    report.add_argument("--from", default="", metavar="2019/20")
    report.add_argument("--to", default="", metavar="2023/24")
    report.add_argument("--peers", default="type", help="type, region, size, published, or codes with commas between")
    report.add_argument("--profile", choices=PROFILES[:-1], default="hes2018_ck")
    add_policy(report)
    rows = add("rows", "exact row-level facts, for the analyst who holds the data")
    rows.add_argument("table", choices=TABLES)
    add_policy(rows)


def day(text: str) -> dt.date:
    """A day given on the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: a day is written like 2024-03-31") from error


def add_policy(one: argparse.ArgumentParser) -> None:
    """--policy and --set."""
    one.add_argument("--policy", default="reference")
    one.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE")


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 our fault, 2 bad usage or input, 3 stopped by a gate, 130 by Ctrl-C."""
    try:
        options = parser().parse_args(argv)
    except SystemExit as ending:
        return 2 if ending.code not in (0, None) else 0
    try:
        options.run(options)
    except Refused as error:
        return failed(options, error, 2)
    except Stopped as error:
        return failed(options, error, 3)
    except Failed as error:
        return failed(options, error, 1)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return failed(options, BY_HAND, 130)
    except Exception as error:  # the last resort: anything else is our fault, and says so without a traceback
        if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            return failed(options, BY_HAND, 130)
        return failed(options, f"something went wrong here ({type(error).__name__}: {error}); --debug shows where", 1)
    return 0


def failed(options: argparse.Namespace, words, code: int) -> int:
    """Say why on stderr, with the traceback when asked for; return the exit code."""
    if options.debug:
        traceback.print_exc()
    print(f"rfd {options.command}: {words}", file=sys.stderr)
    return code
