"""A version of a handful of rows, with the schema of a published one, for questions whose answer is known by hand."""

import hashlib
import itertools
from datetime import date
from pathlib import Path

import duckdb

from dashboard.ask import Ask
from dashboard.filters import Filters

SCHEMA = Path(__file__).with_name("version.sql").read_text(encoding="utf-8")
REGIONS = {"QOQ": "Y63", "QOP": "Y62", "QYG": "Y62"}
KEYS = {"denervations": "denervation_id", "blocks": "block_id", "courses": "course_id"}
KEYS |= {"index_blocks": "index_block_id", "days": "day_id"}
SOME = {
    "denervations": {"lumbar": True, "broad": True, "ebi": False, "sides": "both", "image_control": True}
    | {"episodes": 1, "spells": 1, "code_mentions": 1},
    "blocks": {"lumbar_site": True},
    "courses": {"staged_days": 90, "course_number": 1, "denervations": 1, "sides": "both", "is_index": True}
    | {"is_repeat": False, "side_unknown": False, "history_months": 60, "conservative_care_days": 0}
    | {f"blocks_before_{months}m": 0 for months in (6, 12, 24)}
    | {f"history_{months}m": True for months in (6, 12, 24)}
    | {"repeat_days": 400, "repeat_outcome": 0},
    "index_blocks": {"outcome": "end", "days": 400, "outcome_code": 0, "same_day_rfd": False, "followed_12m": True}
    | {"prolonged": True, "is_first": True, "followed_365": True, "blocks_180": 1, "blocks_365": 1},
    "days": {},
}


def key(text: str) -> int:
    """A key of 32 bits that is always the same for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def financial_year(day: date) -> int:
    """The year in which the financial year of a day began."""
    return day.year - (day.month < 4)


class Tiny:
    """An open version in memory that answers as a warehouse does."""

    def __init__(self, **about: str):
        self.connection = duckdb.connect()
        self.connection.execute(SCHEMA)
        for name, value in about.items():
            self.connection.execute("update about set value = ? where key = ?", [value, name])
        self.version = "test"
        self._ids = itertools.count(1)
        self.asked = 0

    @property
    def about(self) -> dict:
        return dict(self.connection.execute("from about").fetchall())

    def frame(self, sql: str, parameters: dict | None = None, version: str | None = None):
        assert version in (None, self.version), "only one version is here"
        self.asked += 1
        return self.connection.cursor().execute(sql, parameters or {}).df()

    def kept(self) -> list[str]:
        return [self.version]

    def add(self, table: str, person: str | None = "Ann", day: date = date(2020, 6, 1), **given) -> int:
        """Add a row with all that is not given filled in, and return its number."""
        number, year = next(self._ids), financial_year(day)
        commissioner = given.get("commissioner", "QYG")
        row = {
            KEYS[table]: number,
            "person": person,
            "patient": person or "",
            "date": day,
            "provider": "RTH",
            "commissioner": commissioner,
            "region": REGIONS.get(commissioner),
            "sex": "2",
            "age": 55,
            "age_band": "50-59",
            "setting": "day_case",
            "levels": None,
            "course": "first",
            "year": f"{year}/{(year + 1) % 100:02d}",
            "quarter": f"{year}/{(year + 1) % 100:02d} Q{(day.month - 4) % 12 // 3 + 1}",
            "month": f"{day:%Y-%m}",
            "provisional": False,
            "row_key": key(f"{table}{person}{day}{number}"),
            "patient_key": key(person or ""),
        }
        row |= {"end_date": day} if table == "courses" else {}
        row |= SOME[table] | given
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self.connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
        return number

    def population(self, commissioner: str = "QYG", persons: float = 1000.0) -> None:
        """Give a commissioner so many people in every stratum."""
        ages = [(19, 19, 1100), *((age, age + 4, 6000) for age in range(20, 90, 5)), (90, 120, 1000)]
        for sex, (low, high, weight) in itertools.product("12", ages):
            values = [commissioner, REGIONS[commissioner], sex, low, high, persons, weight]
            self.connection.execute("insert into population values (?, ?, ?, ?, ?, ?, ?)", values)

    def exact(self, **filters) -> Ask:
        """Exact answers, and every row."""
        return Ask(self, Filters(**filters), profile="exact", scope=("all", ""))

    def released(self, **filters) -> Ask:
        """Answers under the default profile."""
        return Ask(self, Filters(**filters))
