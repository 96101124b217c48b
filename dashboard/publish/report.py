"""What a load did, in lines a person reads and in tables the version keeps."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow

from dashboard import queries
from dashboard.load.batch import Batch
from dashboard.metrics import METRICS

COHORTS = ("denervations", "blocks", "courses", "index_blocks")


@dataclass(frozen=True)
class Report:
    """The lines printed after a load, and the same as (section, name, value) rows."""

    lines: list[str]
    rows: list[tuple[str, str, str]]


def report_of(batch: Batch, built: Path, national: pd.DataFrame, moves: pd.DataFrame) -> Report:
    """The report of a load whose version has been built; `national` and `moves` as `load.national` makes them."""
    rows = told_of_batch(batch) + told_of_version(built)
    rows += [("England", METRICS[name].title, words) for name, words in national_words(national, moves).items()]
    rows += [("moved", f"{METRICS[one.measure].title} in {one.period}", f"{figure(one.old)} → {figure(one.new)}")
             for one in moves[moves["moved"] > 0].itertuples()]  # fmt: skip
    return Report(printed(rows), rows)


def told_of_batch(batch: Batch) -> list[tuple[str, str, str]]:
    """What a load brought: its files, what was noted about them, what was forced."""
    rows = [("file", file["file"], file_words(file)) for file in batch.files]
    rows += [("note", *note.split(": ", 1)) for note in batch.notes]
    return rows + [("forced", rule, "accepted by --force") for rule in batch.forced]


def told_of_version(built: Path) -> list[tuple[str, str, str]]:
    """What a built version holds: rows by rule, days, cohorts, codes, coding, months, organisations."""
    with duckdb.connect(str(built), read_only=True) as version:
        about = dict(version.table("about").fetchall())
        rules = Counter((row[2], row[3]) for row in version.table("refusals").fetchall())
        rows = [("rule", f"{severity}: {rule}", f"{count:,} rows") for (severity, rule), count in sorted(rules.items())]
        rows += [("days", name, about[name]) for name in ("data_start", "data_end", "provisional_from") if about[name]]
        rows += [("cohort", table, f"{version.table(table).count('*').fetchall()[0][0]:,} rows") for table in COHORTS]
        rows += [("left out", name.replace("_", " "), about[name]) for name in ("unlinked_rows", "rows_after_data_end")]
        rows += [("codes found", code, f"{mentions:,} mentions") for code, mentions in told(version, "codes")]
        rows += [
            ("months complete", provider, f"{complete:,} of {months:,}") for provider, complete, months in told(version, "months")
        ]
        rows += [("coding", name, f"{said:,} of {facts:,}") for name, said, facts in told(version, "coding") if facts]
        rows += [("merged", code, f"counted under {successor}: {count:,} episodes")
                 for code, successor, count in version.table("successions").fetchall()]  # fmt: skip
        in_no_list = duckdb.ColumnExpression("sector") == duckdb.ConstantExpression("unknown")
        unknown = sorted(row[0] for row in version.table("providers").filter(in_no_list).fetchall())
        if unknown:
            rows.append(("unknown providers", f"{len(unknown)} in no reference list", " ".join(unknown)))
        rows += [("SUS's EBI flag", year, f"{both:,} both, {theirs:,} SUS only, {ours:,} here only, {none:,} neither")
                 for year, both, theirs, ours, none in version.table("ebi_compared").fetchall()]  # fmt: skip
    return rows


def told(version: duckdb.DuckDBPyConnection, name: str) -> list[tuple]:
    """The rows of one of the questions that a report asks of a version."""
    return version.sql(queries.text(f"build/{name}")).fetchall()


MOST_LINES = 25


def printed(rows: list[tuple[str, str, str]]) -> list[str]:
    """The rows as lines; of a long section the first, and how many more the version keeps."""
    lines = []
    for section in dict.fromkeys(section for section, *_ in rows):
        mine = [f"{section:>17}  {name}: {value}" for one, name, value in rows if one == section]
        lines += mine[:MOST_LINES]
        if len(mine) > MOST_LINES:
            lines.append(f"{section:>17}  and {len(mine) - MOST_LINES:,} more, kept in the version")
    return lines


def national_words(national: pd.DataFrame, moves: pd.DataFrame) -> dict[str, str]:
    """Per measure, the latest year's value, or old → new where the version before had that year."""
    words = {}
    for name, years in national.groupby("measure", sort=False):
        last = years.sort_values("period").iloc[-1]
        before = moves[(moves["measure"] == name) & (moves["period"] == last["period"])]
        old = f"{figure(before['old'].iloc[0])} → " if len(before) else ""
        words[str(name)] = f"{old}{figure(last['value'])} in {last['period']}"
    return words


def figure(value: float) -> str:
    """A count as a whole number, a share or rate to four figures, nothing as a dash."""
    if pd.isna(value):
        return "–"
    return f"{value:,.0f}" if value == round(value) else f"{value:.4g}"


def keep(built: Path, report: Report, national: pd.DataFrame) -> None:
    """Put a report, and the national measures it was held against, into the version it is about."""
    names = ("section", "name", "value")
    rows = pyarrow.table({name: [row[at] for row in report.rows] for at, name in enumerate(names)})
    with duckdb.connect(str(built)) as version:
        version.from_arrow(rows).to_table("report")
        version.from_arrow(pyarrow.Table.from_pandas(national, preserve_index=False)).to_table("national")
        version.sql("checkpoint")


def file_words(file: dict) -> str:
    """One file's counts in words."""
    return (
        f"{file['layout']}, {file['rows_read']:,} rows read, {file['rows_loaded']:,} loaded, "
        f"{file['rows_quarantined']:,} put aside, {file['rows_flagged']:,} flagged"
    )
