"""How many mentions of each code a synthetic year must hold: the published counts, carried on for later years."""

import csv
from dataclasses import dataclass
from pathlib import Path

PUBLISHED = Path(__file__).parent.parent.parent / "data" / "reference" / "published.csv"
# no counts are published yet for these years: the last one, moved a little
LATER = {
    2024: {"V485": 1.03, "V486": 0.96, "V487": 1.0, "V544": 0.93},
    2025: {"V485": 1.05, "V486": 0.93, "V487": 1.0, "V544": 0.88},
}


@dataclass(frozen=True)
class Goal:
    """Mentions of V48.5, V48.6, V48.7 and V54.4 wanted in one financial year."""

    v485: int
    v486: int
    v487: int
    v544: int


def by_year(years, scale: float) -> dict[int, Goal]:
    """The goal of each financial year, by the year it starts in."""
    with PUBLISHED.open(encoding="utf-8", newline="") as stream:
        counts = {(int(row["year"][:4]), row["measure"]): int(row["value"]) for row in csv.DictReader(stream)}
    return {
        year: Goal(*(round(scale * mentions(counts, year, code)) for code in ("V485", "V486", "V487", "V544"))) for year in years
    }


def mentions(counts: dict, year: int, code: str) -> float:
    """A published count, or the last one moved on."""
    return counts[year, code] if (year, code) in counts else counts[2023, code] * LATER[year][code]
