"""A text or Parquet file into DuckDB rows under our names: by position from its own header, everything as text."""

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow
from duckdb import ColumnExpression, ConstantExpression

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load.expressions import projection, with_trimmed
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched

UNDECODABLE = "bytes that are not UTF-8: say --encoding, such as latin-1"


def parse(connection: duckdb.DuckDBPyConnection, path: str | list[str], delimiter: str, columns: int, skip: int = 0):
    """A text file's columns, or those of several, as c0, c1 …, all text; lines that do not have them go to DuckDB's reject table."""
    return connection.read_csv(
        path, sep=delimiter, header=False, skiprows=skip, columns={f"c{at}": "VARCHAR" for at in range(columns)},
        auto_detect=False, quotechar='"', escapechar='"', store_rejects=True,
    )  # fmt: skip


def read_text(connection, file_no: int, file: TextFile, matched: Matched, numbers: np.ndarray | None = None) -> int:
    """Append a text file's rows to `raw` and its unreadable lines to `rejected_lines`; return the rows read.

    `numbers` are the lines' own numbers when they are only some of a file's. Raises Refused when rows parsed and refused do not add up
    to the physical lines.
    """
    parsed = parse(connection, str(file.path), file.delimiter, len(file.header), file.first_line - 1)
    seen_before = len(rejects(connection))
    replace_table(connection, "parsed", with_trimmed(parsed, matched).select(*projection(matched, file.header)))
    # the first is kept: DuckDB gives a line as many reasons as it lacks columns, and counts one column more in each
    refused = {row["line"]: row for row in reversed(rejects(connection)[seen_before:])}
    return append(connection, file_no, file, refused, numbers)


def read_counts(connection, file_no: int, ours: list[str], counts: list[tuple[str, ...]], matched: Matched) -> None:
    """Append counts to `raw` as rows on line 0: each has some columns of ours, and last the rows it stands for."""
    texts = zip(*counts, strict=True) if counts else [()] * (len(ours) + 1)
    table = pyarrow.table({f"c{at}": pyarrow.array(column, pyarrow.string()) for at, column in enumerate(texts)})
    only = replace(matched, columns={name: [ours.index(name)] if name in ours else [] for name in matched.columns}, lists={})
    own = [ConstantExpression(file_no).cast("INTEGER").alias("file_no"), ConstantExpression(0).cast("BIGINT").alias("line")]
    rows = ColumnExpression(f"c{len(ours)}").cast("BIGINT")
    found = with_trimmed(connection.from_arrow(table), only).select(*own, *projection(only, [], rows))
    extend_table(connection, "raw", found)


def rejects(connection) -> list[dict]:
    """The lines DuckDB could not read so far, oldest first, as its reject table has them."""
    try:
        found = connection.table("reject_errors")
    except duckdb.CatalogException:
        return []
    return found.to_arrow_table().to_pylist()


@dataclass(frozen=True)
class Unread:
    """Why a line gave no row: a rule, in words, and whether it stops short of its columns."""

    rule: str
    words: str
    short: bool = False


def append(connection, file_no: int, file: TextFile, refused: dict[int, dict], numbers: np.ndarray | None = None) -> int:
    """Move the parsed rows of one file into `raw`, each with the line it stood on, and note the lines that gave none."""
    unread = {
        line: Unread(reject_rule(row), reject_words(row), row["error_type"] == "MISSING COLUMNS") for line, row in refused.items()
    }
    rows = connection.table("parsed").count("*").fetchall()[0][0]
    notes = account_for(file, rows, unread, numbers)
    keep(connection, file_no, file.first_line, sorted(set(unread) | set(file.blank_lines)), numbers)
    add_lines(connection, file_no, notes)
    return rows + len(notes)


def account_for(
    file: TextFile, rows: int, unread: dict[int, Unread], numbers: np.ndarray | None = None
) -> list[tuple[int, str, str]]:
    """(line, rule, words) of each line that gave no row, but a blank one at the end.

    Raises Refused when rows and unread lines do not add up to the physical lines, or the last line was cut off.
    """
    gone, expected = set(unread) | set(file.blank_lines), file.lines - file.first_line + 1
    if rows + len(gone) != expected:
        raise Refused(
            f"{file.name}: expected {expected} rows from its physical lines, found {rows} readable and {len(gone)} not. "
            "Rows were lost in reading: check for unbalanced quotes, and send it again."
        )
    if not file.ends_whole and file.lines in unread and unread[file.lines].short:
        raise Refused(
            f"{file.name}, line {own_number(file.lines, numbers)}: the last line stops short of its {len(file.header)} columns and does not end: "
            "the file was cut off on its way. Send it again."
        )
    blank = [(line, "ragged", "blank line") for line in file.blank_lines if line < file.lines]
    return sorted([*blank, *((own_number(line, numbers), one.rule, one.words) for line, one in unread.items())])


