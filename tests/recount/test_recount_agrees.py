"""The product and the slow recount give the same rows and the same measures on awkward random data."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.recount import measures, random_hes, tables
from tests.recount.cohorts import World
from tests.worked import command

Row = dict[str, str]
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (1, 2))]
ALONE = 1  # the seed whose admitted care is loaded without deaths and outpatients
COUNTS = ["denervations", "patients", "blocks"]
INCIDENCES = [
    "repeat_by_12_months", "repeat_by_24_months", "block_to_denervation_6_months",
    "block_to_denervation_12_months", "block_to_denervation_18_months",
]  # fmt: skip
SHARES = [
    "repeat_within_minimum", "prolonged_response", "no_block_found", "block_within_6_months",
    "two_or_more_blocks", "repeat_injection_girft", "adherent", "met_block_before", "met_repeat_interval",
    "met_repeat_block", "met_levels", "conservative_care_seen", "converted_elsewhere",
]  # fmt: skip
JUDGED = ["repeat_within_minimum", "adherent", "met_block_before", "met_repeat_interval", "met_repeat_block"]
PLACES, PERIODS = ["england", "region", "commissioner", "provider"], ["year", "quarter"]
POLICIES = ["reference", "humber_north_yorkshire", "norfolk_waveney", "greater_manchester", "local"]
CHANGES = [
    {"staged_days": 42}, {"staged_days": 180, "repeat_min_months": 24}, {"repeat_min_months": 6, "min_blocks": 0},
    {"repeat_min_months": None, "block_lookback_months": 12}, {"max_levels": 1, "block_lookback_months": 6},
    {"max_levels": 2, "min_blocks": 2, "repeat_min_months": 16}, {"repeat_needs_new_block": True},
    {"repeat_needs_new_block": True, "block_lookback_months": 12, "staged_days": 42},
]  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """One random data set, counted by hand and loaded by the product."""

    world: World
    warehouse: Path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory):
    @cache
    def of(seed: int) -> Loaded:
        found = random_hes.dataset(seed, deaths=seed != ALONE, outpatients=seed != ALONE)
        folder = tmp_path_factory.mktemp(f"seed{seed}")
        warehouse = command.load(folder, found.apc, found.start, found.end, op=found.op, deaths=found.deaths)
        days = date.fromisoformat(found.start), date.fromisoformat(found.end)
        return Loaded(World(found.apc, *days, op=found.op, deaths=found.deaths), warehouse)

    return of


def settings(changes: dict) -> list[str]:
    """The changes as the command line takes them."""
    words = {None: "none", True: "yes", False: "no"}
    pairs = [f"{name}={value if type(value) is int else words[value]}" for name, value in changes.items()]
    return [option for pair in pairs for option in ("--set", pair)]


def differences(ours: list[Row], theirs: list[Row], columns: list[str]) -> list[str]:
    """Rows that only one of the two has, ours first, each as a line."""
    mine, product = (Counter(tuple(row[name] for name in columns) for row in rows) for rows in (ours, theirs))
    only = [("recount", mine - product), ("product", product - mine)]
    return [f"only {who}: {line} x{n}" for who, lines in only for line, n in sorted(lines.items())]


def agree(ours: list[Row], theirs: list[Row], columns: list[str]) -> None:
    """Fail with the first rows on which the two differ."""
    assert ours or not theirs
    found = differences(ours, theirs, columns)
    assert not found, f"{len(found)} differences in {columns}:\n" + "\n".join(found[:12])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["denervations", "blocks", "index_blocks", "waterfall"])
def test_a_table_agrees_row_by_row(loaded, seed, name):
    data = loaded(seed)
    agree(getattr(tables, name)(data.world), command.table(data.warehouse, name), getattr(tables, name.upper()))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("staged_days", [42, 90, 180])
def test_courses_agree_at_every_stop(loaded, seed, staged_days):
    data = loaded(seed)
    theirs = command.table(data.warehouse, "courses", *settings({"staged_days": staged_days}))
    agree(tables.course_table(data.world, staged_days), theirs, tables.COURSES)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_state_of_every_criterion_agrees(loaded, seed):
    data = loaded(seed)
    asked = [(policy, {}) for policy in POLICIES]
    asked += [(POLICIES[(n + seed) % len(POLICIES)], changes) for n, changes in enumerate(CHANGES)]
    for policy, changes in asked:
        theirs = command.table(data.warehouse, "adherence", "--policy", policy, *settings(changes))
        agree(tables.adherence_table(data.world, policy, changes), theirs, tables.ADHERENCE)


def _close(ours: float | None, text: str) -> bool:
    theirs = command.number(text)
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-6)


def _unequal(key: tuple, ours: tuple, row: Row, parts: list[str]) -> list[str]:
    names = ["numerator", "denominator", "value", "lower", "upper"]
    wrong = [name for name, value in zip(names, ours, strict=True) if name in parts and not _close(value, row[name])]
    return [f"{key}: recount {ours}, product {[row[name] for name in names]}: {wrong}"] if wrong else []


def compare(data: Loaded, name: str, parts: list[str], *, split: tuple[str, ...] = (), **asked: object) -> None:
    """Fail when a cell of a measure is missing, invented, or differs in one of the parts."""
    by, period = asked.get("by", "england"), asked.get("period", "year")
    options = ["--by", by, "--period", period, "--profile", "exact", *settings(asked.get("changes", {}))]
    options += [word for name in split for word in ("--split", name)]
    options += ["--policy", asked["policy"]] if "policy" in asked else []
    options += ["--cohort", asked["cohort_name"]] if "cohort_name" in asked else []
    rows = command.answer("measure", name, "--warehouse", data.warehouse, *options)
    theirs = {(row["place"], row["period"], *(row[one] for one in split)): row for row in rows}
    ours = measures.measure(data.world, name, split=split, **asked)
    assert len(theirs) == len(rows)
    assert sorted(theirs, key=str) == sorted(ours, key=str), (name, asked)
    wrong = [line for key in ours for line in _unequal(key, ours[key], theirs[key], parts)]
    assert not wrong, f"{name} {asked}:\n" + "\n".join(wrong[:8])


def two_places(turn: int) -> list[str]:
    """Two kinds of place, each in its turn."""
    return [PLACES[(turn + n) % len(PLACES)] for n in range(2)]


COUNTED, EVERYTHING = ["numerator", "denominator", "value"], ["numerator", "denominator", "value", "lower", "upper"]


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_agree_for_every_cohort_and_place(loaded, seed):
    for n, name in enumerate(COUNTS):
        cohort = {} if name == "blocks" else {"cohort_name": ["lumbar", "broad", "ebi"][(seed + n) % 3]}
        for by in two_places(n + seed):
            compare(loaded(seed), name, COUNTED, by=by, period=PERIODS[n % 2], **cohort)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SHARES)
def test_shares_agree(loaded, seed, name):
    for n, by in enumerate(two_places(SHARES.index(name) + seed)):
        compare(loaded(seed), name, EVERYTHING, by=by, period=PERIODS[(seed + n) % 2])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", INCIDENCES)
def test_incidences_agree(loaded, seed, name):
    compare(loaded(seed), name, EVERYTHING)
    compare(loaded(seed), name, EVERYTHING, by=PLACES[1 + seed])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", JUDGED)
def test_shares_agree_under_other_policies(loaded, seed, name):
    for n, policy in enumerate(POLICIES[1:]):
        compare(loaded(seed), name, COUNTED, by=PLACES[n], policy=policy, changes=CHANGES[(seed + n) % 8])
    compare(loaded(seed), name, COUNTED, by="commissioner", policy="local")


@pytest.mark.parametrize("name", ["denervations", "patients", "adherent", "repeat_within_minimum", "no_block_found"])
def test_splits_by_sex_and_age_agree(loaded, name):
    compare(loaded(0), name, COUNTED, split=("age_band",))
    compare(loaded(0), name, COUNTED, split=("sex", "age_band"))
