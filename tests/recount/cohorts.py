"""Days of treatment, counted one by one: denervations, blocks and what the population rules took away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from tests.recount import codes, places, rows
from tests.recount.rows import Row

RULES = ["age", "emergency", "private", "cancer", "broad", "lumbar", "ebi_position", "ebi_site", "ebi_diagnosis"]
LAST = "9" * 99


@dataclass(eq=False)
class World:
    """What was loaded: rows of text, and the days between which they are complete."""

    apc: list[Row]
    data_start: date
    data_end: date
    op: list[Row] | None = None
    deaths: list[Row] | None = None
    today: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        self.kept = rows.kept(self.apc, self.today)
        self.episodes = [episode(row, self.today) for row in self.kept if rows.finished(row)]


def episode(row: Row, today: date) -> dict:
    """What one finished episode says, typed; `denervated` and `blocked` are its days of treatment."""
    procedures = [rows.code(row.get(f"OPERTN_{n:02d}")) for n in range(1, 25)]
    diagnoses = [rows.code(row.get(f"DIAG_{n:02d}")) for n in range(1, 21)]
    first_rfd = codes.first_position(procedures, codes.is_broad)
    first_block = codes.first_position(procedures, codes.is_block)
    return _who_and_where(row) | {
        "procedures": procedures,
        "failures": set(rows.failures(row, diagnoses)) | set(_cohort_failures(procedures, diagnoses)),
        "denervated": first_rfd and rows.procedure_date(row, first_rfd, today),
        "blocked": first_block and rows.procedure_date(row, first_block, today),
    }


def _who_and_where(row: Row) -> dict:
    person, provider = rows.clean(row.get("TOKEN_PERSON_ID")), places.provider(row)
    spell = rows.clean(row.get("SUSSPELLID")) or rows.clean(row.get("EPIKEY"))
    order = rows.number(row.get("EPIORDER"))
    return {
        "person": person or None,
        "unit": ("person", person) if person else ("row", provider, spell),
        "spell": spell,
        "provider": provider,
        "commissioner": places.commissioner(row),
        "age": rows.number(row.get("STARTAGE")),
        "sex": rows.clean(row.get("SEX")) or None,
        "order": (
            rows.day(row.get("EPISTART")) or date.max,
            order if order is not None else int(LAST),
            rows.clean(row.get("EPIKEY")).zfill(40),
        ),
    }


def _cohort_failures(procedures: list[str], diagnoses: list[str]) -> list[str]:
    passes = {
        "lumbar": any(codes.is_lumbar(code, procedures) for code in procedures),
        "ebi_position": procedures[0] in ("V485", "V487"),
        "ebi_site": any(code in codes.EBI_SITES for code in procedures),
        "ebi_diagnosis": diagnoses[0] in codes.EBI_DIAGNOSES,
    }
    return [rule for rule, passed in passes.items() if not passed]


def _surviving(episodes: list[dict], rules: list[str]) -> list[dict]:
    return [episode for episode in episodes if not episode["failures"] & set(rules)]


def _days(world: World, when: str) -> dict[tuple, list[dict]]:
    """Episodes by (unit, day), for days up to the end of the data, earliest episode first."""
    days = defaultdict(list)
    for episode in sorted(world.episodes, key=lambda episode: episode["order"]):
        if episode[when] and episode[when] <= world.data_end:
            days[episode["unit"], episode[when]].append(episode)
    return days


@cache
def denervations(world: World) -> list[dict]:
    """One per person and day that qualifies for `broad` and passes the population rules."""
    return [_denervation(day, counted) for (_, day), counted in _counted(world, "denervated")]


def _counted(world: World, when: str) -> list[tuple[tuple, list[dict]]]:
    survivors = [(key, _surviving(found, RULES[:4])) for key, found in _days(world, when).items()]
    return [(key, episodes) for key, episodes in survivors if episodes]


def _denervation(day: date, episodes: list[dict]) -> dict:
    procedures = [code for episode in episodes for code in episode["procedures"]]
    return _earliest(day, episodes) | {
        "broad": True,
        "lumbar": bool(_surviving(episodes, RULES[:6])),
        "ebi": bool(_surviving(episodes, RULES)),
        "sides": codes.sides(procedures),
        "levels": codes.levels(procedures),
        "image_control": codes.has_image_control(procedures),
        "episodes": len(episodes),
        "spells": len({episode["spell"] for episode in episodes}),
        "code_mentions": sum(
            codes.is_broad(code, episode["procedures"]) for episode in episodes for code in episode["procedures"]
        ),
    }


def _earliest(day: date, episodes: list[dict]) -> dict:
    return {"date": day} | {name: episodes[0][name] for name in ("person", "provider", "commissioner", "age", "sex")}


@cache
def blocks(world: World) -> list[dict]:
    """One per person and day with a facet block that passes the population rules."""
    return [_block(day, counted) for (_, day), counted in _counted(world, "blocked")]


def _block(day: date, episodes: list[dict]) -> dict:
    return _earliest(day, episodes) | {"lumbar_site": any(codes.has_lumbar_site(episode["procedures"]) for episode in episodes)}


@cache
def blocks_seen(world: World) -> dict[str, list[date]]:
    """Each person's days with any facet block in a finished episode, counted or not."""
    seen = defaultdict(set)
    for episode in world.episodes:
        if episode["person"] and episode["blocked"] and episode["blocked"] <= world.data_end:
            seen[episode["person"]].add(episode["blocked"])
    return {person: sorted(days) for person, days in seen.items()}


def waterfall(world: World) -> list[dict]:
    """Denervation days lost at each rule, and left after it."""
    lost = dict.fromkeys(RULES, 0)
    days = _days(world, "denervated")
    for episodes in days.values():
        reason = next((rule for n, rule in enumerate(RULES) if not _surviving(episodes, RULES[: n + 1])), None)
        if reason:
            lost[reason] += 1
    steps, remaining = [{"rule": "all", "lost": 0, "remaining": len(days)}], len(days)
    for rule in RULES:
        remaining -= lost[rule]
        steps.append({"rule": rule, "lost": lost[rule], "remaining": remaining})
    return steps


@cache
def deaths(world: World) -> dict[str, date]:
    """Each person's day of death: the earliest of discharges by death and the deaths file."""
    found = defaultdict(list)
    for row in world.kept:
        if rows.clean(row.get("DISMETH")) == "4":
            found[rows.clean(row.get("TOKEN_PERSON_ID"))].append(rows.day(row.get("DISDATE")) or rows.day(row.get("EPIEND")))
    for row in world.deaths or []:
        found[rows.clean(row["TOKEN_PERSON_ID"])].append(rows.day(row["DATE_OF_DEATH"]))
    known = {person: [day for day in days if day] for person, days in found.items() if person}
    return {person: min(days) for person, days in known.items() if days}
