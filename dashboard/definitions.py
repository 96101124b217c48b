"""What a measure is, read from where it is declared and ruled: its SQL, worked example, codelists and published figures."""

import csv
from itertools import pairwise
from pathlib import Path

from dashboard import queries
from dashboard.metrics import Metric

ROOT = Path(__file__).parent.parent
CODELISTS = ROOT / "data" / "codelists"
PUBLISHED = ROOT / "data" / "reference" / "published.csv"
VERDICTS = ROOT / "docs" / "verdicts.csv"
CHANGELOG = ROOT / "CHANGELOG.md"
EBI = "ebi_2k"


def rule(name: str) -> str:
    """The rule of a query in words: its comments, without the worked example."""
    return " ".join(line for line in _comments(name) if line and "|" not in line)


def example(name: str) -> list[dict[str, str]]:
    """The worked example of a query: a row per fact, with what it counts as and why."""
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in _comments(name) if "|" in line] or [[]]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def statement(name: str) -> str:
    """The SQL of a query without its comments."""
    return "\n".join(line for line in queries.text(name).splitlines() if not line.startswith("--"))


def behind(name: str) -> list[str]:
    """The other queries a question reads, however far, ending with those that made the facts at build."""
    found, waiting = [], [name]
    while waiting:
        for table in sorted(queries.tables_needed(queries.text(waiting.pop(0)))):
            file = next((f"{folder}/{table}" for folder in ("ask", "cohort") if _is_file(folder, table)), None)
            if file and file not in found:
                found.append(file)
                waiting += [file] if file.startswith("ask/") else []
    return sorted(found)


def codes(path: Path) -> list[dict]:
    """A codelist's rows as a table shows them."""
    return [{name.capitalize(): row[name] for name in ("code", "title", "source", "tag")} for row in _rows(path)]


def published_ebi() -> dict[str, str]:
    """The published number of EBI 2K: year, measure, value, source."""
    return next(row for row in _rows(PUBLISHED) if row["measure"] == EBI)


def verdicts() -> list[dict[str, str]]:
    """How often a verdict on released numbers differs from the exact one, by size; none before the table was made."""
    return _rows(VERDICTS) if VERDICTS.exists() else []


def unit_words(metric: Metric) -> str:
    """What a value of a measure is."""
    return {
        "count": "a count", "people": "a count of people", "share": "a share, 0 to 100%", "rate": "a rate per 100,000 adults a year",
        "incidence": "a cumulative incidence, 0 to 100%",
    }[metric.unit]  # fmt: skip


def changes(versions: list[dict]) -> list[dict[str, str]]:
    """What changed in the definitions from each version to the next, latest first; `versions` are their own accounts, latest first."""
    told = []
    for new, old in pairwise(versions):
        told.append({"Version": new["version"], "Made": new["created"][:10], "Changed since the one before": _moved(old, new)})
    return told


def _moved(old: dict, new: dict) -> str:
    if old["definition_hash"] == new["definition_hash"]:
        return "nothing: every rule, codelist, policy and reference table is the same"
    if "definition_files" not in old or "definition_files" not in new:
        return "the rules differ; which of them is not recorded by a version this old"
    before, after = (dict(pair.split("=") for pair in one["definition_files"].split(" ")) for one in (old, new))
    parts = {
        "changed": [name for name in after if name in before and after[name] != before[name]],
        "new": sorted(after.keys() - before.keys()),
        "gone": sorted(before.keys() - after.keys()),
    }
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in parts.items() if names)


def _comments(name: str) -> list[str]:
    return [line[2:].strip() for line in queries.text(name).splitlines() if line.startswith("--")]


def _is_file(folder: str, table: str) -> bool:
    return (queries.FOLDER / folder / f"{table}.sql").exists()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
