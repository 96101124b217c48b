"""People and their treatments: blocks, courses staged side by side, repeats, death. Days are counted from 1 April 2012."""

from dataclasses import dataclass

import numpy as np

from dashboard.demo.places import World
from dashboard.demo.targets import Goal

START = np.datetime64("2012-04-01")
RFD, OTHER_LEVEL, NEC, BLOCK = 0, 1, 2, 3  # V48.5, V48.7, V48.6, V54.4
LEFT, RIGHT, BOTH = 0, 1, 2
# of those treated, the share with a next course by so many days: MarketScan's 15% at 1 year, 34% at 3, 46% at 7
REPEAT_DAYS = np.array([90, 180, 365, 730, 1095, 1825, 2555, 5110])
REPEAT_SHARE = np.array([0.0, 0.03, 0.15, 0.26, 0.34, 0.41, 0.46, 0.52])
STAGED = 0.36  # a few of these turn out as repeats of one side, or fall outside the years
SECOND_COURSES = 5


@dataclass
class People:
    """Arrays over people (`icb`, `area`, `age`, `sex`, `death`) and over treatments (`person`, `day`, `kind`, `side`, `provider`)."""

    icb: np.ndarray
    area: np.ndarray
    born: np.ndarray
    sex: np.ndarray
    home: np.ndarray
    death: np.ndarray
    person: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    side: np.ndarray
    provider: np.ndarray
    first_day: np.ndarray


def first_of(year: int) -> int:
    """The day number of 1 April of a year."""
    return int((np.datetime64(f"{year}-04-01") - START).astype(int))


def simulate(rng: np.random.Generator, world: World, goals: dict[int, Goal]) -> People:
    """Everyone, with treatments that meet each year's goals exactly."""
    makers = Makers(rng, world)
    last_day = first_of(max(goals) + 1)
    treated = with_providers(rng, makers, denervations(rng, makers, goals))
    blocks = facet_blocks(rng, makers, goals, treated)
    return makers.people(treated, blocks, last_day)


class Makers:
    """People as they come into being: each has an ICB, an area in it, an age, a sex and the provider they go to."""

    def __init__(self, rng: np.random.Generator, world: World):
        self.rng, self.world = rng, world
        self.icb, self.home, self.born, self.sex = [], [], [], []
        self.count = 0
        self.choices = [self.nearby(icb) for icb in range(len(world.icbs))]

    def nearby(self, icb: int) -> np.ndarray:
        """Each provider's chance for people of one ICB: its own mostly, the independents for some, any now and then."""
        world = self.world
        chance = world.size * np.where(world.home == icb, 1.0, np.where(world.independent, 0.02, 0.0008))
        return chance / chance.sum()

    def new(self, count: int, day: np.ndarray) -> np.ndarray:
        """Numbers of new people, first treated on the given days."""
        rng = self.rng
        icb = rng.choice(len(self.world.icbs), count, p=self.world.share)
        home = np.zeros(count, int)
        for one in np.unique(icb):
            who = icb == one
            home[who] = rng.choice(len(self.world.codes), who.sum(), p=self.choices[one])
        age = np.clip(rng.normal(60, 13.5, count), 19, 95)
        age[rng.random(count) < 0.001] = 17
        self.icb.append(icb)
        self.home.append(home)
        self.born.append(day - age * 365.25)
        self.sex.append(np.where(rng.random(count) < 0.62, 2, 1))
        self.count += count
        return np.arange(self.count - count, self.count)

    def homes(self, people: np.ndarray) -> np.ndarray:
        """The provider each person goes to."""
        return np.concatenate(self.home)[people]

    def people(self, treated: dict, blocks: dict, last_day: int) -> People:
        """Everyone made so far, with their treatments and the day they died (-1: alive at the end)."""
        rng, both = self.rng, {key: np.concatenate([treated[key], blocks[key]]) for key in treated}
        final = np.zeros(self.count, int)
        np.maximum.at(final, both["person"], both["day"])
        born = np.concatenate(self.born)
        yearly = 0.004 * np.exp((final - born) / 365.25 * 0.085 - 4.6)  # about 1% a year at 65
        death = final + 1 + rng.exponential(365.25 / np.maximum(yearly, 1e-6))
        first_day = np.full(self.count, last_day)
        mine = treated["kind"] != NEC
        np.minimum.at(first_day, treated["person"][mine], treated["day"][mine])
        return People(
            np.concatenate(self.icb), rng.random(self.count), born, np.concatenate(self.sex), np.concatenate(self.home),
            np.where(death < last_day, death, -1).astype(int), first_day=first_day, **both,
        )  # fmt: skip


def denervations(rng: np.random.Generator, makers: Makers, goals: dict[int, Goal]) -> dict:
    """V48.5, V48.7 and V48.6 attendances: what earlier courses bring to a year first, new people for the rest."""
    waiting = empty()
    kept = []
    for year, goal in goals.items():
        begin, end = first_of(year), first_of(year + 1)
        wanted = goal.v485 + goal.v487 + goal.v486
        due = waiting["day"] < end
        now, waiting = where(waiting, due), where(waiting, ~due)
        while len(now["day"]) < wanted:
            fresh = new_courses(rng, makers, begin, end, max(1, round((wanted - len(now["day"])) / 1.25)))
            soon = fresh["day"] < end
            now, waiting = join(now, where(fresh, soon)), join(waiting, where(fresh, ~soon))
        order = rng.permutation(len(now["day"]))
        late = where(now, order[wanted:])
        # no room this year (as in 2020/21): they come a year later
        late["day"] = late["day"] + rng.integers(330, 420, len(late["day"]))
        waiting = join(waiting, late)
        now = where(now, order[:wanted])
        # a person keeps to one code, so that a course and its repeats are of one kind
        now = where(now, np.argsort(now["person"] * 2654435761 % 2**32, kind="stable"))
        now["kind"] = np.repeat([RFD, OTHER_LEVEL, NEC], [goal.v485, goal.v487, goal.v486])
        kept.append(now)
    return once_a_day(join(*kept))


