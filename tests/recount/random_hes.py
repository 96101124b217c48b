"""Random patients made to be awkward: same days, month ends, gaps, mergers, odd codes and odd dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.make_hes import appointment, death, episode, numbered
from tests.recount.rows import add_months

Row = dict[str, str]
FIRST, LAST = date(2017, 10, 1), date(2025, 5, 31)
BETWEEN = [("2018-04-01", "2025-03-31"), ("2019-02-28", "2025-03-31"), ("2017-04-01", "2024-10-31")]
PEOPLE, FILLERS, ONLY_DENERVATIONS = 700, 700, 1.0

SITES = ["", "", "Z665", "Z675", "z67.6", "Z677", "Z99.3", "Z673", "Z99.1", "Z676 Z673"]
SIDES = ["", "Z949", "Z941", "Z942", "Z942", "z942", "Z943", "Z943", "Z94.3", "Z942 Z943"]
LEVELS = ["", "", "V551", "V552", "v55.3", "V558", "V551 V553"]
DENERVATIONS = ["V485", "V485", "v48.5", "V48.5 ", "V485", "V487", "V48.7", "V486", "V488", "V489", "V483"]
BLOCKS = ["V544", "V544", "v54.4", "V544 "]
OTHERS = ["A521", "A577", "V541", "W903", "X999"]
DIAGNOSES = ["M545", "M54.5", "m545X", "M512", "M519", "M549", "M478", "M4782", "R69X", ""]
MORE_DIAGNOSES = ["", "", "", "", "", "E119", "I10X", "D36", "D49X", "Z993"]
CANCERS = ["C795", "c61X", "D05.1", "D37", "D480", "D391"]
PROVIDERS = [("RTH", "", ""), ("RTH", "RTH01", "RTH02"), ("RTE", "", ""), ("NT302", "", ""), ("NT3", "", ""),
             ("", "NT302", ""), ("", "RTE03", ""), ("", "QZQ77", ""), ("RW6", "", "RW602"), ("RW6", "", "RW601"),
             ("RW6", "", "RM318"), ("RM2", "", ""), ("R0A", "", ""), ("RYQ", "", ""), ("rth", "", ""),
             ("-", "NVC07", ""), ("RM3", "", "RM318")]  # fmt: skip
COMMISSIONERS = [("QKK", "", ""), ("QOQ", "", ""), ("QOQ", "00L", ""), ("QOP", "", ""), ("QOP", "", ""),
                 ("QHG", "00L", ""), ("QM7", "07H", ""), ("QM7", "06N", ""), ("QM7", "00L", "07H"), ("QM7", "", "07H"),
                 ("QNQ", "D4U1Y", ""), ("QNQ", "", ""), ("", "99E", ""), ("-", "02P", "00L"), ("", "ZZZ", "00L"),
                 ("", "", ""), ("S1Y5D", "00L", ""), ("QH8", "", ""), ("QJG", "06T", "")]  # fmt: skip
AGES = ["19", "19", "20", "45", "64", "79", "80", "95", "120", "18", "7001", "7007", "999", "", "0"]
STEPS = [0, 0, 0, 1, 14, 20, 30, 41, 42, 43, 60, 60, 75, 89, 90, 91, 120, 150, 179, 180, 181, 182, 183, 364, 365, 366, 547,
         730, 731]  # fmt: skip
MONTHS = [1, 3, 6, 6, 12, 12, 12, 16, 16, 18, 24, 24, 24]


@dataclass(frozen=True)
class Dataset:
    """Files of rows, and the days between which they are complete."""

    apc: list[Row]
    op: list[Row]
    deaths: list[Row]
    start: str
    end: str


def dataset(seed: int, *, outpatients: bool = True, deaths: bool = True) -> Dataset:
    """The data of one seed: some hundred people, and rows of other care around them."""
    random = Random(seed)
    histories = [_history(random, f"p{seed}-{n}") for n in range(PEOPLE)]
    endings = _endings(random, histories) if deaths else []
    apc = numbered(_filler(random) + [row for rows in histories for row in rows])
    apc += _copies(random, apc)
    return Dataset(
        apc,
        [row for rows in histories for row in _care(random, rows)] if outpatients else [],
        endings,
        *BETWEEN[seed % len(BETWEEN)],
    )


def _one_in(random: Random, n: int) -> bool:
    return random.randrange(n) == 0


def _history(random: Random, person: str) -> list[Row]:
    home, ward, age = random.choice(COMMISSIONERS), random.choice(PROVIDERS), random.choice(AGES[:9])
    day, rows = FIRST + timedelta(days=random.randrange((LAST - FIRST).days)), []
    if _one_in(random, 4):
        day = add_months(day.replace(day=1), 1) - timedelta(days=1)
    eager = random.choice([0.1, 0.5, 0.8, 0.9, ONLY_DENERVATIONS])
    for _ in range(random.choice([1, 2, 2, 3, 4, 6, 9])):
        place = ward if random.randrange(3) else random.choice(PROVIDERS)
        rows.append(_row(random, person, day, eager, place, home, age))
        day = min(_next(random, day), LAST)
    return rows


def _next(random: Random, day: date) -> date:
    if random.randrange(3):
        return day + timedelta(days=random.choice(STEPS))
    return add_months(day, random.choice(MONTHS)) + timedelta(days=random.choice([-1, 0, 0, 1]))


def _row(random: Random, person: str, day: date, eager: float, place: tuple, home: tuple, age: str) -> Row:
    codes = _codes(random, eager)
    provider = dict(zip(("PROCODE3", "PROCODET", "SITETRET"), place, strict=True))
    commissioner = dict(zip(("STP_RESPONSIBILITY", "CCG_RESPONSIBILITY", "CCG_RESIDENCE"), home, strict=True))
    row = episode(person, day.isoformat(), "", random.choice(DIAGNOSES), STARTAGE=age, **provider, **commissioner)
    row |= _spread(random, codes, day) | {"SEX": random.choice("1122"), "EPIORDER": random.choice(["1", "2", "10", "3", ""])}
    row |= {"SUSSPELLID": random.choice(["", day.isoformat()])}  # of two episodes of a day, some are of one spell
    row |= {"DIAG_02": random.choice(MORE_DIAGNOSES), "DIAG_14": random.choice(MORE_DIAGNOSES)}
    return row | _dates(random, day) | _failing(random) | _unlinked(random)


def _codes(random: Random, eager: float) -> list[str]:
    if eager == ONLY_DENERVATIONS:
        return [code for code in ("V485", "Z676", random.choice(SIDES[:-1])) if code]
    main = random.choice(DENERVATIONS if random.random() < eager else BLOCKS)
    words = [main, random.choice(SITES), random.choice(SIDES), random.choice(LEVELS)]
    words += [random.choice(BLOCKS)] if _one_in(random, 9) else []
    words += [random.choice(DENERVATIONS)] if _one_in(random, 9) else []
    words += [random.choice(OTHERS), "Y539"] if _one_in(random, 4) else []
    split = [code for word in words for code in (word.split() if "Z" in word else [word]) if code]
    if _one_in(random, 4):
        random.shuffle(split)
    return split


def _spread(random: Random, codes: list[str], day: date) -> Row:
    """Codes over the 24 positions, sometimes with gaps, and the dates of the operations."""
    gaps = sorted(random.sample(range(1, 25), len(codes))) if _one_in(random, 4) else range(1, len(codes) + 1)
    found = dict.fromkeys((f"OPERTN_{n:02d}" for n in range(1, 25)), random.choice(["", "", "-", "&"]))
    for n, code in zip(gaps, codes, strict=True):
        odd = [(day + timedelta(days=shift)).isoformat() for shift in (-3, -1, 1, 2, 5)]
        found[f"OPERTN_{n:02d}"] = code
        found[f"OPDATE_{n:02d}"] = random.choice([day.isoformat()] * 9 + ["", "1800-01-01", "1801-01-01", *odd])
    return found


def _dates(random: Random, day: date) -> Row:
    """Mostly a day case; sometimes a spell around the day, or a date that is not known."""
    if random.randrange(5):
        return {}
    before, after = (day - timedelta(days=random.randrange(4))), (day + timedelta(days=random.randrange(4)))
    odd = random.choice([{"EPISTART": "1801-01-01"}, {"DISDATE": "1582-10-15"}, {"ADMIDATE": "1800-01-01"}, {}, {}])
    found = {"ADMIDATE": before, "EPISTART": random.choice([before, day]), "EPIEND": after, "DISDATE": after}
    return {name: value.isoformat() for name, value in found.items()} | odd


def _failing(random: Random) -> Row:
    """Now and then, something that a population rule or the status takes out."""
    return random.choice(
        [{}] * 40
        + [{"STARTAGE": random.choice(AGES)}] * 4
        + [{"ADMIMETH": random.choice(["21", "28", "2D", "12", "13", "", "81"])}] * 3
        + [{"ADMINCAT": random.choice(["02", "02", "03", "98", "", "01"])}] * 3
        + [{"DIAG_03": random.choice(CANCERS)}, {"DIAG_20": random.choice(CANCERS)}]
        + [{"EPISTAT": random.choice(["1", "", "9"])}, {"SEX": ""}]
    )


def _unlinked(random: Random) -> Row:
    if random.randrange(25):
        return {}
    return {"TOKEN_PERSON_ID": random.choice(["-", "&", "", " "]), "SUSSPELLID": random.choice(["", "", "7", "8", "-"])}


def _filler(random: Random) -> list[Row]:
    """Rows of other care, so that the few put aside stay few."""
    days = [FIRST + timedelta(days=random.randrange((LAST - FIRST).days)) for _ in range(FILLERS)]
    return [episode(f"filler-{n}", day.isoformat(), random.choice(OTHERS)) for n, day in enumerate(days)]


def _copies(random: Random, apc: list[Row]) -> list[Row]:
    """Some rows again: exact copies, and two whose later copy says something else."""
    changed = random.sample([row for row in apc if row["PROCODE3"] == "RTH"], 2)
    return random.sample(apc, 20) + [row | {"PROCODE3": "RTE", "ADMINCAT": "03"} for row in changed]


def _last_day(rows: list[Row]) -> date:
    names = ("ADMIDATE", "DISDATE", "EPISTART", "EPIEND", *(f"OPDATE_{n:02d}" for n in range(1, 25)))
    return max(date.fromisoformat(row[name]) for row in rows for name in names if row[name])


def _endings(random: Random, histories: list[list[Row]]) -> list[Row]:
    """Deaths on or after the last day of some people; half of them as discharges."""
    found = []
    for rows in random.sample(histories, PEOPLE // 3):
        last = _last_day(rows)
        if random.randrange(2):
            found.append(death(rows[0]["TOKEN_PERSON_ID"], (last + timedelta(days=random.choice(STEPS))).isoformat()))
        elif rows[-1]["DISDATE"] == last.isoformat():
            rows[-1]["DISMETH"] = "4"
    return found


def _care(random: Random, rows: list[Row]) -> list[Row]:
    """Outpatient appointments around a person's days, not all attended and not all of the kind that counts."""
    found = []
    for row in random.sample(rows, min(len(rows), random.randrange(3))):
        day = _next(random, add_months(date.fromisoformat(row["EPIEND"]), -random.choice([0, 6, 12, 24, 24, 30])))
        kind = {"ATTENDED": random.choice("555623"), "TRETSPEF": random.choice(["650", "191", "713", "100", "110"])}
        found.append(appointment(row["TOKEN_PERSON_ID"], day.isoformat(), **kind))
    return found
