"""A load holds no more memory for a file four times as long, when what matters in it is the same."""

import random
import sys
from pathlib import Path

import pytest

from dashboard.load.reading import working_memory
from tests.load import catalogue
from tests.load.peak import peak_of
from tests.load.sifting import ordinary
from tests.make_hes import episode

MATTER = 200


def file_of(path: Path, size: int) -> Path:
    """A file of some bytes: the rows that matter, then rows that do not, each with a record number of its own."""
    rows = [
        row | {"EPIKEY": "KEY"}
        for row in ordinary(400, random.Random(7))
        if "V" not in row["OPERTN_01"] and row["DISMETH"] == "1"
    ]
    header, *idle = catalogue.lines_of(rows)
    matter = catalogue.lines_of([episode(f"M{n}", "2023-05-10", "V485", EPIKEY=str(n + 1)) for n in range(MATTER)])[1:]
    with path.open("w", encoding="ascii") as stream:
        stream.write("\n".join([header, *matter]) + "\n")
        number = MATTER
        while stream.tell() < size:
            number += len(idle)
            stream.writelines(line.replace("KEY", str(number - n)) + "\n" for n, line in enumerate(idle))
    return path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_a_file_four_times_as_long_takes_no_more_memory(tmp_path):
    short, long = (peak_of(file_of(tmp_path / f"{size}.txt", size << 20), tmp_path / str(size)) for size in (20, 80))
    assert long < short + (24 << 20), f"{short >> 20} MB and {long >> 20} MB"


def test_a_build_has_512_mb_and_more_only_for_more_than_twice_englands_cohort(tmp_path):
    england = 22_000_000  # bytes of Parquet that the demo of England's size is staged as
    told = [working_memory(tmp_path, staged)["memory_limit"] for staged in (0, england, 4 * england)]
    assert told == ["512MB", "512MB", "1056MB"]
