"""One load, start to end: stage, choose what is in force, build, verify, publish. A failure changes nothing that is served."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard import build, versions
from dashboard.about import active_years
from dashboard.errors import Failed, Refused, Stopped
from dashboard.load.batch import Batch, Wanted
from dashboard.load.limits import LIMITS, stop_if
from dashboard.load.manifests import sha256
from dashboard.load.staging import stage
from dashboard.publish.national import moves, national
from dashboard.publish.report import Report, keep, report_of
from dashboard.warehouse import OneVersion, open_version


@dataclass(frozen=True)
class Loaded:
    """What a load did: the version it made (empty when it made none), and its report."""

    version: str
    report: Report


def load(wanted: Wanted, warehouse: Path, *, dry_run: bool = False, tell=lambda words: None) -> Loaded:
    """Load files and publish a version, or with `dry_run` only say what would happen.

    Raises Refused (bad input), Stopped (a gate) or Failed (no room on disk or in memory); none changes what is served.
    """
    try:
        return _load(wanted, warehouse, dry_run, tell)
    except (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException, OSError, MemoryError) as error:
        words = (str(error) or "no memory left").splitlines()[0]
        raise Failed(
            f"Nothing was published, and what was served still is: {words}. Make room on the disk or in memory, then load again."
        ) from error


def _load(wanted: Wanted, warehouse: Path, dry_run: bool, tell) -> Loaded:
    with versions.locked(warehouse), tempfile.TemporaryDirectory(dir=warehouse, prefix="loading-") as name:
        scratch = Path(name)
        versions.clear_leftovers(warehouse, keep=scratch)
        before = batches_in_force(warehouse)
        staging = scratch / "staging" if dry_run else warehouse / "staging"
        kept = None if dry_run else warehouse / "sifted"
        batch = stage(wanted, scratch / "new", scratch, tell, kept, other_engine(wanted.engine))
        if repeats(batch, before):
            forget_sifted(warehouse)
            words = "These files are already loaded, with the same content: nothing to do."
            return Loaded("", Report([*batch.notes, words], []))
        if not before and versions.listed(warehouse):
            batch.notes.append("warehouse: no version in it is whole, so the new one holds what is loaded now and nothing else")
        refuse_going_back(batch, before, wanted)
        now = in_force([*before, batch])
        if not any(one.years for one in now):
            raise Refused("No episodes have been loaded yet: outpatient and deaths files come with, or after, an episodes file.")
        bring_together(now, batch, scratch / "new", warehouse / "staging", staging)
        return publish(now, batch, warehouse, staging, scratch, dry_run, tell)


def other_engine(name: str):
    """What makes the tables of `queries/extract` where that is not DuckDB; Refused when it is not installed."""
    if name == "duckdb":
        return None
    try:
        from dashboard.spark.extract import extract
    except ImportError as error:
        raise Refused(
            "--engine spark needs PySpark: `pip install --require-hashes -r requirements-spark.lock`, and Java 17."
        ) from error
    return extract


def publish(now: list[Batch], batch: Batch, warehouse: Path, staging: Path, scratch: Path, dry_run: bool, tell) -> Loaded:
    """Build and verify a version from the batches in force, and put it in force unless this is a dry run."""
    built = scratch / "version.duckdb"
    with verifier() as waiting:
        about = build.build(staging, now, built, versions.secret(warehouse), scratch, tell)
        version = about["version"]
        words = "a demo's invented providers would stand beside real ones: load real data into a warehouse of its own"
        stop_if(about["mixed"] == "true", "made-up", words, frozenset(batch.forced))
        report = weigh(batch, built, warehouse)
        tell("verifying")
        verify(built, waiting)
    if not dry_run:
        versions.sync_all(staging / batch.id)
        versions.put_in_place(warehouse, version, built)
        forget_sifted(warehouse)
        versions.point(warehouse, version)
        versions.prune(warehouse)
        forget_unused(warehouse)
    return Loaded("" if dry_run else version, report)


def weigh(batch: Batch, built: Path, warehouse: Path) -> Report:
    """The report of a built version, kept in it; Stopped when a national measure moved too far from the version in force."""
    now, before = national(built), None
    served, _ = versions.to_serve(warehouse)
    if served:
        with OneVersion(versions.path_of(warehouse, served)) as version:
            before = version.table("national")
    moved = moves(now.iloc[:0] if before is None else before, now)
    for one in moved[moved["too_far"]].itertuples():
        words = f"{one.measure} of England in {one.period} would move from {one.old:.6g} to {one.new:.6g} ({one.moved:.0%})"
        stop_if(True, "measure-moved", words, frozenset(batch.forced))
    report = report_of(batch, built, now, moved)
    keep(built, report, now)
    return report


def batches_in_force(warehouse: Path) -> list[Batch]:
    """The batches the version in force was made of, oldest first; none when there is no version, Refused when it is damaged."""
    version = versions.to_go_on_from(warehouse)
    if version is None:
        return []
    with open_version(versions.path_of(warehouse, version)) as connection:
        about = dict(connection.table("about").fetchall())
    return [read_batch(warehouse / "staging" / name) for name in about["batches"].split(",")]


def read_batch(folder: Path) -> Batch:
    """A batch as it was kept; Refused when any of it is gone or is not what was written."""
    try:
        batch = Batch(**json.loads((folder / "batch.json").read_text(encoding="utf-8")))
        whole = all(sha256(folder / name) == stated for name, stated in batch.sums.items())
    except (OSError, ValueError, TypeError):
        whole = False
    if not whole:
        raise Refused(
            f"{folder}: the staged rows of an earlier load are gone or damaged. Load all the files again into a new warehouse."
        )
    return batch


def repeats(batch: Batch, before: list[Batch]) -> bool:
    """Whether every file of a load is already in force, unchanged, under the same status and days."""

    def key(one: Batch, file: dict):
        return (file["kind"], file["sha256"], file["layout"], one.status)

    active = active_years(before)
    # a batch that has lost a year to another may be loaded again for that year
    whole = [one for one in before if all(active[int(year)] is one for year in one.years)]
    held = {key(one, file) for one in whole for file in one.files}
    same_days = (batch.data_start, batch.data_end) in [(None, None), *((one.data_start, one.data_end) for one in before[-1:])]
    return same_days and all(key(batch, file) in held for file in batch.files)


def refuse_going_back(batch: Batch, before: list[Batch], wanted: Wanted) -> None:
    """Refused when a financial year would be replaced by an older extract; Stopped when it would change too much."""
    held = active_years(before)
    for year, new in batch.years.items():
        if int(year) not in held:
            continue
        old = held[int(year)].years[year]
        older = (old["status"] == "final" and new["status"] == "provisional") or new["last_end"] < old["last_end"]
        if older and "older" not in wanted.force:
            raise Refused(
                f"{year}: loaded is {old['status']} to {old['last_end']}, this is {new['status']} to {new['last_end']}. "
                "An older extract does not replace a newer one; if it must, add --force older."
            )
        change = abs(new["rows"] - old["rows"]) / old["rows"]
        share = LIMITS["year-changed"]
        words = f"financial year {year} would go from {old['rows']} to {new['rows']} rows, a change of more than {share:.0%}"
        stop_if(change > share and old["status"] == new["status"], "year-changed", words, wanted.force)


def in_force(batches: list[Batch]) -> list[Batch]:
    """The batches that still hold a year of episodes or outpatients, or a deaths file; the latest always stays."""
    episodes = active_years(batches)
    outpatients = {year: batch for batch in batches for year in batch.outpatient_years}
    holding = {id(batch) for batch in [*episodes.values(), *outpatients.values(), batches[-1]]}
    return [batch for batch in batches if id(batch) in holding or batch.has_deaths_file]


def bring_together(now: list[Batch], batch: Batch, new: Path, kept: Path, staging: Path) -> None:
    """Have every batch in force under one folder: the new one moved to the kept ones, or for a dry run all copied aside."""
    staging.mkdir(parents=True, exist_ok=True)
    shutil.move(new / batch.id, staging / batch.id)
    if staging != kept:
        for old in now[:-1]:
            (staging / old.id).symlink_to((kept / old.id).resolve(), target_is_directory=True)


def verifier() -> subprocess.Popen:
    """A process that gets ready to look at a version while it is built; it ends when told nothing."""
    command = [sys.executable, "-m", "dashboard.publish.verify"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def verify(built: Path, waiting: subprocess.Popen) -> None:
    """Have a process open the built file as it will be served; Stopped when that fails."""
    _, wrong = waiting.communicate("\n".join([str(built), *build.FACTS, "about", "sources", "refusals"]))
    if waiting.returncode:
        raise Stopped(f"Nothing was published: the new version does not open as it would be served. {wrong.strip()[-300:]}")


def forget_sifted(warehouse: Path) -> None:
    """Remove what was sifted: rows of patients, which a version holds now, or which are no longer wanted."""
    shutil.rmtree(warehouse / "sifted", ignore_errors=True)


def forget_unused(warehouse: Path) -> None:
    """Remove staged batches that no kept version was made of."""
    used = set()
    for version in filter(lambda one: versions.sound(warehouse, one), versions.listed(warehouse)):
        with open_version(versions.path_of(warehouse, version)) as connection:
            used |= set(dict(connection.table("about").fetchall())["batches"].split(","))
    for folder in (warehouse / "staging").iterdir():
        if folder.name not in used:
            shutil.rmtree(folder, ignore_errors=True)
