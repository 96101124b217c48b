"""A text or Parquet file as Spark rows: each with the physical line it stood on, its columns c0, c1 …, or why it gives no row."""

import re
from pathlib import Path

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from dashboard.load.files import TextFile
from dashboard.load.reading import UNDECODABLE

LINE_BREAK = "\n"


def numbered(session: SparkSession, path: Path) -> DataFrame:
    """`text` and `line` of every physical line, and whether it is `decodable`: its place in its block, and the lines of the blocks before it."""
    places = session.read.option("lineSep", LINE_BREAK).text(str(path.resolve()))
    places = places.select(
        "value", f.col("_metadata.file_block_start").alias("block"), f.monotonically_increasing_id().alias("id")
    )
    blocks = sorted(places.groupBy("block").agg(f.min("id").alias("first"), f.count("id").alias("lines")).collect())
    before, offsets = 0, []
    for block, first, lines in blocks:
        offsets.append((block, before - first + 1))
        before += lines
    starts = session.createDataFrame(offsets, "block long, shift long")
    # looked at before anything is replaced in it: that makes valid text of any bytes
    decodable, text = f.is_valid_utf8("value"), f.regexp_replace("value", "\r$", "")
    line = f.col("id") + f.col("shift")
    return places.join(f.broadcast(starts), "block").select(text.alias("text"), line.alias("line"), decodable.alias("decodable"))


def columns_of(session: SparkSession, file: TextFile) -> DataFrame:
    """Every line that is not the header: `line`, c0, c1 …, and where it gives no row its `problem` (undecodable, ragged or blank),
    in `words`, and whether it is too `short`.
    """
    lines = numbered(session, file.path).where(f.col("line") >= file.first_line)
    told = lines.withColumn("problem", problem(file)).withColumn("cells", cells(file))
    parts = [f.get("cells", f.lit(at)).alias(f"c{at}") for at in range(len(file.header))]
    wanted, found = len(file.header), f.size("cells")
    words = (
        f.when(f.col("problem") == "undecodable", UNDECODABLE)
        .when(f.contains(f.col("text"), f.lit('"')), "Value with unterminated quote found.")
        .otherwise(f.concat(f.lit(f"Expected Number of Columns: {wanted} Found: "), found.cast("string")))
    )
    return told.select("line", "problem", words.alias("words"), (found < wanted).alias("short"), *parts)


def field(delimiter: str) -> str:
    """A pattern of one cell: in quotes, doubled within them, or with no quote at its start."""
    mark = re.escape(delimiter)
    return f'(?: *+"[^"]*+(?:""[^"]*+)*+" *+|(?! *+")[^{mark}]*+)'


def problem(file: TextFile) -> Column:
    """Why a line gives no row, as DuckDB's reader decides it: one empty cell too many at the end is no reason."""
    mark, one, others = re.escape(file.delimiter), field(file.delimiter), len(file.header) - 1
    whole = f"^{one}(?:{mark}{one}){{{others}}}(?:{mark})?$"
    return (
        f.when(f.col("text") == "", "blank").when(~f.col("decodable"), "undecodable").when(~f.col("text").rlike(whole), "ragged")
    )


def cells(file: TextFile) -> Column:
    """The cells of a line, out of their quotes; an empty one is null."""
    mark = re.escape(file.delimiter)
    plain = f.split("text", mark, -1)
    quoted = f.transform(f.regexp_extract_all("text", f.lit(f"({field(file.delimiter)})(?:{mark}|$)"), 1), unquoted)
    found = f.when(f.contains(f.col("text"), f.lit('"')), quoted).otherwise(plain)
    return f.transform(found, lambda cell: f.nullif(cell, f.lit("")))


def unquoted(cell: Column) -> Column:
    """What stands in a cell's quotes; a cell without them as it is."""
    inside = f.regexp_extract(cell, '^ *"(.*)" *$', 1)
    return f.when(cell.rlike('^ *".*" *$'), f.replace(inside, f.lit('""'), f.lit('"'))).otherwise(cell)


def stored(session: SparkSession, path: Path, header: list[str]) -> DataFrame:
    """`line`, c0, c1 … of every row of a Parquet file, as text; a whole number kept as a decimal fraction loses the fraction."""
    rows = session.read.parquet(str(path.resolve()))
    fractions = {name for name, kind in rows.dtypes if kind in ("double", "float")}

    def text(name: str) -> Column:
        column = f.col(f"`{name}`")
        whole = (
            f.when(column == f.floor(column), column.cast("decimal(38,0)").cast("string")) if name in fractions else f.lit(None)
        )
        return f.coalesce(whole, column.cast("string"))

    parts = [text(name).alias(f"c{at}") for at, name in enumerate(header)]
    return rows.select((f.col("_metadata.row_index") + 1).alias("line"), f.lit(None).cast("string").alias("problem"), *parts)
