"""Loosening a number of a policy never lowers adherence, in any cell."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.recount import random_hes
from tests.recount.cohorts import World
from tests.recount.measures import measure
from tests.worked import command

LOOSER = {
    "repeat_min_months": [24, 16, 12, 6],
    "min_blocks": [2, 1, 0],
    "block_lookback_months": [6, 12, 24],
    "max_levels": [1, 2],
}
LATER = [pytest.param(name, marks=pytest.mark.soak) for name in ("humber_north_yorkshire", "greater_manchester", "local")]
POLICIES = ["reference", *LATER]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory):
    found = random_hes.dataset(21)
    folder = tmp_path_factory.mktemp("loosened")
    return command.load(folder, found.apc, found.start, found.end, op=found.op, deaths=found.deaths)


def never_falls(shares: list[dict[tuple, float]]) -> bool:
    """Whether each cell's share is at least what it was under the tighter rule before it.

    A cell may go altogether when its last failure becomes not assessable: its share was nought.
    """
    pairs = pairwise(shares)
    return all(looser.get(cell, 0) >= share for tighter, looser in pairs for cell, share in tighter.items())


@pytest.mark.parametrize("parameter", LOOSER)
@pytest.mark.parametrize("policy", POLICIES)
def test_loosening_a_number_never_lowers_adherence(warehouse, policy, parameter):
    options = ["--by", "provider", "--policy", policy]
    asked = [command.measure(warehouse, "adherent", *options, "--set", f"{parameter}={stop}") for stop in LOOSER[parameter]]
    shares = [{(row["place"], row["period"]): float(row["value"]) for row in rows} for rows in asked]
    assert len({len(one) for one in shares} | {0}) > 1
    assert never_falls(shares)


@pytest.mark.parametrize("parameter", LOOSER)
def test_the_recount_has_the_same_property(parameter):
    found = random_hes.dataset(22)
    world = World(found.apc, date.fromisoformat(found.start), date.fromisoformat(found.end))
    changed = [{parameter: stop} for stop in LOOSER[parameter]]
    answers = [measure(world, "adherent", by="provider", changes=changes) for changes in changed]
    assert never_falls([{cell: answer[2] for cell, answer in one.items()} for one in answers])
