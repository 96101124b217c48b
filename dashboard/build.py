"""Staged batches into one version file: cohorts in the order their SQL implies, audits, then what the version is about."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow
from duckdb import ColumnExpression, ConstantExpression

from dashboard import queries
from dashboard.errors import Refused, Stopped
from dashboard.load import reading, reference
from dashboard.load.staging import Batch

REFERENCE = (
    "codelists", "policies", "providers", "successors", "site_successors", "commissioners", "icb_successors",
    "subicb_icb", "ccg_subicb", "population", "standard_population", "peers", "published",
)  # fmt: skip
RENAMED = {"providers": "known_providers", "population": "known_population"}
PUBLISHED = (
    "denervations", "blocks", "courses", "index_blocks", "days", "policies", "providers", "commissioners", "population",
    "refusals", "fates", "months", "published", "codes_found", "ebi_compared", "successions", "facts_left_out", "codelists", "peers",
)  # fmt: skip
FACTS = ("denervations", "blocks", "courses", "index_blocks", "days")
KINDS = ("episodes", "outpatients", "deaths")
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


def keyed_hash(secret: bytes):
    """A function from text to 32-bit keys (HMAC-SHA-256, cut), for one column of an Arrow table at a time."""

    def hashes(column):
        digests = [hmac.digest(secret, text.encode(), "sha256") for text in column.to_pylist()]
        return pyarrow.array([int.from_bytes(digest[:4], "big") for digest in digests], pyarrow.uint32())

    return hashes


def build(folder: Path, batches: list[Batch], target: Path, secret: bytes, scratch: Path, tell) -> dict[str, str]:
    """Write a version file at `target` from staged batches and return what it says about itself.

    Raises Stopped when an audit finds a row.
    """
    with duckdb.connect(config=reading.working_memory(scratch)) as connection:
        put_inputs(connection, folder, batches)
        stated = days(batches, last_complete_day(connection))
        connection.create_function("keyed_hash", keyed_hash(secret), ["VARCHAR"], "UINTEGER", type="arrow")
        put_provisional_years(connection, stated)
        tell("building cohorts")
        parameters = {"data_start": stated.start, "data_end": stated.end, "today": dt.date.today()}
        queries.make_tables(connection, "cohort", parameters)
        audit(connection, parameters)
        about = describe(connection, batches, stated)
        tell("writing the version")
        write_version(connection, target, batches, about)
    return about


def put_inputs(connection, folder: Path, batches: list[Batch]) -> None:
    """The reference tables, and the staged rows of the extracts in force, each with the batch it came in."""
    reference.put(connection, REFERENCE)
    for old, new in RENAMED.items():
        reading.replace_table(connection, new, connection.table(old))
        connection.sql(f"drop table {old}")
    years = active_years(batches)
    outpatients = {year: batch for batch in batches for year in batch.outpatient_years}
    for batch in batches:
        mine = [year for year, holder in years.items() if holder is batch]
        seen = [year for year, holder in outpatients.items() if holder is batch]
        for table, name, only in (
            ("staged_rows", "staged_episodes", mine), ("staged_deaths", "staged_deaths", mine),
            ("staged_months", "staged_months", mine), ("staged_attendances", "staged_attendances", seen),
            ("staged_fates", "staged_fates", [*mine, 0]), ("staged_deaths_file", "staged_deaths_file", None),
            *(("staged_refusals", f"{kind}_refusals", None) for kind in KINDS),
        ):  # fmt: skip
            put_staged(connection, folder / batch.id / f"{name}.parquet", table, batch, only)
    files = [{"batch": batch.id, **file} for batch in batches for file in batch.files]
    connection.from_arrow(pyarrow.Table.from_pylist(files)).to_table("batch_files")
    for table, schema in EMPTY.items():
        if not reading.has_table(connection, table):
            connection.from_arrow(pyarrow.table({name: pyarrow.array([], kind) for name, kind in schema})).to_table(table)


EMPTY = {
    "staged_attendances": [
        ("financial_year", pyarrow.int64()), ("person", pyarrow.string()), ("seen_on", pyarrow.date32()),
    ],
    "staged_deaths_file": [("person", pyarrow.string()), ("death_date", pyarrow.date32())],
}  # fmt: skip


def put_staged(connection, path: Path, table: str, batch: Batch, only: list[int] | None) -> None:
    """Append one staged file's rows, of the given financial years only, to a table of the build."""
    if not path.exists() or only == []:
        return
    rows = connection.read_parquet(str(path))
    if only is not None:
        rows = rows.filter(ColumnExpression("financial_year").isin(*[ConstantExpression(year) for year in only]))
    reading.extend_table(connection, table, rows.select("*", ConstantExpression(batch.id).alias("batch")))


