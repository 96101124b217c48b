"""The only kind of table that leaves a question."""

from dataclasses import dataclass, field

import pandas as pd

from dashboard.filters import Filters
from dashboard.metrics import Metric


@dataclass(frozen=True)
class Released:
    """A table that passed the gate, with what it says, under which profile, from which data and filters."""

    frame: pd.DataFrame
    metric: Metric | None
    title: str
    profile: str
    about: dict
    filters: Filters
    notes: tuple[str, ...] = field(default=())
