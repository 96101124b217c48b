"""Bad and odd rows of a file that is otherwise good, as data: in words, the rule that must see each, and the row."""

from pathlib import Path

from tests.load.bad_files import DAY, lines_of
from tests.make_hes import episode

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
