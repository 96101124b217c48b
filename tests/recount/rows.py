"""One row at a time: cleaning, what is put aside, dates and the population rules."""

from __future__ import annotations

import calendar
import re
from datetime import date

Row = dict[str, str]
NO_DATES = {date(1582, 10, 15), date(1600, 1, 1), date(1800, 1, 1), date(1801, 1, 1)}


def clean(text: str | None) -> str:
    """The text without padding; a dash, an ampersand or nothing is nothing."""
    text = (text or "").strip()
    return "" if text in ("-", "&") else text


def code(text: str | None) -> str:
    """A clinical code in upper case, letters and digits only, at most four characters."""
    return re.sub(r"[^A-Z0-9]", "", clean(text).upper())[:4]


def day(text: str | None) -> date | None:
    """A real date, or nothing: the dates that HES writes for unknown are not real."""
    text = clean(text)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    value = date.fromisoformat(text)
    return None if value in NO_DATES else value


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months on (or back), the last day where there is none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """How many whole calendar months `end` has reached, counted from `start`."""
    months = 0
    while add_months(start, months + 1) <= end:
        months += 1
    return months


def number(text: str | None) -> int | None:
    """An integer, or nothing."""
    text = clean(text)
    return int(text) if re.fullmatch(r"\d+", text) else None


def usable(row: Row, today: date) -> bool:
    """Whether a row is not put aside for its age or its dates."""
    age = clean(row.get("STARTAGE"))
    known = number(age)
    if age and (known is None or not (known <= 120 or 7001 <= known <= 7007 or known == 999)):
        return False
    dates = {name: day(row.get(name)) for name in ("EPISTART", "EPIEND", "ADMIDATE", "DISDATE")}
    if any(value and value > today for value in dates.values()):
        return False
    if _backwards(dates["EPISTART"], dates["EPIEND"]) or _backwards(dates["ADMIDATE"], dates["DISDATE"]):
        return False
    operations = [day(row.get(f"OPDATE_{n:02d}")) for n in range(1, 25)]
    return any([dates["EPISTART"], dates["ADMIDATE"], *operations])


def _backwards(first: date | None, last: date | None) -> bool:
    return bool(first and last and last < first)


def kept(rows: list[Row], today: date) -> list[Row]:
    """Usable rows, the last of each (`FYEAR`, `EPIKEY`)."""
    last = {}
    for position, row in enumerate(rows):
        if usable(row, today):
            last[clean(row.get("FYEAR")), clean(row.get("EPIKEY")) or position] = row
    return list(last.values())


def finished(row: Row) -> bool:
    """Whether the episode is finished: status 3, or no such column."""
    return "EPISTAT" not in row or clean(row["EPISTAT"]) == "3"


def procedure_date(row: Row, position: int, today: date) -> date | None:
    """The day of the procedure at a position (1 to 24), else the start of the episode, else the admission."""
    operation, admitted, discharged = day(row.get(f"OPDATE_{position:02d}")), day(row.get("ADMIDATE")), day(row.get("DISDATE"))
    inside = (
        operation
        and operation <= today
        and not (admitted and operation < admitted)
        and not (discharged and operation > discharged)
    )
    return operation if inside else (day(row.get("EPISTART")) or admitted)


def failures(row: Row, diagnoses: list[str]) -> list[str]:
    """The population rules a row fails, in the order in which a lost day is counted."""
    age = number(row.get("STARTAGE"))
    failed = {
        "age": age is None or not 19 <= age <= 120,
        "emergency": clean(row.get("ADMIMETH")).startswith("2"),
        "private": clean(row.get("ADMINCAT")) == "02",
        "cancer": any(re.match(r"C|D0|D3[789]|D4[0-8]", diagnosis) for diagnosis in diagnoses),
    }
    return [reason for reason, fails in failed.items() if fails]
