"""How a file's columns were matched, for a person to check before loading: nothing is loaded here."""

import tempfile
from pathlib import Path

from dashboard.load.batch import Wanted
from dashboard.load.staging import open_all


def matched_columns(path: Path, layout: str = "auto", header: Path | None = None) -> list[dict[str, str]]:
    """One row per column of ours: file, layout, ours, the file's columns that hold it (empty where none does).

    Raises Refused as a load would.
    """
    with tempfile.TemporaryDirectory() as scratch:
        opened = [one for many in open_all(Wanted((path,), layout=layout, header=header), Path(scratch)).values() for one in many]
    rows = []
    for file, matched in opened:
        rows += [
            {"file": file.name, "layout": matched.layout.name, "ours": ours, "columns": named(file.header, positions)}
            for ours, positions in matched.found.items()
        ]
    return rows


def named(header: list[str], positions: list[int | None]) -> str:
    """The names at some positions of a header; many are cut to the first and the last."""
    names = [header[at] for at in positions if at is not None]
    return " ".join(names) if len(names) < 6 else f"{names[0]} … {names[-1]} ({len(names)})"
