"""Seeded synthetic HES: admitted care, outpatients and deaths in the DARS layout, calibrated to published national counts.

Nobody in it exists. Providers are invented and marked fictional; ICBs and populations are real.
"""

from pathlib import Path

import numpy as np

from dashboard.demo import files, pathways, places, targets


def write(out: Path, seed: int = 1, first: int = 2012, last: int = 2025, scale: float = 1.0) -> list[Path]:
    """Write one APC and one OP file per financial year from `first` to `last`, and a deaths file; return their paths.

    `scale` multiplies every count. ValueError when the years are not within 2012 to 2025 or the scale is not above 0.
    """
    if not (2012 <= first <= last <= 2025 and scale > 0):
        raise ValueError("demo: years run from 2012 to 2025, and the scale is above 0")
    out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    world = places.world()
    goals = targets.by_year(range(first, last + 1), scale)
    people = pathways.simulate(rng, world, goals)
    paths = [files.write_admitted(out, rng, world, people, year) for year in range(first, last + 1)]
    paths += [files.write_outpatients(out, rng, people, year) for year in range(first, last + 1)]
    return [*paths, files.write_deaths(out, people)]
