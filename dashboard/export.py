"""A released table as bytes to keep: CSV, Excel, or a zip with its metadata. Nothing here counts or asks."""

import io
import json
import re
import secrets
import zipfile

import pandas as pd

from dashboard.dictionary import meanings
from dashboard.disclosure.released import Released
from dashboard.filters import to_query

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
STAR = {"suppressed": "*"}
MEASURED = ("value", "lower", "upper")
README = """data.csv holds the table; metadata.json says what its columns, units, filters, policy and data version are.
An empty number with the flag "suppressed" stands for a small number that is not shown; it is not zero.
"""


def safe(value):
    """A text that no spreadsheet will run as a formula; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def file_name(answer: Released, ending: str) -> str:
    """A file's name from what was asked and the data version; it says synthetic when the data is."""
    made_up = "synthetic-" if answer.about.get("synthetic") == "true" else ""
    name = answer.metric.name if answer.metric else re.sub(r"[^a-z0-9]+", "-", answer.title.lower()).strip("-")
    return f"{made_up}{name}-{answer.about['version']}.{ending}"


def pack_name(about: dict, code: str) -> str:
    """The file name of a provider's pack; it says synthetic when the data is."""
    return f"{'synthetic-' if about.get('synthetic') == 'true' else ''}provider-pack-{code}-{about['version']}.pdf"


def shown(answer: Released) -> pd.DataFrame:
    """The table as a file holds it: safe texts, and a column that says so when the data is synthetic."""
    return for_file(answer.frame, synthetic=answer.about.get("synthetic") == "true")


def for_file(frame: pd.DataFrame, *, synthetic: bool) -> pd.DataFrame:
    """A frame whose texts no spreadsheet runs and whose whole numbers are written whole; synthetic data says so."""
    frame = frame.copy()
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column].dtype):
            frame[column] = frame[column].map(safe, na_action="ignore")
        elif (frame[column].dropna() % 1 == 0).all():
            frame[column] = frame[column].astype("Int64")
    frame.columns = [safe(column) for column in frame.columns]
    if synthetic:
        frame["data"] = "synthetic"
    return frame


def csv_bytes(answer: Released) -> bytes:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens it rightly; no lines above the header."""
    return _csv(shown(answer))


def frame_csv(frame: pd.DataFrame, *, synthetic: bool) -> bytes:
    """A frame of rows as the same kind of CSV."""
    return _csv(for_file(frame, synthetic=synthetic))


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def excel_bytes(answer: Released, export_id: str = "") -> bytes:
    """A workbook with the table and what it is about, with its id where it is in a log; texts stay texts."""
    out = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}}
    described = metadata(answer) | ({"export_id": export_id} if export_id else {})
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs=options) as book:
        shown(answer).to_excel(book, sheet_name="data", index=False)
        about = pd.DataFrame([(key, str(value)) for key, value in described.items()], columns=["key", "value"])
        about.to_excel(book, sheet_name="about", index=False)
    return out.getvalue()


def parquet_bytes(answer: Released, export_id: str = "") -> bytes:
    """The table as Parquet; what it is about, and the id that a log has for it, are in the file's own metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(shown(answer), preserve_index=False)
    about = metadata(answer) | ({"export_id": export_id} if export_id else {})
    out = io.BytesIO()
    kept = (table.schema.metadata or {}) | {"about": json.dumps(about, default=str)}
    pq.write_table(table.replace_schema_metadata(kept), out)
    return out.getvalue()


def zip_bytes(answer: Released, export_id: str | None = None) -> bytes:
    """data.csv, metadata.json and a README; every zip has an id of its own, the given one where it is in a log."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", csv_bytes(answer))
        described = metadata(answer) | {"export_id": export_id or secrets.token_hex(16)}
        archive.writestr("metadata.json", json.dumps(described, indent=1, default=str))
        archive.writestr("README.txt", README)
    return out.getvalue()


def columns(frame: pd.DataFrame, units: dict[str, str]) -> list[dict]:
    """Each column as CSV on the web describes one: its name, title, datatype and meaning, and the unit of a number."""
    return [
        {"name": name, "titles": str(name).replace("_", " "), "datatype": datatype(dtype)}
        | _meaning(name)
        | _unit(name, dtype, units)
        for name, dtype in frame.dtypes.items()
    ]


def _meaning(name: str) -> dict[str, str]:
    return {"description": meanings()[name]} if name in meanings() else {}


def datatype(dtype) -> str:
    """The name that CSV on the web has for a kind of column."""
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if not pd.api.types.is_numeric_dtype(dtype):
        return "string"
    return "integer" if pd.api.types.is_integer_dtype(dtype) else "number"


def _unit(name: str, dtype, units: dict[str, str]) -> dict[str, str]:
    return {"unit": units.get(name, "count")} if datatype(dtype) in ("integer", "number") else {}


def metadata(answer: Released) -> dict:
    """What a table says about itself: columns, filters, policy, version, definitions, profile."""
    about, metric = answer.about, answer.metric
    return {
        "title": answer.title,
        "measure": metric.name if metric else None,
        "definition": metric.words if metric else None,
        "unit": metric.unit if metric else "count",
        "url": "data.csv",
        "columns": columns(shown(answer), dict.fromkeys(MEASURED, metric.unit if metric else "count")),
        "filters": to_query(answer.filters),
        "policy": answer.filters.policy,
        "data_version": about["version"],
        "definition_hash": about["definition_hash"],
        "data_from": about["data_start"],
        "data_to": about["data_end"],
        "synthetic": about.get("synthetic") == "true",
        "profile": answer.profile,
        "notes": list(answer.notes),
    }
