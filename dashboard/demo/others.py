"""Episodes of everybody else, cheaply: a few thousand lines made as all others are, written again and again under other numbers."""

from pathlib import Path

import numpy as np

from dashboard.demo import admitted
from dashboard.demo.files import columns_of, dates, end_to_end, lines, person_keys
from dashboard.demo.people import first_of, newcomers, random_days
from dashboard.demo.places import World
from dashboard.demo.treatments import TREATMENT, UNRELATED
from dashboard.demo.words import Words

AT_ONCE = 20_000  # lines
DIES = 0.013
DIAGNOSES = 5
FIRST_PERSON = 500_000_000  # the people of the cohorts are numbered below
FIRST_RECORD = {"EPIKEY": 3_000, "SUSSPELLID": 4_000}  # thousands of these, and the year, begin their numbers
DIGITS = 8


def write(path: Path, rng: np.random.Generator, world: World, words: Words, year: int, count: int) -> None:
    """Write so many episodes at the end of a year's file, each with numbers of its own."""
    if not count:
        return
    text = np.frombuffer(bytearray(templates(rng, world, words, year, min(count, AT_ONCE))), "u1")
    ends = np.flatnonzero(text == ord("\n")) + 1
    places = number_places(text, len(ends))
    with path.open("ab") as stream:
        for first in range(0, count, len(ends)):
            number = first + np.arange(len(ends))
            for at in places:
                text[at[:, None] + np.arange(DIGITS)] = ord("0") + number[:, None] // 10 ** np.arange(DIGITS - 1, -1, -1) % 10
            stream.write(memoryview(text)[: ends[min(len(ends), count - first) - 1]])


def templates(rng, world: World, words: Words, year: int, count: int) -> memoryview:
    """Lines of a year: stays of new people, some of whom die, with codes that say nothing about the spine's joints."""
    day = random_days(rng, year, count)
    people = newcomers(rng, world, day, year)
    rows = np.zeros(count, TREATMENT)
    rows["person"], rows["day"], rows["provider"], rows["code"] = np.arange(count), day, people["home"], UNRELATED
    keys, died = person_keys(count, FIRST_PERSON), rng.random(count) < DIES
    filled = admitted.about(rng, world, people, keys, rows, np.arange(count), died, year, 0)
    filled |= codes(rng, words, rows) | {"TOKEN_PERSON_ID": keys}
    for name, begins in FIRST_RECORD.items():
        filled[name] = admitted.numbers((begins + year) * 10**DIGITS + np.arange(count))
    return end_to_end(lines(columns_of("apc"), filled, count))


def codes(rng, words: Words, rows: np.ndarray) -> dict:
    """Procedures, with their days, and diagnoses."""
    first = words.draw(rng, "other", len(rows))
    second = np.where(first > 0, words.draw(rng, "other", len(rows)), 0)
    filled = {}
    for at, drawn in enumerate((first, second), start=1):
        filled[f"OPERTN_{at:02}"] = filled[f"OPERTN_4_{at:02}"] = words.column(drawn)
        filled[f"OPDATE_{at:02}"] = dates(np.maximum(rows["day"], first_of(2012)), drawn > 0)
    for at in range(1, DIAGNOSES + 1):
        drawn = words.draw(rng, "unrelated_diagnosis", len(rows))
        filled[f"DIAG_{at:02}"], filled[f"DIAG_4_{at:02}"] = words.column(drawn), words.column(drawn, 4)
    return filled


def number_places(text: np.ndarray, count: int) -> list[np.ndarray]:
    """Where the last digits of each line's own numbers stand: of its record, its spell and its person."""
    names = columns_of("apc")
    breaks = np.flatnonzero((text == ord("|")) | (text == ord("\n"))).reshape(count, len(names))
    return [breaks[:, names.index(name)] - DIGITS for name in (*FIRST_RECORD, "TOKEN_PERSON_ID")]
