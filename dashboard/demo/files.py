"""Synthetic people as HES rows in the DARS layout, one file a year; the word synthetic is in every file name and person key."""

import csv
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.csv

from dashboard.demo.pathways import BLOCK, LEFT, NEC, OTHER_LEVEL, RFD, RIGHT, START, People, first_of
from dashboard.demo.places import DATA, World

OPTIONS = pyarrow.csv.WriteOptions(include_header=True, delimiter="|", quoting_style="none", quoting_header="none")
FACET = np.array(["M478", "M479", "M4786", "M545X", "M549", "M5126", "M518", "M519"])
FACET_CHANCE = np.array([0.31, 0.15, 0.075, 0.24, 0.08, 0.06, 0.045, 0.04])
UNRELATED = np.array(["W401", "C712", "H229", "M459", "E851", "T124", "U051", "X403"])


def columns_of(name: str) -> list[str]:
    """The column names of a layout, in order."""
    with (DATA / "demo" / f"hes_{name}_columns.csv").open(encoding="utf-8", newline="") as stream:
        return [row["column"] for row in csv.DictReader(stream)]


def write_table(path: Path, names: list[str], filled: dict[str, np.ndarray], count: int) -> Path:
    """Write a pipe-delimited file with every column of a layout, blank where nothing is filled."""
    blank = pyarrow.array([""] * count)
    arrays = [pyarrow.array(filled[name].astype(str)) if name in filled else blank for name in names]
    with path.open("wb") as stream:
        pyarrow.csv.write_csv(pyarrow.Table.from_arrays(arrays, names=names), stream, OPTIONS)
    return path


def dates(day: np.ndarray) -> np.ndarray:
    """Day numbers as YYYY-MM-DD."""
    return (START + day.astype("timedelta64[D]")).astype(str)


def keys_of(person: np.ndarray) -> np.ndarray:
    """The person keys: no one could take them for a patient's."""
    return np.char.add("SYNTHETIC", np.char.zfill(person.astype(str), 9))


