"""What a question must know of the version it is asked of: its places, policies and years, and how to run SQL on it."""

import pandas as pd

from dashboard.ask.cache import answers_about
from dashboard.ask.compose import Question, question
from dashboard.ask.lattice import years_between


class Version:
    """One published version of a warehouse; its small tables are read once."""

    def __init__(self, warehouse, name: str | None = None):
        # named once, so that a version published meanwhile never answers under this one's name
        self.warehouse, self.name = warehouse, name or warehouse.version

    def frame(self, asked: Question, parameters: dict) -> pd.DataFrame:
        """The raw rows of a question with its parameters bound; not to be shown."""
        return self.warehouse.frame(asked.sql, parameters, self.name)

    def kept(self, key: tuple, make):
        """An answer about this version, made once."""
        return answers_about(self.warehouse).get((self.name, *key), make)

    @property
    def about(self) -> dict:
        """The version's own account of itself."""
        served = self.warehouse.about  # looked at once, as the pointer may move
        return served if served["version"] == self.name else self.kept(("about",), self._about)

    def _about(self) -> dict:
        found = self.frame(question("ask/known_about"), {})
        return dict(zip(found["key"], found["value"], strict=True))

    @property
    def policies(self) -> pd.DataFrame:
        """One row per policy."""
        return self.kept(("policies",), lambda: self.frame(question("ask/known_policies"), {}))

    @property
    def places(self) -> pd.DataFrame:
        """One row per place that can be asked about: place_type, place, place_name, region, sector."""
        return self.kept(("places",), lambda: self.frame(question("ask/known_places"), {}))

    @property
    def place_names(self) -> dict:
        """The name of each place by its type and code."""
        return self.kept(("place names",), self._names)

    def _names(self) -> dict:
        columns = ("place_type", "place", "place_name")
        return {(kind, code): name for kind, code, name in zip(*(self.places[one] for one in columns), strict=True)}

    @property
    def regions(self) -> dict:
        """The region of each commissioner."""
        return self.kept(("regions",), self._regions)

    def _regions(self) -> dict:
        places = self.places[self.places["place_type"] == "commissioner"]
        return dict(zip(places["place"], places["region"], strict=True))

    @property
    def years(self) -> list[str]:
        """The financial years of the data."""
        about = self.about
        return years_between(about["data_start"], about["data_end"])

    @property
    def deaths_observed(self) -> bool:
        """Whether anybody's death is in the data, so that it can compete."""
        return self.about.get("deaths_observed") == "true"
