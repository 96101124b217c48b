import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from dashboard.cli import main

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "artificial_hes_apc_0102.csv"


def run(*words: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        code = main([str(word) for word in words])
    assert code == 0
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    if not SAMPLE.exists():
        pytest.skip("the real artificial file is kept beside the repository, and is not here")
    warehouse = tmp_path_factory.mktemp("warehouse")
    report = run("load", SAMPLE, "--warehouse", warehouse)
    return warehouse, report


def test_the_real_artificial_file_is_read_whole(loaded):
    assert "2,075 rows read" in loaded[1]


def test_it_holds_two_blocks_that_count_and_no_denervation(loaded):
    warehouse, _ = loaded
    blocks = run("rows", "blocks", "--warehouse", warehouse, "--format", "csv").splitlines()
    assert len(blocks) == 1 + 2
    assert run("rows", "denervations", "--warehouse", warehouse, "--format", "csv").splitlines()[1:] == []


def test_its_baby_age_is_flagged_and_out_of_the_blocks(loaded):
    warehouse, _ = loaded
    refusals = run("rows", "refusals", "--warehouse", warehouse, "--format", "csv")
    assert "baby-age,STARTAGE,7006" in refusals


def test_its_blocks_are_answered_by_year(loaded):
    warehouse, _ = loaded
    answer = run(
        "measure",
        "blocks",
        "--by",
        "england",
        "--period",
        "year",
        "--profile",
        "exact",
        "--warehouse",
        warehouse,
        "--format",
        "csv",
    )
    assert answer.splitlines()[1].startswith("blocks,england,E92,England,2001/02,2,,2,")


def test_a_file_without_a_known_column_is_refused_with_its_name(tmp_path, capsys):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("A|B\n1|2\n", encoding="utf-8")
    assert main(["load", str(wrong), "--warehouse", str(tmp_path / "w")]) == 2
    assert "wrong.txt" in capsys.readouterr().err


def test_an_empty_file_is_refused(tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert main(["load", str(empty), "--warehouse", str(tmp_path / "w")]) == 2
    assert "empty" in capsys.readouterr().err
