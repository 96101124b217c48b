"""One load's files, read and judged together, kept as a batch of Parquet: the few rows that matter and what was wrong."""

import datetime as dt
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow

from dashboard import queries
from dashboard.load import archives, files, layouts, parquet, reading, reference
from dashboard.load.batch import Batch, Wanted
from dashboard.load.judging import A_DAY, count_rows, judge, refuse_files
from dashboard.load.limits import check_forced
from dashboard.load.manifests import sha256

STAGED = {
    "episodes": ("staged_episodes", "staged_deaths", "staged_months", "staged_fates", "staged_years"),
    "outpatients": ("staged_attendances", "staged_attendance_years"),
    "deaths": ("staged_deaths_file",),
}

JUDGED = {"episodes": ("provider_counts",)}
EXTRACT_READS = ("codelists", "site_successors")


def stage(wanted: Wanted, folder: Path, scratch: Path, tell, kept: Path | None = None, other_engine=None) -> Batch:
    """Read, judge and keep a load's files as `folder/<batch id>`; Refused or Stopped leave nothing behind.

    What was sifted goes to `kept`, where a load that follows one that died finds it. Another engine than DuckDB is handed
    (connection, kind, opened files, batch, parameters), and brings what is kept or judged to the connection.
    """
    now = dt.datetime.now(dt.UTC)
    batch = Batch(
        now.strftime("%Y%m%d-%H%M%S-%f"), now.isoformat(timespec="seconds"), wanted.status,
        *(day.isoformat() if day else None for day in (wanted.data_start, wanted.data_end)), forced=sorted(wanted.force),
    )  # fmt: skip
    check_forced(wanted.force)
    by_kind = open_all(wanted, scratch)
    target = scratch / batch.id
    target.mkdir()
    for kind, opened in by_kind.items():
        tell(f"reading {len(opened)} file(s) of {kind}")
        with duckdb.connect(config=reading.working_memory(scratch)) as connection:
            stage_kind(connection, kind, opened, batch, wanted, target, kept, other_engine)
    batch.sums = {path.name: sha256(path) for path in sorted(target.iterdir())}
    (target / "batch.json").write_text(json.dumps(asdict(batch), indent=1), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.move(target, folder / batch.id)
    return batch


def open_all(wanted: Wanted, scratch: Path) -> dict[str, list]:
    """Every file of a load, unpacked and matched to a layout, by kind: (text or Parquet file, matched columns)."""
    by_kind: dict[str, list] = {}
    asked = [(path, None) for path in wanted.episodes]
    asked += [(path, "outpatients") for path in wanted.outpatients] + [(path, "deaths") for path in wanted.deaths]
    for path, kind in asked:
        for name, plain in archives.unpack(path, scratch):
            opened = open_one(name, plain, kind, wanted, scratch)
            by_kind.setdefault(opened[1].layout.kind, []).append(opened)
    return by_kind


def open_one(name: str, plain: Path, kind: str | None, wanted: Wanted, scratch: Path) -> tuple:
    """(file, matched columns) of one plain file."""
    chosen = wanted.layout if kind is None else "auto"
    if plain.suffix.lower() == ".parquet":
        header = parquet.header(name, plain)
        file = files.TextFile(name, plain, header, "", 1, sha256(plain))
        return file, layouts.detect(header, name, kind, chosen)
    header = wanted.header if kind is None else None
    if wanted.encoding:
        plain = files.recode(plain, wanted.encoding, scratch)
        if header and header.is_file() and b"\0" in header.read_bytes():
            header = files.recode(header, wanted.encoding, scratch)
    file = files.open_text(name, plain, header)
    return file, layouts.detect(file.header, name, kind, chosen)


def stage_kind(
    connection, kind: str, opened: list, batch: Batch, wanted: Wanted, target: Path, kept: Path | None, other_engine
) -> None:
    """Read all files of one kind into one table, judge them, and write what is kept."""
    reference.put(connection, EXTRACT_READS)
    parameters = {"today": dt.date.today(), "relevant": reference.relevant_codes(), "day": A_DAY}
    if other_engine:
        other_engine(connection, kind, opened, batch, parameters)
    else:
        extract(connection, kind, opened, batch, parameters, wanted, target.parent, kept)
    for name in STAGED[kind]:
        connection.table(name).write_parquet(str(target / f"{name}.parquet"), compression="zstd")
    connection.table("row_problems").write_parquet(str(target / f"{kind}_refusals.parquet"), compression="zstd")
    count_rows(connection, kind, [file for file in batch.files if file["kind"] == kind], wanted)
    if kind == "episodes":
        judge(connection, batch, wanted)
    if kind == "outpatients":
        batch.outpatient_years = [row[0] for row in connection.table("staged_attendance_years").fetchall()]


def extract(
    connection, kind: str, opened: list, batch: Batch, parameters: dict, wanted: Wanted, scratch: Path, kept: Path | None
) -> None:
    """Make the tables of `queries/extract`; Refused when a file must be refused whole."""
    reading.add_lines(connection, 0, [])
    read_all(connection, kind, opened, batch, wanted, scratch, kept)
    refuse_files(kind, lambda name: queries.rows(connection, name, parameters), batch)
    connection.from_arrow(files_of(kind, batch)).to_table("files")
    queries.make_tables(connection, f"extract/{kind}", parameters)
    queries.make_tables(connection, "extract/counts", {})


def read_all(connection, kind: str, opened: list, batch: Batch, wanted: Wanted, scratch: Path, kept: Path | None) -> None:
    """Read files of one kind into `raw`, sifted first where that can be and is wanted; note each, and leave out one whose bytes came already."""
    seen, through = {}, []
    for file, matched in opened:
        number = len(batch.files) + 1
        one = sifted_file(number, file, matched, wanted, scratch, kept) if kind == "episodes" else None
        file = one.file if one else files.surveyed(file) if file.delimiter else file
        key = (file.sha256, tuple(file.header))
        if key in seen:
            batch.notes.append(f"{file.name}: the same bytes as {seen[key]}, left out")
            continue
        seen[key] = file.name
        through += [one] if one else []
        read = one.read(connection) if one else read_whole(connection, number, file, matched, scratch)
        batch.note(kind, file, matched, read)
    if kind == "episodes":
        reading.note_dates_counted(connection, [])
    if through:
        from dashboard.load.sifted import read_counted

        read_counted(connection, through)


def sifted_file(number: int, file: files.TextFile, matched: layouts.Matched, wanted: Wanted, scratch: Path, kept: Path | None):
    """A file sifted; None where it is small, is not to be, or cannot."""
    if wanted.whole or not file.delimiter or file.path.stat().st_size < wanted.sift_from:
        return None
    from dashboard.load.sifted import sift_file  # with compiled code, which loading small files does without

    return sift_file(number, file, matched, scratch, kept)


def read_whole(connection, number: int, file: files.TextFile, matched: layouts.Matched, scratch: Path) -> int:
    """Append all rows of a file to `raw`; return how many there were."""
    if file.delimiter:
        return reading.read_text(connection, number, files.with_one_end(file, scratch), matched)
    return parquet.read(connection, number, file.path, matched, file.header)


def files_of(kind: str, batch: Batch) -> pyarrow.Table:
    """What a batch says of its files of one kind, as a table."""
    return pyarrow.Table.from_pylist([file for file in batch.files if file["kind"] == kind])
