"""One load's files, read and judged together, kept as a batch of Parquet: the few rows that matter and what was wrong."""

import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb
import pyarrow

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load import archives, files, layouts, parquet, reading, reference, sifted
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched
from dashboard.load.limits import LIMITS, check_forced, stop_if
from dashboard.load.manifests import sha256

STAGED = {
    "episodes": ("staged_episodes", "staged_deaths", "staged_months", "staged_fates", "staged_years"),
    "outpatients": ("staged_attendances", "staged_attendance_years"),
    "deaths": ("staged_deaths_file",),
}

JUDGED = {"episodes": ("provider_counts",)}
EXTRACT_READS = ("codelists", "site_successors")


@dataclass(frozen=True)
class Wanted:
    """What the command line asked of a load."""

    episodes: tuple[Path, ...]
    outpatients: tuple[Path, ...] = ()
    deaths: tuple[Path, ...] = ()
    layout: str = "auto"
    header: Path | None = None
    encoding: str | None = None
    status: str = "final"
    data_start: dt.date | None = None
    data_end: dt.date | None = None
    force: frozenset[str] = frozenset()
    whole: bool = False
    engine: str = "duckdb"


@dataclass
class Batch:
    """One load as it is kept: its files with their row counts, its financial years, and the days stated with it."""

    id: str
    loaded_at: str
    status: str
    data_start: str | None = None
    data_end: str | None = None
    files: list[dict] = field(default_factory=list)
    years: dict[str, dict] = field(default_factory=dict)
    outpatient_years: list[int] = field(default_factory=list)
    forced: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, file: TextFile, matched: Matched, read: int) -> None:
        """Add a file that was read, none of its rows judged yet, and what there is to say of its layout."""
        self.notes += layouts.notes_on(file.name, matched)
        self.files.append({
            "file_no": len(self.files) + 1, "kind": kind, "file": file.name, "sha256": file.sha256, "layout": matched.layout.name,
            "synthetic": matched.layout.synthetic, "rows_read": read, "rows_loaded": read,
            "rows_quarantined": 0, "rows_flagged": 0,
        })  # fmt: skip

    @property
    def has_deaths_file(self) -> bool:
        """Whether a deaths file came with it."""
        return any(file["kind"] == "deaths" for file in self.files)


