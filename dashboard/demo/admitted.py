"""One financial year of admitted care: treatments, unrelated stays, deaths in hospital, and a few bad rows."""

from pathlib import Path

import numpy as np
import pyarrow

from dashboard.demo import bad_rows, coding
from dashboard.demo.files import append, choose, columns_of, dates, joined, lines, numbers, year_name
from dashboard.demo.pathways import History
from dashboard.demo.people import first_of
from dashboard.demo.places import World
from dashboard.demo.targets import Goal
from dashboard.demo.treatments import TREATMENT, UNRELATED, V485
from dashboard.demo.words import Words

UNRELATED_SHARE, DIES_IN_HOSPITAL = 0.15, 0.45
NO_KEY, AGE_UNKNOWN, SEX_UNKNOWN = 0.0005, 0.0002, 0.0004
CODED_AS_CLOSED, CLOSED_IN = 0.45, 2019  # share of the merged provider's people under its former part's code, until then
SITES_ALONE_FROM = 2016  # from this year an independent provider is known by the code of its site alone
CONSTANT = {"EPISTAT": "3", "EPITYPE": "1", "FCE": "1", "SPELBGIN": "2", "SPELEND": "Y", "ADMISORC": "19", "PROTYPE": "NHSTRUST"}


def write(path: Path, rng, world: World, words: Words, history: History, keys, year: int, goal: Goal, first: int = 0) -> int:
    """Write a year's rows at the end of its file and return how many; `keys` are those of everyone, records are numbered on from `first`."""
    rows, spell, died = rows_of(rng, history, year, goal)
    codes, coded = coding.columns(rng, world, words, goal, rows)
    filled = codes | about(rng, world, history.people, keys, rows, spell + first, died, year, first)
    filled |= {f"OPDATE_{at:02}": dates(rows["day"], coded[:, at - 1]) for at in range(1, coding.POSITIONS + 1)}
    columns = columns_of("apc")
    body = lines(columns, filled, len(rows))
    busy = np.bincount(rows["provider"], minlength=len(world.codes))[rows["provider"]]
    append(path, body, bad_rows.made_from(columns, body, np.flatnonzero(busy >= bad_rows.BUSY)))
    return len(rows)


def about(rng, world: World, people: np.ndarray, keys, rows, spell, died, year: int, first: int) -> dict:
    """Every column of some rows but their codes."""
    filled = CONSTANT | who(rng, people, keys, rows) | where(world, people, rows, year)
    return filled | when_and_how(rng, world, rows, spell, died, year, first)


