"""A Parquet file into rows under our names, as a text file's are: every column as text."""

from pathlib import Path

import duckdb
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from dashboard.errors import Refused
from dashboard.load import reading
from dashboard.load.expressions import projection, with_trimmed
from dashboard.load.layouts import Matched


def header(name: str, path: Path) -> list[str]:
    """The columns of a Parquet file; Refused when it cannot be read to its end."""
    try:
        stored = duckdb.read_parquet(str(path))
        if not stored.count("*").fetchall()[0][0]:
            raise Refused(f"{name}: a Parquet file without rows. Check the export.")
        return list(stored.columns)
    except duckdb.Error as error:
        raise Refused(f"{name}: not a readable Parquet file ({str(error).splitlines()[0]}). Send it again.") from error


def read(connection: duckdb.DuckDBPyConnection, file_no: int, path: Path, matched: Matched, names: list[str]) -> int:
    """Append a Parquet file's rows to `raw`, every column as text; return the rows read."""
    stored = connection.read_parquet(str(path))
    as_text = stored.select(*[text_in(stored, name).alias(f"c{at}") for at, name in enumerate(names)])
    try:
        reading.replace_table(connection, "parsed", with_trimmed(as_text, matched).select(*projection(matched, names)))
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if "No space" in str(error):
            raise  # the machine's fault, not the file's
        raise Refused(f"{path.name}: a damaged Parquet file ({str(error).splitlines()[0]}). Send it again.") from error
    reading.keep(connection, file_no, 1, [])
    return connection.table("parsed").count("*").fetchall()[0][0]


def text_in(stored: duckdb.DuckDBPyRelation, name: str):
    """A stored column as text; a whole number kept as a decimal fraction (102.0) loses the fraction."""
    text = ColumnExpression(name).cast("VARCHAR")
    if not str(stored.types[stored.columns.index(name)]).startswith(("DOUBLE", "FLOAT", "DECIMAL")):
        return text
    return FunctionExpression("regexp_replace", text, ConstantExpression(r"\.0+$"), ConstantExpression(""))
