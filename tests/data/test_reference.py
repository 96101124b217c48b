"""The reference tables fit each other: every code they name is known, and every share adds up to the whole."""

import csv
import re
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parent.parent.parent / "data" / "reference"
WALES = {"RQF", "RT4", "RYT"}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, wanted: str) -> list[str]:
    return [row[wanted] for row in rows(name)]


def test_there_are_thirty_six_commissioners_in_seven_regions():
    assert len(set(column("commissioners", "code"))) == len(rows("commissioners")) == 36
    assert len(set(column("commissioners", "region"))) == 7


def test_a_commissioner_goes_by_the_name_of_its_area():
    assert "Cheshire and Merseyside" in column("commissioners", "name")
    assert not [name for name in column("commissioners", "name") if re.search("NHS|Board", name)]


def test_every_icb_of_2022_became_commissioners_of_today():
    assert len(set(column("icb_successors", "code"))) == 42
    assert set(column("icb_successors", "successor")) == set(column("commissioners", "code"))


def test_only_an_icb_with_several_successors_is_called_split():
    times = Counter(column("icb_successors", "code"))
    split = {row["code"] for row in rows("icb_successors") if row["kind"] == "split"}
    assert split == {code for code, count in times.items() if count > 1} == {"QM7", "QJG", "QNQ"}


def test_sub_icbs_went_to_the_successors_of_their_icb_and_left_none_out():
    went = {(row["icb_2022"], row["icb_2026"]) for row in rows("subicb_icb")}
    assert went == {(row["code"], row["successor"]) for row in rows("icb_successors")}


def test_the_shares_of_every_sub_icb_add_up_to_one():
    shares = defaultdict(float)
    for row in rows("subicb_icb"):
        shares[row["subicb"]] += float(row["weight"])
    assert len(shares) == 106
    assert all(share == pytest.approx(1, abs=1e-9) for share in shares.values())


def test_only_frimley_is_shared_and_most_of_it_is_in_thames_valley():
    frimley = {row["icb_2026"]: float(row["weight"]) for row in rows("subicb_icb") if row["weight"] != "1.0"}
    assert set(frimley) == {"S0E4D", "QRL", "S9B9J"}
    assert max(frimley, key=frimley.get) == "S0E4D"


def test_every_ccg_leads_to_one_sub_icb_and_every_sub_icb_has_a_ccg():
    assert set(column("ccg_subicb", "subicb")) == set(column("subicb_icb", "subicb"))
    assert max(Counter(column("ccg_subicb", "ccg")).values()) == 1


def test_every_commissioner_has_its_adults_by_sex_and_standard_band():
    bands = {(row["age_from"], row["age_to"]) for row in rows("standard_population")}
    found = Counter((row["commissioner"], row["sex"], row["age_from"], row["age_to"]) for row in rows("population"))
    wanted = {(code, sex, *band) for code in column("commissioners", "code") for sex in "12" for band in bands}
    assert found == Counter(wanted)


def test_bands_follow_one_another_from_nineteen_without_a_gap():
    bands = sorted((int(row["age_from"]), int(row["age_to"])) for row in rows("standard_population"))
    assert bands[0] == (19, 19)
    assert bands[-1] == (90, 120)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(bands))


def test_standard_weights_are_those_of_adults_with_a_fifth_of_the_band_that_holds_nineteen():
    assert sum(map(int, column("standard_population", "weight"))) == 100_000 - 1_000 - 4_000 - 2 * 5_500 - 5_500 * 4 // 5


def test_england_has_some_forty_four_million_adults_and_no_icb_fewer_than_300_thousand():
    adults = Counter()
    for row in rows("population"):
        adults[row["commissioner"]] += Fraction(row["persons"])
    assert 43_500_000 < sum(adults.values()) < 45_500_000
    assert min(adults.values()) > 300_000


def test_no_successor_has_a_successor_and_all_are_known_providers():
    one = {row["code"]: row["successor"] for row in rows("successors")}
    assert not set(one) & set(one.values())
    assert set(one) | set(one.values()) <= set(column("providers", "code"))


def test_trusts_that_were_divided_or_dissolved_have_no_successor():
    assert not set(column("successors", "code")) & {"RW6", "RJD", "RYQ", "RYH", "R0C"}


def test_pennine_goes_by_site_and_one_row_says_where_the_rest_goes():
    found = {(row["provider"], row["site"]): row["successor"] for row in rows("site_successors")}
    assert found == {("RW6", "RW602"): "R0A", ("RW6", "RM318"): "R0A", ("RW6", ""): "RM3"}


def test_a_provider_is_listed_once_and_none_is_fictional():
    assert max(Counter(column("providers", "code")).values()) == 1
    assert set(column("providers", "fictional")) == {"0"}
    assert set(column("providers", "sector")) <= {"nhs", "independent", "other"}


def test_every_english_trust_lies_in_a_commissioner_and_in_its_region():
    regions = {row["code"]: row["region"] for row in rows("commissioners")}
    placed = [row for row in rows("providers") if row["icb"] or row["sector"] == "nhs"]
    assert {row["code"] for row in placed if row["region"] != regions.get(row["icb"], "")} == set()
    assert {row["code"] for row in placed if not row["icb"]} == WALES


def test_every_independent_site_has_the_organisation_it_belongs_to():
    codes = set(column("providers", "code"))
    assert {"NT2", "NT3", "NT4", "NVC"} <= codes
    assert not {code[:3] for code in codes if re.fullmatch(r"N..\d\d", code)} - codes


def test_a_name_is_not_shouted():
    names = dict(zip(column("providers", "code"), column("providers", "name"), strict=True))
    assert names["RTH"] == "Oxford University Hospitals NHS Foundation Trust"
    assert names["NT302"] == "Spire Bristol Hospital"
    assert not [name for name in names.values() if len(name) > 8 and name.isupper()]


def test_peers_are_other_trusts_of_today():
    closed = set(column("successors", "code")) | {"RW6"}
    for row in rows("peers"):
        assert row["provider"] != row["peer"]
        assert not {row["provider"], row["peer"]} & closed
    assert set(column("peers", "provider")) | set(column("peers", "peer")) <= set(column("providers", "code"))


def test_published_counts_run_for_twelve_years_and_hold_the_figures_to_print():
    found = {(row["year"], row["measure"]): int(row["value"]) for row in rows("published")}
    assert found["2018/19", "V485"] == 11_663
    assert found["2018/19", "V487"] == 1_338
    assert found["2014/15", "V544"] == 81_963
    assert found["2018/19", "ebi_2k"] == 1_612
    years = Counter(row["measure"] for row in rows("published"))
    assert years == {"V485": 12, "V486": 12, "V487": 12, "V488": 12, "V489": 12, "V544": 12, "ebi_2k": 1}