def put_provisional_years(connection, stated: Days) -> None:
    """The financial years still provisional, as a table."""
    column = pyarrow.array(stated.provisional_years, pyarrow.int32())
    connection.from_arrow(pyarrow.table({"financial_year": column})).to_table("provisional_years")


def last_complete_day(connection) -> dt.date | None:
    """The last day of the last month whose rows reach half of the usual month; None when no month was sent."""
    return connection.sql(queries.text("build/last_complete_day")).fetchall()[0][0]


def audit(connection, parameters: dict) -> None:
    """Raise Stopped, naming the audit and its first row, when any audit returns one."""
    for name in queries.in_order("audits"):
        sql = queries.text(f"audits/{name}")
        used = {key: parameters[key] for key in queries.parameters_needed(sql)}
        found = connection.sql(sql, params=used or None).limit(1).fetchall()
        if found:
            raise Stopped(f"Nothing was published: the audit '{name.replace('_', ' ')}' found {found[0]}.")


def definition_hash() -> str:
    """A hash of every rule: the SQL files, codelists, policies and reference tables this version was made with."""
    digest = hashlib.sha256()
    for path in definitions():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def definitions() -> list[Path]:
    """Every file that decides a number."""
    kinds = (
        (queries.FOLDER, "**/*.sql"),
        (reference.DATA, "codelists/*.csv"),
        (reference.DATA, "*.csv"),
        (reference.REFERENCE, "*.csv"),
    )
    return [path for folder, pattern in kinds for path in sorted(folder.glob(pattern))]


def definition_files() -> str:
    """`folder/name=hash` of each of them, so that two versions can say which rules changed between them."""
    named = ((f"{path.parent.name}/{path.stem}", hashlib.sha256(path.read_bytes()).hexdigest()[:8]) for path in definitions())
    return " ".join(f"{name}={part}" for name, part in named)


def describe(connection, batches: list[Batch], stated: Days) -> dict[str, str]:
    """What a version says about itself, as text by key."""
    left_out = dict(connection.table("facts_left_out").fetchall())
    fictional = connection.sql(queries.text("build/fictional_rows")).fetchall()[0][0]
    provisional = min(stated.provisional_years, default=None)
    content = content_hash(connection)
    deaths = any(batch.has_deaths_file for batch in batches) or connection.table("deaths").count("*").fetchall()[0][0] > 0
    return {
        "version": f"{batches[-1].id[:15]}-{content[:8]}",
        "data_start": stated.start.isoformat(),
        "data_end": stated.end.isoformat(),
        "synthetic": truth(fictional > 0 or any(file["synthetic"] for batch in batches for file in batch.files)),
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


def content_hash(connection) -> str:
    """A hash of the cohort rows that does not depend on the order of rows or files, nor on the deployment's secret."""
    sums = connection.sql(queries.text("build/content_hash")).fetchall()
    return hashlib.sha256(repr(sums).encode()).hexdigest()[:16]


def write_version(connection, target: Path, batches: list[Batch], about: dict[str, str]) -> None:
    """Copy the published tables into a file of their own, with `sources` and `about`."""
    sources = [
        {"batch": batch.id, "status": batch.status, "years": ",".join(sorted(batch.years)), **file}
        for batch in batches
        for file in batch.files
    ]
    with duckdb.connect(str(target)) as version:
        for table in PUBLISHED:
            version.from_arrow(connection.table(table).to_arrow_reader()).to_table(table)
        version.from_arrow(pyarrow.Table.from_pylist(sources)).to_table("sources")
        rows = [{"key": key, "value": value} for key, value in about.items()]
        version.from_arrow(pyarrow.Table.from_pylist(rows)).to_table("about")
        version.sql("checkpoint")
