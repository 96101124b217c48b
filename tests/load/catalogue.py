"""Everything bad that may arrive, as data: what is tried, how it is made, and what the person must be told."""

import gzip
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.load import faults
from tests.load.bad_files import (
    DAY,
    GOOD,
    ROWS,
    beside,
    damaged_zip,
    few_bad,
    header_apart,
    instead,
    layout,
    lines_of,
    mark,
    on_operations,
    packed,
    rows,
    scratched,
    special,
    text,
    with_column,
    with_manifest,
    zipped,
)
from tests.load.odd_rows import FLAGGED, LINES, PUT_ASIDE
from tests.make_hes import APC, write_apc


@dataclass(frozen=True)
class Refusal:
    """A file that must be refused whole: what is tried, how it is made, and what the one message says."""

    tried: str
    make: Callable[[Path], list]
    says: str
    code: int = 2


TEXT = "\n".join(lines_of(GOOD)) + "\n"
REFUSALS = (
    Refusal("an empty file", text("hes.txt", ""), "empty"),
    Refusal("a header without rows", rows(lambda lines: lines[:1]), "header without rows"),
    Refusal("a file that is not there", lambda folder: [folder / "none.txt"], "no such file"),
    Refusal("a folder", special(Path.mkdir), "a folder. Name the files in it"),
    Refusal("a pipe", special(os.mkfifo), "not a file but a pipe"),
    Refusal("a file that cannot be read", special(lambda path: path.symlink_to("/proc/self/mem")), "cannot be read"),
    Refusal("lines that end in a carriage return alone", text("hes.txt", TEXT.replace("\n", "\r")), "line 1.*carriage return alone"),
    Refusal("a carriage return among line feeds", text("hes.txt", TEXT.replace("P1", "P\r1")), "line 3.*carriage return alone"),
    Refusal("an Excel workbook", text("hes.xlsx", b"PK\x03\x04" + bytes(range(256))), "a zip or an Excel workbook"),
    Refusal("a gzip not named so", text("hes.txt", gzip.compress(TEXT.encode())), "packed with gzip. Name it .gz"),
    Refusal("UTF-16 without a mark, declared utf-16",
            lambda folder: [*text("hes.txt", TEXT.encode("utf-16-le"))(folder), "--encoding", "utf-16"], "utf-16-le or utf-16-be"),
    Refusal("UTF-16 not declared", text("hes.txt", TEXT.encode("utf-16")), "line 1: expected text, found NUL"),
    Refusal("NUL bytes", text("hes.txt", TEXT.encode() + b"\0\0\n"), "NUL"),
    Refusal("a zip named as text", text("hes.txt", b"PK\x03\x04" + b"\x8a\xff" * 40 + b"\n,\n"), "a zip or an Excel workbook"),
    Refusal("an encoding that does not exist", lambda folder: [*rows()(folder), "--encoding", "utf-99"], "utf-99"),
    Refusal("a numbered column that comes twice",
            rows(lambda lines: [lines[0].replace("OPERTN_02", "OPERTN_01"), *lines[1:]]), "line 1, OPERTN_01.*found it twice"),
    Refusal("rows without their header", rows(lambda lines: lines[1:]), "line 1: expected a person key.*--header FILE"),
    Refusal("a header of another delimiter than the rows",
            header_apart(lines_of(GOOD, ",")[0]), "no row could be kept of 3.*ragged, the first: hes.txt, line 1"),
    Refusal("a header file of one name a line", header_apart("\n".join(APC)), "--header .*no |, comma or tab".replace("|", "[|]")),
    Refusal("an empty header file", header_apart(""), "--header .*no |, comma or tab".replace("|", "[|]")),
    Refusal("a header both in the file and apart", header_apart(lines_of(GOOD)[0], lines_of(GOOD)[0] + "\n"), "line 1.*Leave --header out"),
    Refusal("a layout that is none", layout("columns = 3"), "ours.toml: not a layout"),
    Refusal("a layout of a kind there is not", layout('extends = "hes"\ntitle = "x"\nsignature = []\nkind = "beds"'), "kind is one of"),
    Refusal("another delimiter", text("hes.txt", TEXT.replace("|", ";")), "no |, comma or tab".replace("|", "[|]")),
    Refusal("no person column", rows(TOKEN_PERSON_ID="SOMEBODY"), "a person key.*TOKEN_PERSON_ID"),
    Refusal("no date column", rows(EPISTART="A", ADMIDATE="B"), "an episode or admission date"),
    Refusal("no provider column", rows(PROCODE3="A", PROCODET="B"), "a provider code"),
    Refusal("no procedure columns", rows(**{name: f"X{name}" for name in APC if name.startswith("OPERTN")}), "procedure codes"),
    Refusal("a quote that is never closed", rows(instead("P1", '"P1')), "line 3.*quote"),
    Refusal("a newline inside quotes", rows(instead("P1", '"P\n1"')), "newline stands inside quotes"),
    Refusal("a last line cut off", text("hes.txt", TEXT[: len(TEXT) - 60]), "line 4.*cut off"),
    Refusal("a gzip with a wrong checksum", packed(lambda raw: raw[:-8] + bytes(4) + raw[-4:]), "damaged or truncated"),
    Refusal("a gzip cut off", packed(lambda raw: raw[: len(raw) // 2]), "damaged or truncated"),
    Refusal("a damaged zip", text("hes.zip", b"PK\x03\x04 this is no zip"), "not a readable zip"),
    Refusal("a zip member outside the archive", zipped("../hes.txt", TEXT.encode()), "outside the archive"),
    Refusal("a zip that unpacks to far more than its size", zipped("hes.txt", bytes(40_000_000)), "times its size"),
    Refusal("a zip that is encrypted", damaged_zip(mark(6, 8, 1)), "hes.zip/hes.txt: encrypted"),
    Refusal("a zip packed in an unknown way", damaged_zip(mark(8, 10, 99)), "packed in a way that cannot be read"),
    Refusal("a zip damaged inside (Deflate)", damaged_zip(scratched), "damaged or truncated"),
    Refusal("a zip damaged inside (bzip2)", damaged_zip(scratched, zipfile.ZIP_BZIP2), "damaged or truncated"),
    Refusal("a zip damaged inside (LZMA)", damaged_zip(scratched, zipfile.ZIP_LZMA), "damaged or truncated"),
    Refusal("a zip in a zip", zipped("inner.zip", b"PK\x03\x04" + bytes(range(256))), "one in another is not read"),
    Refusal("a zip with nothing in it", text("hes.zip", b"PK\x05\x06" + bytes(18)), "a zip with nothing in it"),
    Refusal("a zip member on another drive", zipped("C:\\hes.txt", TEXT.encode()), "outside the archive"),
    Refusal("a zip member outside the archive, as Windows writes it", zipped("..\\hes.txt", TEXT.encode()), "outside the archive"),
    Refusal("a sum that is not the manifest's", with_manifest("SHA256SUMS", "SUM  hes.txt\n"), "not the one SHA256SUMS states"),
    Refusal("a sum in a manifest of its own", with_manifest("hes.txt.sha256", "SUM"), "not the one hes.txt.sha256 states"),
    Refusal("a sum as BSD writes it", with_manifest("checksums.txt", "SHA256 (hes.txt) = SUM"), "not the one checksums.txt states"),
    Refusal("a sum in a JSON manifest", with_manifest("manifest.json", '[{"file": "hes.txt",\n "sha256": "SUM"}]'), "not the one manifest.json"),
    Refusal("a Parquet file that is none", text("hes.parquet", "no parquet at all"), "not a readable Parquet"),
    Refusal("a record number rounded by a spreadsheet", rows(instead("100000000002", "1.00E+11")), "line 3, EPIKEY.*spreadsheet"),
    Refusal("a person rounded by a spreadsheet", rows(instead("|P1|", "|1.23E+15|")), "line 3, TOKEN_PERSON_ID.*spreadsheet"),
    Refusal("days before months without a mark between", rows(instead(DAY, "10052023")), "line 2.*YYYYMMDD.*'10052023'"),
    Refusal("the day before the month after the year", rows(instead(DAY, "2023-25-05")), "line 2.*YYYY-MM-DD.*'2023-25-05'"),
    Refusal("dates as a spreadsheet's serial numbers", rows(instead(DAY, "45056")), "line 2.*YYYY-MM-DD.*'45056'"),
    Refusal("operation dates as serial numbers", lambda folder: [write_apc(folder / "hes.txt", on_operations("45056"))], "line 2, OPDATE.*'45056'"),
    Refusal("operation dates with years of two digits",
            lambda folder: [write_apc(folder / "hes.txt", on_operations("10/05/23"))], "line 2, OPDATE.*'10/05/23'"),
    Refusal("days before months", rows(instead(DAY, "10/05/2023")), "line 2.*YYYY-MM-DD.*10/05/2023"),
    Refusal("months in words", rows(instead(DAY, "10-May-2023")), "line 2.*YYYY-MM-DD.*10-May-2023"),
    Refusal("two start dates that disagree", rows(with_column("EPISTART_DERIVED", "2023-05-11")), "line 2, EPISTART.*disagree"),
    Refusal("two sets of procedure codes that disagree", rows(with_column("OPERTN_4_01", "V544")), "line 2, OPERTN.*disagree"),
    Refusal("no row that can be kept", rows(instead(DAY, "1800-01-01")), "no row could be kept of 3"),
    Refusal("a layout of no such name", lambda folder: [*rows()(folder), "--layout", "nhs"], "no such layout"),
    Refusal("a header file that is not there", lambda folder: [*rows()(folder), "--header", "none.csv"], "no such file"),
    Refusal("a rule to force of no such name", lambda folder: [*rows()(folder), "--force", "all"], "no such rule"),
    Refusal("deaths with days before months", beside("--deaths", "d.csv", "TOKEN_PERSON_ID,DOD\nP1,10/05/2023\n"), "line 2, DATE_OF_DEATH"),
    Refusal("deaths as serial numbers", beside("--deaths", "d.csv", "TOKEN_PERSON_ID,DOD\nP1,45056\n"), "line 2, DATE_OF_DEATH.*'45056'"),
    Refusal("a death of a person rounded by a spreadsheet",
            beside("--deaths", "d.csv", "TOKEN_PERSON_ID,DOD\n1.23E+15,20230510\n"), "line 2, TOKEN_PERSON_ID.*spreadsheet"),
    Refusal("appointments as serial numbers",
            beside("--op", "op.csv", "TOKEN_PERSON_ID,APPTDATE,ATTENDED,TRETSPEF\nP1,45056,5,650\n"), "line 2, APPTDATE.*'45056'"),
    Refusal("a bridge without its ONS deaths", beside("--deaths", "d.csv", "HESID,RECORD_ID\nP1,1\n"), "no deaths by record number"),
    Refusal("ONS deaths without their bridge", beside("--deaths", "d.csv", "RECORD_ID,DOD\n1,20230510\n"), "bridge"),
    Refusal("appointments with days before months",
            beside("--op", "op.csv", "TOKEN_PERSON_ID,APPTDATE,ATTENDED,TRETSPEF\nP1,10/05/2023,5,650\n"), "line 2, APPTDATE"),
    Refusal("more than 0.5% of rows put aside", lambda folder: [write_apc(folder / "hes.txt", few_bad(3, 400, "RTH"))],
            "3 of 400 rows.*3 by end-before-start, the first: hes.txt, line 2, EPIEND.*--force quarantined", 3),
    Refusal("more than 5% of a provider's rows put aside",
            lambda folder: [write_apc(folder / "hes.txt", [*few_bad(2, 20, "RA9"), *ROWS, *ROWS[:100]])],
            "RA9: 2 of 20 rows.*--force provider-quarantined", 3),
)  # fmt: skip


def as_table() -> str:
    """The whole catalogue as a page."""
    parts = [
        "# Bad input, and what happens to it",
        "",
        "Made from `tests/load/catalogue.py`, `odd_rows.py` and `faults.py` by `python -m tests.load.catalogue`; each line is a test.",
        "",
    ]
    parts += ["| what arrives | what happens | what the message says |", "|---|---|---|"]
    for one in REFUSALS:
        does = "the file is refused, nothing changes (exit 2)" if one.code == 2 else "stopped before publishing (exit 3)"
        parts.append(f"| {one.tried} | {does} | `{one.says.replace('|', ' or ')}` |")
    for words, rule, _ in (*PUT_ASIDE, *LINES):
        parts.append(f"| {words} | the row is put aside, counted and listed | `quarantine: {rule}` |")
    for words, rule, _ in FLAGGED:
        parts.append(f"| {words} | the row is kept and flagged | `flag: {rule}` |")
    parts += ["", "# Faults while a version is published or served, and what survives", "", faults.as_table()]
    return "\n".join(parts)


PAGE = Path(__file__).parents[2] / "docs" / "bad-input.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(as_table(), encoding="utf-8")
