"""Everything bad that may arrive, as data: how it is made, what must happen to it, and what the person must be told."""

import gzip
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


def with_manifest(folder: Path) -> list:
    """A good file and a manifest that states another sum for it."""
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  hes.txt\n")
    return [write_apc(folder / "hes.txt", GOOD)]


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
    Refusal("UTF-16 not declared", text("hes.txt", TEXT.encode("utf-16")), "--encoding utf-16|not text"),
    Refusal("NUL bytes", text("hes.txt", TEXT.encode() + b"\0\0\n"), "NUL"),
    Refusal("a zip named as text", text("hes.txt", b"PK\x03\x04" + b"\x8a\xff" * 40 + b"\n,\n"), "not text|no row|no |"),
    Refusal("an encoding that does not exist", lambda folder: [*rows()(folder), "--encoding", "utf-99"], "utf-99"),
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
    Refusal("a sum that is not the manifest's", with_manifest, "SHA-256 is not the one SHA256SUMS states"),
    Refusal("a Parquet file that is none", text("hes.parquet", "no parquet at all"), "not a readable Parquet"),
    Refusal("a record number rounded by a spreadsheet", rows(instead("100000000002", "1.00E+11")), "line 3, EPIKEY.*spreadsheet"),
    Refusal("days before months", rows(instead(DAY, "10/05/2023")), "line 2.*YYYY-MM-DD.*10/05/2023"),
    Refusal("months in words", rows(instead(DAY, "10-May-2023")), "line 2.*YYYY-MM-DD.*10-May-2023"),
    Refusal("two start dates that disagree", rows(with_column("EPISTART_DERIVED", "2023-05-11")), "line 2, EPISTART.*disagree"),
    Refusal("two sets of procedure codes that disagree", rows(with_column("OPERTN_4_01", "V544")), "line 2, OPERTN.*disagree"),
    Refusal("no row that can be kept", rows(instead(DAY, "1800-01-01")), "no row could be kept of 3"),
    Refusal("a layout of no such name", lambda folder: [*rows()(folder), "--layout", "nhs"], "no such layout"),
    Refusal("a header file that is not there", lambda folder: [*rows()(folder), "--header", "none.csv"], "no such file"),
    Refusal("a rule to force of no such name", lambda folder: [*rows()(folder), "--force", "all"], "no such rule"),
    Refusal("deaths with days before months", beside("--deaths", "d.csv", "TOKEN_PERSON_ID,DOD\nP1,10/05/2023\n"), "line 2, DATE_OF_DEATH"),
    Refusal("ONS deaths without their bridge", beside("--deaths", "d.csv", "RECORD_ID,DOD\n1,20230510\n"), "bridge"),
    Refusal("appointments with days before months",
            beside("--op", "op.csv", "TOKEN_PERSON_ID,APPTDATE,ATTENDED,TRETSPEF\nP1,10/05/2023,5,650\n"), "line 2, APPTDATE"),
    Refusal("more than 0.5% of rows put aside", lambda folder: [write_apc(folder / "hes.txt", few_bad(3, 400, "RTH"))],
            "3 of 400 rows.*--force quarantined", 3),
    Refusal("more than 5% of a provider's rows put aside",
            lambda folder: [write_apc(folder / "hes.txt", [*few_bad(2, 20, "RA9"), *ROWS, *ROWS[:100]])],
            "RA9: 2 of 20 rows.*--force provider-quarantined", 3),
)  # fmt: skip

SPELL = {"ADMIDATE": "2023-05-08", "DISDATE": "2023-05-12"}
PUT_ASIDE = (
    ("a row with no usable date", "no-usable-date", episode("", DAY, **dict.fromkeys(("EPISTART", "EPIEND", "ADMIDATE", "DISDATE"), "1800-01-01"))),
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
