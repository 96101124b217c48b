"""Whatever is in a file, a load ends in a sentence: no traceback, no half version, no row unaccounted for.

The examples are the same in each run. `python -m tests.load.test_fuzz 500` tries that many new ones.
"""

import gzip
import random
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from dashboard import versions
from dashboard.warehouse import OneVersion
from tests.load.catalogue import lines_of
from tests.make_hes import APC, episode
from tests.worked.command import run

ROWS = [episode(f"P{n}", f"2023-05-{n + 1:02d}", "V485 Z676") for n in range(8)]
ODD = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12)
VALUES = st.one_of(
    ODD,
    st.sampled_from(["", "NULL", "null", "&", "-", "1800-01-01", "1582-10-15", "9999-12-31", "2023-02-30", "31/12/2023", "1e99"]),
    st.sampled_from(
        ["nan", "-1", "0", "999", "7001", "2023-05-10T00:00:00", "'; drop table raw; --", "=1+1", '"', '""', "|", "V48", "\t"]
    ),
    st.integers().map(str),
    st.dates().map(str),
)
HEADS = st.one_of(
    ODD, st.sampled_from([*APC, "epikey", " EPIKEY ", "OPERTN_1", "OPERTN_25", "DIAG_00", "PROCODE", "FYEAR_1", ""])
)
ENCODINGS = ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32"]


@st.composite
def files(draw) -> tuple[str, bytes]:
    """The name and bytes of a HES file in which a few things went wrong."""
    table = [line.split("|") for line in lines_of(ROWS)]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(table[0]) - 1))
        table[0][at] = draw(HEADS)
    for _ in range(draw(st.integers(0, 6))):
        row = table[draw(st.integers(1, len(table) - 1))]
        row[draw(st.integers(0, len(row) - 1))] = draw(VALUES)
    damage = draw(st.sampled_from(["none", "short", "long", "shuffled", "twice", "no rows", "no head", "columns"]))
    text = as_text(damaged(table, damage, random.Random(draw(st.integers(0, 9)))), draw)
    content = text.encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    content = cut(content, draw)
    if draw(st.integers(0, 4)) == 0:
        return "hes.txt.gz", cut(gzip.compress(content), draw)
    return draw(
        st.sampled_from(["hes.txt", "hes.csv", "hes.dat", "FILE0199999_HES_APC_202399.txt", "hes.parquet", "hes.zip"])
    ), content


def damaged(table: list[list[str]], damage: str, rng: random.Random) -> list[list[str]]:
    """The table after one thing that happens to whole lines."""
    at = rng.randrange(1, len(table))
    if damage in ("short", "long"):
        table[at] = table[at][:-1] if damage == "short" else [*table[at], "x"]
    if damage == "shuffled":
        rng.shuffle(table)
    if damage == "columns":
        order = rng.sample(range(len(table[0])), len(table[0]) - rng.randrange(3))
        return [[row[place] for place in order] for row in table]
    return {"twice": table + table[1:], "no rows": table[:1], "no head": table[1:]}.get(damage, table)


def as_text(table: list[list[str]], draw) -> str:
    delimiter = draw(st.sampled_from(["|", "|", "|", ",", "\t", ";"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"]))
    quote = draw(st.sampled_from(["", "", '"', "'"]))
    return end.join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in table) + draw(st.sampled_from(["", end]))


def cut(content: bytes, draw) -> bytes:
    """The bytes, mostly whole; now and then cut short, or with some bytes put over others."""
    if content and draw(st.integers(0, 9)) == 0:
        return content[: draw(st.integers(0, len(content)))]
    if content and draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content) - 1))
        return content[:at] + draw(st.binary(max_size=4)) + content[at + 1 :]
    return content


def ends_in_a_sentence(name: str, content: bytes) -> None:
    """Load the file; fail on anything but a version that accounts for each row, or one line that says why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        warehouse = Path(folder) / "warehouse"
        status, out, err = run(
            "load", path, "--warehouse", warehouse, "--force", "quarantined", "--force", "provider-quarantined"
        )
        assert status in (0, 2, 3), (out, err)
        assert "Traceback" not in err and (status == 0 or err.count("\n") == 1), err
        assert (warehouse / "CURRENT").exists() == (status == 0)
        if status == 0:
            with OneVersion(versions.path_of(warehouse, versions.listed(warehouse)[0])) as version:
                file = version.table("sources").iloc[0]
            assert 0 < file["rows_loaded"] <= file["rows_read"] - file["rows_quarantined"]


# each example is a whole load: a failing one is told as it was found, not made smaller first
FUZZ = settings(deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(FUZZ, max_examples=3)
@given(files())
def test_whatever_is_in_a_file_the_load_ends_in_a_sentence(file):
    ends_in_a_sentence(*file)


@pytest.mark.soak
@settings(FUZZ, max_examples=100)
@given(files())
def test_whatever_is_in_a_hundred_files_the_load_ends_in_a_sentence(file):
    ends_in_a_sentence(*file)


if __name__ == "__main__":
    try_many = settings(max_examples=int(sys.argv[1]), deadline=None, suppress_health_check=list(HealthCheck))
    seed(random.randrange(1 << 30))(try_many(given(files())(lambda file: ends_in_a_sentence(*file))))()