def rows_of(rng, history: History, year: int, goal: Goal) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(TREATMENT rows in no order, the spell each belongs to, whether the person died on that day)."""
    begin, end = first_of(year), first_of(year + 1)
    treated = history.treatments[(history.treatments["day"] >= begin) & (history.treatments["day"] < end)]
    death = history.people["death"]
    alive, dying = np.flatnonzero(death >= end), np.flatnonzero((death >= begin) & (death < end))
    stays = rng.choice(alive, min(len(alive), round(UNRELATED_SHARE * len(treated))), replace=False)
    last = dying[rng.random(len(dying)) < DIES_IN_HOSPITAL]
    other = np.zeros(len(stays) + len(last), TREATMENT)
    other["person"], other["code"] = np.concatenate([stays, last]), UNRELATED
    other["day"] = np.concatenate([rng.integers(begin, end, len(stays)), death[last]])
    other["provider"] = history.people["home"][other["person"]]
    v485 = np.flatnonzero(treated["code"] == V485)
    again = rng.choice(v485, min(goal.coded_twice, len(v485)), replace=False)
    rows = np.concatenate([treated, treated[again], other])
    spell = np.concatenate([np.arange(len(treated)), again, len(treated) + np.arange(len(other))])
    died = np.arange(len(rows)) >= len(rows) - len(last)
    order = rng.permutation(len(rows))
    return rows[order], spell[order], died[order]


def who(rng, people: np.ndarray, keys: pyarrow.Array, rows: np.ndarray) -> dict:
    """Person, age and sex."""
    count, person = len(rows), rows["person"]
    key = np.where(rng.random(count) < NO_KEY, len(keys), person)
    age = ((rows["day"] - people["born"][person]) / 365.25).astype(int)
    age = numbers(np.where(rng.random(count) < AGE_UNKNOWN, 999, age))
    sex = numbers(np.where(rng.random(count) < SEX_UNKNOWN, 9, people["sex"][person]))
    return {
        "TOKEN_PERSON_ID": pyarrow.concat_arrays([keys, pyarrow.array(["-"])]).take(pyarrow.array(key)),
        "STARTAGE": age, "SEX": sex,
    }  # fmt: skip


def where(world: World, people: np.ndarray, rows: np.ndarray, year: int) -> dict:
    """Provider and commissioner, under the codes of the time."""
    closed = len(world.codes) - 1
    luck = people["luck"][rows["person"]] * 1000 % 1
    provider = np.where(
        (rows["provider"] == world.merged) & (luck < CODED_AS_CLOSED) & (year < CLOSED_IN), closed, rows["provider"]
    )
    independent = np.append(world.independent, False)[provider]
    code = choose(world.codes, provider)
    site = joined([code, choose(["01", "02"], luck > 0.7)])
    named = choose([*world.codes, ""], np.where(independent & (year >= SITES_ALONE_FROM), closed + 1, provider))
    area = people["area"][rows["person"]]
    old, new, icb = ([one[part] for one in world.areas] for part in range(3))
    ccg = choose(old if year < 2021 else new, area)
    return {
        "PROCODE3": named,
        "PROCODET": joined([code, choose(["00", "01", "02"], np.where(independent, 1 + (luck > 0.7), 0))]),
        "PROCODE": joined([code, pyarrow.scalar("00")]), "SITETRET": site,
        "CCG_RESPONSIBILITY": ccg, "CCG_RESIDENCE": ccg, "STP_RESPONSIBILITY": choose(icb, area) if year >= 2022 else "",
    }  # fmt: skip


def when_and_how(rng, world: World, rows: np.ndarray, spell: np.ndarray, died: np.ndarray, year: int, first: int) -> dict:
    """Year, record and spell numbers, dates, admission and discharge."""
    count, luck, pain = len(rows), rng.random(len(rows)), rows["code"] != UNRELATED
    opens_spell = np.zeros(count, bool)
    opens_spell[np.unique(spell, return_index=True)[1]] = True
    day_case = np.where(pain, rng.random(count) < world.habits["day_case"][rows["provider"]], luck < 0.3)
    patient_class = np.where(day_case, np.where(luck > 0.992, 3, 2), 1)
    nights = np.where(day_case, 0, np.where(pain, 1, rng.integers(0, 6, count)))
    begin = np.where(pain, rows["day"], np.maximum(rows["day"] - nights, first_of(year)))
    end = np.where(pain, np.minimum(rows["day"] + nights, first_of(year + 1) - 1), rows["day"])
    emergency = np.where(pain, luck < 0.003, ~day_case & (luck < 0.8))
    begins, ends, stay = dates(begin), dates(end), numbers(end - begin)
    return {
        "FYEAR": year_name(year),
        "EPIKEY": numbers((5_000 + year) * 10**8 + first + np.arange(count)), "SUSSPELLID": numbers((7_000 + year) * 10**8 + spell),
        "ADMIDATE": begins, "EPISTART": begins, "EPIEND": ends, "DISDATE": ends, "EPIDUR": stay, "SPELDUR": stay,
        "EPIORDER": choose(["2", "1"], opens_spell),
        "ADMIMETH": choose(["11", "12", "13", "21"], np.where(emergency, 3, rng.choice(3, count, p=[0.6, 0.25, 0.15]))),
        "ADMINCAT": choose(["01", "02"], pain & (luck > 0.996)),
        "CLASSPAT": numbers(patient_class),
        "DISMETH": choose(["1", "4"], died), "DISDEST": choose(["19", "79"], died),
        "TRETSPEF": choose(["191", "110", "300"], np.where(pain, luck > 0.8, 2)),
        "MAINSPEF": choose(["190", "110", "300"], np.where(pain, luck > 0.7, 2)),
    }  # fmt: skip
