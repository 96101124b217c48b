"""Everything bad that may arrive, as data: how it is made, what must happen to it, and what the person must be told."""

import gzip
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.load import faults
from tests.make_hes import APC, episode, numbered, write_apc

DAY = "2023-05-10"
GOOD = [episode(f"P{n}", DAY, "V485 Z676") for n in range(3)]
ROWS = [episode(f"P{n}", DAY, "V485 Z676") for n in range(400)]


@dataclass(frozen=True)
class Refusal:
    """A file that must be refused whole: what is tried, how it is made, and what the one message says."""

    tried: str
    make: Callable[[Path], list]
    says: str
    code: int = 2


def lines_of(rows: list[dict[str, str]], delimiter: str = "|", **renamed: str) -> list[str]:
    """Rows as lines, the header first; columns renamed."""
    columns = [renamed.get(name, name) for name in APC]
    return [delimiter.join(columns)] + [delimiter.join(row[name] for name in APC) for row in numbered(rows)]


def text(name: str, content: str | bytes) -> Callable[[Path], list]:
    """A maker of one file of this content."""

    def make(folder: Path) -> list:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [path]

    return make


def rows(edit: Callable[[list[str]], list[str] | str] = lambda lines: lines, **renamed: str) -> Callable[[Path], list]:
    """A maker of a file of three good rows whose lines are edited."""
    edited = edit(lines_of(GOOD, **renamed))
    return text("hes.txt", edited if isinstance(edited, str) else "\n".join(edited) + "\n")


def with_column(name: str, value: str) -> Callable[[list[str]], list[str]]:
    """An edit that adds a column of one value."""
    return lambda lines: [f"{lines[0]}|{name}", *(f"{line}|{value}" for line in lines[1:])]


def instead(old: str, new: str) -> Callable[[list[str]], list[str]]:
    """An edit that replaces a text in every row."""
    return lambda lines: [lines[0], *(line.replace(old, new) for line in lines[1:])]


def packed(damage: Callable[[bytes], bytes]) -> Callable[[Path], list]:
    """A maker of a gzip of good rows, damaged."""
    return text("hes.txt.gz", damage(gzip.compress("\n".join(lines_of(ROWS)).encode())))


