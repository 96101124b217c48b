"""The derived files come from their sources and nothing else, and the outlines of ICBs are fit to be drawn."""

import csv
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
REFERENCE = ROOT / "data" / "reference"
SHARED = ROOT.parent / "shared"


@pytest.fixture
def derive(monkeypatch):
    """A module of the derive scripts by its name."""
    pytest.importorskip("shapely", reason="deriving needs shapely")
    monkeypatch.syspath_prepend(str(ROOT / "data"))
    return importlib.import_module


@pytest.fixture
def outlines():
    """Every ICB's outline by its code, and the features they come from."""
    geometry = pytest.importorskip("shapely.geometry", reason="checking outlines needs shapely")
    features = json.loads((REFERENCE / "boundaries.json").read_text("utf-8"))["features"]
    return {feature["id"]: geometry.shape(feature["geometry"]) for feature in features}


def test_deriving_again_gives_the_same_bytes(tmp_path):
    pytest.importorskip("shapely", reason="deriving needs shapely")
    if not SHARED.exists():
        pytest.skip("the sources are not beside the repository")
    subprocess.run([sys.executable, ROOT / "data" / "derive_reference.py", SHARED, tmp_path], check=True)
    derived = sorted(path.name for path in tmp_path.iterdir())
    assert len(derived) == 12
    assert [name for name in derived if (tmp_path / name).read_bytes() != (REFERENCE / name).read_bytes()] == []


def test_every_reference_file_is_derived_or_fictional_and_has_a_line_in_the_readme():
    files = {path.name for path in REFERENCE.iterdir()} - {"README.md"}
    readme = (REFERENCE / "README.md").read_text("utf-8")
    assert {name for name in files if f"`{name}`" not in readme} == set()


def test_a_chain_of_successors_is_followed_and_a_divided_trust_left_out(derive, tmp_path):
    lines = ["old_code,current_code,n_current", "AAA,BBB,1", "BBB,CCC,1", "DDD,EEE|FFF,2", "GGG,,0"]
    (tmp_path / "nhs_trust_current_successor.csv").write_text("\n".join(lines), "utf-8")
    assert derive("derive_reference").successors(tmp_path) == {"AAA": "CCC", "BBB": "CCC"}


def test_a_fifth_of_the_band_that_holds_nineteen_is_kept_and_children_are_not(derive, tmp_path):
    lines = ["icb_code,sex,age_band,population", "QAA,1,10-14,7", "QAA,1,15-19,11", "QAA,1,20-24,20", "QAA,1,90+,5"]
    (tmp_path / "icb2026_population_mid2022_age5_sex_derived.csv").write_text("\n".join(lines), "utf-8")
    found = derive("derive_reference").population(tmp_path)
    assert found == [("QAA", "1", 19, 19, "2.2"), ("QAA", "1", 20, 24, "20"), ("QAA", "1", 90, 120, "5")]


def test_an_icb_that_merged_has_one_successor_and_one_that_nothing_happened_to_has_itself(derive, tmp_path):
    (tmp_path / "icb_2023.csv").write_text("icb_code\nQAA\nQBB\nQCC", "utf-8")
    events = "predecessor_icb,successor_icb\nQAA,X1\nQBB,X1\nQBB,X2"
    (tmp_path / "icb_succession_2026.csv").write_text(events, "utf-8")
    found = derive("derive_reference").icb_successors(tmp_path)
    assert found == [("QAA", "X1", "whole"), ("QBB", "X1", "split"), ("QBB", "X2", "split"), ("QCC", "QCC", "whole")]


@pytest.mark.parametrize(
    ("shouted", "spelt"),
    [
        ("ST MARY'S NHS TRUST", "St Mary's NHS Trust"),
        ("THE NEWCASTLE UPON TYNE HOSPITALS", "The Newcastle upon Tyne Hospitals"),
        ("BMI - THE SANDRINGHAM HOSPITAL", "BMI - The Sandringham Hospital"),
        ("SPAMEDICA STOCKTON-ON-TEES", "SpaMedica Stockton-on-Tees"),
        ("ISIGHT", "iSIGHT"),
    ],
)
def test_names_in_capitals_are_spelt_as_one_would_write_them(derive, shouted, spelt):
    assert derive("derive_providers").spelt(shouted) == spelt


def test_there_is_one_outline_for_every_commissioner_under_its_name():
    features = json.loads((REFERENCE / "boundaries.json").read_text("utf-8"))["features"]
    with (REFERENCE / "commissioners.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert len(features) == 36
    assert {feature["id"]: feature["properties"]["name"] for feature in features} == names


def test_the_outlines_are_small_enough_to_send_with_a_page():
    assert (REFERENCE / "boundaries.json").stat().st_size < 80_000


def test_no_outline_crosses_itself_or_leaves_england(outlines):
    assert [code for code, outline in outlines.items() if not outline.is_valid] == []
    west, south, east, north = (-6.5, 49.8, 1.8, 55.9)
    for outline in outlines.values():
        left, bottom, right, top = outline.bounds
        assert west < left < right < east
        assert south < bottom < top < north


def test_neighbours_share_their_line_and_hardly_overlap(outlines):
    shapely = pytest.importorskip("shapely", reason="checking outlines needs shapely")
    shapes = list(outlines.values())
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(sum(map(shapely.area, shapes)), rel=1e-6)


def test_outer_rings_run_clockwise_so_that_the_inside_is_filled_and_not_the_rest_of_the_world(outlines):
    rings = [part.exterior for outline in outlines.values() for part in getattr(outline, "geoms", [outline])]
    assert not [ring for ring in rings if ring.is_ccw]
