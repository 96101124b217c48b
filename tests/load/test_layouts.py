"""The same patients in every layout: the facts must be the same."""

import csv
import gzip
import zipfile
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from dashboard.errors import Refused
from dashboard.load import layouts
from tests.load.catalogue import lines_of
from tests.make_hes import APC, appointment, death, episode, numbered, write_apc, write_deaths, write_op, write_sus
from tests.worked.command import columns, run, table

ROWS = [
    episode("Ann", "2023-05-10", "V485 Z676 Z941", STP_RESPONSIBILITY="QKK", SUSSPELLID="1"),
    episode("Bob", "2023-06-10", "W903 V487 Z675 Y532", "M545 I10", PROCODE3="RA9", SUSSPELLID="2", STARTAGE="71"),
    episode("Ann", "2023-04-10", "V544", SUSSPELLID="3", CLASSPAT="1"),
    episode("Cat", "2023-09-10", "V544", PROCODE3="NT302", SUSSPELLID="4"),
    episode("Dan", "2023-09-10", "W371", SUSSPELLID="5"),
]


def dars(folder: Path) -> list:
    return [write_apc(folder / "dars.txt", ROWS)]


def yearly(folder: Path) -> list:
    """Comma separated, the names in a file of their own, the person under the name of those years."""
    head, *lines = lines_of(ROWS, ",", TOKEN_PERSON_ID="ENCRYPTED_HESID")
    (folder / "header.csv").write_text(head + "\n")
    (folder / "year.csv").write_text("\n".join(lines) + "\n")
    return [folder / "year.csv", "--header", folder / "header.csv"]


def in_parquet(folder: Path) -> list:
    """Upper case, derived dates as dates, the year as a number."""
    names = {name: f"{name}_DERIVED" for name in ("EPISTART", "EPIEND", "ADMIDATE", "DISDATE")}
    rows = numbered(ROWS)
    content = {names.get(name, name): pyarrow.array([row[name] or None for row in rows], pyarrow.string()) for name in APC}
    for name in names.values():
        content[name] = content[name].cast(pyarrow.date32())
    content["FYEAR"] = pyarrow.array([2324.0] * len(rows))
    parquet.write_table(pyarrow.table(content), folder / "hes.parquet")
    return [folder / "hes.parquet"]


def sus(folder: Path) -> list:
    return [write_sus(folder / "sus.csv", ROWS)]


def gzipped(folder: Path) -> list:
    (folder / "dars.txt.gz").write_bytes(gzip.compress(dars(folder)[0].read_bytes()))
    return [folder / "dars.txt.gz"]