def zipped(name: str, content: bytes) -> Callable[[Path], list]:
    """A maker of a zip of one member."""

    def make(folder: Path) -> list:
        with zipfile.ZipFile(folder / "hes.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return [folder / "hes.zip"]

    return make


def with_manifest(name: str, content: str) -> Callable[[Path], list]:
    """A maker of a good file and a manifest that states another sum for it."""

    def make(folder: Path) -> list:
        (folder / name).write_text(content.replace("SUM", "0" * 64))
        return [write_apc(folder / "hes.txt", GOOD)]

    return make


def damaged_zip(damage: Callable[[bytearray], None], method: int = zipfile.ZIP_DEFLATED) -> Callable[[Path], list]:
    """A maker of a zip of good rows, its bytes damaged."""

    def make(folder: Path) -> list:
        with zipfile.ZipFile(folder / "hes.zip", "w", method) as archive:
            archive.writestr("hes.txt", "\n".join(lines_of(ROWS)))
        content = bytearray((folder / "hes.zip").read_bytes())
        damage(content)
        (folder / "hes.zip").write_bytes(content)
        return [folder / "hes.zip"]

    return make


def mark(first: int, central: int, value: int) -> Callable[[bytearray], None]:
    """A damage that sets one byte of a member's header, and of its entry in the directory."""

    def damage(content: bytearray) -> None:
        content[first] = content[content.rfind(b"PK\x01\x02") + central] = value

    return damage


def scratched(content: bytearray) -> None:
    """A damage in the middle of what is packed."""
    content[300:340] = bytes(40)


def special(make: Callable[[Path], None]) -> Callable[[Path], list]:
    """A maker of a path that is no ordinary file."""

    def made(folder: Path) -> list:
        make(folder / "hes.txt")
        return [folder / "hes.txt"]

    return made


def header_apart(head: str, row: str = "") -> Callable[[Path], list]:
    """A maker of rows without names, and of a file of names for --header."""

    def make(folder: Path) -> list:
        (folder / "names.txt").write_text(head)
        (folder / "hes.txt").write_text(row + "\n".join(lines_of(GOOD)[1:]) + "\n")
        return [folder / "hes.txt", "--header", folder / "names.txt"]

    return make


def layout(content: str) -> Callable[[Path], list]:
    """A maker of a good file and a layout that is none."""

    def make(folder: Path) -> list:
        (folder / "ours.toml").write_text(content)
        return [write_apc(folder / "hes.txt", GOOD), "--layout", folder / "ours.toml"]

    return make


def on_operations(value: str) -> list[dict[str, str]]:
    """Rows whose operations alone have their days in another form."""
    return [row | {"OPDATE_01": value, "OPDATE_02": value} for row in GOOD]


def beside(option: str, name: str, content: str) -> Callable[[Path], list]:
    """A maker of a good file and another, given by an option."""
    return lambda folder: [write_apc(folder / "hes.txt", GOOD), option, *text(name, content)(folder)]


def few_bad(count: int, of: int, provider: str) -> list[dict[str, str]]:
    """Rows of which some, of one provider, end before they start."""
    bad = [episode(f"B{n}", DAY, "V485", EPIEND="2023-05-01", PROCODE3=provider, FYEAR="2324") for n in range(count)]
    return bad + [episode(f"P{n}", DAY, "V485", PROCODE3=provider) for n in range(of - count)]


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

SPELL = {"ADMIDATE": "2023-05-08", "DISDATE": "2023-05-12"}
PUT_ASIDE = (
    ("a row with no usable date", "no-usable-date", episode("", DAY, **dict.fromkeys(("EPISTART", "EPIEND", "ADMIDATE", "DISDATE"), "1800-01-01"))),
    ("a row whose only dates are of operations, none of the code that counts", "no-usable-date",
     episode("Q8", DAY, "V485", OPDATE_01="", OPDATE_02=DAY, **dict.fromkeys(("EPISTART", "EPIEND", "ADMIDATE", "DISDATE"), ""))),
    ("an episode that ends before it starts", "end-before-start", episode("Q2", DAY, "V485", EPIEND="2023-05-09")),
    ("a discharge before the admission", "end-before-start", episode("Q3", DAY, "V485", DISDATE="2023-05-09")),
    ("an episode that has not happened yet", "future-date", episode("Q4", "2199-05-10", "V485")),
    ("an age of 250", "impossible-age", episode("Q5", DAY, "V485", STARTAGE="250")),
    ("an age that is no number", "impossible-age", episode("Q6", DAY, "V485", STARTAGE="old")),
    ("the same record number with other content; the later is kept", "superseded-copy", episode("Q7", DAY, "V485", EPIKEY="777")),
)  # fmt: skip
FLAGGED = (
    (
        "an operation outside the spell; the episode's start is used",
        "opdate-outside-spell",
        episode("F1", DAY, "V485", OPDATE_01="2023-06-01"),
    ),
    ("no person; counted, never linked", "null-person", episode("-", DAY, "V485")),
    ("a baby's age", "baby-age", episode("F3", DAY, "V544", STARTAGE="7003")),
    ("a closed provider; counted under its successor", "closed-provider", episode("F4", DAY, "V485", PROCODE3="RM2")),
    ("the same row twice; one is dropped", "exact-copy", episode("F5", DAY, "V485", EPIKEY="888")),
    ("two sites of the spine that disagree", "conflicting-sites", episode("F6", DAY, "V487 Z676 Z672")),
    (
        "an operation that has not happened yet; the episode's start is used",
        "opdate-outside-spell",
        episode("F8", DAY, "V485", OPDATE_01="2199-06-01", ADMIDATE="", DISDATE=""),
    ),
    ("an operation's date that names no day", "unreadable-date", episode("F9", DAY, "V485", OPDATE_01="2023-02-31")),
    ("a person that R, SQL or pandas wrote as none", "null-person", episode("NA", DAY, "V485")),
    ("a date that names no day; the others stand", "unreadable-date", episode("F7", DAY, "V485", EPISTART="2023-02-31")),
)
LINES = (
    ("a row with a column too few", "ragged", lambda line: line.rsplit("|", 1)[0]),
    ("a row with columns too many", "ragged", lambda line: f"{line}|more|and more"),
    ("a blank line", "ragged", lambda line: ""),
    ("bytes that are no text in the file's encoding", "undecodable", lambda line: line.replace("P9", "P\udcff")),
)


def mixed(folder: Path) -> Path:
    """One file with every row that must be put aside or flagged, among good ones."""
    later = episode("Q7", DAY, "V544", EPIKEY="777")
    again = episode("F5", DAY, "V485", EPIKEY="888")
    wanted = [
        *(row for *_, row in PUT_ASIDE),
        *(row for *_, row in FLAGGED),
        *(episode(f"G{n}", DAY, "V485") for n in range(10)),
        later,
        again,
    ]
    lines = lines_of(wanted)
    lines += [edit(line) for (_, _, edit), line in zip(LINES, lines_of([episode("P9", DAY)] * len(LINES))[1:], strict=True)]
    path = folder / "mixed.txt"
    path.write_bytes(
        ("\n".join(lines) + "\n" + lines_of([episode("last", DAY)])[1] + "\n").encode("utf-8", errors="surrogateescape")
    )
    return path


def as_table() -> str:
    """The whole catalogue as a page."""
    parts = [
        "# Bad input, and what happens to it",
        "",
        "Made from `tests/load/catalogue.py` and `tests/load/faults.py` by `python -m tests.load.catalogue`; each line is a test.",
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
