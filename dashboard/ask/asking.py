"""Questions that pages, exports and the command line ask of the published version."""

from collections.abc import Sequence

import pandas as pd

from dashboard.disclosure.released import Released
from dashboard.filters import Filters
from dashboard.metrics import Metric


class Ask:
    """Answers about one place and period, each of them through the gate; `strict` refuses filters a question ignores."""

    def __init__(self, warehouse, filters: Filters = Filters(), profile: str = "hes2018_ck", *, strict: bool = False):  # noqa: B008
        self.warehouse, self.filters, self.profile, self.strict = warehouse, filters, profile, strict

    def counts(
        self,
        metric: Metric,
        *,
        by: str = "place",
        split: Sequence[str] = (),
        period: str | None = None,
        place: Sequence[str] = (),
    ) -> Released:
        """A row per place, period and split value: measure, place_type, place, place_name, period, …, flag."""
        raise NotImplementedError

    def curve(self, metric: Metric, *, by: str = "place") -> Released:
        """A row per place and month: place_type, place, place_name, period, months, at_risk, events, incidence, lower, upper, flag."""
        raise NotImplementedError

    def waterfall(self, *, by: str = "place") -> Released:
        """A row per place and rule: place_type, place, place_name, period, rule, lost, remaining, flag."""
        raise NotImplementedError

    def reasons(self, *, by: str = "place") -> Released:
        """A row per place and criterion: place…, period, criterion, met, not_met, not_assessable, not_applicable, fails_only, fails_with_others, flag."""
        raise NotImplementedError

    def distribution(self, name: str, *, by: str = "place") -> Released:
        """A row per place and band: place…, period, distribution, band, count, flag."""
        raise NotImplementedError

    def flow(self, *, by: str = "place") -> Released:
        """A row per place, stage and outcome: place…, period, stage, outcome, count, flag."""
        raise NotImplementedError

    def rows(self, table: str) -> pd.DataFrame:
        """Exact rows, columns as in the interface."""
        raise NotImplementedError

    def places(self, place_type: str) -> list[tuple[str, str]]:
        """Code and name of every place of a type."""
        raise NotImplementedError
