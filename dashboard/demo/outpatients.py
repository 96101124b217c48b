"""Outpatient appointments: care before first denervations, some of it missed, and blocks where a provider does them there."""

from pathlib import Path

import numpy as np
import pyarrow

from dashboard.demo.files import append, choose, columns_of, dates, joined, lines, numbers
from dashboard.demo.pathways import History
from dashboard.demo.people import first_of, working
from dashboard.demo.places import World
from dashboard.demo.treatments import BLOCK, TREATMENT, first_by_person
from dashboard.demo.words import Words

SPECIALTIES = {"650": 0.52, "191": 0.30, "713": 0.03, "656": 0.02, "651": 0.03, "110": 0.10}
ATTENDANCE = {"5": 0.80, "6": 0.05, "3": 0.10, "7": 0.05}  # seen, seen late; did not come, came too late
APPOINTMENTS = 1.5  # on average, after the first
LONGEST_BEFORE = 700  # days


def appointments(rng: np.random.Generator, world: World, history: History) -> np.ndarray:
    """Everyone's appointments as TREATMENT rows; those with the code of a block are blocks."""
    first = first_by_person(history.treatments[history.treatments["code"] < BLOCK])
    cared = first[rng.random(len(first)) < world.habits["care_seen"][history.people["home"][first["person"]]]]
    cared = np.repeat(cared, 1 + rng.poisson(APPOINTMENTS, len(cared)))
    some = np.zeros(len(cared), TREATMENT)
    some["person"] = cared["person"]
    some["day"] = working(cared["day"] - rng.integers(14, LONGEST_BEFORE, len(cared)))
    every = np.concatenate([some, history.outpatient_blocks])
    every["provider"] = history.people["home"][every["person"]]
    return every


def write(
    path: Path, rng, world: World, words: Words, history: History, keys, every: np.ndarray, year: int, first: int = 0
) -> int:
    """Write a year's appointments at the end of its file and return how many; they are numbered on from `first`."""
    rows = every[(every["day"] >= first_of(year)) & (every["day"] < first_of(year + 1))]
    count, block = len(rows), rows["code"] == BLOCK
    person = rows["person"]
    code = choose(world.codes, rows["provider"])
    suffix = choose(["00", "01"], np.append(world.independent, False)[rows["provider"]])
    procedure = words.column(np.where(block, words.of("block")[0], 0))
    specialty = np.where(block, list(SPECIALTIES).index("191"), rng.choice(len(SPECIALTIES), count, p=list(SPECIALTIES.values())))
    attended = np.where(block, 0, rng.choice(len(ATTENDANCE), count, p=list(ATTENDANCE.values())))
    area = choose([new if year >= 2021 else old for old, new, _ in world.areas], history.people["area"][person])
    filled = {
        "PARTYEAR": f"{year}99", "ATTENDKEY": numbers((8_000 + year) * 10**8 + first + np.arange(count)),
        "Token_Person_ID": keys.take(pyarrow.array(person)), "SEX": numbers(history.people["sex"][person]),
        "APPTDATE": dates(rows["day"]), "ATTENDED": choose(list(ATTENDANCE), attended),
        "TRETSPEF": choose(list(SPECIALTIES), specialty), "PROCODET": joined([code, suffix]),
        "CCG_RESPONSIBILITY": area, "CCG_RESIDENCE": area,
        "OPERTN_01": procedure, "OPERTN_4_01": procedure,
    }  # fmt: skip
    columns = columns_of("op")
    append(path, lines(columns, filled, count))
    return count
