"""A load's work on Spark: files in, the tables of `queries/extract` out; only those that are kept leave it, as Arrow."""

from functools import reduce

import pyarrow
from pyspark import StorageLevel
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load.expressions import BLANKS, projection, single_places
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched
from dashboard.load.reading import DATES_COUNTED, REJECTED, Unread, account_for
from dashboard.spark.lines import columns_of, stored
from dashboard.spark.translate import to_spark


class Spark:
    """The session that is running (a cluster's), else one on this machine, and the tables made in it."""

    def __init__(self):
        ours = SparkSession.builder.appName("rfd load").config("spark.ui.enabled", "false")
        try:
            self.session = ours.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        except PySparkRuntimeError as error:
            raise Refused(
                f"--engine spark: Spark did not start ({error.getCondition()}). It needs Java 17 or newer on PATH."
            ) from error
        self._named: list[str] = []
        self._raw: list[DataFrame] = []
        self._rejected: list[dict] = []

    def put(self, name: str, table: pyarrow.Table) -> None:
        """Make a small table."""
        self._name(self.session.createDataFrame(table), name)

    def read(self, file_no: int, file: TextFile, matched: Matched) -> int:
        """Take in a file's rows and the lines that give none; return the rows read.

        Raises Refused when they do not add up to the physical lines.
        """
        lines = columns_of(self.session, file) if file.delimiter else stored(self.session, file.path, file.header)
        lines = lines.withColumns({f"t{at}": f.trim(f.col(f"c{at}"), f.lit(BLANKS)) for at in single_places(matched)})
        parts = [f.expr(to_spark(str(one))).alias(one.get_name()) for one in projection(matched, file.header)]
        rows = lines.where("problem is null").select(f.lit(file_no).alias("file_no"), "line", *parts)
        self._raw.append(self._keep(rows))
        read = self._raw[-1].count()
        if not file.delimiter:
            return read
        notes = account_for(file, read, unread(lines.where("problem is not null and problem <> 'blank'")))
        columns = REJECTED.names
        self._rejected += [dict(zip(columns, (file_no, line, rule, None, words), strict=True)) for line, rule, words in notes]
        return read + len(notes)

    def ready(self) -> None:
        """Have all files' rows and unread lines as `raw` and `rejected_lines`; none were only counted."""
        self._name(reduce(DataFrame.unionByName, self._raw), "raw")
        self.put("rejected_lines", pyarrow.Table.from_pylist(self._rejected, schema=REJECTED))
        self.put("counted_dates", DATES_COUNTED.empty_table())

    def make_tables(self, folder: str, parameters: dict) -> None:
        """Make a table for each file of `queries/<folder>`, named after it."""
        for name in queries.in_order(folder):
            sql = queries.text(f"{folder}/{name}")
            self._name(self._keep(self._frame(sql, parameters)), name)

    def rows(self, name: str, parameters: dict) -> list[tuple]:
        """The rows of `queries/<name>.sql`."""
        return [tuple(row) for row in self._frame(queries.text(name), parameters).collect()]

    def table(self, name: str) -> pyarrow.Table:
        """A whole table that was made."""
        return self.session.table(name).toArrow()

    def forget(self) -> None:
        """Give back the room of all that was kept."""
        for name in self._named:
            self.session.catalog.dropTempView(name)
        self._raw.clear()

    def _frame(self, sql: str, parameters: dict) -> DataFrame:
        return self.session.sql(to_spark(sql), args=queries.used(sql, parameters))

    def _name(self, frame: DataFrame, name: str) -> None:
        frame.createOrReplaceTempView(name)
        self._named.append(name)

    def _keep(self, frame: DataFrame) -> DataFrame:
        """The rows of a frame, worked out once; what they were worked out from is not planned again by whoever reads them."""
        return frame.localCheckpoint(storageLevel=StorageLevel.MEMORY_AND_DISK)


def unread(lines: DataFrame) -> dict[int, Unread]:
    """Why each of some lines gives no row."""
    return {
        row.line: Unread(row.problem, row.words, row.short) for row in lines.select("line", "problem", "words", "short").collect()
    }
