"""How many mentions of each code a synthetic year must hold: the published counts, carried on for later years."""

import csv
from dataclasses import dataclass
from pathlib import Path

PUBLISHED = Path(__file__).parent.parent.parent / "data" / "reference" / "published.csv"
# no counts are published yet for these years: the last one, moved a little
LATER = {
    2024: {"V485": 1.03, "V486": 0.96, "V487": 1.0, "V488": 1.0, "V489": 1.0, "V544": 0.93},
    2025: {"V485": 1.05, "V486": 0.93, "V487": 1.0, "V488": 1.0, "V489": 1.0, "V544": 0.88},
}
# a little over what is published: the population rules then leave attendances a little under it, and both stay within 3%
LIFT = 1.01
CODED_TWICE, WITH_A_BLOCK = 0.003, 0.015  # shares of V48.5: in two episodes of one spell; on the day of a block
RFD_CODES = ("V485", "V487", "V486", "V488", "V489")
EBI_YEAR = 2018


@dataclass(frozen=True)
class Goal:
    """What one financial year must hold: mentions of V48.5–V48.9 and V54.4, and the share that EBI 2K's rule finds."""

    rfd: dict[str, int]
    v544: int
    ebi_share: float

    @property
    def coded_twice(self) -> int:
        """V48.5 mentions that repeat one of the same spell."""
        return round(CODED_TWICE * self.rfd["V485"])

    @property
    def with_a_block(self) -> int:
        """V48.5 mentions in an episode that holds V54.4 too."""
        return round(WITH_A_BLOCK * self.rfd["V485"])

    @property
    def attendances(self) -> dict[str, int]:
        """Denervation attendances by code."""
        return self.rfd | {"V485": self.rfd["V485"] - self.coded_twice}


def by_year(years: range, scale: float) -> dict[int, Goal]:
    """The goal of each financial year, by the year it starts in."""
    with PUBLISHED.open(encoding="utf-8", newline="") as stream:
        counts = {(int(row["year"][:4]), row["measure"]): float(row["value"]) for row in csv.DictReader(stream)}
    seen_by_ebi = counts[EBI_YEAR, "ebi_2k"] / (counts[EBI_YEAR, "V485"] + counts[EBI_YEAR, "V487"])
    return {
        year: Goal(
            {code: round(scale * LIFT * mentions(counts, year, code)) for code in RFD_CODES},
            round(scale * LIFT * mentions(counts, year, "V544")),
            seen_by_ebi,
        )
        for year in years
    }


def mentions(counts: dict, year: int, code: str) -> float:
    """A published count, or the last one moved on."""
    return counts[year, code] if (year, code) in counts else counts[2023, code] * LATER[year][code]
