"""Makes data/reference from open sources: `python data/derive_reference.py SOURCES [TARGET]`.

SOURCES is a folder with `reference/` and `calibration/`. The same sources give the same bytes. Boundaries need shapely.
"""

import json
import re
import sys
from fractions import Fraction
from pathlib import Path

from derive_boundaries import boundaries
from derive_providers import providers
from derive_rows import read, write

HERE = Path(__file__).parent / "reference"
PUBLISHED = ("V485", "V486", "V487", "V488", "V489", "V544")
SITES_OF_PENNINE = [("RW6", "", "RM3"), ("RW6", "RM318", "R0A"), ("RW6", "RW602", "R0A")]
OPEN_DATA = "Hospital Episode Statistics admitted patient care open data: mentions of the code in any position"
GUIDANCE = "Evidence-Based Interventions, 2K: number of interventions in 2018/19"


def main(sources: Path, target: Path = HERE) -> None:
    """Write every derived file into the target folder; KeyError or ValueError when the sources have changed shape."""
    target.mkdir(parents=True, exist_ok=True)
    for name, (header, rows) in tables(sources / "reference", sources / "calibration").items():
        write(target / f"{name}.csv", header, rows)
    shapes = json.loads((sources / "reference" / "icb_boundaries_2026_simplified.geojson").read_text("utf-8"))
    names = {row[0]: row[2] for row in commissioners(sources / "reference")}
    (target / "boundaries.json").write_text(boundaries(shapes, names), "utf-8")


def tables(reference: Path, calibration: Path) -> dict[str, tuple[str, list[tuple]]]:
    """Every CSV file by name: its header and its rows, sorted."""
    regions = {row[0]: row[3] for row in commissioners(reference)}
    whole = {old: new for old, new, kind in icb_successors(reference) if kind == "whole"}
    return {
        "providers": ("code,name,sector,icb,region,fictional", providers(reference, whole, regions)),
        "successors": ("code,successor", sorted(successors(reference).items())),
        "site_successors": ("provider,site,successor", SITES_OF_PENNINE),
        "commissioners": ("code,ons_code,name,region,region_name", commissioners(reference)),
        "icb_successors": ("code,successor,kind", icb_successors(reference)),
        "subicb_icb": ("subicb,icb_2022,icb_2026,weight", subicbs(reference)),
        "ccg_subicb": ("ccg,subicb", ccgs(reference)),
        "population": ("commissioner,sex,age_from,age_to,persons", population(reference)),
        "standard_population": ("age_from,age_to,weight", standard_population(reference)),
        "peers": ("provider,peer", peers(reference)),
        "published": ("year,measure,value,source", published(calibration)),
    }


def commissioners(reference: Path) -> list[tuple]:
    """The 36 ICBs of April 2026: code, ONS code, short name, region, region name."""
    wanted = ("icb_code", "icb_ons_code", "icb_name", "region_code", "region_name")
    rows = [[row[column] for column in wanted] for row in read(reference / "icb_2026.csv")]
    return sorted((code, ons, re.sub(r"^NHS (.*) Integrated Care Board$", r"\1", name), *rest) for code, ons, name, *rest in rows)


def icb_successors(reference: Path) -> list[tuple]:
    """The 42 ICBs of 2022 to 2026 and what each became: itself, one other whole, or several in parts."""
    became = {row["icb_code"]: [] for row in read(reference / "icb_2023.csv")}
    for row in read(reference / "icb_succession_2026.csv"):
        became[row["predecessor_icb"]].append(row["successor_icb"])
    parts = {old: new or [old] for old, new in became.items()}
    return sorted((old, code, "split" if len(new) > 1 else "whole") for old, new in parts.items() for code in new)


def subicbs(reference: Path) -> list[tuple]:
    """Sub-ICBs, their ICB before and since April 2026, and the share of people in each."""
    wanted = ("sicbl_code", "icb_code_2022_26", "icb_code_2026", "weight")
    return sorted(tuple(row[column] for column in wanted) for row in read(reference / "sicbl_to_icb_2026.csv"))


def ccgs(reference: Path) -> list[tuple]:
    """Every CCG code there has been and the sub-ICB that covers it."""
    return sorted((row["ccg"], row["loc22cdh"]) for row in read(reference / "ccg_history_to_sicbl_icb.csv"))


def successors(reference: Path) -> dict[str, str]:
    """Closed trusts with exactly one successor, followed to the end of the chain."""
    rows = read(reference / "nhs_trust_current_successor.csv")
    one = {row["old_code"]: row["current_code"] for row in rows if row["n_current"] == "1"}
    return {code: last(code, one) for code in one}


def last(code: str, one: dict[str, str]) -> str:
    """The end of a chain of successors."""
    return last(one[code], one) if code in one else code


def peers(reference: Path) -> list[tuple]:
    """Trusts and their peers, both under today's codes; nobody is a peer of itself, and the dissolved RW6 of nobody."""
    one = successors(reference)
    pairs = {(last(row["procode"], one), last(row["peer"], one)) for row in read(reference / "nhp_peers.csv")}
    return sorted(pair for pair in pairs if pair[0] != pair[1] and "RW6" not in pair)


def population(reference: Path) -> list[tuple]:
    """Adults of each ICB by sex and age band, mid-2022: one fifth of 15–19 stands for age 19."""
    rows = read(reference / "icb2026_population_mid2022_age5_sex_derived.csv")
    bands = [(row["icb_code"], row["sex"], *band(row["age_band"]), row["population"]) for row in rows]
    return sorted((*key, first, end, adults(first, people)) for *key, first, end, people in bands if end >= 19)


def standard_population(reference: Path) -> list[tuple]:
    """The European Standard Population 2013 of the same adult bands; 90–94 and 95+ are one."""
    weights: dict[tuple[int, int], int] = {}
    for row in read(reference / "esp2013.csv"):
        ages = band(row["age_band_esp"])
        weights[ages] = weights.get(ages, 0) + int(row["esp_weight"])
    return sorted((*ages, adults(ages[0], str(weight))) for ages, weight in weights.items() if ages[1] >= 19)


def band(label: str) -> tuple[int, int]:
    """The first and last age of a band such as 20-24, with 15–19 cut to 19 alone and everyone from 90 together."""
    ages = [int(age) for age in re.findall(r"\d+", label)]
    if ages[0] == 15:
        return 19, 19
    return (90, 120) if ages[0] >= 90 else (ages[0], ages[-1])


def adults(first: int, people: str) -> str:
    """A number of people, or a fifth of it in the band cut to age 19, in exact decimals."""
    share = Fraction(people) / (5 if first == 19 else 1)
    return str(int(share)) if share.denominator == 1 else str(float(share))


def published(calibration: Path) -> list[tuple]:
    """National counts to print beside a user's own."""
    rows = read(calibration / "opcs4_spine_pain_2012_2024.csv")
    counts = [(row["fyear"], row["opcs4_code"], row["usage"], OPEN_DATA) for row in rows if row["opcs4_code"] in PUBLISHED]
    return sorted([*counts, ("2018/19", "ebi_2k", "1612", GUIDANCE)])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
