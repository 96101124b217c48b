"""A file staged twice, sifted and parsed whole: everything that a load keeps or says of it, to be held against each other."""

import random
import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb

from dashboard.errors import Refused, Stopped
from dashboard.load.batch import Wanted
from dashboard.load.staging import stage
from tests.make_hes import episode

FORCED = frozenset({"quarantined", "provider-quarantined"})


def both_ways(paths: list[Path], folder: Path, **options) -> tuple:
    """What staging files gives when they are sifted and when they are parsed whole."""
    return tuple(staged(paths, folder / name, whole=name == "whole", **options) for name in ("sifted", "whole"))


def staged(paths: list[Path], folder: Path, *, whole: bool, forced: frozenset = FORCED, header: Path | None = None, kept=None):
    """Every staged table as sorted rows, and what is said of the files; or the sentence that ends the load."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "scratch").mkdir(parents=True)
    wanted = Wanted(tuple(paths), force=forced, whole=whole, sift_from=0, header=header)
    try:
        batch = stage(wanted, folder / "kept", folder / "scratch", lambda words: None, kept)
    except (Refused, Stopped) as error:
        return type(error).__name__, str(error)
    said = {key: value for key, value in asdict(batch).items() if key not in ("id", "loaded_at", "sums")}
    return said, {path.stem: rows_of(path) for path in sorted((folder / "kept" / batch.id).glob("*.parquet"))}


def rows_of(path: Path) -> list[str]:
    """A table's rows as text, in one order."""
    return sorted(map(repr, duckdb.connect().read_parquet(str(path)).fetchall()))


DAY = "2023-05-10"
CODES = [
    "V485",
    "v48.5",
    " V485 ",
    "V 4 8 5",
    "v-48_5",
    "V48.5&",
    "\tV544",
    "V5*4/4",
    "V487",
    "W903",
    "V48",
    "V4",
    "V54X",
    "X485",
    "48V5",
]
ODD_DATES = [
    "1800-01-01",
    "1582-10-15",
    "",
    "20230510",
    "2023-05-10T00:00:00",
    "2023-02-30",
    "2199-01-01",
    "10/05/2023",
    " 2023-05-10",
    "-",
]
ODD = {
    "STARTAGE": ["7001", "7007", "7008", "999", "121", "0", "007", "", " 50", "old", "50.0", "1000000000000000000000", "-1"],
    "DISMETH": ["4", " 4", "4 ", "1", "", "-", "44"],
    "FYEAR": ["2324", "202324", "2023/24", "2325", "", "23", "2324.0", "102", "9900", "20232024", "-"],
    "EPIKEY": ["", "1", "01", "99999999999999999999", "1E+11", "abc", "1.0", "18446744073709551615", "0"],
    "PROCODE3": ["", "RTH", "rth", "-", "NT302", "LONGER THAN EIGHT", "R H"],
    "PROCODET": ["RTH00", "", "NVC07", "RTH-X"],
    "SITETRET": ["RTH01", "", "RM318"],
    "TOKEN_PERSON_ID": ["", "-", "1.0E+10", "O'Neil", 'a"b"', "Zoë", "P\udcff", "E+"],
    **dict.fromkeys(("EPISTART", "EPIEND", "ADMIDATE", "DISDATE", "OPDATE_01", "OPDATE_02", "OPDATE_24"), ODD_DATES),
    **dict.fromkeys(("OPERTN_01", "OPERTN_02", "OPERTN_13", "OPERTN_24"), CODES),
    "DIAG_01": ["M545X", "-", "V485", "m54.5"], "DIAG_20": ["M545X", "-", "V485", "m54.5"],
}  # fmt: skip
NOT_REFUSED = {"10/05/2023", "1.0E+10", "1E+11"}


def ordinary(count: int, rng: random.Random) -> list[dict[str, str]]:
    """Rows of which most cannot matter."""
    rows = []
    for n in range(count):
        day = f"2023-{rng.randint(4, 12):02}-{rng.randint(1, 28):02}"
        codes = rng.choice(["", "W371", "W371 X403 Y981", "V485 Z676", "V544", *["A521 W903"] * 3])
        died = {"DISMETH": "4"} if rng.random() < 0.05 else {}
        rows.append(
            episode(f"P{n % 40}", day, codes, rng.choice(["M545", "I10X E119", ""]), PROCODE3=rng.choice(["RTH", "RA9"]), **died)
        )
    return rows


def written(path: Path, lines: list[str], end: str = "\n", last: str = "\n") -> Path:
    path.write_bytes((end.join(lines) + last).encode("utf-8", errors="surrogateescape"))
    return path


def twice(lines: list[str], again: str = "OPERTN_4_", dates: bool = False) -> list[str]:
    """The lines with every code in a second column too, as DARS has them."""
    names = lines[0].split("|")
    first = names.index("OPERTN_01")
    more = [name.replace("OPERTN_", again) for name in names[first : first + 24]]
    return [
        "|".join([*names, *more]),
        *("|".join([*line.split("|"), *line.split("|")[first : first + 24]]) for line in lines[1:]),
    ]
