"""Seeded synthetic HES: admitted care, outpatients and deaths in the DARS layout, calibrated to published national counts.

Nobody in it exists. Providers are invented and marked fictional; ICBs and populations are real.
"""

from pathlib import Path

import numpy as np

from dashboard.demo import admitted, files, outpatients, pathways, people, places, targets, words
from dashboard.errors import Refused


def write(out: Path, seed: int = 1, first: int = 2012, last: int = 2025, scale: float = 1.0) -> list[Path]:
    """Write one APC and one OP file per financial year from `first` to `last`, and a deaths file; return their paths.

    `scale` multiplies every count; the same arguments write the same bytes. Refused when an argument is out of range.
    """
    if not (places.YEARS[0] <= first <= last <= places.YEARS[-1] and scale > 0 and seed >= 0):
        raise Refused("demo: years run from 2012 to 2025, the scale is above 0 and the seed is 0 or more.")
    out.mkdir(parents=True, exist_ok=True)
    world, vocabulary = places.world(), words.read()
    goals = targets.by_year(range(first, last + 1), scale)
    history = pathways.simulate(np.random.default_rng(seed), world, goals)
    keys = files.person_keys(len(history.people))
    paths = [
        admitted.write(out, np.random.default_rng((seed, year)), world, vocabulary, history, keys, year, goal)
        for year, goal in goals.items()
    ]
    rng = np.random.default_rng((seed, 0))
    visits = outpatients.appointments(rng, world, history)
    paths += [outpatients.write(out, rng, world, vocabulary, history, keys, visits, year) for year in goals]
    return [*paths, write_deaths(out, history.people["death"], keys, people.first_of(last + 1))]


def write_deaths(out: Path, death: np.ndarray, keys, end: int) -> Path:
    """Everyone who died before a day, one row each."""
    dead = np.flatnonzero(death < end)
    filled = {"TOKEN_PERSON_ID": keys.take(dead), "DATE_OF_DEATH": files.dates(death[dead])}
    path = out / "FILE_SYNTHETIC_DEATHS.txt"
    return files.write_lines(path, ",".join(filled), files.lines(list(filled), filled, len(dead), ","))