def write_admitted(out: Path, rng: np.random.Generator, world: World, people: People, year: int) -> Path:
    """One year of admitted care: treatments, unrelated stays, deaths in hospital, and a few bad rows at the end."""
    mine = np.flatnonzero((people.day >= first_of(year)) & (people.day < first_of(year + 1)))
    stays, last_stays = unrelated(rng, people, year)
    person = np.concatenate([people.person[mine], stays, last_stays])
    day = np.concatenate(
        [people.day[mine], rng.integers(first_of(year), first_of(year + 1), len(stays)), people.death[last_stays]]
    )
    kind = np.concatenate([people.kind[mine], np.full(len(stays) + len(last_stays), -1)])
    provider = np.concatenate([people.provider[mine], people.home[stays], people.home[last_stays]])
    side = np.concatenate([people.side[mine], np.zeros(len(stays) + len(last_stays), int)])
    died = np.zeros(len(person), bool)
    died[len(mine) + len(stays) :] = True
    order = rng.permutation(len(person))
    person, day, kind, provider, side, died = (one[order] for one in (person, day, kind, provider, side, died))
    filled = who_and_where(rng, world, people, year, person, provider)
    filled |= when_and_how(rng, people, year, person, day, kind, died)
    filled |= what(rng, world, year, day, kind, provider, side)
    path = out / f"FILE_SYNTHETIC_HES_APC_{year % 100:02}{(year + 1) % 100:02}.txt"
    write_table(path, columns_of("apc"), filled, len(person))
    spoil(path, max(len(person) // 2500, 0))
    return path


def unrelated(rng, people: People, year: int) -> tuple[np.ndarray, np.ndarray]:
    """(people with a stay that has nothing to do with any of this, people who die in hospital) in a year."""
    begin, end = first_of(year), first_of(year + 1)
    alive = np.flatnonzero((people.death < 0) | (people.death >= end))
    busy = ((people.day >= begin) & (people.day < end)).sum()
    stays = rng.choice(alive, min(len(alive), int(busy * 0.12)), replace=False)
    dying = np.flatnonzero((people.death >= begin) & (people.death < end))
    return stays, dying[rng.random(len(dying)) < 0.5]


def who_and_where(rng, world: World, people: People, year: int, person: np.ndarray, provider: np.ndarray) -> dict:
    """Person, provider and area columns."""
    code = world.codes[provider].astype("U5")
    merged = (provider == world.merged) & (rng.random(len(provider)) < 0.45) & (year < 2019)
    code[merged] = world.merged_from
    site = world.independent[provider]
    chosen = [world.areas[world.icbs[icb]] for icb in people.icb[person]]
    area = [some[int(luck * len(some))] for some, luck in zip(chosen, people.area[person], strict=True)]
    ccg, subicb, icb = (np.array(column) for column in zip(*area, strict=True))
    key = keys_of(person)
    key[rng.random(len(key)) < 0.0005] = "-"
    return {
        "TOKEN_PERSON_ID": key,
        "PROCODE3": np.where(site, "", code),
        "PROCODET": np.char.add(code, np.where(site, "01", "00")),
        "PROCODE": np.char.add(code, "00"),
        "SITETRET": np.char.add(code, "01"),
        "CCG_RESPONSIBILITY": ccg if year < 2021 else subicb,
        "CCG_RESIDENCE": ccg if year < 2021 else subicb,
        "STP_RESPONSIBILITY": icb if year >= 2022 else np.full(len(icb), ""),
        "SEX": people.sex[person],
    }


def when_and_how(rng, people: People, year: int, person: np.ndarray, day: np.ndarray, kind: np.ndarray, died: np.ndarray) -> dict:
    """Year, keys, dates, admission and discharge columns."""
    count, luck = len(person), rng.random(len(person))
    serial = np.char.add(f"5{year}", np.char.zfill(np.arange(count).astype(str), 7))
    stay = np.where(kind < 0, rng.integers(0, 5, count), 0)
    begin, end = np.maximum(day - stay, first_of(year)), day
    return {
        "FYEAR": np.full(count, f"{year % 100:02}{(year + 1) % 100:02}"),
        "EPIKEY": serial,
        "SUSSPELLID": np.char.add("7", serial),
        "ADMIDATE": dates(begin), "EPISTART": dates(begin), "EPIEND": dates(end), "DISDATE": dates(end), "OPDATE_01": dates(begin),
        "EPISTAT": np.full(count, "3"), "EPIORDER": np.full(count, "1"), "EPITYPE": np.full(count, "1"), "FCE": np.full(count, "1"),
        "STARTAGE": ((day - people.born[person]) / 365.25).astype(int),
        "ADMIMETH": np.where((luck < 0.003) | (kind < 0) & (luck < 0.4), "21", "11"),
        "ADMINCAT": np.where((luck > 0.995) & (kind >= 0), "02", "01"),
        "CLASSPAT": np.where((kind >= 0) & (luck < 0.93), "2", "1"),
        "DISMETH": np.where(died, "4", "1"),
        "TRETSPEF": np.where(kind >= 0, np.where(luck < 0.8, "191", "110"), "300"),
    }  # fmt: skip


def what(rng, world: World, year: int, day: np.ndarray, kind: np.ndarray, provider: np.ndarray, side: np.ndarray) -> dict:
    """Procedure and diagnosis columns. Sites named as EBI 2K asks are rare, as in the real data: it sees about one in eight."""
    count = len(kind)
    rfd, block = np.isin(kind, (RFD, OTHER_LEVEL, NEC)), kind == BLOCK
    main = np.select(
        [kind == RFD, kind == OTHER_LEVEL, kind == NEC, block], ["V485", "V487", "V486", "V544"], rng.choice(UNRELATED, count)
    )
    luck = rng.random(count)
    site = np.select(
        [luck < 0.20, luck < 0.245, luck < 0.265, luck < 0.29, luck < 0.54], ["Z676", "Z675", "Z677", "Z993", "Z665"], ""
    )
    # an unspecified level is lumbar by its site six times in ten; a block's site is lumbar, neck or not said
    site = np.where(kind == OTHER_LEVEL, np.where(luck < 0.4, "Z673", np.where(luck < 0.7, "Z676", "Z665")), site)
    site = np.where(block, np.where(luck < 0.55, "Z676", np.where(luck < 0.70, "Z673", "")), site)
    site = np.where(rfd | block, site, "")
    levels = np.where(rfd, rng.choice(["V551", "V552", "V553", ""], count, p=[0.16, 0.4, 0.2, 0.24]), "")
    silent = (provider == world.stops_sides) & (day >= first_of(2020))
    says_side = rfd & (rng.random(count) < world.codes_side[provider]) & ~silent
    which = np.where(says_side, np.select([side == LEFT, side == RIGHT], ["Z943", "Z942"], "Z941"), "")
    image = np.where((rfd | block) & (rng.random(count) < 0.7), "Y534", "")
    procedures = {1: main, 2: levels, 3: site, 4: which, 5: image}
    spine = rng.choice(FACET, count, p=FACET_CHANCE)
    cancer = np.where(rng.random(count) < 0.004, "C795", "")
    filled = {
        "DIAG_01": np.where(rfd | block, spine, "I259"),
        "DIAG_4_01": np.char.ljust(np.where(rfd | block, spine, "I259"), 4),
    }
    filled["DIAG_4_01"] = np.array([code[:4] for code in filled["DIAG_01"]])
    filled |= {"DIAG_02": cancer, "DIAG_4_02": cancer}
    for position, codes in procedures.items():
        filled |= {f"OPERTN_{position:02}": codes, f"OPERTN_4_{position:02}": codes}
    return filled


def spoil(path: Path, count: int) -> None:
    """Append rows as files really hold: an exact copy, one cut short, one that ends before it starts, one not in UTF-8."""
    if not count:
        return
    with path.open("rb") as stream:
        names = stream.readline().rstrip(b"\n").split(b"|")
        good = [stream.readline().rstrip(b"\n") for _ in range(count)]
    bad = []
    for number, line in enumerate(good):
        cells = line.split(b"|")
        cells[names.index(b"EPIKEY")] += b"9"
        cells[names.index(b"EPIEND")] = b"1999-01-01"
        undecodable = line.replace(b"SYNTHETIC", b"SYNTHETIC\xff", 1)
        bad.append([line, line[: len(line) // 2], b"|".join(cells), undecodable][number % 4])
    with path.open("ab") as stream:
        stream.write(b"\n".join(bad) + b"\n")


def write_outpatients(out: Path, rng: np.random.Generator, people: People, year: int) -> Path:
    """One year of outpatient appointments: conservative care before most first courses, some of it not attended."""
    first = people.first_day
    treated = np.flatnonzero(first < first_of(2026))
    cared = treated[rng.random(len(treated)) < 0.7]
    person = np.repeat(cared, 2)
    day = first[person] - rng.integers(20, 700, len(person))
    mine = (day >= first_of(year)) & (day < first_of(year + 1))
    person, day = person[mine], day[mine]
    count = len(person)
    filled = {
        "PARTYEAR": np.full(count, f"{year}99"), "Token_Person_ID": keys_of(person), "APPTDATE": dates(day),
        "ATTENDED": rng.choice(["5", "6", "3", "7"], count, p=[0.8, 0.05, 0.1, 0.05]),
        "TRETSPEF": rng.choice(["650", "191", "713", "656", "110"], count, p=[0.5, 0.3, 0.02, 0.03, 0.15]),
        "SEX": people.sex[person], "ATTENDKEY": np.char.add(f"8{year}", np.char.zfill(np.arange(count).astype(str), 7)),
    }  # fmt: skip
    path = out / f"FILE_SYNTHETIC_HES_OP_{year % 100:02}{(year + 1) % 100:02}.txt"
    return write_table(path, columns_of("op"), filled, count)


def write_deaths(out: Path, people: People) -> Path:
    """Everyone who died, one row each."""
    dead = np.flatnonzero(people.death >= 0)
    path = out / "FILE_SYNTHETIC_DEATHS.txt"
    return write_table(
        path,
        ["TOKEN_PERSON_ID", "DATE_OF_DEATH"],
        {"TOKEN_PERSON_ID": keys_of(dead), "DATE_OF_DEATH": dates(people.death[dead])},
        len(dead),
    )
