"""The order of periods: what lies between two of them, and which of them are of the first year of COVID-19."""

COVID_YEAR = 2020


def between(first: str, last: str) -> list[str]:
    """Every period from one label to another of the same kind: 2023/24, 2023/24 Q1 or 2023-04."""
    start, end = _number(first), _number(last)
    return [_label(number, _kind(first)) for number in range(start, end + 1)]


def of_covid(period: str) -> bool:
    """Whether a period is of the financial year 2020/21."""
    kind = _kind(period)
    per_year = {"year": 1, "quarter": 4, "month": 12}[kind]
    return _number(period) // per_year == COVID_YEAR


def months_after(day: str, period: str) -> int:
    """Whole months from the month of an ISO day to the first month of a period."""
    per = {"year": 12, "quarter": 3, "month": 1}[_kind(period)]
    year, month = int(day[:4]), int(day[5:7])
    return _number(period) * per - (year * 12 + month - 4)


def ticks(periods: list[str]) -> tuple[list[str], list[str]]:
    """Where an axis of periods is labelled, and with what: years, each at its first period, or every second year, when there are many."""
    kind = _kind(periods[0]) if periods else "year"
    if kind == "year" and len(periods) > 8:
        return periods[::-2][::-1], periods[::-2][::-1]
    if len(periods) <= 8:
        return periods, [one.replace(" Q", "<br>Q") for one in periods]
    firsts = [one for one in periods if one.endswith((" Q1", "-04"))]
    return firsts, [_label(_number(one) // (4 if kind == "quarter" else 12), "year") for one in firsts]


def _kind(period: str) -> str:
    return "quarter" if " Q" in period else "year" if "/" in period else "month"


def _number(period: str) -> int:
    """The place of a period among those of its kind, counted in financial years."""
    year, kind = int(period[:4]), _kind(period)
    if kind == "month":
        return year * 12 + int(period[5:7]) - 4
    return year if kind == "year" else year * 4 + int(period[-1]) - 1


def _label(number: int, kind: str) -> str:
    if kind == "month":
        year, month = divmod(number + 3, 12)
        return f"{year}-{month + 1:02d}"
    year, quarter = divmod(number, 4) if kind == "quarter" else (number, None)
    label = f"{year}/{(year + 1) % 100:02d}"
    return label if quarter is None else f"{label} Q{quarter + 1}"
