"""The road of every question: choices to parameters, SQL to raw cells, the gate, the layout."""

from dataclasses import dataclass, replace

import pandas as pd

from dashboard import policy
from dashboard.ask import lattice, shape, whole
from dashboard.ask.compose import Question, question
from dashboard.ask.kinds import Kind
from dashboard.ask.version import Version
from dashboard.ask.whole import IN_PARTS, Whole
from dashboard.disclosure.gate import release
from dashboard.disclosure.incidence import horizon
from dashboard.disclosure.numbers import Profile
from dashboard.disclosure.rates import YEARS
from dashboard.disclosure.released import Released
from dashboard.errors import Failed, Refused
from dashboard.filters import DEFAULTS, GROUPS, THRESHOLDS, Filters
from dashboard.metrics import Metric

LOADING = {
    "files": "Files loaded, and what became of their rows",
    "rules": "Rows put aside, dropped or flagged, by rule",
    "fates": "Rows loaded, put aside, dropped or flagged, by month",
    "providers": "Rows and complete months, by provider",
    "months": "Providers whose months are complete",
    "mergers": "Closed organisations, and those they are counted under",
    "unknown": "Provider codes in no reference list",
    "published": "Mentions of codes here and as published",
    "ebi": "SUS's own EBI flag and the rule used here",
}
CHOICES = ("cohort", "policy", *THRESHOLDS)


@dataclass(frozen=True)
class Cells:
    """Which cells are asked for: the rows' kind of place, the period and the splits."""

    by: str = "place"
    period: str = "all"
    split: tuple[str, ...] = ()


