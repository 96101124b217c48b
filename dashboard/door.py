"""Rows leave here and nowhere else: within a grant, under a cap, with fresh pseudonyms, and logged before the first byte."""

import hashlib
import io
import json
import re
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pandas as pd

from dashboard import audit, export
from dashboard.access import Reader
from dashboard.ask import Ask
from dashboard.ask.episodes import Selection
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.filters import Filters, to_query

PURPOSES = ("Notes review", "Clinical audit", "Commissioning query", "Data quality check")
UNITS = {"days_since_index": "days", "levels": "levels"}
REFERENCE = r"[A-Za-z0-9][A-Za-z0-9 ./_-]{2,39}"
README = """data.csv holds one row per course and criterion; metadata.json says which courses, of which data, for what purpose.
Patients and courses have pseudonyms made for this file alone: they match no other file, and the key was not kept.
This is patient-level data under a data-sharing agreement. Keep it where the agreement says, and delete it when it says.
"""


@dataclass(frozen=True)
class Request:
    """Which courses are asked to be taken out, for what purpose, under whose reference."""

    selection: Selection
    purpose: str
    reference: str


@dataclass(frozen=True)
class File:
    """A file of released numbers: what it is, of which choices, data and profile, and how many rows it has."""

    what: str
    filters: Filters
    about: dict
    profile: str
    rows: int = 0

    @classmethod
    def of(cls, answer: Released, kind: str) -> Self:
        """The file of one kind that holds an answer."""
        name = answer.metric.name if answer.metric else answer.title
        return cls(f"{name}: {kind}", answer.filters, answer.about, answer.profile, len(answer.frame))


def listed(ask: Ask, reader: Reader, selection: Selection, key: bytes) -> pd.DataFrame:
    """The rows that a reader may see of the selected courses; Refused, saying why, when there are none to see."""
    if not reader.sees_rows:
        raise Refused("no rows are granted to you: this list is for those with a grant from whoever runs the dashboard")
    if reader.scope[0] == "all" and ask.filters.place_type != "provider":
        raise Refused("choose a trust as the place: with your grant, courses are read trust by trust")
    return Ask(ask.warehouse, ask.filters, scope=reader.scope).episodes(selection, key)


def refused_lines(ask: Ask, reader: Reader) -> pd.DataFrame:
    """Each line that was put aside or flagged, by file, number, rule and column, without what stood in it; Refused but for a steward."""
    if not reader.may_open("refusals"):
        raise Refused("refused lines are for stewards")
    return Ask(ask.warehouse, ask.filters, scope=("all", "")).rows("refusals").drop(columns="value")


def take(ask: Ask, reader: Reader, request: Request, most: int, log: Path) -> bytes:
    """The zip of the requested courses, once it is in the log; Refused without a grant or a reason, Failed without a log."""
    if request.purpose not in PURPOSES or not re.fullmatch(REFERENCE, request.reference):
        raise Refused("an export needs a purpose, and a reference of 3 to 40 letters and digits")
    frame = listed(ask, reader, request.selection, secrets.token_bytes(32))
    courses = frame["course"].nunique()
    if courses > most:
        raise Refused(f"an export holds at most {most} courses: choose fewer years, a reason or a sample")
    export_id = secrets.token_hex(16)
    content = _zip(frame, ask, reader, request, export_id)
    entry = _entry("export", ask, reader, request.selection, courses)
    more = {"sha256": hashlib.sha256(content).hexdigest(), "export_id": export_id}
    audit.append(log, audit.Entry(**entry, **more, purpose=request.purpose, reference=request.reference))
    return content


def give(file: File, reader: Reader, make: Callable[[str], bytes], log: Path) -> bytes:
    """A file of released numbers, made for an export id, once it is in the log; Failed when that cannot be written."""
    export_id = secrets.token_hex(16)
    content = make(export_id)
    entry = audit.Entry(
        reader.who, reader.role, file.what, to_query(file.filters), file.about["version"], file.profile, file.rows,
        hashlib.sha256(content).hexdigest(), export_id, reader.organisation, reader.agreement,
    )  # fmt: skip
    audit.append(log, entry)
    return content


def noted(ask: Ask, reader: Reader, selection: Selection, courses: int, log: Path) -> int:
    """Write to the log that courses were shown on a page; Failed when it cannot be written."""
    return audit.append(log, audit.Entry(**_entry("view", ask, reader, selection, courses)))


def choices(ask: Ask, selection: Selection) -> dict[str, str]:
    """What was chosen, in words that make the same list again."""
    sample = {"sample": str(selection.sample), "seed": str(selection.seed)} if selection.sample else {}
    return to_query(ask.filters) | {"reason": selection.reason} | sample


def file_name(ask: Ask) -> str:
    """A file's name: that it holds episodes, and of which data version."""
    made_up = "synthetic-" if ask.about.get("synthetic") == "true" else ""
    return f"{made_up}episodes-{ask.about['version']}.zip"


def _entry(what: str, ask: Ask, reader: Reader, selection: Selection, courses: int) -> dict:
    return {
        "who": reader.who,
        "role": reader.role,
        "organisation": reader.organisation,
        "agreement": reader.agreement,
        "what": f"episodes: {what}",
        "filters": choices(ask, selection),
        "data_version": ask.about["version"],
        "profile": "rows",
        "rows": int(courses),
    }


def _zip(frame: pd.DataFrame, ask: Ask, reader: Reader, request: Request, export_id: str) -> bytes:
    about = ask.about
    told = {
        "title": "Courses and their criteria",
        "export_id": export_id,
        "url": "data.csv",
        "columns": export.columns(export.for_file(frame, synthetic=about.get("synthetic") == "true"), UNITS),
        "filters": choices(ask, request.selection),
        "organisation": reader.organisation,
        "agreement": reader.agreement,
        "purpose": request.purpose,
        "reference": request.reference,
        "data_version": about["version"],
        "definition_hash": about.get("definition_hash", ""),
        "profile": "rows",
        "policy": ask.filters.policy,
        "synthetic": about.get("synthetic") == "true",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", export.frame_csv(frame, synthetic=told["synthetic"]))
        archive.writestr("metadata.json", json.dumps(told, indent=1))
        archive.writestr("README.txt", README)
    return out.getvalue()