def zipped(folder: Path) -> list:
    """Two members, half of the rows each."""
    head, *lines = lines_of(ROWS)
    with zipfile.ZipFile(folder / "year.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "\n".join([head, *lines[:2]]) + "\n")
        archive.writestr("b.txt", "\n".join([head, *lines[2:]]) + "\n")
    return [folder / "year.zip"]


def own(folder: Path) -> list:
    """A layout that somebody copied and changed."""
    (folder / "ours.toml").write_text('title = "Ours"\nextends = "hes"\nsignature = []\n', encoding="utf-8")
    return [*dars(folder), "--layout", folder / "ours.toml"]


def latin(folder: Path) -> list:
    (folder / "latin.txt").write_text("\n".join(lines_of(ROWS)) + "\n", encoding="utf-16")
    return [folder / "latin.txt", "--encoding", "utf-16"]


def fractions(folder: Path) -> list:
    """Numbers as pandas writes a column of them that has a blank: 3 is 3.0."""
    numbers = ("FYEAR", "EPIORDER", "EPISTAT", "STARTAGE", "SEX", "ADMIMETH", "ADMINCAT", "CLASSPAT", "DISMETH")
    return [write_apc(folder / "pandas.txt", [row | {name: f"{int(row[name])}.0" for name in numbers} for row in ROWS])]


LAYOUTS = {
    "dars": dars,
    "yearly": yearly,
    "parquet": in_parquet,
    "sus": sus,
    "gz": gzipped,
    "zip": zipped,
    "own": own,
    "utf-16": latin,
    "fractions": fractions,
}


SOON = ("yearly", "sus", "fractions")


@pytest.fixture(scope="module", params=[pytest.param(name, marks=[] if name in SOON else pytest.mark.soak) for name in LAYOUTS])
def loaded(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    status, out, err = run("load", *LAYOUTS[request.param](folder), "--warehouse", folder / "warehouse")
    assert status == 0, err
    return folder / "warehouse", out


def test_the_denervations_are_the_same_in_every_layout(loaded):
    found = columns(table(loaded[0], "denervations"), "person", "date", "provider", "commissioner", "age", "ebi", "image_control")
    assert found == [
        ("Ann", "2023-05-10", "RTH", "QKK", "50", "true", "false"),
        ("Bob", "2023-06-10", "RA9", "QKK", "71", "false", "true"),
    ]


def test_the_blocks_are_the_same_in_every_layout(loaded):
    found = columns(table(loaded[0], "blocks"), "person", "date", "provider")
    assert found == [("Ann", "2023-04-10", "RTH"), ("Cat", "2023-09-10", "NT3")]


def test_every_row_is_accounted_for(loaded):
    read = [line for line in loaded[1].splitlines() if " rows read" in line]
    assert sum(int(line.split(", ")[1].split()[0]) for line in read) == len(ROWS)
    assert all("0 put aside" in line for line in read)


@pytest.mark.soak
def test_the_flag_of_sus_is_held_against_the_rule_used_here(tmp_path):
    flagged = [episode("Ann", "2023-05-10", "V485 Z676", EBI_FLAG="1"), episode("Bob", "2023-05-10", "V487", EBI_FLAG="EBI2_K")]
    none = [episode("Cat", "2023-05-10", "V485 Z676", EBI_FLAG="0"), episode("Dan", "2023-05-10", "V485 Z676")]
    _, out, _ = run("load", write_sus(tmp_path / "sus.csv", flagged + none), "--warehouse", tmp_path / "warehouse")
    assert "2023/24: 1 both, 1 SUS only, 1 here only, 0 neither" in out


def test_deaths_come_plain_or_as_records_with_a_bridge(tmp_path):
    hes = write_apc(tmp_path / "hes.txt", [episode("Ann", "2023-05-10", "V544"), episode("Bob", "2023-05-10", "V544")])
    bridge = [["ENCRYPTED_HESID", "RECORD_ID", "DEATH_RECORD_USED"], ["Ann", "1", "1"], ["Bob", "2", "0"], ["Eve", "3", "1"]]
    records = [["RECORD_ID", "DOD"], ["1", "20230610"], ["2", "20230610"]]
    for name, rows in (("bridge.csv", bridge), ("records.csv", records)):
        with (tmp_path / name).open("w", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    linked = ["--deaths", tmp_path / "records.csv", tmp_path / "bridge.csv"]
    plain = ["--deaths", write_deaths(tmp_path / "deaths.csv", [death("Bob", "2023-06-10")])]
    for number, given, dead in ((1, linked, "Ann"), (2, plain, "Bob")):
        days = ["--data-start", "2020-04-01", "--data-end", "2024-03-31"]
        status, _, err = run("load", hes, *given, "--warehouse", tmp_path / str(number), *days)
        assert status == 0, err
        outcomes = dict(columns(table(tmp_path / str(number), "index_blocks"), "person", "outcome"))
        assert [person for person, outcome in outcomes.items() if outcome == "death"] == [dead]


@pytest.mark.parametrize("extended", ["hes", "dars"])
def test_a_layout_that_names_one_column_keeps_every_other_of_the_one_it_extends_and_of_what_that_extends(tmp_path, extended):
    own = tmp_path / "registry.toml"
    own.write_text(
        f'title = "x"\nextends = "{extended}"\nsignature = ["REG_ID"]\n[columns]\nperson = ["REG_ID"]\n', encoding="utf-8"
    )
    ours, base = layouts.read(own).columns, layouts.read(layouts.FOLDER / "dars.toml").columns
    assert ours == base | {"person": ["REG_ID"]}


def test_a_code_written_as_a_fraction_is_the_code(tmp_path):
    lost = {"private": {"ADMINCAT": "2.0"}, "emergency": {"ADMIMETH": "21.0"}, "unfinished": {"EPISTAT": "1.0"}}
    rows = [episode(person, "2023-05-10", "V485", SEX="2.0", **row) for person, row in (lost | {"counted": {}}).items()]
    rows.append(episode("dead", "2023-05-10", "V544", DISMETH="4.0"))
    seen = write_op(tmp_path / "op.txt", [appointment("counted", "2023-05-09", ATTENDED="5.0", TRETSPEF="650.0")])
    hes = [write_apc(tmp_path / "hes.txt", rows), "--op", seen, "--data-start", "2020-04-01", "--warehouse", tmp_path / "w"]
    assert run("load", *hes)[0] == 0
    assert columns(table(tmp_path / "w", "denervations"), "person", "sex") == [("counted", "2")]
    assert columns(table(tmp_path / "w", "index_blocks"), "person", "outcome") == [("dead", "death")]
    care = [row["state"] for row in table(tmp_path / "w", "adherence") if row["criterion"] == "conservative_care"]
    assert care == ["met"]


def test_a_person_written_as_a_fraction_is_the_person(tmp_path):
    rows = [episode("901.0", "2023-05-10", "V544"), episode("901.0", "2023-08-10", "V485")]
    rows += [rows[0] | {"EPIKEY": "77.0"}, rows[0] | {"EPIKEY": "77", "TOKEN_PERSON_ID": "901"}]
    died = write_deaths(tmp_path / "deaths.csv", [death("901", "2023-06-10")])
    hes = [write_apc(tmp_path / "hes.txt", rows), "--deaths", died, "--data-start", "2020-04-01", "--warehouse", tmp_path / "w"]
    assert run("load", *hes)[0] == 0
    assert columns(table(tmp_path / "w", "index_blocks"), "person", "outcome", "days") == [("901", "death", "31")]
    assert [row["rule"] for row in table(tmp_path / "w", "refusals")] == ["exact-copy"]


def test_a_layout_that_extends_itself_is_refused(tmp_path):
    own = tmp_path / "registry.toml"
    own.write_text('title = "x"\nextends = "registry"\nsignature = []\n', encoding="utf-8")
    with pytest.raises(Refused, match="extends itself"):
        layouts.read(own)
