"""However the same rows arrive, the version says the same: its content hash must not move."""

import random
from pathlib import Path

import pytest

from dashboard.load.batch import Wanted
from dashboard.publish.run import load
from dashboard.warehouse import Warehouse
from tests.load.catalogue import lines_of
from tests.make_hes import episode
from tests.recount.random_hes import dataset
from tests.worked.command import run

DATA = dataset(7, outpatients=False, deaths=False)


def content(folder: Path, name: str, *files: str) -> str:
    """The content hash of a version made of these texts."""
    paths = []
    for number, text in enumerate(files):
        paths.append(folder / f"{name}-{number}.txt")
        paths[-1].write_bytes(text.encode())
    days = ["--data-start", DATA.start, "--data-end", DATA.end, "--force", "quarantined", "--force", "provider-quarantined"]
    status, _, err = run("load", *paths, "--warehouse", folder / name, *days)
    assert status == 0, err
    return Warehouse(folder / name).about["content_hash"]


@pytest.fixture(scope="module")
def lines():
    """Random rows, each record number once: of two with one number the later holds, so there order matters by design."""
    return lines_of(list({(row["FYEAR"], row["EPIKEY"]): row for row in DATA.apc}.values()))


def joined(lines: list[str], end: str = "\n") -> str:
    return end.join(lines) + end


WAYS = {
    "columns in another order, shuffled, CRLF, byte-order mark": lambda head, rows, rng: [
        "\ufeff" + joined(reordered([head, *rng.sample(rows, len(rows))], rng), "\r\n")
    ],
    "split, later first, quotes, no last line end, lower case, dots": lambda head, rows, rng: [
        joined(quoted([head, *rows[half::2]])).replace("V485", " v48.5")[:-1] for half in (1, 0)
    ],
    "shuffled": lambda head, rows, rng: [joined([head, *rng.sample(rows, len(rows))])],
    "split": lambda head, rows, rng: [joined([head, *rows[half::3]]) for half in range(3)],
    "split, later first": lambda head, rows, rng: [joined([head, *rows[half::2]]) for half in (1, 0)],
    "with CRLF": lambda head, rows, rng: [joined([head, *rows], "\r\n")],
    "columns in another order": lambda head, rows, rng: [joined(reordered([head, *rows], rng))],
    "without a last line end": lambda head, rows, rng: [joined([head, *rows])[:-1]],
    "with quotes": lambda head, rows, rng: [joined(quoted([head, *rows]))],
    "with a byte-order mark": lambda head, rows, rng: ["\ufeff" + joined([head, *rows])],
    "with codes in lower case and dots": lambda head, rows, rng: [
        joined([head, *(row.replace("V485", " v48.5") for row in rows)])
    ],
}


def reordered(lines: list[str], rng: random.Random) -> list[str]:
    """The same columns in another order."""
    order = list(range(lines[0].count("|") + 1))
    rng.shuffle(order)
    return ["|".join(line.split("|")[at] for at in order) for line in lines]


def quoted(lines: list[str]) -> list[str]:
    """The same lines, every cell but the names in quotes."""
    return [lines[0], *("|".join(f'"{cell}"' for cell in line.split("|")) for line in lines[1:])]


@pytest.fixture(scope="module")
def plain(lines, tmp_path_factory):
    return content(tmp_path_factory.mktemp("plain"), "plain", joined(lines))


# a load each: the first holds most of the rest, which are looked at one by one in the long run
SOON = ("columns in another order, shuffled, CRLF, byte-order mark",)


@pytest.mark.parametrize("way", [pytest.param(way, marks=[] if way in SOON else pytest.mark.soak) for way in WAYS])
def test_the_same_rows_make_the_same_version(way, lines, plain, tmp_path):
    head, *rows = lines
    assert content(tmp_path, "other", *WAYS[way](head, rows, random.Random(3))) == plain


def test_one_row_more_makes_another(lines, plain, tmp_path):
    _, more = lines_of([episode("one more", DATA.end, "V485", EPIKEY="1")])
    assert content(tmp_path, "more", joined([*lines, more])) != plain


def test_a_sifted_file_makes_the_same_version_as_one_parsed_whole_and_nothing_sifted_is_left(tmp_path, lines):
    path = tmp_path / "hes.txt"
    path.write_text(joined(lines), encoding="utf-8")
    hashes = set()
    for sift_from in (0, 1 << 24):
        forced = frozenset({"quarantined", "provider-quarantined"})
        assert load(Wanted((path,), force=forced, sift_from=sift_from), tmp_path / str(sift_from)).version
        assert not (tmp_path / str(sift_from) / "sifted").exists()
        hashes.add(Warehouse(tmp_path / str(sift_from)).about["content_hash"])
    assert len(hashes) == 1
