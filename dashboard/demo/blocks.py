"""Facet blocks (V54.4): before denervations, and of people who never have one."""

import numpy as np

from dashboard.demo.people import first_of, working
from dashboard.demo.places import World
from dashboard.demo.treatments import BLOCK, BOTH, LEFT, RIGHT, TREATMENT, first_by_person, person_days, treatments

# of those with a block before their denervation, the share with two; of others, the share with a further block, and of those, within half
# a year: together GIRFT's 6.6% with repeat injections, 2015/16 to 2020/21
TWO_FIRST = 0.15
AGAIN, SOON = 0.30, 0.20
MOST_BLOCKS = 4


def before_denervations(rng: np.random.Generator, world: World, people: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """Blocks that lead to a first denervation or, as some commissioners ask, renew the reason for a repeat."""
    first = first_by_person(treated)
    repeats = treated[treated["starts"] & ~np.isin(person_days(treated), person_days(first))]
    late = first["day"] >= first_of(2019)
    home = people["home"][first["person"]]
    likely = np.where(late, world.habits["blocks_first_from_2019"][home], world.habits["blocks_first"][home])
    last = earlier(rng, first[rng.random(len(first)) < likely], 30, 55)
    second = earlier(rng, last[rng.random(len(last)) < TWO_FIRST], 25, 40)
    renewed = repeats[rng.random(len(repeats)) < world.habits["renewed_block"][people["home"][repeats["person"]]]]
    found = np.concatenate([last, second, earlier(rng, renewed, 20, 30)])
    return found[np.unique(person_days(found), return_index=True)[1]]


def earlier(rng: np.random.Generator, some: np.ndarray, least: int, spread: int) -> np.ndarray:
    """A block before each of some treatments, at least so many days."""
    day = some["day"] - least - rng.gamma(2.2, spread, len(some)).astype(int)
    return treatments(some["person"], working(day), some["side"], BLOCK)


def for_new_people(rng: np.random.Generator, world: World, people: np.ndarray, day: np.ndarray) -> np.ndarray:
    """All blocks of people (numbered from 0) who have no denervation and whose first block is on the given days."""
    person = np.arange(len(people))
    side = rng.choice([LEFT, RIGHT, BOTH], len(people), p=[0.2, 0.2, 0.6])
    all_of_it = [np.zeros(0, TREATMENT)]
    for _ in range(MOST_BLOCKS):
        all_of_it.append(treatments(person, day, side, BLOCK))
        again = rng.random(len(day)) < np.minimum(AGAIN * world.habits["block_again"][people["home"][person]], 0.85)
        soon = rng.random(len(day)) < SOON
        wait = np.where(soon, rng.integers(28, 181, len(day)), rng.integers(181, 1500, len(day)))
        day, side, person = working(day + wait)[again], side[again], person[again]
    return np.concatenate(all_of_it)
