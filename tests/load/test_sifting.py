"""Lines that cannot matter are counted and not parsed: nothing that is kept, said or refused may differ from a whole parse."""

import random

import pytest

from tests.load import catalogue
from tests.load.sifting import DAY, NOT_REFUSED, ODD, both_ways, ordinary, twice, written
from tests.make_hes import episode

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
