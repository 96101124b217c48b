"""Spark gives the rows that DuckDB gives: of random HES, and of files made to tell two readers apart."""

import os
import shutil
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dashboard import versions
from tests.make_hes import appointment, death, episode, write_apc, write_deaths, write_op
from tests.recount.random_hes import dataset
from tests.worked.command import run

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="PySpark is not installed: `make .venv/spark` does"),
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java on PATH, which Spark needs"),
]
FORCED = ("--force", "quarantined", "--force", "provider-quarantined")
# a session on this machine, its tables in few parts: there are few rows
os.environ.setdefault("PYSPARK_SUBMIT_ARGS", "--master local[2] --conf spark.sql.shuffle.partitions=2 pyspark-shell")


def staged(folder: Path, engine: str, files: list[Path], *more) -> dict[str, list[tuple]]:
    """Every table that a load by an engine keeps, as rows in one order."""
    warehouse = folder / engine
    status, _, err = run("load", *files, *more, *FORCED, "--engine", engine, "--warehouse", warehouse)
    assert status == 0, err
    (batch,) = (path for path in (warehouse / "staging").iterdir() if path.is_dir())
    return {path.name: rows(path) for path in sorted(batch.glob("*.parquet"))} | {
        "content": [(versions.listed(warehouse)[-1].split("-")[-1],)]
    }


def differences(folder: Path, files: list[Path], *more) -> list[tuple]:
    """(table, rows that Spark alone has, rows that DuckDB alone has) of each table in which the two differ."""
    spark, duckdb = (staged(folder, engine, files, *more) for engine in ("spark", "duckdb"))
    assert spark.keys() == duckdb.keys()
    pairs = ((name, Counter(map(repr, spark[name])), Counter(map(repr, duckdb[name]))) for name in spark)
    return [(name, list((one - other).elements()), list((other - one).elements())) for name, one, other in pairs if one != other]


def rows(path: Path) -> list[tuple]:
    """The rows of a Parquet file, its columns by name, in an order of their own."""
    table = pq.read_table(path)
    return sorted((tuple(row[name] for name in sorted(row)) for row in table.to_pylist()), key=repr)


@pytest.mark.soak
def test_random_files_give_the_same_rows_by_either_engine(tmp_path):
    data = dataset(3)
    files = [write_apc(tmp_path / "apc.txt", data.apc)]
    more = ["--op", write_op(tmp_path / "op.txt", data.op), "--deaths", write_deaths(tmp_path / "deaths.txt", data.deaths)]
    more += ["--data-start", data.start, "--data-end", data.end]
    assert not differences(tmp_path, files, *more)


ODD = [
    {"STARTAGE": "19.5"}, {"STARTAGE": "12d"}, {"STARTAGE": "1_9"}, {"STARTAGE": " 40 "}, {"STARTAGE": "7003"}, {"STARTAGE": "4e1"},
    {"EPIORDER": "2.5"}, {"EPIORDER": "inf"}, {"EPIORDER": "x"}, {"EPISTART": "2023-5-2"}, {"EPISTART": "20230502"},
    {"EPISTART": "2023-05-02 00:00:00"}, {"EPISTART": "1801-01-01"}, {"EPISTART": "2023-02-30"}, {"EPIEND": "2023-05-01"},
    {"OPDATE_01": "20230502"}, {"OPDATE_01": "2023-05-09"}, {"OPERTN_01": " v48.5"}, {"OPERTN_01": "V485X"}, {"OPERTN_01": '"V485"'},
    {"SUSSPELLID": '"a|b"'}, {"SUSSPELLID": '"a""b"'}, {"SUSSPELLID": 'a""b'}, {"SUSSPELLID": '"a""b|c"'},
    {"PROCODE3": "&"}, {"TOKEN_PERSON_ID": "-"}, {"FYEAR": "102"}, {"FYEAR": "2023/24"}, {"EPISTAT": ""}, {"DISMETH": "4"},
]  # fmt: skip


def odd_file(path: Path) -> Path:
    """A file with a row for each oddity, lines that give no row, copies, and Windows' line ends here and there."""
    ordinary = [episode(f"P{n}", "2023-05-02", "V485 Z676 Z942") for n in range(60)]
    write_apc(path, [row | odd for row, odd in zip(ordinary, [*ODD, *[{}] * (60 - len(ODD))], strict=True)])
    head, *lines = path.read_bytes().splitlines()
    same, other = lines[40], lines[41].replace(b"|Z942|", b"|Z943|")
    lines += [same, other, b"a|b|c", b"", lines[50][:-4] + b"\xff\xfe|", lines[51] + b"|x", lines[52] + b"\r", lines[53][:-1]]
    path.write_bytes(b"\n".join([head, *lines]) + b"\n")
    return path


def test_files_made_to_tell_two_readers_apart_do_not(tmp_path):
    file = odd_file(tmp_path / "apc.txt")
    deaths = write_deaths(tmp_path / "deaths.txt", [death("P1", "2023-06-01"), death("P2", "20230602"), death("P3", "-")])
    seen = write_op(tmp_path / "op.txt", [appointment("P1", "2023-01-02"), appointment("P2", "2023-01-02", ATTENDED="7")])
    assert not differences(tmp_path, [file], "--deaths", deaths, "--op", seen)


def test_a_file_that_duckdb_refuses_spark_refuses_in_the_same_words(tmp_path):
    file = write_apc(tmp_path / "apc.txt", [episode(f"P{n}", "2023-05-02", "V485", EPISTART="02/05/2023") for n in range(5)])
    told = [run("load", file, "--engine", engine, "--warehouse", tmp_path / engine) for engine in ("duckdb", "spark")]
    assert told[0][0] == told[1][0] == 2
    assert told[0][2] == told[1][2]
