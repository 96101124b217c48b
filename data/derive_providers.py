"""Providers: trusts, the organisations of referral-to-treatment returns, and the groups that independent sites belong to."""

import re
from pathlib import Path

from derive_rows import read

# By hand, from their town: trusts of the three ICBs split in April 2026, and two care trusts that the sources do not place.
PLACED = {
    "RD7": "S0E4D",  # Slough
    "RDE": "D7T5G",  # Colchester; Ipswich, its other hospital, is in T6Y0W
    "RDU": "S9B9J",  # Frimley in Surrey; Slough, its other hospital, is in S0E4D
    "RGQ": "T6Y0W",  # Ipswich
    "RGR": "T6Y0W",  # Bury St Edmunds
    "RQW": "D7T5G",  # Harlow
    "RT6": "T6Y0W",  # Ipswich
    "RWG": "S1Y5D",  # Watford
    "RWH": "S1Y5D",  # Stevenage
    "RWR": "S1Y5D",  # Hatfield
    "RWX": "S0E4D",  # Bracknell
    "RY4": "S1Y5D",  # Welwyn Garden City
    "TAD": "QWO",  # Bradford
    "TAJ": "QUA",  # Black Country
}
# Organisations known by more than one site, so that no one site can lend its name. Recalled, not in the sources.
GROUPS = {
    "ACG": "Newmedica",
    "NQT": "HCRG Care Group",
    "NT2": "Nuffield Health",
    "NT3": "Spire Healthcare",
    "NT4": "BMI Healthcare (Circle Health Group)",
    "NTP": "Practice Plus Group",
    "NV3": "Circle Health",
    "NVC": "Ramsay Health Care UK",
    "NYW": "Aspen Healthcare",
}
SMALL = {"and", "at", "by", "for", "in", "of", "on", "the", "to", "upon", "with"}
CAPITALS = {
    "BMI",
    "CATS",
    "CIC",
    "CSH",
    "DHC",
    "DMC",
    "ESOPS",
    "GP",
    "HCRG",
    "HQ",
    "KIMS",
    "LLP",
    "MSK",
    "N2S",
    "NHS",
    "PLC",
    "UK",
    "VCL",
}
SPELT = {
    "CITYCARE": "CityCare",
    "HEALTHHARMONIE": "HealthHarmonie",
    "INHEALTH": "InHealth",
    "ISIGHT": "iSIGHT",
    "SPAMEDICA": "SpaMedica",
}


def providers(reference: Path, whole: dict[str, str], regions: dict[str, str]) -> list[tuple]:
    """Every provider: code, name, sector, ICB and region of April 2026 where known, fictional.

    `whole` gives the ICB that an ICB of 2022 to 2026 became; `regions` the region of an ICB.
    """
    found = {row["org_code"]: trust(row, whole, regions) for row in read(reference / "nhs_trusts.csv")}
    areas = {row["der_provider_code"]: row["icb_code"] for row in read(reference / "provider_icb_lookup_su.csv")}
    for row in read(reference / "rtt_providers_2019_2025.csv"):
        code = row["org_code"]
        icb = PLACED.get(code) or whole.get(areas.get(code, ""), "")
        found.setdefault(code, (code, spelt(row["name"]), sector(row["name"]), icb, regions.get(icb, ""), 0))
    return sorted((groups(found) | found).values())


def trust(row: dict[str, str], whole: dict[str, str], regions: dict[str, str]) -> tuple:
    """One trust, in the ICB of April 2026 that it lies in."""
    icb = PLACED.get(row["org_code"]) or whole.get(row["icb_code"], "")
    return row["org_code"], spelt(row["org_name"]), "nhs", icb, regions.get(icb, row["region_code"]), 0


def groups(found: dict[str, tuple]) -> dict[str, tuple]:
    """The three-character organisations of independent sites: named by hand, or by their only site and placed where it is."""
    only = {code[:3]: row for code, row in found.items() if re.fullmatch(r"N..\d\d", code)}
    sites = {code: (code, *row[1:]) for code, row in only.items()}
    return sites | {code: (code, name, "independent", "", "", 0) for code, name in GROUPS.items()}


def sector(name: str) -> str:
    """`nhs` for a trust by name, else `independent`: general practices do not send these returns."""
    return "nhs" if re.search(r"\bNHS\b.*\bTRUST\b", name) else "independent"


def spelt(name: str) -> str:
    """A name in capitals as it would be written: NHS stays, small words are small, a first letter is large."""
    words = re.sub(r"[A-Z0-9'’]+", lambda found: word(found[0]), name.strip())
    return re.sub(r"(^| - |, )(?!iS)([a-z])", lambda found: found[1] + found[2].upper(), words)


def word(text: str) -> str:
    """One word of a name as it would be written."""
    if text in CAPITALS:
        return text
    return SPELT.get(text) or (text.lower() if text.lower() in SMALL else text.capitalize())