def stage(wanted: Wanted, folder: Path, scratch: Path, tell, kept: Path | None = None) -> Batch:
    """Read, judge and keep a load's files as `folder/<batch id>`; Refused or Stopped leave nothing behind.

    What was sifted goes to `kept`, where a load that follows one that died finds it.
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
            stage_kind(connection, kind, opened, batch, wanted, target, kept)
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


def stage_kind(connection, kind: str, opened: list, batch: Batch, wanted: Wanted, target: Path, kept: Path | None) -> None:
    """Read all files of one kind into one table, judge them, and write what is kept."""
    reference.put(connection, EXTRACT_READS)
    parameters = {"today": dt.date.today(), "relevant": reference.relevant_codes()}
    if wanted.engine == "spark":
        extract_on_spark(connection, kind, opened, batch, parameters)
    else:
        reading.add_lines(connection, 0, [])
        read_all(connection, kind, opened, batch, wanted.whole, target.parent, kept)
        refuse_files(connection.sql(queries.text(f"extract/files/{kind}_refusals")).fetchall(), batch)
        connection.from_arrow(files_of(kind, batch)).to_table("files")
        queries.make_tables(connection, f"extract/{kind}", parameters)
        queries.make_tables(connection, "extract/counts", {})
    for name in STAGED[kind]:
        connection.table(name).write_parquet(str(target / f"{name}.parquet"), compression="zstd")
    connection.table("row_problems").write_parquet(str(target / f"{kind}_refusals.parquet"), compression="zstd")
    count_rows(connection, kind, [file for file in batch.files if file["kind"] == kind], wanted)
    if kind == "episodes":
        judge(connection, batch, wanted)
    if kind == "outpatients":
        batch.outpatient_years = [row[0] for row in connection.table("staged_attendance_years").fetchall()]


def read_all(connection, kind: str, opened: list, batch: Batch, whole: bool, scratch: Path, kept: Path | None) -> None:
    """Read files of one kind into `raw`, sifted first where that can be and is wanted; note each, and leave out one whose bytes came already."""
    seen, through, sifts = {}, [], kind == "episodes" and not whole
    for file, matched in opened:
        number = len(batch.files) + 1
        one = sifted.sift_file(number, file, matched, scratch, kept) if sifts and file.delimiter else None
        file = one.file if one else files.surveyed(file) if file.delimiter else file
        key = (file.sha256, tuple(file.header))
        if key in seen:
            batch.notes.append(f"{file.name}: the same bytes as {seen[key]}, left out")
            continue
        seen[key] = file.name
        through += [one] if one else []
        read = one.read(connection) if one else read_whole(connection, number, file, matched)
        batch.note(kind, file, matched, read)
    if kind == "episodes":
        sifted.read_counted(connection, through)


def read_whole(connection, number: int, file: files.TextFile, matched: layouts.Matched) -> int:
    """Append all rows of a file to `raw`; return how many there were."""
    if file.delimiter:
        return reading.read_text(connection, number, file, matched)
    return parquet.read(connection, number, file.path, matched, file.header)


def extract_on_spark(connection, kind: str, opened: list, batch: Batch, parameters: dict) -> None:
    """Make the tables of `queries/extract` on Spark, and bring those that are kept or judged to a DuckDB connection."""
    try:
        from dashboard.spark.engine import Spark
    except ImportError as error:
        raise Refused(
            "--engine spark needs PySpark: `pip install --require-hashes -r requirements-spark.lock`, and Java 17."
        ) from error

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
    refuse_files(spark.rows(f"extract/files/{kind}_refusals"), batch)
    spark.put("files", files_of(kind, batch))
    for folder in (f"extract/{kind}", "extract/counts"):
        spark.make_tables(folder, parameters)
    for name in (*STAGED[kind], "row_problems", "file_counts", *JUDGED.get(kind, ())):
        connection.from_arrow(spark.table(name)).to_table(name)
    spark.forget()


def files_of(kind: str, batch: Batch) -> pyarrow.Table:
    """What a batch says of its files of one kind, as a table."""
    return pyarrow.Table.from_pylist([file for file in batch.files if file["kind"] == kind])


def refuse_files(reasons: list[tuple], batch: Batch) -> None:
    """Refused for the first of the reasons (file number, rule, line, column, value) to refuse a file whole."""
    names = {file["file_no"]: file["file"] for file in batch.files}
    for file_no, rule, line, column, value in reasons:
        raise Refused(f"{names[file_no]}, line {line}, {column}: {FILE_RULES[rule].format(value=value)} [{rule}]")


FILE_RULES = {
    "date-order": "expected a date as YYYY-MM-DD or YYYYMMDD, found {value!r}. Export dates as YYYY-MM-DD: day and month could be swapped.",
    "date-format": "expected dates as YYYY-MM-DD or YYYYMMDD, found {value!r}, and most of the column is so. Export dates as YYYY-MM-DD.",
    "no-bridge": "deaths by record number, and no bridge from record numbers to people. Give the bridge file with --deaths too.",
    "no-records": "a bridge from record numbers to people, and no deaths by record number. Give the file of deaths with --deaths too.",
    "mangled-key": "expected a key as text, found {value!r}: a spreadsheet, or a decimal number, has rounded it. Use the file as supplied.",
    "columns-disagree": "two columns of one meaning disagree on this line. Drop the wrong one, or name one in a layout of yours.",
}


def count_rows(connection, kind: str, mine: list[dict], wanted: Wanted) -> None:
    """Note how many rows of each file were loaded, put aside and flagged; Stopped when too many were put aside."""
    by_number = {file["file_no"]: file for file in mine}
    for file_no, *counts in connection.table("file_counts").fetchall():
        by_number[file_no].update(zip(("rows_read", "rows_loaded", "rows_quarantined", "rows_flagged"), counts, strict=True))
    read, aside = (sum(file[name] for file in mine) for name in ("rows_read", "rows_quarantined"))
    if not any(file["rows_loaded"] for file in mine):
        names = ", ".join(file["file"] for file in mine)
        raise Refused(f"{names}: no row could be kept of {read}{first_put_aside(connection, mine)}. Correct the export.")
    share = LIMITS["quarantined" if kind == "episodes" else "quarantined-beside"]
    words = f"{aside} of {read} rows of {kind} were put aside, more than {share:.1%}{first_put_aside(connection, mine)}"
    stop_if(aside / read > share, "quarantined", words, wanted.force)


def first_put_aside(connection, mine: list[dict]) -> str:
    """Where the rule that put most rows aside did so first, in words; nothing when no row was."""
    found = connection.sql(queries.text("extract/files/first_put_aside")).fetchall()
    names = {file["file_no"]: file["file"] for file in mine}
    return "".join(
        f"; {rows} by {rule}, the first: {names[file_no]}, line {line}{', ' + column if column else ''}{', ' + value if value else ''}"
        for rule, rows, file_no, line, column, value in found
    )


def judge(connection, batch: Batch, wanted: Wanted) -> None:
    """Note the financial years of episodes; Stopped when a provider lost more than a load may lose."""
    for year, rows, last_end in connection.table("staged_years").fetchall():
        batch.years[str(year)] = {"rows": rows, "last_end": last_end.isoformat(), "status": batch.status}
    share = LIMITS["provider-quarantined"]
    for provider, rows, lost in connection.table("provider_counts").fetchall():
        too_many = rows >= LIMITS["provider-rows"] and lost / rows > share
        words = f"{provider or 'rows without a provider'}: {lost} of {rows} rows were put aside, more than {share:.0%}"
        stop_if(too_many, "provider-quarantined", words, wanted.force)
