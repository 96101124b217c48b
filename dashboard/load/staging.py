"""One load's files, read and judged together, kept as a batch of Parquet: the few rows that matter and what was wrong."""

import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb
import pyarrow

from dashboard import queries
from dashboard.errors import Refused, Stopped
from dashboard.load import files, layouts, reading, reference

STAGED = {
    "episodes": ("staged_episodes", "staged_deaths", "staged_months", "staged_years"),
    "outpatients": ("staged_attendances", "staged_attendance_years"),
    "deaths": ("staged_deaths_file",),
}
MAX_QUARANTINED, MAX_QUARANTINED_PROVIDER, MIN_PROVIDER_ROWS = 0.005, 0.05, 20


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

    @property
    def has_deaths_file(self) -> bool:
        """Whether a deaths file came with it."""
        return any(file["kind"] == "deaths" for file in self.files)


def stage(wanted: Wanted, folder: Path, scratch: Path, tell) -> Batch:
    """Read, judge and keep a load's files as `folder/<batch id>`; Refused or Stopped leave nothing behind."""
    now = dt.datetime.now(dt.UTC)
    batch = Batch(
        now.strftime("%Y%m%d-%H%M%S-%f"), now.isoformat(timespec="seconds"), wanted.status,
        *(day.isoformat() if day else None for day in (wanted.data_start, wanted.data_end)), forced=sorted(wanted.force),
    )  # fmt: skip
    by_kind = open_all(wanted, scratch)
    target = scratch / batch.id
    target.mkdir()
    for kind, opened in by_kind.items():
        tell(f"reading {len(opened)} file(s) of {kind}")
        with duckdb.connect(config=reading.working_memory(scratch)) as connection:
            stage_kind(connection, kind, opened, batch, wanted, target)
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
        for name, plain in files.unpack(path, scratch):
            opened = open_one(name, plain, kind, wanted, scratch)
            by_kind.setdefault(opened[1].layout.kind, []).append(opened)
    return by_kind


def open_one(name: str, plain: Path, kind: str | None, wanted: Wanted, scratch: Path) -> tuple:
    """(file, matched columns) of one plain file."""
    chosen = wanted.layout if kind is None else "auto"
    if plain.suffix.lower() == ".parquet":
        header = list(duckdb.read_parquet(str(plain)).columns)
        file = files.TextFile(name, plain, files.sha256(plain), header, "", 1, 0, ())
        return file, layouts.detect(header, name, kind, chosen)
    if wanted.encoding:
        plain = files.recode(plain, wanted.encoding, scratch)
    file = files.open_text(name, plain, wanted.header if kind is None else None)
    return file, layouts.detect(file.header, name, kind, chosen)


def stage_kind(connection, kind: str, opened: list, batch: Batch, wanted: Wanted, target: Path) -> None:
    """Read all files of one kind into one table, judge them, and write what is kept."""
    reference.put(connection, ("codelists", "site_successors"))
    reading.add_lines(connection, 0, [])
    for number, (file, matched) in enumerate(opened, start=1):
        if file.delimiter:
            read = reading.read_text(connection, number, file, matched)
        else:
            read = reading.read_parquet(connection, number, file.path, matched, file.header)
        batch.files.append({
            "file_no": number, "kind": kind, "file": file.name, "sha256": file.sha256, "layout": matched.layout.name,
            "synthetic": matched.layout.synthetic, "rows_read": read, "rows_loaded": read,
            "rows_quarantined": 0, "rows_flagged": 0,
        })  # fmt: skip
    if kind == "episodes":
        refuse_files(connection, batch)
        connection.from_arrow(pyarrow.Table.from_pylist(batch.files)).to_table("files")
    queries.make_tables(connection, f"extract/{kind}", {"today": dt.date.today(), "relevant": reference.relevant_codes()})
    for name in STAGED[kind]:
        connection.table(name).write_parquet(str(target / f"{name}.parquet"), compression="zstd")
    if kind == "episodes":
        judge(connection, batch, wanted, target)
    if kind == "outpatients":
        batch.outpatient_years = [row[0] for row in connection.table("staged_attendance_years").fetchall()]


def refuse_files(connection, batch: Batch) -> None:
    """Refused when any file shows a reason to refuse it whole."""
    names = {file["file_no"]: file["file"] for file in batch.files}
    for file_no, rule, line, column, value in connection.sql(queries.text("extract/files/file_refusals")).fetchall():
        raise Refused(f"{names[file_no]}, line {line}, {column}: {FILE_RULES[rule].format(value=value)} [{rule}]")


FILE_RULES = {
    "date-order": "expected a date as YYYY-MM-DD, found {value!r}. Export dates as YYYY-MM-DD: day and month could be swapped.",
    "mangled-key": "expected a record number as text, found {value!r}: a spreadsheet has rounded it. Use the file as supplied.",
    "columns-disagree": "two columns of one meaning disagree on this line. Drop the wrong one, or name one in a layout of yours.",
}


def judge(connection, batch: Batch, wanted: Wanted, target: Path) -> None:
    """Keep the refusals and counts of a load; Stopped when more was put aside than a load may lose."""
    connection.table("row_problems").write_parquet(str(target / "refusals.parquet"), compression="zstd")
    by_number = {file["file_no"]: file for file in batch.files if file["kind"] == "episodes"}
    for file_no, *counts in connection.table("file_counts").fetchall():
        by_number[file_no].update(zip(("rows_read", "rows_loaded", "rows_quarantined", "rows_flagged"), counts, strict=True))
    for year, rows, last_end in connection.table("staged_years").fetchall():
        batch.years[str(year)] = {"rows": rows, "last_end": last_end.isoformat(), "status": batch.status}
    read = sum(file["rows_read"] for file in by_number.values())
    aside = sum(file["rows_quarantined"] for file in by_number.values())
    if not batch.years:
        names = ", ".join(file["file"] for file in by_number.values())
        raise Refused(f"{names}: no row could be kept of {read}.")
    stop_if(aside > MAX_QUARANTINED * read, "quarantined", f"{aside} of {read} rows were put aside, more than 0.5%", wanted)
    for provider, rows, lost in connection.table("provider_counts").fetchall():
        too_many = rows >= MIN_PROVIDER_ROWS and lost > MAX_QUARANTINED_PROVIDER * rows
        stop_if(too_many, "provider-quarantined", f"{provider}: {lost} of {rows} rows were put aside, more than 5%", wanted)


def stop_if(wrong: bool, rule: str, words: str, wanted: Wanted) -> None:
    """Stopped, unless nothing is wrong or the rule was forced."""
    if wrong and rule not in wanted.force:
        raise Stopped(f"Nothing was published: {words}. Correct the files, or accept it with --force {rule}.")
