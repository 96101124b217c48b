"""Seeded synthetic HES: admitted care, outpatients and deaths in the DARS layout, calibrated to published national counts.

Nobody in it exists. Providers are invented and marked fictional; ICBs and populations are real.
"""

import math
from pathlib import Path

import numpy as np

from dashboard.demo import admitted, files, others, outpatients, pathways, people, places, targets, words
from dashboard.errors import Refused


def write(out: Path, seed: int = 1, first: int = 2012, last: int = 2025, scale: float = 1.0, noise: float = 0) -> list[Path]:
    """Write one APC and one OP file per financial year from `first` to `last`, and a deaths file; return their paths.

    `scale` multiplies every count, `noise` adds so many episodes of other people to each that is written; the same arguments write the
    same bytes. Memory is that of one England at most: a larger scale is several, written one behind the other.
    Refused when an argument is out of range.
    """
    if not (places.YEARS[0] <= first <= last <= places.YEARS[-1] and scale > 0 and seed >= 0 and noise >= 0):
        raise Refused("demo: years run from 2012 to 2025, the scale is above 0, the seed and the noise are 0 or more.")
    out.mkdir(parents=True, exist_ok=True)
    years, parts = range(first, last + 1), math.ceil(scale)
    to = {kind: {year: begun(out, kind, year) for year in years} for kind in ("apc", "op")}
    deaths = files.begin(out / "FILE_SYNTHETIC_DEATHS.txt", ["TOKEN_PERSON_ID", "DATE_OF_DEATH"], ",")
    world, vocabulary, so_far = places.world(), words.read(), Counts(years)
    for part in range(parts):
        write_part(seed, part, world, vocabulary, targets.by_year(years, scale / parts), to, deaths, so_far)
    for year, path in to["apc"].items():
        rng = np.random.default_rng((seed, year, 0, 0))
        others.write(path, rng, world, vocabulary, year, round(noise * so_far.apc[year]))
    return [*to["apc"].values(), *to["op"].values(), deaths]


class Counts:
    """What was written so far: people, and records of each kind and year, so that the next have numbers of their own."""

    def __init__(self, years: range):
        self.people, self.apc, self.op = 0, dict.fromkeys(years, 0), dict.fromkeys(years, 0)


def begun(out: Path, kind: str, year: int) -> Path:
    """A file of one kind and financial year with its header."""
    return files.begin(out / f"FILE_SYNTHETIC_HES_{kind.upper()}_{files.year_name(year)}.txt", files.columns_of(kind))


def write_part(seed: int, part: int, world, vocabulary, goals: dict, to: dict, deaths: Path, so_far: Counts) -> None:
    """Write one world's people at the end of every file."""
    more = (part,) if part else ()
    history = pathways.simulate(np.random.default_rng((seed, *more) if part else seed), world, goals)
    keys = files.person_keys(len(history.people), so_far.people)
    for year, goal in goals.items():
        rng = np.random.default_rng((seed, year, *more))
        args = (world, vocabulary, history, keys)
        so_far.apc[year] += admitted.write(to["apc"][year], rng, *args, year, goal, so_far.apc[year])
    rng = np.random.default_rng((seed, 0, *more))
    visits = outpatients.appointments(rng, world, history)
    for year in goals:
        so_far.op[year] += outpatients.write(to["op"][year], rng, *args, visits, year, so_far.op[year])
    write_deaths(deaths, history.people["death"], keys, people.first_of(max(goals) + 1))
    so_far.people += len(history.people)


def write_deaths(path: Path, death: np.ndarray, keys, end: int) -> None:
    """Everyone who died before a day, one row each."""
    dead = np.flatnonzero(death < end)
    filled = {"TOKEN_PERSON_ID": keys.take(dead), "DATE_OF_DEATH": files.dates(death[dead])}
    files.append(path, files.lines(list(filled), filled, len(dead), ","))
