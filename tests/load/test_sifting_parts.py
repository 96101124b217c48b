"""The parts of sifting: blocks of lines, repeated record numbers, what outlives a load that died, codes in bytes; and any rows at all."""

import datetime as dt
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.load import blocks, idle, repeats, sifted, sifting, tally
from dashboard.load.blocks import Block
from dashboard.load.idle import IDLE, KEPT
from dashboard.load.layouts import FOLDER, match, read
from dashboard.load.reference import treatment_codes
from dashboard.load.sieve import looked_at, plan_for
from tests.load import catalogue
from tests.load.sifting import DAY, ODD, both_ways, ordinary, staged, twice, written
from tests.make_hes import episode


def test_blocks_may_end_anywhere(tmp_path, monkeypatch):
    lines = twice(catalogue.lines_of(ordinary(80, random.Random(8))))
    path = written(tmp_path / "hes.txt", lines, last="")
    whole = staged([path], tmp_path / "whole", whole=True)
    for size in (50, 777, 4096):
        monkeypatch.setattr(blocks, "SIZE", size)
        assert staged([path], tmp_path / "sifted", whole=False) == whole


def test_keys_compared_a_part_at_a_time_are_found_all_the_same(tmp_path, monkeypatch):
    one = sifting.Sifted(tmp_path, years=[{23: 6}])
    sifting.append_keys(tmp_path, {23: np.array([7, 5, 9, 7, 5, 2**64 - 1], "u8")})
    for most in (1, 2, 1 << 24):
        monkeypatch.setattr(repeats, "MOST", most)
        assert sorted(repeats.repeated([one], {23: np.array([9], "u8")})[23].tolist()) == [5, 7, 9]


def test_rows_there_is_no_room_to_count_are_read_in_full_and_nothing_else_changes(tmp_path, monkeypatch):
    path = written(tmp_path / "hes.txt", catalogue.lines_of(ordinary(60, random.Random(11))))
    whole = staged([path], tmp_path / "whole", whole=True)
    for most in (2, 8, 16):
        monkeypatch.setattr(tally, "MOST", most)
        assert staged([path], tmp_path / "sifted", whole=False) == whole


def test_compiled_code_that_cannot_be_kept_anywhere_runs_all_the_same():
    named = {}
    exec("def double(number): return 2 * number", named)  # a function of no file, beside which nothing can be kept
    assert idle.kept(named["double"])(21) == 42


def test_a_load_that_died_goes_on_with_what_it_had_sifted_and_only_with_that_very_file(tmp_path, monkeypatch):
    path = written(tmp_path / "hes.txt", catalogue.lines_of(ordinary(60, random.Random(9))))
    first = staged([path], tmp_path / "first", whole=False, kept=tmp_path / "sifted")
    assert len(list((tmp_path / "sifted").iterdir())) == 1
    looked = []
    monkeypatch.setattr(sifting, "every", lambda *given, real=sifting.every: looked.append(1) or real(*given))
    assert staged([path], tmp_path / "again", whole=False, kept=tmp_path / "sifted") == first
    assert len(looked) == 1, "only for what may come twice"
    (next((tmp_path / "sifted").iterdir()) / "kept.txt").write_bytes(b"")
    assert staged([path], tmp_path / "damaged", whole=False, kept=tmp_path / "sifted") == first
    assert len(looked) == 3
    for keys in next((tmp_path / "sifted").iterdir()).glob("*.keys"):
        keys.write_bytes(bytes(byte ^ 1 for byte in keys.read_bytes()))
    assert staged([path], tmp_path / "flipped", whole=False, kept=tmp_path / "sifted") == first
    assert len(looked) == 5
    written(path, catalogue.lines_of(ordinary(61, random.Random(9))))
    assert staged([path], tmp_path / "other", whole=False, kept=tmp_path / "sifted") != first


HEADER = catalogue.lines_of(ordinary(1, random.Random(1)))[0].split("|")


def told(rows: list[dict[str, str]], names: list[str] = HEADER) -> list[int]:
    """What each row is taken for from its bytes."""
    matched = match(names, read(FOLDER / "dars.toml"))
    plan = plan_for(matched, "|", len(names), treatment_codes(), dt.date(2024, 6, 30))
    text = "".join("|".join(row[name] for name in names) + "\n" for row in rows).encode()
    return looked_at(Block(text, 0, 2), plan).lines["what"].tolist()


def test_every_form_of_a_code_that_cleaning_accepts_is_seen_in_the_bytes():
    rng = random.Random(10)
    for code in treatment_codes():
        forms = [
            "".join(rng.choice(["", "", "", " ", ".", "-", "&", "*", "_", "/", "\t"]) + rng.choice([c, c.lower()]) for c in code)
            for _ in range(20)
        ]
        rows = [idle_row(OPERTN_01="W371", OPERTN_24=form) for form in forms]
        assert told(rows) == [KEPT] * len(rows), forms


def idle_row(**cells: str) -> dict[str, str]:
    """A row that cannot matter, but for some cells."""
    return episode("P", DAY, "", EPIKEY="7") | cells


DAYS = ["2024-02-29", "2023-12-31", "2000-02-29", "1900-01-01", "2024-06-30", "1800-01-01", "1582-10-15", ""]
NO_DAYS = [
    "2023-02-29",
    "1900-02-29",
    "2024-04-31",
    "2024-00-10",
    "2024-13-10",
    "2024-01-00",
    "2024-01-32",
    "1499-01-01",
    "2024-1-100",
]


def test_a_row_is_counted_with_any_day_there_is_up_to_today_and_read_in_full_with_what_is_none():
    assert told([idle_row(OPDATE_02=day) for day in DAYS]) == [IDLE] * len(DAYS)
    for name in ("EPISTART", "EPIEND", "ADMIDATE", "DISDATE", "OPDATE_24"):
        assert told([idle_row(**{name: day}) for day in NO_DAYS]) == [KEPT] * len(NO_DAYS), name
    assert told([idle_row(EPIEND="2024-06-30"), idle_row(EPIEND="2024-07-01")]) == [IDLE, KEPT]


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

    layout = read(FOLDER / "sus.toml")
    names = [aliases[0] for aliases in layout.columns.values() if aliases] + ["DER_PROCEDURE_ALL"]
    assert sifted.sift_file(1, TextFile("sus", Path("sus"), names, ",", 2), match(names, layout), Path("x"), None) is None
