"""People's treatments, year by year and exactly as many as a year's goals: courses, staged sides, repeats, and facet blocks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dashboard.demo import blocks, courses
from dashboard.demo.people import PERSON, busyness, first_of, held, newcomers, random_days, working
from dashboard.demo.places import World
from dashboard.demo.targets import RFD_CODES, Goal
from dashboard.demo.treatments import TREATMENT, first_by_person

CARRIED = 0.62  # of a year's denervations, at most this share goes to people treated before: the rest of them wait a year
ELSEWHERE = 0.03


@dataclass(frozen=True)
class History:
    """Everyone (PERSON), all their treatments in admitted care (TREATMENT), and the blocks they had in outpatients."""

    people: np.ndarray
    treatments: np.ndarray
    outpatient_blocks: np.ndarray


def simulate(rng: np.random.Generator, world: World, goals: dict[int, Goal]) -> History:
    """Everyone, with treatments that meet each year's goals."""
    people, treated = denervations(rng, world, goals)
    before = blocks.before_denervations(rng, world, people, treated)
    outpatients = world.habits["blocks_in_outpatients"][people["home"][before["person"]]] > 0
    people, blocked = facet_blocks(rng, world, goals, people, before[~outpatients])
    return History(people, np.concatenate([treated, blocked]), before[outpatients])


def denervations(rng, world: World, goals: dict[int, Goal]) -> tuple[np.ndarray, np.ndarray]:
    """(people, their denervations): what earlier courses bring to a year first, new people for the rest."""
    people, waiting, kept = np.zeros(0, PERSON), np.zeros(0, TREATMENT), []
    for year, goal in goals.items():
        wanted = sum(goal.attendances.values())
        waiting = put_off(rng, people, when_held(rng, people, waiting, year), year, round(CARRIED * wanted))
        people, waiting = fill(rng, world, year, people, waiting, wanted, courses.for_new_people)
        now = waiting["day"] < first_of(year + 1)
        kept.append(with_providers(rng, world, year, people, with_codes(people, waiting[now], goal)))
        waiting = waiting[~now]
    return people, np.concatenate(kept)


def facet_blocks(rng, world: World, goals: dict[int, Goal], people, before) -> tuple[np.ndarray, np.ndarray]:
    """(people, their V54.4 attendances): those before denervations, and those of many people who never have one."""
    waiting, kept = np.zeros(0, TREATMENT), []
    for year, goal in goals.items():
        begin, end = first_of(year), first_of(year + 1)
        first = before[(before["day"] >= begin) & (before["day"] < end)]
        first = first[held(rng, year, first["day"])][: goal.v544 - goal.with_a_block]
        wanted = goal.v544 - goal.with_a_block - len(first)
        waiting = cut_down(rng, waiting, year, wanted)
        people, waiting = fill(rng, world, year, people, waiting, wanted, blocks.for_new_people)
        now = waiting["day"] < end
        kept.append(with_providers(rng, world, year, people, np.concatenate([first, waiting[now]])))
        waiting = waiting[~now]
    return people, np.concatenate(kept)


def cut_down(rng, waiting, year: int, room: int) -> np.ndarray:
    """The waiting blocks without those of clinics not held, nor those a year has no room for."""
    due = np.flatnonzero(waiting["day"] < first_of(year + 1))
    happens = rng.permutation(due[held(rng, year, waiting["day"][due])])[:room]
    return np.delete(waiting, np.setdiff1d(due, happens))


def fill(rng, world, year: int, people, waiting, wanted: int, for_new_people: Callable) -> tuple[np.ndarray, np.ndarray]:
    """People and waiting treatments, with new people added until as many treatments as wanted fall in the year."""
    end = first_of(year + 1)
    short = max(wanted - int((waiting["day"] < end).sum()), 0)
    day = random_days(rng, year, short)
    new = newcomers(rng, world, day, year)
    some = for_new_people(rng, world, new, day)
    some = some[some["day"] <= new["death"][some["person"]]]
    kept = enough(np.bincount(some["person"][some["day"] < end], minlength=short), short)
    some = some[kept[some["person"]]]
    some["person"] = len(people) + kept.cumsum()[some["person"]] - 1
    return np.concatenate([people, new[kept]]), np.concatenate([waiting, some])


def enough(counts: np.ndarray, wanted: int) -> np.ndarray:
    """Which people to keep so that their counts add up to what is wanted."""
    total = counts.cumsum()
    kept = total <= wanted
    missing = wanted - int(counts[kept].sum())
    kept[np.flatnonzero(~kept & (counts == 1))[:missing]] = True
    return kept


def when_held(rng, people, waiting, year: int) -> np.ndarray:
    """The waiting treatments, those of clinics not held moved to a later day: of the year if there is one, else after it."""
    end = first_of(year + 1)
    first = first_by_person(waiting)
    first = first[first["day"] < end]
    missed = first[~held(rng, year, first["day"])]
    later = random_days(rng, year, len(missed))
    later = np.where(later > missed["day"], later, end + rng.integers(15, 90, len(missed)))
    return moved(people, waiting, missed["person"], later - missed["day"])


def moved(people, waiting, who: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The waiting treatments, with all that some people wait for moved so many days; the dead need nothing more."""
    shift = np.zeros(len(people), int)
    shift[who] = days
    shift = shift[waiting["person"]]
    waiting["day"] = np.where(shift > 0, working(waiting["day"] + shift), waiting["day"])
    return waiting[waiting["day"] <= people["death"][waiting["person"]]]


def put_off(rng, people, waiting, year: int, room: int) -> np.ndarray:
    """The waiting treatments, with enough of a year's repeat courses moved past its end, from its quiet months first.

    A staged second side is not put off alone.
    """
    end = first_of(year + 1)
    due = waiting["day"] < end
    excess = int(due.sum()) - room
    first = first_by_person(waiting)
    first = first[first["starts"] & (first["day"] < end)]
    if excess <= 0 or not len(first):
        return waiting
    counts = np.bincount(waiting["person"][due], minlength=len(people))
    order = np.argsort(busyness(year, first["day"]) * rng.random(len(first)))
    late = first[order][: np.searchsorted(counts[first["person"][order]].cumsum(), excess) + 1]
    return moved(people, waiting, late["person"], end - late["day"] + rng.integers(15, 300, len(late)))


def with_codes(people, now: np.ndarray, goal: Goal) -> np.ndarray:
    """A year's denervations with their codes: a person mostly keeps to one, so that a course and its repeats are of a kind."""
    now = now[np.argsort(people["luck"][now["person"]], kind="stable")]
    now["code"] = np.repeat([RFD_CODES.index(code) for code in goal.attendances], list(goal.attendances.values()))[: len(now)]
    return now


def with_providers(rng, world: World, year: int, people, now: np.ndarray) -> np.ndarray:
    """A year's treatments with the provider of each: the person's own, if it is open, or now and then another."""
    home = people["home"][now["person"]]
    others = world.chances[year].mean(axis=0)
    other = rng.choice(len(others), len(now), p=others / others.sum())
    away = (rng.random(len(now)) < ELSEWHERE) | (world.habits["opens"][home] > year)
    now["provider"] = np.where(away, other, home)
    return now
