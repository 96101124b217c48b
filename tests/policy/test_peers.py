"""Who a provider is held against."""

import pandas as pd
import pytest

from dashboard import peers
from dashboard.organisations import today

PLACES = pd.DataFrame(
    [
        ("region", "Y62", "North West", "Y62", None),
        ("provider", "AAA", "Aston", "Y62", "nhs"),
        ("provider", "BBB", "Barton", "Y62", "independent"),
        ("provider", "CCC", "Carlton", "Y63", "nhs"),
        ("provider", "DDD", "Dalton", None, "nhs"),
    ],
    columns=["place_type", "place", "place_name", "region", "sector"],
)
SIZES = {"AAA": 100.0, "BBB": 400.0, "CCC": 90.0, "DDD": float("nan")}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("type", ["CCC", "DDD"]),
        ("region", ["BBB"]),
        ("size", ["CCC", "BBB"]),
        ("CCC,AAA,XXX,CCC", ["CCC"]),
        ("published", []),
    ],
)
def test_peers_are_other_providers_of_the_data_alike_in_what_was_chosen(chosen, found):
    assert peers.of("AAA", chosen, PLACES, SIZES, {}) == found


def test_an_old_code_in_a_list_stands_for_the_provider_that_has_it_today():
    assert peers.of("AAA", "OLD,CCC", PLACES, SIZES, {"OLD": "BBB"}) == ["BBB", "CCC"]
    assert today()["ZP9"] == "ZA5"


def test_a_provider_without_a_region_or_whose_size_cannot_be_told_has_no_peers_by_it():
    assert peers.of("DDD", "region", PLACES, SIZES, {}) == []
    assert peers.of("DDD", "size", PLACES, SIZES, {}) == []


def test_no_more_than_ten_are_near_in_size():
    sizes = {f"P{n:02d}": float(n) for n in range(30)}
    assert peers.nearest("P15", sizes) == ["P14", "P16", "P13", "P17", "P12", "P18", "P11", "P19", "P10", "P20"]


def test_published_peers_are_those_of_the_reference():
    assert {"R1H", "RHM"} <= set(peers.published()["R0A"])
