"""Questions that pages, exports and the command line ask of the published version."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from dashboard.ask import episodes, kinds, lattice, rows
from dashboard.ask.episodes import Selection
from dashboard.ask.road import Cells, Road
from dashboard.ask.version import Version
from dashboard.disclosure.numbers import profile as profile_named
from dashboard.disclosure.released import Released
from dashboard.filters import DEFAULTS, ENGLAND, Filters
from dashboard.metrics import METRICS, Metric

T = TypeVar("T")


class Ask:
    """Answers about one place and period of one version, each through the gate.

    The profile `exact` is for the command line alone. `strict` refuses a choice that a question takes no notice of,
    for whoever made it on purpose; a page whose filters serve many charts leaves it off. `scope` is which rows may be
    seen: ("provider", code), ("commissioner", code), ("all", ""), or none, as long as nobody says otherwise.
    """

    def __init__(
        self,
        warehouse,
        filters: Filters = DEFAULTS,
        profile: str = "hes2018_ck",
        *,
        strict: bool = False,
        scope: tuple[str, str] = ("none", ""),
    ):
        self.warehouse, self.filters, self.profile = warehouse, filters, profile
        self.version = Version(warehouse, filters.version)
        self._road = Road(self.version, filters, profile_named(profile), strict, scope)

    @property
    def about(self) -> dict:
        """The version's own account of itself."""
        return self.version.about

    def on(self, **changes) -> "Ask":
        """The same questions with other choices."""
        return Ask(self.warehouse, replace(self.filters, **changes), self.profile)

    def under(self, profile: str) -> "Ask":
        """The same questions answered under another profile."""
        return Ask(self.warehouse, self.filters, profile)

    def of_england(self) -> "Ask":
        """The same questions asked of England."""
        return self.on(place_type="england", place=ENGLAND)

    def counts(
        self,
        metric: Metric,
        *,
        by: str = "place",
        split: Sequence[str] = (),
        period: str | None = None,
        place: Sequence[str] = (),
    ) -> Released:
        """A row per place, period and split: measure, place_type, place, place_name, period, splits, numbers, flag.

        A period `all` takes the years together; `place` keeps those rows alone.
        """
        split = tuple(split)
        lattice.check_metric(metric, lattice.kind(self.filters, by), split, crossing=lattice.crosses(self.filters, by))
        cells = Cells(by, period or self.filters.period, split)
        return _at(place, self._road.answer(kinds.of_metric(metric, split), cells))

    def ignored(self, metric: Metric) -> list[str]:
        """The choices made by the filters that make no difference to a measure."""
        return self._road.ignored(kinds.of_metric(metric, ()).heeds)

    def curve(self, metric: Metric, *, by: str = "place", place: Sequence[str] = ()) -> Released:
        """A row per place and month: measure, place…, period, months, at_risk, events, incidence, lower, upper, flag.

        Events are those since the row before; released rows are months apart where events are few.
        """
        return _at(place, self._road.answer(kinds.curve(metric), Cells(by)))

    def waterfall(self, *, by: str = "place") -> Released:
        """A row per place and rule, in their order: place…, period, rule, lost, remaining, flag."""
        return self._road.answer(kinds.WATERFALL, Cells(by))

    def reasons(self, *, by: str = "place") -> Released:
        """A row per place and criterion: place…, period, criterion, a column per state, the ways to fail, flag.

        `fails_only`, and `fails_with_others` of the row `several`, add up to the non-adherent: not_met of the row `any`.
        """
        return self._road.answer(kinds.REASONS, Cells(by))

    def distribution(self, name: str, *, by: str = "place") -> Released:
        """A row per place and band: place…, period, band, count, flag."""
        return self._road.answer(kinds.distribution(name), Cells(by))

    def flow(self, *, by: str = "place") -> Released:
        """A row per place, stage and outcome of the year after an index block: place…, period, stage, outcome, count, flag."""
        return self._road.answer(kinds.FLOW, Cells(by))

    def counted_as(self, *, by: str = "place") -> Released:
        """A row per place and thing that denervations are counted as: place…, period, counted_as, count, flag.

        Where the denervations of a place are not told, neither is any of these, which are nearly the same number.
        """
        answer = self._road.answer(kinds.COUNTED_AS, Cells(by))
        denervations = self.counts(METRICS["denervations"], by=by, period="all").frame
        told = answer.frame["place"].isin(list(denervations.dropna(subset=["value"])["place"]))
        flag = answer.frame["flag"].where(told, "suppressed")
        return replace(answer, frame=answer.frame.assign(count=answer.frame["count"].where(told), flag=flag))

    def loading(self, name: str) -> Released:
        """A table about how the version was loaded: `files`, `rules`, `fates`, `providers`, `months`, `mergers`, `unknown`, `published` or `ebi`."""
        return self._road.about_loading(name)

    def versions(self) -> list[dict]:
        """What each version that is still kept says of itself, the latest first."""
        return [Version(self.warehouse, name).about | {"version": name} for name in reversed(self.warehouse.kept())]

    def rows(self, table: str) -> pd.DataFrame:
        """Exact rows of a table, columns as in the interface, of the chosen place and years, within the scope."""
        return rows.of(table, self._road)

    def episodes(self, selection: Selection, key: bytes) -> pd.DataFrame:
        """A row per course and criterion, within the scope, of the chosen place, years, people and selection.

        Nothing in it names a person: patients and courses have pseudonyms made with the key. Refused without a scope.
        """
        return episodes.of(selection, self._road, key)

    def places(self, place_type: str) -> list[tuple[str, str]]:
        """Code and name of every place of a type, in the order of their names; the same whatever is filtered."""
        return list(self.version.kept(("places", place_type), lambda: self._places(place_type)))

    def _places(self, place_type: str) -> list[tuple[str, str]]:
        found = self.version.places
        found = found[found["place_type"] == place_type].sort_values(["place_name", "place"])
        return list(zip(found["place"], found["place_name"], strict=True))

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What is made of answers, made once for the same version, scope, profile and filters; nothing (None) is not kept."""
        return self.version.kept((name, self._road.scope, self.profile, self.filters), make)


def _at(place: Sequence[str], answer: Released) -> Released:
    """The answer's rows of those places alone; all of them where none is named."""
    if not place:
        return answer
    kept = answer.frame[answer.frame["place"].isin(list(place))]
    return replace(answer, frame=kept.reset_index(drop=True))
