"""What a version says about itself: the days it holds, the definitions it was made with, and a hash of its content."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load import reference
from dashboard.load.batch import Batch

CODE_VERSION = "1.0.0"


@dataclass(frozen=True)
class Days:
    """The first and last day for which the loaded data is complete, and which financial years are provisional."""

    start: dt.date
    end: dt.date
    provisional_years: tuple[int, ...]


def active_years(batches: list[Batch]) -> dict[int, Batch]:
    """The batch that holds each financial year of episodes: the latest to bring it."""
    return {int(year): batch for batch in batches for year in batch.years}


def days(batches: list[Batch], complete_through=None) -> Days:
    """data_start and data_end: as the latest load states them, else the loaded financial years' own days."""
    active = active_years(batches)
    provisional = tuple(sorted(year for year, batch in active.items() if batch.years[str(year)]["status"] == "provisional"))
    start = batches[-1].data_start or dt.date(min(active), 4, 1).isoformat()
    last = dt.date(max(active) + 1, 3, 31)
    if max(active) in provisional and complete_through:
        last = min(last, complete_through)
    end = batches[-1].data_end or last.isoformat()
    if start > end:
        raise Refused(
            f"--data-start {start} is after the last day of data, {end}. Give --data-start and --data-end in this order."
        )
    return Days(dt.date.fromisoformat(start), dt.date.fromisoformat(end), provisional)


def describe(connection, batches: list[Batch], stated: Days) -> dict[str, str]:
    """What a version says about itself, as text by key."""
    left_out = dict(connection.table("facts_left_out").fetchall())
    invented, real = connection.sql(queries.text("build/fictional_rows")).fetchall()[0]
    artificial = all(file["synthetic"] for batch in batches for file in batch.files if file["kind"] == "episodes")
    provisional = min(stated.provisional_years, default=None)
    content = content_hash(connection)
    deaths = any(batch.has_deaths_file for batch in batches) or connection.table("deaths").count("*").fetchall()[0][0] > 0
    return {
        "version": f"{batches[-1].id[:15]}-{content[:8]}",
        "data_start": stated.start.isoformat(),
        "data_end": stated.end.isoformat(),
        "synthetic": truth(artificial or (invented > 0 and real == 0)),
        "mixed": truth(invented > 0 and real > 0),
        "deaths_observed": truth(deaths),
        "outpatient_loaded": truth(any(batch.outpatient_years for batch in batches)),
        "unlinked_rows": str(left_out["unlinked"]),
        "rows_after_data_end": str(left_out["after_data_end"]),
        "provisional_from": f"{provisional}-04-01" if provisional else "",
        "code_version": CODE_VERSION,
        "definition_hash": definition_hash(),
        "definition_files": definition_files(),
        "content_hash": content,
        "batches": ",".join(batch.id for batch in batches),
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def truth(value: bool) -> str:
    """A yes or no as text."""
    return "true" if value else "false"


def definition_hash() -> str:
    """A hash of every rule: the SQL files, codelists, policies and reference tables this version was made with."""
    digest = hashlib.sha256()
    for path in definitions():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def definition_files() -> str:
    """`folder/name=hash` of each of them, so that two versions can say which rules changed between them."""
    named = ((f"{path.parent.name}/{path.stem}", hashlib.sha256(path.read_bytes()).hexdigest()[:8]) for path in definitions())
    return " ".join(f"{name}={part}" for name, part in named)


def definitions() -> list[Path]:
    """Every file that decides a number."""
    kinds = (
        (queries.FOLDER, "**/*.sql"),
        (reference.DATA, "codelists/*.csv"),
        (reference.DATA, "*.csv"),
        (reference.REFERENCE, "*.csv"),
    )
    return [path for folder, pattern in kinds for path in sorted(folder.glob(pattern))]


def content_hash(connection) -> str:
    """A hash of the cohort rows that does not depend on the order of rows or files, nor on the deployment's secret."""
    sums = connection.sql(queries.text("build/content_hash")).fetchall()
    return hashlib.sha256(repr(sums).encode()).hexdigest()[:16]
