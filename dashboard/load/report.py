"""What a load did, in lines a person reads and in tables the version keeps."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.load.staging import Batch


@dataclass(frozen=True)
class Report:
    """The lines printed after a load, and the same as (section, name, value) rows."""

    lines: list[str]
    rows: list[tuple[str, str, str]]


def report_of(batch: Batch, built: Path, pointer: dict | None, warehouse: Path) -> Report:
    """The report of a load whose version has been built."""
    with duckdb.connect(str(built), read_only=True) as version:
        about = dict(version.table("about").fetchall())
        rules = Counter((row[2], row[3]) for row in version.table("refusals").fetchall())
        rows = [("file", file["file"], file_words(file)) for file in batch.files]
        rows += [("rule", f"{severity}: {rule}", f"{count:,} rows") for (severity, rule), count in sorted(rules.items())]
        rows += [("days", name, about[name]) for name in ("data_start", "data_end", "provisional_from") if about[name]]
        rows += [("cohort", table, f"{version.table(table).count('*').fetchall()[0][0]:,} rows") for table in COHORTS]
        rows += [("left out", name.replace("_", " "), about[name]) for name in ("unlinked_rows", "rows_after_data_end")]
        rows += [("merged", code, f"counted under {successor}: {count:,} episodes")
                 for code, successor, count in version.table("successions").fetchall()]  # fmt: skip
        unknown = sorted(row[0] for row in version.table("providers").filter("sector = 'unknown'").fetchall())
        if unknown:
            rows.append(("unknown providers", f"{len(unknown)} in no reference list", " ".join(unknown)))
    return Report([f"{section:>17}  {name}: {value}" for section, name, value in rows], rows)


COHORTS = ("denervations", "blocks", "courses", "index_blocks")


def file_words(file: dict) -> str:
    """One file's counts in words."""
    return (
        f"{file['layout']}, {file['rows_read']:,} rows read, {file['rows_loaded']:,} loaded, "
        f"{file['rows_quarantined']:,} put aside, {file['rows_flagged']:,} flagged"
    )
