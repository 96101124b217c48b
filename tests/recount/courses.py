"""Courses of denervation and index blocks of one person after another, and what followed them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache

from tests.recount import cohorts
from tests.recount.cohorts import World
from tests.recount.rows import add_months, whole_months


def _by_person(facts: list[dict]) -> dict[str, list[dict]]:
    people = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact["date"]):
        if fact["person"]:
            people[fact["person"]].append(fact)
    return people


@cache
def lumbar_by_person(world: World) -> dict[str, list[dict]]:
    """Each known person's lumbar denervations, in date order."""
    return _by_person([fact for fact in cohorts.denervations(world) if fact["lumbar"]])


@cache
def courses(world: World, staged_days: int = 90) -> list[dict]:
    """One per course of each known person; `previous` is the course before it, or nothing."""
    seen, dead, found = cohorts.blocks_seen(world), cohorts.deaths(world), []
    for person, denervations in lumbar_by_person(world).items():
        groups = _staged(denervations, staged_days)
        mine = [_course(number, group) for number, group in enumerate(groups, start=1)]
        for n, course in enumerate(mine):
            following = mine[n + 1]["date"] if n + 1 < len(mine) else None
            course |= _interval(mine[n - 1] if n else None, course) | _history(world, course, seen.get(person, []))
            course |= _time_to_repeat(world, course, following, dead.get(person))
        found += mine
    return found


def _staged(denervations: list[dict], staged_days: int) -> list[list[dict]]:
    groups: list[list[dict]] = []
    for denervation in denervations:
        if groups and _joins(groups[-1], denervation, staged_days):
            groups[-1].append(denervation)
        else:
            groups.append([denervation])
    return groups


def _joins(course: list[dict], denervation: dict, staged_days: int) -> bool:
    treated = set().union(*(earlier["sides"] for earlier in course))
    near = (denervation["date"] - course[0]["date"]).days <= staged_days
    return near and not treated & denervation["sides"]


def _course(number: int, group: list[dict]) -> dict:
    first = group[0]
    return {name: first[name] for name in ("person", "date", "provider", "commissioner", "age", "sex")} | {
        "course_number": number,
        "end": group[-1]["date"],
        "sides": set().union(*(one["sides"] for one in group)),
        "levels": max((one["levels"] for one in group if one["levels"]), default=None),
        "denervations": group,
        "side_unknown": any(not one["sides"] for one in group),
    }


def _interval(previous: dict | None, course: dict) -> dict:
    if previous is None:
        return dict.fromkeys(("previous", "interval_days", "interval_months", "same_side"))
    first_sides = course["denervations"][0]["sides"]
    shared = [one["date"] for one in previous["denervations"] if one["sides"] & first_sides]
    since = max(shared, default=previous["end"])
    known = first_sides and previous["sides"]
    return {
        "previous": previous,
        "interval_days": (course["date"] - since).days,
        "interval_months": whole_months(since, course["date"]),
        "same_side": "same" if shared else ("other" if known else "unknown"),
    }


def _history(world: World, course: dict, blocks: list[date]) -> dict:
    enough = add_months(course["date"], -24) >= world.data_start
    recent = days_before(blocks, course["date"], 24)
    return {
        "is_index": course["course_number"] == 1 and enough,
        "blocks": blocks,
        "blocks_before_24m": len(recent),
        "days_since_block": (course["date"] - recent[-1]).days if recent else None,
    }


def days_before(days: list[date], when: date, months: int) -> list[date]:
    """The days in the look-back of so many months before a day, that day itself not among them."""
    return [day for day in days if add_months(when, -months) <= day < when]


def _time_to_repeat(world: World, course: dict, following: date | None, died: date | None) -> dict:
    outcome, ended = _first_of(world, [("repeat", following), ("death", died)])
    return {"outcome": outcome, "days": (ended - course["end"]).days}


def _first_of(world: World, candidates: list[tuple[str, date | None]]) -> tuple[str, date]:
    """The earliest outcome; of two on one day the one named first; the end of the data comes last."""
    dated = [(name, day) for name, day in candidates if day and day <= world.data_end]
    return min([*dated, ("end", world.data_end)], key=lambda pair: pair[1])


@cache
def index_blocks(world: World) -> list[dict]:
    """One per index block of each known person, with what happened first after it."""
    treated, dead, found = lumbar_by_person(world), cohorts.deaths(world), []
    for person, blocks in _by_person(cohorts.blocks(world)).items():
        denervations = treated.get(person, [])
        mine = [dict(block) for block in blocks if _is_index(world, block, blocks, denervations)]
        for n, block in enumerate(mine):
            following = mine[n + 1]["date"] if n + 1 < len(mine) else None
            block |= _outcome(world, block, denervations, dead.get(person), following)
            block |= _follow_up(world, block, _dates(blocks), _dates(denervations), dead.get(person))
            block["is_first"] = n == 0
        found += mine
    return found


def _dates(facts: list[dict]) -> list[date]:
    return [fact["date"] for fact in facts]


def _is_index(world: World, block: dict, blocks: list[dict], denervations: list[dict]) -> bool:
    when = block["date"]
    return (
        not days_before(_dates(blocks), when, 12)
        and not days_before(_dates(denervations), when, 24)
        and add_months(when, -24) >= world.data_start
    )


def _outcome(world: World, block: dict, denervations: list[dict], died: date | None, following: date | None) -> dict:
    later = [one for one in denervations if one["date"] > block["date"]]
    rfd = later[0]["date"] if later else None
    outcome, ended = _first_of(world, [("rfd", rfd), ("death", died), ("next_block", following)])
    return {
        "outcome": outcome,
        "days": (ended - block["date"]).days,
        "elsewhere": later[0]["provider"] != block["provider"] if outcome == "rfd" else None,
    }


def _follow_up(world: World, block: dict, blocks: list[date], denervations: list[date], died: date | None) -> dict:
    start, year = block["date"], add_months(block["date"], 12)
    days = [(day - start).days for day in blocks]
    return {
        "followed": year <= world.data_end and not (died and died <= year),
        "prolonged": not any(start < day <= year for day in blocks + denervations),
        "followed_365": (world.data_end - start).days >= 365 and not (died and (died - start).days <= 365),
        "repeated": sum(0 <= n <= 180 for n in days) >= 2 or sum(0 <= n <= 365 for n in days) >= 3,
    }