def new_courses(rng, makers: Makers, begin: int, end: int, count: int) -> dict:
    """New people's first courses in a year, with all that will follow from them."""
    day = working_days(rng, begin, end, count)
    person = makers.new(count, day)
    side = rng.choice([LEFT, RIGHT, BOTH], count, p=[0.3, 0.3, 0.4])
    hurry = makers.world.hurry[makers.homes(person)]
    all_of_it = []
    for _ in range(1 + SECOND_COURSES):
        all_of_it.append(treatments(person, day, side))
        staged = (side != BOTH) & (rng.random(len(day)) < STAGED / 0.6)
        other_day = day + 14 + rng.gamma(2.0, 15, len(day)).astype(int)
        all_of_it.append(treatments(person[staged], other_day[staged], 1 - side[staged]))
        ended = np.where(staged, other_day, day)
        luck = rng.random(len(day))
        again = luck < np.minimum(0.52 * hurry, 0.9)
        wait = np.interp(luck / hurry, REPEAT_SHARE, REPEAT_DAYS).astype(int)
        day, person, side, hurry = (ended + np.maximum(wait, 60))[again], person[again], side[again], hurry[again]
    return join(*all_of_it)


def facet_blocks(rng, makers: Makers, goals: dict[int, Goal], treated: dict) -> dict:
    """V54.4 attendances: before most first denervations, and for many people who never have one."""
    person, first = first_days(treated)
    likely = makers.world.block_first[makers.homes(person)]
    had = rng.random(len(person)) < likely
    one = treatments(person[had], first[had] - 30 - rng.gamma(2.2, 55, had.sum()).astype(int), 0)
    twice = rng.random(len(one["day"])) < 0.3
    two = treatments(one["person"][twice], one["day"][twice] - 30 - rng.gamma(2, 40, twice.sum()).astype(int), 0)
    before = join(one, two)
    kept, recent = [], np.zeros(0, int)
    for year, goal in goals.items():
        begin, end = first_of(year), first_of(year + 1)
        mine = where(before, (before["day"] >= begin) & (before["day"] < end))
        mine = where(mine, rng.permutation(len(mine["day"]))[: goal.v544])
        missing = goal.v544 - len(mine["day"])
        again = min(len(recent), round(0.35 * missing))
        new = makers.new(missing - again, working_days(rng, begin, end, missing - again))
        who = np.concatenate([new, rng.choice(recent, again, replace=False)]) if again else new
        kept.append(join(mine, treatments(who, working_days(rng, begin, end, missing), 0)))
        recent = who
    blocks = join(*kept)
    blocks["kind"] = np.full(len(blocks["day"]), BLOCK)
    return with_providers(rng, makers, once_a_day(blocks))


def with_providers(rng, makers: Makers, some: dict) -> dict:
    """Treatments with the provider of each: the person's own, or now and then another."""
    some["provider"] = makers.homes(some["person"])
    elsewhere = rng.choice(len(makers.world.codes), len(some["day"]), p=makers.world.size / makers.world.size.sum())
    some["provider"] = np.where(rng.random(len(some["day"])) < 0.03, elsewhere, some["provider"])
    return some


def working_days(rng, begin: int, end: int, count: int) -> np.ndarray:
    """Random Mondays to Fridays of a year; fewer in December and August would be finer than anyone looks."""
    day = rng.integers(begin, end, count)
    weekday = (day + 6) % 7  # 1 April 2012 was a Sunday
    return np.clip(np.where(weekday >= 5, day - 2, day), begin, end - 1)


def empty() -> dict:
    """No treatments."""
    return treatments(np.zeros(0, int), np.zeros(0, int), np.zeros(0, int))


def treatments(person: np.ndarray, day: np.ndarray, side) -> dict:
    """Treatments as columns; kind and provider come later."""
    nothing = np.zeros(len(day), int)
    return {"person": person, "day": day, "side": nothing + side, "kind": nothing, "provider": nothing}


def where(some: dict, which: np.ndarray) -> dict:
    """The treatments chosen by a mask or by positions."""
    return {key: column[which] for key, column in some.items()}


def join(*parts: dict) -> dict:
    """Treatments end to end."""
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def once_a_day(some: dict) -> dict:
    """The treatments, with a second one of a person on one day moved to the next free day."""
    some = where(some, np.lexsort((some["day"], some["person"])))
    for _ in range(4):
        same = np.concatenate([[False], (np.diff(some["person"]) == 0) & (np.diff(some["day"]) <= 0)])
        some["day"] = np.where(same, some["day"] + 1, some["day"])
    return some


def first_days(treated: dict) -> tuple[np.ndarray, np.ndarray]:
    """(person, first day) of everyone with a lumbar denervation."""
    mine = where(treated, treated["kind"] == RFD)
    person, at = np.unique(mine["person"], return_index=True)
    return person, mine["day"][at]
