"""The synthetic files as files: named, laid out and coded as the archive's are, and nobody real in them."""

import csv
import filecmp
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from dashboard import demo
from dashboard.errors import Refused

ROOT = Path(__file__).parent.parent.parent
REFERENCE, SHARED = ROOT / "data" / "reference", ROOT.parent / "shared"
PROCEDURES = [f"{name}_{at:02}" for name in ("OPERTN", "OPERTN_4", "OPDATE") for at in range(1, 9)]
LOOKED_AT = {
    "TOKEN_PERSON_ID", "Token_Person_ID", "EPIKEY", "FYEAR", "EPISTART", "EPIEND", "STARTAGE", "ADMIMETH", "ADMINCAT", "DIAG_02",
    "PROCODE3", "PROCODET", "CCG_RESPONSIBILITY", "STP_RESPONSIBILITY", *PROCEDURES,
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> list[Path]:
    return demo.write(tmp_path_factory.mktemp("demo"), scale=0.02)


@pytest.fixture(scope="module")
def busy_year(tmp_path_factory) -> Path:
    return demo.write(tmp_path_factory.mktemp("busy"), first=2014, last=2014, scale=0.1)[0]


def lines(path: Path) -> list[str]:
    """A file's lines, header first; a byte that UTF-8 cannot hold is kept as it is."""
    return path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()


@cache
def rows(path: Path) -> list[dict[str, str]]:
    """The whole rows of a file, with the columns looked at here."""
    header, *body = (line.split("|") for line in lines(path))
    at = [number for number, name in enumerate(header) if name in LOOKED_AT]
    return [{header[number]: cells[number] for number in at} for cells in body if len(cells) == len(header)]


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def admitted(paths: list[Path]) -> list[Path]:
    return [path for path in paths if "_APC_" in path.name]


def test_there_is_a_file_of_admissions_and_of_appointments_for_every_year_and_one_of_deaths(written):
    years = [f"{year % 100}{year % 100 + 1}" for year in range(2012, 2026)]
    wanted = {f"FILE_SYNTHETIC_HES_{kind}_{year}.txt" for kind in ("APC", "OP") for year in years}
    assert {path.name for path in written} == wanted | {"FILE_SYNTHETIC_DEATHS.txt"}
    assert all(path.stat().st_size > 0 for path in written)


def test_every_person_key_says_that_it_is_synthetic(written):
    for path in written:
        if "DEATHS" in path.name:
            header, *body = path.read_text(encoding="utf-8").splitlines()
            assert header == "TOKEN_PERSON_ID,DATE_OF_DEATH"
            assert all(re.fullmatch(r"SYNTHETIC\d{9},\d{4}-\d\d-\d\d", line) for line in body)
        else:
            keys = {row.get("TOKEN_PERSON_ID", row.get("Token_Person_ID")) for row in rows(path)}
            assert keys
            assert all(key.startswith("SYNTHETIC") or key == "-" for key in keys)


def test_the_columns_are_those_of_a_real_extract_and_the_two_of_responsibility(written):
    for kind, more in (("apc", {"CCG_RESPONSIBILITY", "STP_RESPONSIBILITY"}), ("op", set())):
        layout = SHARED / "samples" / f"cured_csvw_{kind}.json"
        if not layout.exists():
            pytest.skip("the description of a real extract is not here")
        schema = json.loads(layout.read_text(encoding="utf-8"))
        columns = (schema.get("tableSchema") or schema["tables"][0]["tableSchema"])["columns"]
        real = {column.get("name") or column["titles"] for column in columns}
        paths = [path for path in written if f"_{kind.upper()}_" in path.name]
        assert all(set(lines(path)[0].split("|")) == real | more for path in paths)


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(tmp_path):
    one, same, other = (
        demo.write(tmp_path / name, seed=seed, first=2018, last=2019, scale=0.01)
        for name, seed in (("one", 4), ("same", 4), ("other", 5))
    )
    assert [path.name for path in one] == [path.name for path in same] == [path.name for path in other]
    assert all(filecmp.cmp(mine, its, shallow=False) for mine, its in zip(one, same, strict=True))
    assert not any(filecmp.cmp(mine, its, shallow=False) for mine, its in zip(one, other, strict=True))


@pytest.mark.parametrize(
    "arguments", [{"first": 2011}, {"last": 2026}, {"first": 2020, "last": 2019}, {"scale": 0}, {"seed": -1}], ids=str
)
def test_years_scale_and_seed_out_of_range_are_refused(tmp_path, arguments):
    with pytest.raises(Refused, match="2012 to 2025"):
        demo.write(tmp_path, **arguments)


def test_every_provider_is_fictional_and_unknown_to_every_list_of_real_ones(written):
    fictional = {row["code"]: row for row in reference("fictional_providers")}
    named = {(row["PROCODE3"] or row["PROCODET"][:3]) for path in admitted(written) for row in rows(path)}
    assert len(named) > 100
    assert named <= set(fictional)
    assert not set(fictional) & {row["code"] for row in reference("providers")}
    assert all("(fictional" in row["name"] and row["fictional"] == "1" for row in fictional.values())


def test_no_invented_name_sounds_like_a_real_one():
    real = " ".join(row["name"] for row in reference("providers")).casefold()
    assert not [row["name"] for row in reference("fictional_providers") if row["name"].split()[0].casefold() in real]


def test_no_organisation_in_the_open_lists_holds_an_invented_code():
    if not SHARED.exists():
        pytest.skip("the open lists of organisations are not here")
    real = set()
    for path in (SHARED / "reference").glob("*.csv"):
        real |= set(re.findall(r"\b[A-Z0-9]{3}\b", path.read_text(encoding="utf-8", errors="replace")))
    assert len(real) > 200
    assert not real & {row["code"] for row in reference("fictional_providers")}


def test_every_record_has_a_number_of_its_own_and_the_year_of_its_file(written):
    for path in admitted(written):
        numbers = [row["EPIKEY"] for row in rows(path)]
        assert all(re.fullmatch(r"\d{12,19}", number) for number in numbers)
        assert len(set(numbers)) == len(numbers)
        assert {row["FYEAR"] for row in rows(path)} == {path.stem[-4:]}


def test_both_ways_of_naming_a_procedure_agree(written):
    for row in rows(admitted(written)[0]):
        assert all(row[f"OPERTN_{at:02}"] == row[f"OPERTN_4_{at:02}"] for at in range(1, 9))
        assert all(bool(row[f"OPERTN_{at:02}"]) == bool(row[f"OPDATE_{at:02}"]) for at in range(1, 9))


def test_an_independent_provider_is_known_by_the_code_of_its_site_alone(written):
    sites = {row["PROCODET"] for path in admitted(written) for row in rows(path) if not row["PROCODE3"]}
    assert sites
    assert all(re.fullmatch(r"N..0[12]", site) for site in sites)


def test_a_provider_that_merged_is_under_its_old_code_until_it_closed(written):
    [merger] = reference("fictional_successors")
    seen = {path.stem[-4:] for path in admitted(written) for row in rows(path) if row["PROCODE3"] == merger["code"]}
    assert seen
    assert max(seen) == "1819"


def test_areas_are_under_the_codes_of_their_time(written):
    known = {row["subicb"] for row in reference("subicb_icb")}
    boards = {row["icb_2022"] for row in reference("subicb_icb")}
    before, after = rows(admitted(written)[0]), rows(admitted(written)[-1])
    assert {row["CCG_RESPONSIBILITY"] for row in after} <= known
    assert not {row["CCG_RESPONSIBILITY"] for row in before} <= known
    assert {row["STP_RESPONSIBILITY"] for row in before} == {""}
    assert {row["STP_RESPONSIBILITY"] for row in after} <= boards


def test_bad_rows_are_there_but_too_few_to_stop_a_load(busy_year):
    header, *body = lines(busy_year)
    numbers = Counter(row["EPIKEY"] for row in rows(busy_year))
    ragged = sum(line.count("|") != header.count("|") for line in body)
    unreadable = sum(re.search("[\udc80-\udcff]", line) is not None for line in body)
    backwards = sum(row["EPIEND"] < row["EPISTART"] for row in rows(busy_year))
    copies = sum(count - 1 for count in numbers.values())
    assert min(ragged, unreadable, backwards, copies) >= 1
    assert ragged + unreadable + backwards + copies < 0.001 * len(body)


def test_a_few_rows_fail_each_population_rule_and_they_are_under_two_in_a_hundred(busy_year):
    treated = [row for row in rows(busy_year) if {"V485", "V544"} & set(row.values())]
    failing = {
        "private": {row["EPIKEY"] for row in treated if row["ADMINCAT"] == "02"},
        "emergency": {row["EPIKEY"] for row in treated if row["ADMIMETH"].startswith("2")},
        "cancer": {row["EPIKEY"] for row in treated if row["DIAG_02"].startswith("C")},
        "age": {row["EPIKEY"] for row in treated if not 19 <= int(row["STARTAGE"]) <= 120},
    }
    assert all(failing.values())
    assert len(set.union(*failing.values())) < 0.02 * len(treated)


def test_noise_is_so_many_episodes_of_other_people_with_no_code_that_matters(tmp_path):
    plain, noisy = (
        demo.write(tmp_path / name, first=2018, last=2018, scale=0.01, noise=noise)[0] for name, noise in (("a", 0), ("b", 3))
    )
    before, after = lines(plain), lines(noisy)
    assert after[: len(before)] == before
    more = rows(noisy)[len(rows(plain)) :]
    assert len(after) - len(before) == len(more) == pytest.approx(3 * len(before), rel=0.01)
    assert len({row["EPIKEY"] for row in rows(noisy)}) == len(rows(noisy)) - sum(
        n - 1 for n in Counter(row["EPIKEY"] for row in rows(plain)).values()
    )
    assert not {row["TOKEN_PERSON_ID"] for row in more} & {row["TOKEN_PERSON_ID"] for row in rows(plain)}
    assert not [row for row in more if re.match("V48|V544", row["OPERTN_01"] + row["OPERTN_02"])]


def test_a_scale_above_one_is_several_englands_of_people_and_records_of_their_own(tmp_path, monkeypatch):
    goals = demo.targets.by_year
    monkeypatch.setattr(demo.targets, "by_year", lambda years, scale: goals(years, scale / 50))
    once, twice = (demo.write(tmp_path / name, first=2018, last=2018, scale=scale) for name, scale in (("one", 1), ("two", 2)))
    assert len(lines(twice[0])) == pytest.approx(2 * len(lines(once[0])), rel=0.02)
    assert lines(twice[0])[: len(lines(once[0]))] == lines(once[0])
    numbers = Counter(row["EPIKEY"] for row in rows(twice[0]))
    assert max(numbers.values()) <= 2 and sum(count > 1 for count in numbers.values()) < 5, "a copy is a bad row made on purpose"
