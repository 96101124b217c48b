"""An extract made on Spark: files in, the tables that are kept or judged out, by the same SQL."""

from dashboard.load import files
from dashboard.load.batch import Batch
from dashboard.load.judging import refuse_files
from dashboard.load.staging import EXTRACT_READS, JUDGED, STAGED, files_of
from dashboard.spark.engine import Spark


def extract(connection, kind: str, opened: list, batch: Batch, parameters: dict) -> None:
    """Make the tables of `queries/extract` on Spark, and bring those that are kept or judged to a DuckDB connection."""
    spark, seen = Spark(), {}
    for name in EXTRACT_READS:
        spark.put(name, connection.table(name).to_arrow_table())
    for opened_file, matched in opened:
        file = files.surveyed(opened_file) if opened_file.delimiter else opened_file
        key = (file.sha256, tuple(file.header))
        if key in seen:
            batch.notes.append(f"{file.name}: the same bytes as {seen[key]}, left out")
            continue
        seen[key] = file.name
        batch.note(kind, file, matched, spark.read(len(batch.files) + 1, file, matched))
    spark.ready()
    refuse_files(kind, lambda name: spark.rows(name, parameters), batch)
    spark.put("files", files_of(kind, batch))
    for folder in (f"extract/{kind}", "extract/counts"):
        spark.make_tables(folder, parameters)
    for name in (*STAGED[kind], "row_problems", "file_counts", *JUDGED.get(kind, ())):
        connection.from_arrow(spark.table(name)).to_table(name)
    spark.forget()
