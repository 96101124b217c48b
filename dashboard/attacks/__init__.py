"""Attacks on what is released: plain code that holds released numbers alone and tries to recover small true ones."""

from dataclasses import replace

import pandas as pd

from dashboard.attacks import audit, contract, derived, difference, records, routes, shown
from dashboard.attacks.ground import Attack, Ground, Result

__all__ = ["ALL", "Ground", "Result", "proofs", "run", "sample", "table"]

ALL: tuple[Attack, ...] = (
    shown.primary,
    shown.complement,
    audit.audit,
    records.slider,
    derived.averages,
    routes.routes,
    difference.unions,
    difference.overlaps,
    shown.rederived,
    shown.names,
    records.sides,
    records.versions,
    routes.cache,
    shown.boundaries,
    contract.imports,
    derived.limits,
    derived.curve_steps,
    difference.cohorts,
    difference.crossings,
)
QUICK = (shown.primary, shown.complement, shown.boundaries, shown.rederived, records.sides, difference.unions)
QUICKLY = ("denervations", "no_block_found")


def run(ground: Ground) -> list[Result]:
    """What came of every attack."""
    return [attack(ground) for attack in ALL]


def sample(ground: Ground) -> list[Result]:
    """What came of the quick attacks on a few measures, for every publication."""
    return [attack(replace(ground, measures=QUICKLY)) for attack in QUICK]


def proofs(ground: Ground) -> list[Result]:
    """Two attacks on weaker releases, which must win: without the cell key, and with small cells hidden but nothing rounded."""
    plain = replace(ground, released=ground.released.under("hes2018"))
    slid, solved = records.slider(plain), audit.audit(ground, exact=True)
    return [replace(slid, attack="one-record slider on hes2018"), replace(solved, attack="LP audit of hiding alone")]


def table(results: list[Result], weaker: list[Result]) -> pd.DataFrame:
    """A row per attack: cells tried, recovered, their share, what chance would get, and the verdict."""
    rows = [_row(one, "WON" if one.won else "held" if one.tried else "nothing to try") for one in results]
    rows += [_row(one, "won, as it must" if one.won else "BLUNT: an attack that must win did not") for one in weaker if one.tried]
    return pd.DataFrame(rows)


def _row(one: Result, verdict: str) -> dict:
    share = one.recovered / one.tried if one.tried else 0.0
    numbers = {"tried": one.tried, "recovered": one.recovered, "share": round(share, 3), "chance": round(one.chance, 3)}
    return {"attack": one.attack} | numbers | {"verdict": verdict}