def own_number(line: int, numbers: np.ndarray | None) -> int:
    """The number of a line in its own file, where only some of that were read."""
    return line if numbers is None else int(numbers[line - 1])


def reject_rule(row: dict) -> str:
    """Our rule id for one of DuckDB's reasons not to read a line."""
    return "undecodable" if row["error_type"] == "INVALID ENCODING" else "ragged"


def reject_words(row: dict) -> str:
    """Why a line was not read, and what to do where the cause is plain."""
    if reject_rule(row) == "undecodable":
        return UNDECODABLE
    return row["error_message"].splitlines()[0][:200]


def keep(connection, file_no: int, first_line: int, gone: list[int], numbers: np.ndarray | None = None) -> None:
    """Append `parsed` to `raw` with file number and physical line; `gone` are the lines that gave no row."""
    skips = {"rows_before": [line - first_line - nth for nth, line in enumerate(gone)], "skipped": list(range(1, len(gone) + 1))}
    schema = pyarrow.schema([("rows_before", pyarrow.int64()), ("skipped", pyarrow.int64())])
    replace_table(connection, "skips", connection.from_arrow(pyarrow.table(skips, schema=schema)))
    numbered = connection.sql(queries.text("extract/files/numbered_rows"), params={"file_no": file_no, "first_line": first_line})
    if numbers is not None:
        replace_table(connection, "numbered_rows", numbered)
        own = pyarrow.table({"nth": np.arange(1, len(numbers) + 1), "own_line": numbers})
        replace_table(connection, "own_lines", connection.from_arrow(own))
        numbered = connection.sql(queries.text("extract/files/renumbered_rows"))
    extend_table(connection, "raw", numbered)


REJECTED = pyarrow.schema([
    ("file_no", pyarrow.int32()), ("line", pyarrow.int64()), ("rule", pyarrow.string()),
    ("column_name", pyarrow.string()), ("value", pyarrow.string()),
])  # fmt: skip


def add_lines(connection, file_no: int, notes: list[tuple[int, str, str]]) -> None:
    """Append (line, rule, words) to `rejected_lines`."""
    rows = [{"file_no": file_no, "line": line, "rule": rule, "column_name": None, "value": words} for line, rule, words in notes]
    extend_table(connection, "rejected_lines", connection.from_arrow(pyarrow.Table.from_pylist(rows, schema=REJECTED)))


DATES_COUNTED = pyarrow.schema([("file_no", pyarrow.int32()), ("column_name", pyarrow.string()), ("rows_sent", pyarrow.int64())])


def note_dates_counted(connection, notes: list[tuple[int, str, int]]) -> None:
    """Append (file number, date column of ours, counted rows that came with it) to `counted_dates`."""
    rows = [{"file_no": file_no, "column_name": ours.upper(), "rows_sent": sent} for file_no, ours, sent in notes]
    extend_table(connection, "counted_dates", connection.from_arrow(pyarrow.Table.from_pylist(rows, schema=DATES_COUNTED)))


def has_table(connection, name: str) -> bool:
    """Whether a table of this name is there."""
    return (name,) in connection.sql("show tables").fetchall()


def replace_table(connection, name: str, relation) -> None:
    """Make a table from a relation, in place of one of that name."""
    if has_table(connection, name):
        connection.sql(f"drop table {name}")
    relation.to_table(name)


def extend_table(connection, name: str, relation) -> None:
    """Append a relation's rows to a table, making it first if need be."""
    if has_table(connection, name):
        relation.insert_into(name)
    else:
        relation.to_table(name)


def working_memory(scratch: Path, staged: int = 0) -> dict[str, str]:
    """Settings of a working database: in memory, going to `scratch` beyond 512 MB, as Python, pandas and compiled code hold some 450 MB more.

    Not all of a build can go to disk: of more than twice England's cohort (`staged` bytes of Parquet) it may take twelve times those.
    """
    return {"memory_limit": f"{max(512, 12 * staged // 1_000_000)}MB", "temp_directory": str(scratch / "spill")}
