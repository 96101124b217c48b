"""A text or Parquet file into DuckDB rows under our names: by position from its own header, everything as text."""

from functools import reduce
from operator import or_
from pathlib import Path

import duckdb
import pyarrow
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched

DATES = ("admidate", "disdate", "epistart", "epiend", "apptdate", "death_date")
KINDS_OF_LIST = ("procedures", "procedures_again", "procedure_dates", "diagnoses", "diagnoses_again")


# blank in HES, and what SQL, R, pandas and Excel write for a blank
NOTHING = ("", "-", "&", "NULL", "null", "\\N", "NA", "NaN", "nan", "N/A", "#N/A", "None", "<NA>")


def cell(position: int | None):
    """A column's text, null where it says nothing, however padded."""
    if position is None:
        return ConstantExpression(None).cast("VARCHAR")
    column = ColumnExpression(f"t{position}")
    # not `in`: a list this long becomes a join, one for each column
    nothing = reduce(or_, (column == ConstantExpression(word) for word in NOTHING))
    return CaseExpression(nothing, ConstantExpression(None).cast("VARCHAR")).otherwise(column)


def with_trimmed(parsed, matched: Matched):
    """The columns c0, c1 … and, of those of ours that hold one thing each, t0, t1 … without blanks around them."""
    places = sorted({at for found in (matched.columns, matched.joined) for positions in found.values() for at in positions})
    blank = ConstantExpression(" \t")
    return parsed.select(
        StarExpression(), *[FunctionExpression("trim", ColumnExpression(f"c{at}"), blank).alias(f"t{at}") for at in places]
    )


def scalar(ours: str, positions: list[int]):
    """The first column of one meaning that is not blank, nor one of the archive's days for none where another has a day."""
    cells = [cell(position) for position in positions] or [cell(None)]
    if len(cells) == 1:
        return cells[0]
    if ours in DATES:
        none = ConstantExpression(None).cast("VARCHAR")
        cells = [CaseExpression(day(at).isnotnull(), cell(at)).otherwise(none) for at in positions] + cells
    return CoalesceOperator(*cells)


def day(position: int):
    """A column's day as eight digits, null for one before 1900, so that two ways to write a day are one."""
    text = cell(position)
    for pattern, instead in ((r"^(\d{4})-?(\d{2})-?(\d{2}).*$", r"\1\2\3"), (r"^1[0-8]\d{6}$|^0\d{7}$", "")):
        text = FunctionExpression("regexp_replace", text, ConstantExpression(pattern), ConstantExpression(instead))
    return FunctionExpression("nullif", text, ConstantExpression(""))


def text_of(positions: list[int | None]):
    """Columns 01, 02 … as one text, `;` between them and none at the end: far smaller than a list, split only where a row matters."""
    nothing = ConstantExpression("")
    cells = [nothing if at is None else CoalesceOperator(ColumnExpression(f"c{at}"), nothing) for at in positions]
    text = FunctionExpression("concat_ws", ConstantExpression(";"), *cells) if cells else nothing
    return FunctionExpression("rtrim", text, ConstantExpression(";"))


def joined_text(position: int):
    """One column of codes joined by `||`, `,` or `;` as one text with `;` between them, as `text_of` gives it."""
    text = CoalesceOperator(cell(position), ConstantExpression(""))
    for pattern, instead in ((r"[\s,|;]+$", ""), (r"^[\s,|;]+", ""), (r"\s*[,|;][\s,|;]*", ";")):
        words = (ConstantExpression(pattern), ConstantExpression(instead), ConstantExpression("g"))
        text = FunctionExpression("regexp_replace", text, *words)
    return text


def disagreement(matched: Matched, names: list[str]):
    """The name of a column that contradicts another of the same meaning on this row; null when none does."""
    case = None
    for ours, positions in matched.columns.items():
        as_it_means = day if ours in DATES else cell
        for other in positions[1:]:
            differs = as_it_means(positions[0]) != as_it_means(other)
            label = ConstantExpression(f"{names[positions[0]]} and {names[other]}")
            case = case.when(differs, label) if case is not None else CaseExpression(differs, label)
    return case if case is not None else ConstantExpression(None).cast("VARCHAR")


def projection(matched: Matched, names: list[str], rows=None) -> list:
    """Every column of ours, as an expression over a file's columns; in one order for every layout, as rows are appended by place.

    `rows` says for how many rows one of episodes stands, where it is not itself alone.
    """
    found = [scalar(ours, positions).alias(ours) for ours, positions in sorted(matched.columns.items()) if ours != "epistat"]
    if "epistat" in matched.columns:
        # without the column every row is a finished episode; with it, a blank is not
        known = scalar("epistat", matched.columns["epistat"]) if matched.columns["epistat"] else ConstantExpression("3")
        found.append(known.alias("epistat"))
    if matched.layout.kind == "episodes":
        found += [codes_of(matched, ours).alias(ours) for ours in KINDS_OF_LIST]
        found.append((ConstantExpression(1) if rows is None else rows).cast("BIGINT").alias("rows"))
    return [*found, disagreement(matched, names).alias("disagreeing")]


def codes_of(matched: Matched, ours: str):
    """The text of one of the lists of codes or dates: from the columns that hold one each, or from the one that holds all."""
    if matched.joined.get(ours):
        return joined_text(matched.joined[ours][0])
    families = matched.lists.get(ours.removesuffix("_again"), [])
    wanted = 1 if ours.endswith("_again") else 0
    return text_of(families[wanted] if len(families) > wanted else [])


