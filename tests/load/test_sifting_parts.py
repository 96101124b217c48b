"""The parts of sifting: blocks of lines, repeated record numbers, what outlives a load that died, codes in bytes; and any rows at all."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.load import fields, repeats, sifted, sifting
from dashboard.load.reference import treatment_codes
from tests.load import catalogue
from tests.load.sifting import ODD, both_ways, ordinary, staged, twice, written


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
            block = fields.padded([f"||{form}|\n".encode()], 0, 1)
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
