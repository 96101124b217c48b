"""Where an attack goes and how it is scored: released answers to work on, exact ones to score by."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ask import Ask
from dashboard.metrics import METRICS
from dashboard.metrics.declared import ALL_SPLITS

CELL = ("place", "period", *ALL_SPLITS)
SURE, MARGIN = 0.001, 0.1
FEWEST, MOST = 1, 7


@dataclass(frozen=True)
class Result:
    """What came of an attack: of so many cells tried it recovered so many; a guess without the release would get `chance`."""

    attack: str
    tried: int
    recovered: int
    chance: float

    @property
    def won(self) -> bool:
        """Whether it beats chance: by more than a tenth, and an exact binomial test at 0.1% does not take it for luck.

        Where no cell at all may be recovered (chance 0), one is enough. A tenth, because two draws of one number are worth
        somewhat more than one, and who adds records draws again: what reads the count itself recovers nearly all.
        """
        if not self.tried or not self.recovered:
            return False
        if not self.chance or self.recovered / self.tried <= self.chance + MARGIN:
            return not self.chance
        from scipy.stats import binomtest  # half a second that a publication need not wait for where nothing is near to winning

        return bool(binomtest(self.recovered, self.tried, self.chance, alternative="greater").pvalue < SURE)


@dataclass(frozen=True)
class Ground:
    """The same questions, released to attack and exact to score: two Asks of one version."""

    released: Ask
    exact: Ask
    measures: tuple[str, ...] = tuple(METRICS)

    @classmethod
    def of(cls, warehouse) -> "Ground":
        """The ground of the version that a warehouse serves, under the default profile."""
        return cls(Ask(warehouse), Ask(warehouse, profile="exact", scope=("all", "")))

    def told(self, name: str, filters: dict | None = None, **question) -> pd.DataFrame:
        """A released answer: what an attacker holds."""
        return self.released.on(**(filters or {})).counts(METRICS[name], **question).frame

    def true(self, name: str, filters: dict | None = None, **question) -> pd.DataFrame:
        """The exact answer, for scoring alone."""
        return self.exact.on(**(filters or {})).counts(METRICS[name], **question).frame

    def both(self, name: str, filters: dict | None = None, **question) -> pd.DataFrame:
        """The released rows with `number` and `whole`, the true numerator and denominator of each."""
        told, true = (answer(name, filters, **question) for answer in (self.told, self.true))
        keys = [column for column in CELL if column in told]
        known = true[keys].assign(number=true["numerator"], whole=true["denominator"])
        return told.merge(known, on=keys, how="outer", validate="one_to_one")


def few(number) -> np.ndarray:
    """Whether true numbers are small ones, the prize of every attack."""
    return (np.asarray(number, float) >= FEWEST) & (np.asarray(number, float) <= MOST)


def guessed(attack: str, true, guess) -> Result:
    """The score of guesses of small numbers; chance is what always saying the commonest of them would get."""
    true, guess = np.asarray(true, float), np.asarray(guess, float)
    commonest = pd.Series(true).value_counts(normalize=True).max() if len(true) else 0.0
    return Result(attack, len(true), int(np.sum(true == guess)), float(commonest))


Attack = Callable[[Ground], Result]