def parse(connection: duckdb.DuckDBPyConnection, path: str | list[str], delimiter: str, columns: int, skip: int = 0):
    """A text file's columns, or those of several, as c0, c1 …, all text; lines that do not have them go to DuckDB's reject table."""
    return connection.read_csv(
        path, sep=delimiter, header=False, skiprows=skip, columns={f"c{at}": "VARCHAR" for at in range(columns)},
        auto_detect=False, quotechar='"', escapechar='"', store_rejects=True,
    )  # fmt: skip


def read_text(connection, file_no: int, file: TextFile, matched: Matched, numbers: list[int] | None = None) -> int:
    """Append a text file's rows to `raw` and its unreadable lines to `rejected_lines`; return the rows read.

    `numbers` are the lines' own numbers when they are only some of a file's. Raises Refused when rows parsed and refused do not add up
    to the physical lines.
    """
    parsed = parse(connection, str(file.path), file.delimiter, len(file.header), file.first_line - 1)
    seen_before = len(rejects(connection))
    replace_table(connection, "parsed", with_trimmed(parsed, matched).select(*projection(matched, file.header)))
    refused = {row["line"]: row for row in rejects(connection)[seen_before:]}
    return append(connection, file_no, file, refused, numbers)


def read_plain(connection, file_no: int, paths: list[str], delimiter: str, width: int, matched: Matched) -> int:
    """Append sifted lines to `raw`, each with the number and the rows it stands for that it begins with; return how many rows came of them."""
    before = connection.table("raw").count("*").fetchall()[0][0] if has_table(connection, "raw") else 0
    line, rows = (ColumnExpression(name).cast("BIGINT") for name in ("c0", "c1"))
    own = [ConstantExpression(file_no).cast("INTEGER").alias("file_no"), line.alias("line")]
    parsed = parse(connection, paths, delimiter, width)
    extend_table(connection, "raw", with_trimmed(parsed, matched).select(*own, *projection(matched, [], rows)))
    return connection.table("raw").count("*").fetchall()[0][0] - before


def rejects(connection) -> list[dict]:
    """The lines DuckDB could not read so far, oldest first, as its reject table has them."""
    try:
        found = connection.table("reject_errors")
    except duckdb.CatalogException:
        return []
    return found.to_arrow_table().to_pylist()


def append(connection, file_no: int, file: TextFile, refused: dict[int, dict], numbers: list[int] | None = None) -> int:
    """Move the parsed rows of one file into `raw`, each with the line it stood on, and note the lines that gave none."""
    gone = sorted(set(refused) | set(file.blank_lines))
    rows = connection.table("parsed").count("*").fetchall()[0][0]
    expected = file.lines - file.first_line + 1
    if rows + len(gone) != expected:
        raise Refused(
            f"{file.name}: expected {expected} rows from its physical lines, found {rows} readable and {len(gone)} not. "
            "Rows were lost in reading: check for unbalanced quotes, and send it again."
        )
    if not file.ends_whole and refused.get(file.lines, {}).get("error_type") == "MISSING COLUMNS":
        raise Refused(
            f"{file.name}, line {numbers[-1] if numbers else file.lines}: the last line stops short of its {len(file.header)} columns and does not end: "
            "the file was cut off on its way. Send it again."
        )
    keep(connection, file_no, file.first_line, gone, numbers)
    notes = [(line, "ragged", "blank line") for line in file.blank_lines if line < file.lines]
    own = dict(enumerate(numbers, start=1)) if numbers else {}
    notes += [(own.get(line, line), reject_rule(row), reject_words(row)) for line, row in refused.items()]
    add_lines(connection, file_no, sorted(notes))
    return rows + len(notes)


def reject_rule(row: dict) -> str:
    """Our rule id for one of DuckDB's reasons not to read a line."""
    return "undecodable" if row["error_type"] == "INVALID ENCODING" else "ragged"


def reject_words(row: dict) -> str:
    """Why a line was not read, and what to do where the cause is plain."""
    if reject_rule(row) == "undecodable":
        return "bytes that are not UTF-8: say --encoding, such as latin-1"
    return row["error_message"].splitlines()[0][:200]


def keep(connection, file_no: int, first_line: int, gone: list[int], numbers: list[int] | None = None) -> None:
    """Append `parsed` to `raw` with file number and physical line; `gone` are the lines that gave no row."""
    skips = {"rows_before": [line - first_line - nth for nth, line in enumerate(gone)], "skipped": list(range(1, len(gone) + 1))}
    schema = pyarrow.schema([("rows_before", pyarrow.int64()), ("skipped", pyarrow.int64())])
    replace_table(connection, "skips", connection.from_arrow(pyarrow.table(skips, schema=schema)))
    numbered = connection.sql(queries.text("extract/files/numbered_rows"), params={"file_no": file_no, "first_line": first_line})
    if numbers:
        replace_table(connection, "numbered_rows", numbered)
        own = pyarrow.table({"nth": list(range(1, len(numbers) + 1)), "own_line": numbers})
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


def working_memory(scratch: Path) -> dict[str, str]:
    """Settings of a working database: in memory, going to `scratch` beyond 640 MB: with what Python holds, a load stays under 1 GB."""
    return {"memory_limit": "640MB", "temp_directory": str(scratch / "spill")}
