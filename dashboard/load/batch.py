"""What is asked of a load, and what is kept of it beside its rows."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.load import layouts
from dashboard.load.files import TextFile
from dashboard.load.layouts import Matched


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
    sift_from: int = 1 << 24  # bytes of a file: parsing less takes no longer than getting ready to sift it


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
