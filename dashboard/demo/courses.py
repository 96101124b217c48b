"""The courses of denervation a new person will have: staged side by side, and repeated."""

import numpy as np

from dashboard.demo.people import working
from dashboard.demo.places import World
from dashboard.demo.treatments import BOTH, LEFT, RIGHT, treatments

# of those treated, the share with a next course by so many days: MarketScan's 15% at 1 year, 34% at 3, 46% at 7
REPEAT_DAYS = np.array([95, 180, 365, 730, 1095, 1825, 2555, 5110])
REPEAT_SHARE = np.array([0.0, 0.035, 0.15, 0.26, 0.34, 0.41, 0.46, 0.52])
ONE_SIDE, STAGED = 0.6, 0.52  # of courses, those that begin on one side; of those, the share with the other side soon after
OTHER_SIDE_NEXT = 0.15
MOST_COURSES = 7


def for_new_people(rng: np.random.Generator, world: World, people: np.ndarray, day: np.ndarray) -> np.ndarray:
    """All denervations of people (numbered from 0) whose first is on the given days, as if nobody died or had to wait."""
    person = np.arange(len(people))
    side = rng.choice([LEFT, RIGHT, BOTH], len(people), p=[ONE_SIDE / 2, ONE_SIDE / 2, 1 - ONE_SIDE])
    all_of_it = []
    for _ in range(MOST_COURSES):
        all_of_it.append(treatments(person, day, side))
        staged = (side != BOTH) & (rng.random(len(day)) < STAGED)
        end = np.where(staged, working(day + 14 + rng.gamma(2.0, 14, len(day)).astype(int)), day)
        all_of_it.append(treatments(person[staged], end[staged], 1 - side[staged], starts=False))
        hurry = world.habits["hurry"][people["home"][person]]
        luck = rng.random(len(day))
        again = luck < np.minimum(REPEAT_SHARE[-1] * hurry, 0.9)
        wait = np.interp(luck / hurry, REPEAT_SHARE, REPEAT_DAYS).astype(int)
        other = (side != BOTH) & (rng.random(len(day)) < OTHER_SIDE_NEXT)
        day, side, person = working(end + wait)[again], np.where(other, 1 - side, side)[again], person[again]
    return np.concatenate(all_of_it)
