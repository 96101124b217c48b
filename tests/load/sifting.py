"""A file staged twice, sifted and parsed whole: everything that a load keeps or says of it, to be held against each other."""

import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb

from dashboard.errors import Refused, Stopped
from dashboard.load.staging import Wanted, stage

FORCED = frozenset({"quarantined", "provider-quarantined"})


def both_ways(paths: list[Path], folder: Path, **options) -> tuple:
    """What staging files gives when they are sifted and when they are parsed whole."""
    return tuple(staged(paths, folder / name, whole=name == "whole", **options) for name in ("sifted", "whole"))


def staged(paths: list[Path], folder: Path, *, whole: bool, forced: frozenset = FORCED, header: Path | None = None, kept=None):
    """Every staged table as sorted rows, and what is said of the files; or the sentence that ends the load."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "scratch").mkdir(parents=True)
    wanted = Wanted(tuple(paths), force=forced, whole=whole, header=header)
    try:
        batch = stage(wanted, folder / "kept", folder / "scratch", lambda words: None, kept)
    except (Refused, Stopped) as error:
        return type(error).__name__, str(error)
    said = {key: value for key, value in asdict(batch).items() if key not in ("id", "loaded_at", "sums")}
    return said, {path.stem: rows_of(path) for path in sorted((folder / "kept" / batch.id).glob("*.parquet"))}


def rows_of(path: Path) -> list[str]:
    """A table's rows as text, in one order."""
    return sorted(map(repr, duckdb.connect().read_parquet(str(path)).fetchall()))
