"""Steps of time by cell, and at least how many patients are behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Steps:
    """Cells × steps of time (0 … horizon + 1): who leaves at each, events, deaths, keys, and what bounds their patients.

    Firsts are the rows that are the first of their patient, masks have a bit set for each patient; `event` ones are of
    the rows with the event, `other` ones of the rest.
    """

    leaving: np.ndarray
    events: np.ndarray
    deaths: np.ndarray
    leaving_key: np.ndarray
    event_key: np.ndarray
    death_key: np.ndarray
    other_firsts: np.ndarray
    event_firsts: np.ndarray
    other_mask: np.ndarray
    event_mask: np.ndarray

    @classmethod
    def of(cls, raw: pd.DataFrame, cells: np.ndarray, horizon: int) -> "Steps":
        """The steps of raw rows, given the number of the cell of each."""
        shape = (int(cells.max()) + 1 if len(cells) else 0, horizon + 2)
        arrays = {}
        for name in cls.__dataclass_fields__:
            arrays[name] = np.zeros(shape, dtype=np.uint64 if name.endswith("mask") else np.int64)
            arrays[name][cells, raw["step"].to_numpy()] = raw[name].to_numpy()
        return cls(**arrays)

    def before(self, name: str) -> np.ndarray:
        """Cells × steps: the sum over the step and all later ones."""
        return np.flip(np.cumsum(np.flip(getattr(self, name), axis=1), axis=1), axis=1)

    def until(self, name: str) -> np.ndarray:
        """Cells × steps: the sum over the step and all earlier ones."""
        return np.cumsum(getattr(self, name), axis=1)

    def patients_at_risk(self) -> np.ndarray:
        """Cells × steps: at least so many patients leave at the step or later."""
        masks = np.flip(self.other_mask | self.event_mask, axis=1)
        firsts = self.before("other_firsts") + self.before("event_firsts")
        return patients(firsts, np.flip(np.bitwise_or.accumulate(masks, axis=1), axis=1))

    def patients_until(self, last: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each cell at least so many patients: with the event by a step, in all, and without it by then."""
        with_event = np.bitwise_or.reduce(self.event_mask[:, : last + 1], axis=1)
        without = np.bitwise_or.reduce(self.other_mask, axis=1) | np.bitwise_or.reduce(self.event_mask[:, last + 1 :], axis=1)
        event_firsts = self.event_firsts[:, : last + 1].sum(axis=1)
        firsts = self.other_firsts.sum(axis=1) + self.event_firsts.sum(axis=1)
        return (
            patients(event_firsts, with_event),
            patients(firsts, with_event | without),
            patients(firsts - event_firsts, without),
        )


def patients(firsts: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """At least so many patients: the rows that are the first of theirs, or the bits of the mask of all."""
    return np.maximum(firsts, np.bitwise_count(mask).astype(np.int64))
