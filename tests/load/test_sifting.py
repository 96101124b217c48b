"""Lines that cannot matter are counted and not parsed: nothing that is kept, said or refused may differ from a whole parse."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.load import fields, repeats, sifted, sifting
from dashboard.load.reference import treatment_codes
from tests.load import catalogue
from tests.load.sifting import both_ways, staged
from tests.make_hes import APC, episode

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


EVERY_ODD_CELL = [(name, value) for name, values in ODD.items() for value in values if value not in NOT_REFUSED]


def test_a_file_of_every_odd_cell_is_staged_the_same_sifted_or_whole(tmp_path):
    rng = random.Random(5)
    rows = ordinary(300, rng) + [
        row | {name: value} for row, (name, value) in zip(ordinary(len(EVERY_ODD_CELL), rng), EVERY_ODD_CELL, strict=True)
    ]
    rng.shuffle(rows)
    lines = catalogue.lines_of(rows)
    lines[40:40] = ["", "half|a line", lines[7] + "|more", lines[9]]
    sifted_, whole = both_ways([written(tmp_path / "odd.txt", lines)], tmp_path)
    assert sifted_ == whole
    assert sifted_[0]["files"][0]["rows_quarantined"] > 15


@pytest.mark.parametrize("value", sorted(NOT_REFUSED))
@pytest.mark.parametrize("codes", ["W371", "V485"])
def test_what_refuses_a_file_refuses_it_on_a_line_that_does_not_matter(tmp_path, value, codes):
    name = {"10/05/2023": "OPDATE_02", "1.0E+10": "TOKEN_PERSON_ID", "1E+11": "EPIKEY"}[value]
    lines = catalogue.lines_of([*ordinary(20, random.Random(1)), episode("Q", DAY, codes, **{name: value})])
    sifted_, whole = both_ways([written(tmp_path / "hes.txt", lines)], tmp_path)
    assert sifted_ == whole and sifted_[0] == "Refused"


def test_two_columns_of_one_code_that_disagree_refuse_a_file_on_a_line_that_does_not_matter(tmp_path):
    lines = twice(catalogue.lines_of(ordinary(50, random.Random(2))))
    good, same = both_ways([written(tmp_path / "hes.txt", lines)], tmp_path)
    assert good == same and good[0] != "Refused"
    place = next(n for n, line in enumerate(lines) if n and "W371" in line and "V" not in line)
    lines[place] = lines[place][::-1].replace("173W", "273W", 1)[::-1]
    sifted_, whole = both_ways([written(tmp_path / "hes.txt", lines)], tmp_path)
    assert sifted_ == whole and "OPERTN_nn and OPERTN_4_nn" in sifted_[1]


def test_dates_that_are_mostly_in_another_form_refuse_a_file_whatever_else_is_in_it(tmp_path):
    for share in (0.45, 0.55):
        rows = ordinary(100, random.Random(3))
        odd = [row | {"DISDATE": row["DISDATE"].replace("-", " ")} for row in rows[: int(100 * share)]]
        sifted_, whole = both_ways([written(tmp_path / "hes.txt", catalogue.lines_of(odd + rows[len(odd) :]))], tmp_path)
        assert sifted_ == whole and (sifted_[0] == "Refused") == (share > 0.5)


WAYS = {
    "CRLF": lambda lines: ("\r\n", "\r\n", lines),
    "no last line end": lambda lines: ("\n", "", lines),
    "a blank last line": lambda lines: ("\n", "\n\n", lines),
    "a byte-order mark": lambda lines: ("\n", "\n", ["\ufeff" + lines[0], *lines[1:]]),
    "the last line cut": lambda lines: ("\n", "", [*lines[:-1], lines[-1][:-40]]),
    "quotes here and there": lambda lines: (
        "\n",
        "\n",
        [*lines[:9], *("|".join(f'"{cell}"' for cell in line.split("|")) for line in lines[9:20]), *lines[20:]],
    ),
    "quotes everywhere": lambda lines: (
        "\n",
        "\n",
        [lines[0], *("|".join(f'"{cell}"' for cell in line.split("|")) for line in lines[1:])],
    ),
    "the year before all else": lambda lines: (
        "\n",
        "\n",
        [line.partition("|")[2] + "|" + line.partition("|")[0] for line in lines],
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_however_lines_are_written_a_file_is_staged_the_same_sifted_or_whole(tmp_path, way):
    end, last, lines = WAYS[way](twice(catalogue.lines_of(ordinary(60, random.Random(4)))))
    sifted_, whole = both_ways([written(tmp_path / "hes.txt", lines, end, last)], tmp_path)
    assert sifted_ == whole


def test_copies_of_rows_that_do_not_matter_are_found_within_a_file_between_files_and_with_rows_that_do(tmp_path):
    rows = [row | {"EPIKEY": str(1000 + n)} for n, row in enumerate(ordinary(120, random.Random(6)))]
    idle = [row for row in rows if row["OPERTN_01"] in ("", "W371") and row["DISMETH"] != "4"]
    more = [
        idle[0],
        idle[1] | {"STARTAGE": "51"},
        idle[2] | {"OPERTN_01": "V485"},
        idle[3] | {"FYEAR": "202324"},
        idle[4] | {"FYEAR": "2223"},
    ]
    paths = [
        written(tmp_path / "one.txt", catalogue.lines_of([*rows, idle[5], *more])),
        written(tmp_path / "two.txt", catalogue.lines_of([idle[6], idle[0]])),
    ]
    sifted_, whole = both_ways(paths, tmp_path)
    assert sifted_ == whole
    rules = [row for row in sifted_[1]["episodes_refusals"] if "-copy" in row]
    assert len(rules) == 1 + 1 + 1 + 1 + 1 + 1 + 1


def test_a_last_day_of_a_year_held_only_by_a_copy_put_aside_is_not_its_last_day(tmp_path):
    rows = [episode(f"P{n}", DAY, "W371", EPIKEY=str(n + 1)) for n in range(20)]
    late = episode("L", DAY, "W371", EPIKEY="99", EPIEND="2024-02-01", DISDATE="2024-02-01")
    sifted_, whole = both_ways(
        [written(tmp_path / "hes.txt", catalogue.lines_of([*rows, late, late | {"EPIEND": DAY, "DISDATE": DAY}]))], tmp_path
    )
    assert sifted_ == whole
    assert sifted_[0]["years"]["2023"]["last_end"] == DAY


def test_blocks_may_end_anywhere(tmp_path, monkeypatch):
    lines = twice(catalogue.lines_of(ordinary(80, random.Random(8))))
    path = written(tmp_path / "hes.txt", lines, last="")
    whole = staged([path], tmp_path / "whole", whole=True)
    for size in (50, 777, 4096):
        monkeypatch.setattr(fields, "SIZE", size)
        assert staged([path], tmp_path / "sifted", whole=False) == whole


def test_keys_compared_a_part_at_a_time_are_found_all_the_same(tmp_path, monkeypatch):
    one = sifting.Sifted(tmp_path, years=[{23: 6}])
    sifting.append_keys(tmp_path, {23: np.array([7, 5, 9, 7, 5, 2**64 - 1], "u8")})
    for most in (1, 2, 1 << 24):
        monkeypatch.setattr(repeats, "MOST", most)
        assert sorted(repeats.repeated([one], {23: np.array([9], "u8")})[23].tolist()) == [5, 7, 9]


def test_a_load_that_died_goes_on_with_what_it_had_sifted_and_only_with_that_very_file(tmp_path, monkeypatch):
    path = written(tmp_path / "hes.txt", catalogue.lines_of(ordinary(60, random.Random(9))))
    first = staged([path], tmp_path / "first", whole=False, kept=tmp_path / "sifted")
    assert len(list((tmp_path / "sifted").iterdir())) == 1
    looked = []
    monkeypatch.setattr(sifting, "looked_at", lambda *given, real=sifting.looked_at: looked.append(1) or real(*given))
    assert staged([path], tmp_path / "again", whole=False, kept=tmp_path / "sifted") == first
    assert len(looked) == 1, "only for what may come twice"
    (next((tmp_path / "sifted").iterdir()) / "plain.txt").write_bytes(b"")
    assert staged([path], tmp_path / "damaged", whole=False, kept=tmp_path / "sifted") == first
    assert len(looked) == 3
    written(path, catalogue.lines_of(ordinary(61, random.Random(9))))
    assert staged([path], tmp_path / "other", whole=False, kept=tmp_path / "sifted") != first


def test_every_form_of_a_code_that_cleaning_accepts_is_seen_in_the_bytes():
    from dashboard.load.sieve import Sieve, may_begin_code

    sieve = Sieve(ord("|"), 1, {}, {}, treatment_codes(), 0)
    rng = random.Random(10)
    for code in treatment_codes():
        for _ in range(20):
            form = "".join(
                rng.choice(["", "", "", " ", ".", "-", "&", "*", "_", "/", "\t"]) + rng.choice([c, c.lower()]) for c in code
            )
            block = fields.padded(f"||{form}|\n".encode(), 0, 1)
            assert len(may_begin_code(block.text, sieve)), form


@st.composite
def tables(draw) -> list[dict[str, str]]:
    """Rows with odd cells in odd places, some of them twice."""
    rows = ordinary(draw(st.integers(3, 25)), random.Random(draw(st.integers(0, 999))))
    for _ in range(draw(st.integers(0, 12))):
        name = draw(st.sampled_from(sorted(ODD)))
        at = draw(st.integers(0, len(rows) - 1))
        rows[at] = rows[at] | {name: draw(st.sampled_from(ODD[name]))}
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        rows[at] = rows[at] | {"EPIKEY": "77"}
    return rows


def same_both_ways(rows: list[dict[str, str]], lines: list[str], folder: Path) -> None:
    """Fail unless the rows are staged the same sifted or whole."""
    sifted_, whole = both_ways([written(folder / "hes.txt", lines)], folder)
    assert sifted_ == whole


EXAMPLES = settings(deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(EXAMPLES, max_examples=5)
@given(tables(), st.booleans())
def test_whatever_is_in_the_cells_a_file_is_staged_the_same_sifted_or_whole(tmp_path_factory, rows, doubled):
    lines = catalogue.lines_of(rows)
    same_both_ways(rows, twice(lines) if doubled else lines, tmp_path_factory.mktemp("any"))


@pytest.mark.soak
@settings(EXAMPLES, max_examples=300)
@given(tables(), st.booleans())
def test_whatever_is_in_the_cells_of_three_hundred_files_they_are_staged_the_same(tmp_path_factory, rows, doubled):
    lines = catalogue.lines_of(rows)
    same_both_ways(rows, twice(lines) if doubled else lines, tmp_path_factory.mktemp("any"))


def test_a_layout_whose_codes_are_joined_is_parsed_whole():
    from dashboard.load.files import TextFile
    from dashboard.load.layouts import FOLDER, match, read

    layout = read(FOLDER / "sus.toml")
    names = [aliases[0] for aliases in layout.columns.values() if aliases] + ["DER_PROCEDURE_ALL"]
    assert sifted.sift_file(1, TextFile("sus", Path("sus"), names, ",", 2), match(names, layout), Path("x"), None) is None
    assert len(APC) > 24
