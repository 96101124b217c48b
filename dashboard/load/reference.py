"""The product's own reference tables and codelists, as DuckDB tables of text and numbers."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

DATA = Path(__file__).parent.parent.parent / "data"
REFERENCE = DATA / "reference"
TYPES = {
    "policies": {
        "effective_from": "DATE", "effective_to": "DATE", "min_blocks": "INTEGER", "block_lookback_months": "INTEGER",
        "repeat_min_months": "INTEGER", "repeat_needs_new_block": "INTEGER", "max_levels": "INTEGER", "staged_days": "INTEGER",
    },
    "population": {"age_from": "INTEGER", "age_to": "INTEGER", "persons": "DOUBLE", "sex": "VARCHAR"},
    "standard_population": {"age_from": "INTEGER", "age_to": "INTEGER", "weight": "DOUBLE"},
    "subicb_icb": {"weight": "DOUBLE"},
    "published": {"value": "INTEGER"},
}  # fmt: skip


def put(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], renamed: Mapping[str, str] = MappingProxyType({})) -> None:
    """Make the named reference tables on a connection, from their CSV files, some under another name."""
    for name in names:
        paths = sorted(str(path) for path in sources(name))
        text = connection.read_csv(paths, header=True, all_varchar=True, sep=",")
        types = TYPES.get(name, {})
        typed = [duckdb.ColumnExpression(column).cast(types.get(column, "VARCHAR")).alias(column) for column in text.columns]
        text.select(*typed).to_table(renamed.get(name, name))


TREATMENTS = ("rfd_lumbar", "rfd_unspecified_level", "rfd_broad", "rfd_broad_with_site", "rfd_other_region", "facet_block")


def treatment_codes() -> tuple[str, ...]:
    """The codes of denervations and facet blocks."""
    codes = set()
    for name in TREATMENTS:
        with (DATA / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            codes |= {row["code"] for row in csv.DictReader(stream)}
    return tuple(sorted(codes))


def relevant_codes() -> str:
    """A pattern for the codes of denervations and facet blocks, each at the start of a position of `;`-joined codes."""
    return f"(^|;)({'|'.join(map(re.escape, treatment_codes()))})"


def sources(name: str) -> list[Path]:
    """The CSV files of a reference table: codelists come one file each, providers and successors have fictional ones too."""
    if name == "codelists":
        return list((DATA / "codelists").glob("*.csv"))
    if name == "policies":
        return [DATA / "policies.csv"]
    fictional = REFERENCE / f"fictional_{name}.csv"
    return [REFERENCE / f"{name}.csv"] + ([fictional] if fictional.exists() else [])