@dataclass(frozen=True)
class Road:
    """Where a question goes: a version, the filters, the profile of the gate, and whose eyes it is for."""

    version: Version
    filters: Filters
    gate: Profile
    strict: bool
    scope: tuple[str, str]

    def answer(self, kind: Kind, cells: Cells) -> Released:
        """The released answer to a kind of question for some cells; Refused outside the lattice."""
        self.heed(kind.title, kind.heeds)
        by = lattice.kind(self.filters, cells.by)
        filters, note = self._within_lattice(by, cells)
        asked = self._whole(kind, filters, by, cells)
        choices = self.choices(asked.filters) | self._of_cells(kind, asked, cells)
        bound = {name: (question_, question_.bind(choices | own)) for name, (question_, own) in self._questions(kind).items()}
        label = self._label(filters, cells)
        picked = (by, cells.split, asked.wanted, asked.years)
        key = (self.scope, self.gate.name, kind.gate, kind.title, label, picked, _canonical(bound))
        told = self.version.kept(key, lambda: self._released(kind, bound, filters, by, cells, asked))
        frame = self._in_region(told.frame, by)
        return replace(told, frame=frame.copy(deep=False), filters=self.filters, notes=(note,) if note else ())

    def about_loading(self, name: str) -> Released:
        """A released table about how the version was loaded; of the chosen provider where that can be told."""
        asked = question(f"ask/loading_{name}")
        provider = self.filters.place if self.filters.place_type == "provider" else None
        bound = asked.bind({"provider": provider})
        key = (self.gate.name, "loading", asked.sql, tuple(sorted(bound.items())))
        return self.version.kept(key, lambda: self._told_of_loading(name, asked, bound))

    def _told_of_loading(self, name: str, asked: Question, bound: dict) -> Released:
        raw = self.version.frame(asked, bound)
        return release(raw, "loading", self.gate.name, title=LOADING[name], about=self.version.about, filters=self.filters)

    def heed(self, name: str, heeds: tuple[str, ...]) -> None:
        """Refuse, when strict, a choice that was made but of which the question takes no notice."""
        ignored = self.ignored(heeds)
        if self.strict and ignored:
            raise Refused(f"{', '.join(ignored)} makes no difference to {name}: leave it out")

    def ignored(self, heeds: tuple[str, ...]) -> list[str]:
        """The choices that were made but of which a question takes no notice."""
        return [one for one in CHOICES if one not in heeds and getattr(self.filters, one) != getattr(DEFAULTS, one)]

    def choices(self, filters: Filters) -> dict:
        """Every `$parameter` that filters decide."""
        return policy.parameters(filters, self.version.policies) | {
            "from": filters.from_,
            "to": filters.to,
            "cohort": filters.cohort,
            **{name: getattr(filters, name) for name in GROUPS},
        }

    def row_choices(self) -> dict:
        """Every `$parameter` of rows one by one: the filters, whose rows they may be, and no cells."""
        scope_type, scope = self.scope
        place = {"place_type": self.filters.place_type, "place": self.filters.place}
        no_cells = {"by": "england", "period": "all", "first_split": "", "second_split": ""}
        return self.choices(self.filters) | place | no_cells | {"scope_type": scope_type, "scope": scope}

    def _within_lattice(self, by: str, cells: Cells) -> tuple[Filters, str | None]:
        if cells.period not in lattice.PERIODS:
            raise Refused(f"{cells.period!r} is no period; there are: {', '.join(lattice.PERIODS)}")
        if self.gate.exact:
            return self.filters, None
        lattice.check_cell(self.filters, by, cells.period, cells.split)
        return lattice.pooled(self.filters, self.version.years) if cells.period == "all" else (self.filters, None)

    def _whole(self, kind: Kind, filters: Filters, by: str, cells: Cells) -> Whole:
        """What is asked in the place of the cells: for exact numbers the cells alone, else the wholes they are parts of."""
        itself = cells.by == "place"
        if self.gate.exact:
            return Whole(filters, by, cells.split, lattice.within(filters, by, itself=itself))
        return whole.of(filters, by, cells.period, cells.split, kind.gate, self.version.regions, itself=itself)

    def _of_cells(self, kind: Kind, asked: Whole, cells: Cells) -> dict:
        first, second, *_ = (*asked.split, "", "")
        step, last = horizon(kind.months, self.gate) if kind.months else (None, None)
        splits = {"first_split": first, "second_split": second}
        own = {"by": asked.by, "period": cells.period, "step": step, "horizon": last, "threshold": self.gate.threshold}
        return own | splits | asked.place

    def _questions(self, kind: Kind) -> dict[str, tuple[Question, dict]]:
        """The questions whose raw cells the gate needs, each with the choices that are its own."""
        if kind.gate != "rate":
            asked = question(kind.measure, "ask/chosen", kind.step)
            return {"": (asked, {})} | self._headline(kind, "headline", asked, {})
        strata = {"strata": (question("ask/person_years"), {})}
        if self.gate.exact:
            return strata | {"people": (question(kind.measure, "ask/chosen", "ask/rate"), {})}
        counts, groups = question(kind.measure, "ask/chosen", "ask/counts"), {"first_split": "sex", "second_split": "age_band"}
        headline = self._headline(kind, "totals_headline", counts, {}) | self._headline(kind, "groups_headline", counts, groups)
        repeats = question(kind.measure, "ask/chosen", "ask/events_per_person")
        return strata | headline | {"totals": (counts, {}), "groups": (counts, groups), "repeats": (repeats, {})}

    def _headline(self, kind: Kind, name: str, asked: Question, own: dict) -> dict[str, tuple[Question, dict]]:
        """The same question of the headline cohort, where a cell of another could be held against it."""
        if self.gate.exact or "cohort" not in kind.heeds or self.filters.cohort == DEFAULTS.cohort:
            return {}
        return {name: (asked, own | {"cohort": DEFAULTS.cohort})}

    def _released(self, kind: Kind, bound: dict, filters: Filters, by: str, cells: Cells, asked: Whole) -> Released:
        """The wanted cells of what was released of their wholes, in their order and with their labels."""
        told, label = self._of_wholes(kind, bound, filters, cells), self._label(filters, cells)
        placed = shape.placed(asked.pick(told.frame), by, self.version.place_names, label)
        return replace(told, frame=kind.lay_out(placed).reset_index(drop=True), filters=filters)

    def _of_wholes(self, kind: Kind, bound: dict, filters: Filters, cells: Cells) -> Released:
        """What the gate tells of all cells of the wholes: once for everybody who wants some of them, one sex, one age band, one place."""
        options = self._options(kind, filters, cells)
        key = (self.scope, self.gate.name, kind.gate, kind.title, cells.period, options.get("years"), _canonical(bound))
        return self.version.kept(key, lambda: self._through_the_gate(kind, bound, filters, options))

    def _through_the_gate(self, kind: Kind, bound: dict, filters: Filters, options: dict) -> Released:
        raw = {name: self._raw(name, one, parameters) for name, (one, parameters) in bound.items()}
        for cells in raw.values():
            never_null(cells, kind.metric)
        told = {"title": kind.title, "about": self.version.about, "filters": filters, "metric": kind.metric}
        beside = {"headline": raw["headline"]} if "headline" in raw else {}
        return release(raw.get("", raw), kind.gate, self.gate.name, **told, **options, **beside)

    def _raw(self, name: str, asked: Question, parameters: dict) -> pd.DataFrame:
        """The raw rows of a question; the population is the same for every rate, so it is read once."""
        if name != "strata":
            return self.version.frame(asked, parameters)
        key = (name, *sorted(parameters.items(), key=str))
        return self.version.kept(key, lambda: self.version.frame(asked, parameters))

    def _options(self, kind: Kind, filters: Filters, cells: Cells) -> dict:
        """What a gate must be told beside the raw cells: their kin, the horizon of an estimate, the years of a rate."""
        in_parts = kind.gate in (*IN_PARTS, "rate")
        options = {"kin": whole.kin(self.version.years, self.version.regions, cells.period)} if in_parts else {}
        if kind.gate == "rate":
            return options | {"years": YEARS.get(cells.period) or float(len(self._years(filters)))}
        if not kind.months:
            return options
        last = {"months": kind.months} if kind.gate == "curve" else {"last": horizon(kind.months, self.gate)[1]}
        return options | last | {"deaths_observed": self.version.deaths_observed}

    def _label(self, filters: Filters, cells: Cells) -> str | None:
        return lattice.period_label(filters, self.version.years) if cells.period == "all" else None

    def _years(self, filters: Filters) -> list[str]:
        return [year for year in self.version.years if (filters.from_ or year) <= year <= (filters.to or year)]

    def _in_region(self, frame: pd.DataFrame, by: str) -> pd.DataFrame:
        """Of rows by provider, those of the chosen region's own providers, each still its whole cell."""
        if by != "provider" or self.filters.place_type != "region":
            return frame
        places = self.version.places
        ours = places[(places["place_type"] == "provider") & (places["region"] == self.filters.place)]["place"]
        return frame[frame["place"].isin(list(ours))].reset_index(drop=True)


def never_null(raw: pd.DataFrame, metric: Metric | None) -> None:
    """Failed, naming a measure and its file, when its rule does not say of every row whether it counts."""
    if metric and "nulls" in raw and raw["nulls"].any():
        raise Failed(
            f"{metric.title} ({metric.name}) cannot be told: queries/{metric.sql}.sql leaves the numerator or denominator of "
            f"{raw['nulls'].sum()} row(s) null. Each is 0 or 1, never null."
        )


def _canonical(bound: dict[str, tuple[Question, dict]]) -> tuple:
    """The questions and their parameters as a key: what a choice does not change is not asked again."""
    return tuple((asked.sql, tuple(sorted(parameters.items(), key=str))) for asked, parameters in bound.values())
