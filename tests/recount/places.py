"""Which provider and which commissioner a row belongs to, in the codes of today."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from tests.recount.rows import Row, clean

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    path = REFERENCE / f"{name}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _pairs(name: str, key: str, value: str) -> dict[str, str]:
    return {line[key]: line[value] for line in _table(name)}


@cache
def organisations() -> set[str]:
    """Every known provider code."""
    return {line["code"] for name in ("providers", "fictional_providers") for line in _table(name)}


def provider(row: Row) -> str | None:
    """The provider of a row after the rules for sites and mergers."""
    code = _as_submitted(row)
    if re.fullmatch(r"N[A-Z0-9]{2}\d{2}", code):
        code = code[:3]
    if code == "RW6":
        return "R0A" if clean(row.get("SITETRET")).upper() in ("RW602", "RM318") else "RM3"
    successors = _pairs("successors", "code", "successor") | _pairs("fictional_successors", "code", "successor")
    return successors.get(code, code) or None


def _as_submitted(row: Row) -> str:
    code = clean(row.get("PROCODE3")).upper()
    site = clean(row.get("PROCODET")).upper()
    return code or (site[:3] if site[:3] in organisations() else site)


@cache
def _sub_icbs() -> dict[str, tuple[str, str]]:
    """Each sub-ICB with its ICB of 2022 and its (heaviest) ICB of 2026."""
    lines = sorted(_table("subicb_icb"), key=lambda line: float(line["weight"]))
    return {line["subicb"]: (line["icb_2022"], line["icb_2026"]) for line in lines}


def _sub_icb(code: str | None) -> str | None:
    code = clean(code).upper()
    code = _pairs("ccg_subicb", "ccg", "subicb").get(code, code)
    return code if code in _sub_icbs() else None


def commissioner(row: Row) -> str | None:
    """The ICB of April 2026 that answers for the patient, or nothing."""
    icb = clean(row.get("STP_RESPONSIBILITY")).upper()
    if icb in {line["code"] for line in _table("commissioners")}:
        return icb
    responsible, resident = _sub_icb(row.get("CCG_RESPONSIBILITY")), _sub_icb(row.get("CCG_RESIDENCE"))
    if responsible and _sub_icbs()[responsible][0] == icb:
        return _sub_icbs()[responsible][1]
    whole = {line["code"]: line["successor"] for line in _table("icb_successors") if line["kind"] == "whole"}
    if icb in whole:
        return whole[icb]
    found = responsible or resident
    return _sub_icbs()[found][1] if found else None


def region(icb: str | None) -> str | None:
    """The region of an ICB."""
    return _pairs("commissioners", "code", "region").get(icb)
