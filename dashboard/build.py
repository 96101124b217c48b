"""Staged batches into one version file: cohorts in the order their SQL implies, audits, then what the version is about."""

import datetime as dt
import hashlib
from pathlib import Path

import duckdb
import numpy as np
import pyarrow
from duckdb import ColumnExpression, ConstantExpression

from dashboard import queries
from dashboard.about import Days, active_years, days, describe
from dashboard.errors import Stopped
from dashboard.load import reading, reference
from dashboard.load.batch import Batch

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


def keyed_hash(secret: bytes):
    """A function from text to 32-bit keys (HMAC-SHA-256, cut), for one column of an Arrow table at a time."""
    key = (secret if len(secret) <= 64 else hashlib.sha256(secret).digest()).ljust(64, b"\0")
    # what RFC 2104 hashes before a text and around it, once: `hmac.digest` does so again for each, and takes three times as long
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))

    def digest(text: str) -> bytes:
        within, around = inner.copy(), outer.copy()
        within.update(text.encode())
        around.update(within.digest())
        return around.digest()

    def hashes(column):
        words = np.frombuffer(b"".join(map(digest, column.to_pylist())), ">u4")
        return pyarrow.array(words[::8].astype("u4"))

    return hashes


def build(folder: Path, batches: list[Batch], target: Path, secret: bytes, scratch: Path, tell) -> dict[str, str]:
    """Write a version file at `target` from staged batches and return what it says about itself.

    Raises Stopped when an audit finds a row.
    """
    staged = sum(path.stat().st_size for batch in batches for path in (folder / batch.id).glob("*.parquet"))
    with duckdb.connect(config=reading.working_memory(scratch, staged)) as connection:
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
    reference.put(connection, REFERENCE, RENAMED)
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
        found = queries.relation(connection, f"audits/{name}", parameters).limit(1).fetchall()
        if found:
            raise Stopped(f"Nothing was published: the audit '{name.replace('_', ' ')}' found {found[0]}.")


def write_version(connection, target: Path, batches: list[Batch], about: dict[str, str]) -> None:
    """Copy the published tables into a file of their own, with `sources` and `about`."""
    sources = [
        {"batch": batch.id, "status": batch.status, "years": ",".join(sorted(batch.years)), **file}
        for batch in batches
        for file in batch.files
    ]
    # what is not said is most of the machine's memory, beside that of the working database
    with duckdb.connect(str(target), config={"memory_limit": "256MB"}) as version:
        for table in PUBLISHED:
            version.from_arrow(connection.table(table).to_arrow_reader()).to_table(table)
        version.from_arrow(pyarrow.Table.from_pylist(sources)).to_table("sources")
        rows = [{"key": key, "value": value} for key, value in about.items()]
        version.from_arrow(pyarrow.Table.from_pylist(rows)).to_table("about")
        version.sql("checkpoint")
