"""The synthetic history against what is published: counts by year, staged sides, repeats, blocks first."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from dashboard.demo import blocks, pathways, people, places, targets
from dashboard.demo import write as write_files
from dashboard.demo.treatments import BLOCK, V485, first_by_person, person_days
from dashboard.stats import survival

YEARS = range(2012, 2026)
END = people.first_of(2026) - 1


@pytest.fixture(scope="module")
def world():
    return places.world()


@pytest.fixture(scope="module")
def history(world):
    return pathways.simulate(np.random.default_rng(1), world, targets.by_year(YEARS, 0.2))


def denervations(history) -> np.ndarray:
    return history.treatments[history.treatments["code"] < BLOCK]


def test_code_mentions_in_the_files_are_within_three_per_cent_of_the_published_in_every_year(tmp_path):
    scale = 0.05
    with (places.DATA / "reference" / "published.csv").open(encoding="utf-8", newline="") as stream:
        published = {(row["year"], row["measure"]): int(row["value"]) for row in csv.DictReader(stream)}
    for path in write_files(tmp_path, first=2012, last=2023, scale=scale)[:12]:
        mentions = Counter(mentioned(path))
        year = f"20{path.stem[-4:-2]}/{path.stem[-2:]}"
        for code in ("V485", "V486", "V487", "V544"):
            assert mentions[code] == pytest.approx(scale * published[year, code], rel=0.03, abs=1), (year, code)


def mentioned(path: Path) -> list[str]:
    """Every code in the procedure fields of a file, each episode number once."""
    header, *body = [line.split("|") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    wanted = [header.index(f"OPERTN_{at:02}") for at in range(1, 25)]
    by_number = {cells[header.index("EPIKEY")]: cells for cells in body if len(cells) == len(header)}
    return [cells[at] for cells in by_number.values() for at in wanted]


def test_a_goal_is_met_to_the_attendance(history):
    goals = targets.by_year(YEARS, 0.2)
    year = np.searchsorted([people.first_of(year) for year in YEARS], history.treatments["day"], side="right") - 1
    for at, goal in enumerate(goals.values()):
        codes = np.bincount(history.treatments["code"][year == at], minlength=BLOCK + 1)
        assert codes.tolist() == [*goal.attendances.values(), goal.v544 - goal.with_a_block]


def test_a_third_of_people_have_another_denervation_within_180_days(history):
    first = first_by_person(denervations(history))
    first = first[(first["day"] >= people.first_of(2014)) & (first["day"] <= END - 180)]
    assert share_followed(history, first, 180) == pytest.approx(0.33, abs=0.03)


def share_followed(history, first: np.ndarray, days: int) -> float:
    """The share of first treatments with a denervation of the same person so many days after, at most."""
    day = np.full(len(history.people), -1)
    day[first["person"]] = first["day"]
    every = denervations(history)
    after = every["day"] - day[every["person"]]
    return len(np.unique(every["person"][(day[every["person"]] >= 0) & (after > 0) & (after <= days)])) / len(first)


def test_repeats_come_as_the_american_claims_show(history):
    curve = repeat_curve(history)
    found = survival.at(curve["time"], curve["incidence"], np.array([365, 1095, 2555]))
    assert found == pytest.approx([0.15, 0.34, 0.46], abs=0.03)


def repeat_curve(history):
    """The cumulative incidence of a next course after a first course of at most 90 days, death competing."""
    every = denervations(history)
    every = every[np.lexsort((every["day"], every["person"]))]
    start = np.full(len(history.people), END)
    np.minimum.at(start, every["person"], every["day"])
    staged = every["day"] <= start[every["person"]] + 90
    end, following = start.copy(), np.full(len(history.people), END + 1)
    np.maximum.at(end, every["person"][staged], every["day"][staged])
    np.minimum.at(following, every["person"][~staged], every["day"][~staged])
    known = (start >= people.first_of(2014)) & (start < END)
    last = np.minimum(np.minimum(following, history.people["death"]), END)
    outcome = np.select([following == last, history.people["death"] == last], [1, 2], 0)
    return survival.cumulative_incidence((last - end)[known], outcome[known])


def test_nobody_is_treated_after_death_nor_twice_a_day_for_one_thing(history):
    assert (history.treatments["day"] <= history.people["death"][history.treatments["person"]]).all()
    for some in (denervations(history), history.treatments[history.treatments["code"] == BLOCK]):
        assert len(np.unique(person_days(some))) == len(some)


def test_people_are_mostly_women_of_about_sixty(history):
    first = first_by_person(history.treatments)
    age = (first["day"] - history.people["born"][first["person"]]) / 365.25
    assert age.mean() == pytest.approx(60, abs=1)
    assert (history.people["sex"] == people.WOMEN).mean() == pytest.approx(0.62, abs=0.01)


def test_nobody_is_treated_on_a_weekend(history):
    day = np.datetime64("2012-04-01") + history.treatments["day"]
    assert np.is_busday(day).all()


def test_the_first_spring_of_the_pandemic_is_nearly_empty(history):
    month = (history.treatments["day"] >= people.first_of(2020)) & (history.treatments["day"] < people.first_of(2020) + 30)
    usual = (history.treatments["day"] >= people.first_of(2018)) & (history.treatments["day"] < people.first_of(2018) + 30)
    assert month.sum() < 0.1 * usual.sum()


def test_most_first_denervations_have_a_block_before_and_the_provider_that_skips_them_does_not(world, history):
    first = first_by_person(denervations(history))
    first = first[first["day"] >= people.first_of(2014)]
    blocked = np.isin(first["person"], history.treatments["person"][history.treatments["code"] == BLOCK])
    home = history.people["home"][first["person"]]
    assert 0.7 < blocked.mean() < 0.9
    assert blocked[home == world.codes.index("ZC3")].mean() < 0.45


def test_the_blocks_of_one_provider_are_in_outpatients_alone(world, history):
    home = history.people["home"][history.outpatient_blocks["person"]]
    assert len(home)
    assert set(home) == {world.codes.index("ZA4")}


def test_a_block_before_a_denervation_comes_before_it(world, history):
    before = blocks.before_denervations(np.random.default_rng(2), world, history.people, denervations(history))
    last = np.full(len(history.people), -1)
    np.maximum.at(last, denervations(history)["person"], denervations(history)["day"])
    assert len(before)
    assert (before["day"] < last[before["person"]]).all()


def test_providers_differ_in_size_and_some_are_too_small_to_show(world, history):
    lumbar = history.treatments[history.treatments["code"] == V485]
    a_year = np.bincount(lumbar["provider"], minlength=len(world.codes) - 1) / len(YEARS) / 0.2
    assert (a_year < 8).sum() >= 5
    assert np.quantile(a_year, 0.9) > 4 * np.quantile(a_year, 0.25)


def test_a_service_that_opened_later_did_nothing_before(world, history):
    opened = history.treatments[history.treatments["provider"] == world.codes.index("ZH4")]
    assert len(opened)
    assert opened["day"].min() >= people.first_of(2017)


def test_every_habit_of_a_provider_says_why():
    listed = places.rows("demo/provider_habits.csv")
    assert all(row["why"] for row in listed)
    assert {row["code"] for row in listed} <= {row["code"] for row in places.rows("reference/fictional_providers.csv")}
