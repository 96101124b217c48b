"""Ways to find the relevant rows of a HES file, each run as a process of its own: `python -m dashboard.bench.ways WAY FILE`."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import reduce
from operator import or_
from pathlib import Path

from dashboard.load.files import first_line
from dashboard.load.reference import treatment_codes

DELIMITER = "|"
AT_ONCE = 100_000  # rows of a pandas chunk


def positions(path: Path) -> list[str]:
    """The procedure columns of a file."""
    return [name for name in first_line(path).split(DELIMITER) if re.fullmatch(r"OPERTN_\d\d", name)]


def raw_read(path: Path) -> int:
    """Count the line ends."""
    return int(subprocess.run(["wc", "-l", path], capture_output=True, check=True).stdout.split()[0]) - 1


def grep(path: Path) -> int:
    """Count the lines that hold a code anywhere."""
    words = [word for code in treatment_codes() for word in ("-e", code)]
    done = subprocess.run(["grep", "-cF", *words, path], capture_output=True, check=True, env=os.environ | {"LC_ALL": "C"})
    return int(done.stdout)


def duckdb_file(path: Path):
    """The file as DuckDB reads it, all text, without the lines that are no rows."""
    import duckdb

    return duckdb.read_csv(str(path), sep=DELIMITER, header=True, all_varchar=True, ignore_errors=True)


def duckdb_parse(path: Path) -> int:
    """Count the rows."""
    return duckdb_file(path).count("*").fetchall()[0][0]


def duckdb_cohort(path: Path) -> int:
    """Count the rows with a code in any of the 24 positions."""
    from duckdb import ColumnExpression, ConstantExpression

    codes = [ConstantExpression(code) for code in treatment_codes()]
    found = reduce(or_, (ColumnExpression(name).isin(*codes) for name in positions(path)))
    return duckdb_file(path).filter(found).count("*").fetchall()[0][0]


def polars_cohort(path: Path) -> int:
    """The same with polars."""
    import polars

    rows = polars.scan_csv(
        path, separator=DELIMITER, infer_schema=False, ignore_errors=True, truncate_ragged_lines=True, encoding="utf8-lossy"
    )
    found = polars.any_horizontal(polars.col(positions(path)).is_in(treatment_codes()))
    return rows.filter(found).select(polars.len()).collect(engine="streaming").item()


def pandas_cohort(path: Path) -> int:
    """The same with pandas and pyarrow's reader; rows that are no rows are left out."""
    import pandas as pd

    frame = pd.read_csv(
        path, sep=DELIMITER, dtype=str, engine="pyarrow", on_bad_lines="skip", encoding_errors="replace", usecols=positions(path)
    )
    return int(frame.isin(treatment_codes()).any(axis=1).sum())


def pandas_chunks(path: Path) -> int:
    """The same with pandas, a hundred thousand rows at a time."""
    import pandas as pd

    chunks = pd.read_csv(
        path, sep=DELIMITER, dtype=str, chunksize=AT_ONCE, on_bad_lines="skip", encoding_errors="replace", usecols=positions(path)
    )
    return sum(int(chunk.isin(treatment_codes()).any(axis=1).sum()) for chunk in chunks)


def spark_cohort(path: Path) -> int:
    """The same with PySpark on this machine alone."""
    from pyspark.sql import SparkSession, functions

    session = SparkSession.builder.master(f"local[{os.cpu_count()}]").config("spark.ui.enabled", "false").getOrCreate()
    rows = session.read.csv(str(path), sep=DELIMITER, header=True)
    return rows.filter(reduce(or_, (functions.col(name).isin(*treatment_codes()) for name in positions(path)))).count()


def rfd_load(path: Path) -> int:
    """A whole load to a published version, all checks on; the rows read."""
    from dashboard.load.batch import Wanted
    from dashboard.publish.run import load
    from dashboard.warehouse import OneVersion, versions

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        done = load(Wanted((path,)), Path(folder))
        with OneVersion(versions.path_of(Path(folder), done.version)) as version:
            return int(version.table("sources")["rows_read"].sum())


WAYS: dict[str, tuple[str, Callable[[Path], int], str]] = {
    "read": ("wc -l: the bytes read", raw_read, ""),
    "grep": ("grep for the codes", grep, ""),
    "duckdb-parse": ("DuckDB read_csv, rows counted", duckdb_parse, ""),
    "duckdb": ("DuckDB read_csv, any of 24 columns in the codes", duckdb_cohort, ""),
    "polars": ("polars scan_csv, the same", polars_cohort, "polars"),
    "pandas": ("pandas with pyarrow, the same", pandas_cohort, ""),
    "pandas-chunks": ("pandas in chunks, the same", pandas_chunks, ""),
    "spark": ("PySpark local, the same", spark_cohort, "pyspark"),
    "rfd": ("rfd load: checked, judged, built, audited, published", rfd_load, ""),
}


def running() -> list[str]:
    """The numbers of the processes that this one began and that have not ended, as Spark's has not."""
    return [number for path in Path("/proc/self/task").glob("*/children") for number in path.read_text().split()]


def spent() -> float:
    """Processor seconds of this process and all it began."""
    stats = [Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split() for number in running()]
    ticks = sum(int(stat[11]) + int(stat[12]) for stat in stats)
    return sum(os.times()[:4]) + ticks / os.sysconf("SC_CLK_TCK")


def peak() -> float:
    """The most memory that this process, or one it began, has held, in GB; what its parent held before it began is not counted."""
    status = [Path(f"/proc/{number}/status").read_text() for number in ("self", *running())]
    held = [int(found.group(1)) for text in status if (found := re.search(r"VmHWM:\s+(\d+)", text))]
    return max(*held, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 2**20


if __name__ == "__main__":
    print(json.dumps({"rows": WAYS[sys.argv[1]][1](Path(sys.argv[2])), "memory": peak(), "cpu": spent()}))
