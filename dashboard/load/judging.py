"""What was read of a load's files, held against what a load may be: files refused whole, rows counted, limits kept."""

from collections.abc import Callable

from dashboard import queries
from dashboard.errors import Refused
from dashboard.load.batch import Batch, Wanted
from dashboard.load.limits import LIMITS, stop_if

# what says a day, in either of the two ways that HES writes one
A_DAY = "[0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ][^;]*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9]"


def refuse_files(kind: str, rows: Callable[[str], list[tuple]], batch: Batch) -> None:
    """Refused for the first reason (file number, rule, line, column, value) that a query's `rows` give to refuse a file of a kind whole."""
    names = {file["file_no"]: file["file"] for file in batch.files}
    reasons = [reason for name in (f"{kind}_refusals", "any_refusals") for reason in rows(f"extract/files/{name}")]
    for file_no, rule, line, column, value in sorted(reasons, key=lambda one: (one[0], one[2], one[1])):
        raise Refused(f"{names[file_no]}, line {line}, {column}: {FILE_RULES[rule].format(value=value)} [{rule}]")


FILE_RULES = {
    "date-order": "expected a date as YYYY-MM-DD or YYYYMMDD, found {value!r}. Export dates as YYYY-MM-DD: day and month could be swapped.",
    "date-format": "expected dates as YYYY-MM-DD or YYYYMMDD, found {value!r}, and most of the column is so. Export dates as YYYY-MM-DD.",
    "no-bridge": "deaths by record number, and no bridge from record numbers to people. Give the bridge file with --deaths too.",
    "no-records": "a bridge from record numbers to people, and no deaths by record number. Give the file of deaths with --deaths too.",
    "mangled-key": "expected a key as text, found {value!r}: a spreadsheet, or a decimal number, has rounded it. Use the file as supplied.",
    "columns-disagree": "two columns of one meaning disagree on this line. Drop the wrong one, or name one in a layout of yours.",
}


def count_rows(connection, kind: str, mine: list[dict], wanted: Wanted) -> None:
    """Note how many rows of each file were loaded, put aside and flagged; Stopped when too many were put aside."""
    by_number = {file["file_no"]: file for file in mine}
    for file_no, *counts in connection.table("file_counts").fetchall():
        by_number[file_no].update(zip(("rows_read", "rows_loaded", "rows_quarantined", "rows_flagged"), counts, strict=True))
    read, aside = (sum(file[name] for file in mine) for name in ("rows_read", "rows_quarantined"))
    if not any(file["rows_loaded"] for file in mine):
        names = ", ".join(file["file"] for file in mine)
        raise Refused(f"{names}: no row could be kept of {read}{first_put_aside(connection, mine)}. Correct the export.")
    share = LIMITS["quarantined" if kind == "episodes" else "quarantined-beside"]
    words = f"{aside} of {read} rows of {kind} were put aside, more than {share:.1%}{first_put_aside(connection, mine)}"
    stop_if(aside / read > share, "quarantined", words, wanted.force)


def first_put_aside(connection, mine: list[dict]) -> str:
    """Where the rule that put most rows aside did so first, in words; nothing when no row was."""
    found = connection.sql(queries.text("extract/files/first_put_aside")).fetchall()
    names = {file["file_no"]: file["file"] for file in mine}
    return "".join(
        f"; {rows} by {rule}, the first: {names[file_no]}, line {line}{', ' + column if column else ''}{', ' + value if value else ''}"
        for rule, rows, file_no, line, column, value in found
    )


def judge(connection, batch: Batch, wanted: Wanted) -> None:
    """Note the financial years of episodes; Stopped when a provider lost more than a load may lose."""
    for year, rows, last_end in connection.table("staged_years").fetchall():
        batch.years[str(year)] = {"rows": rows, "last_end": last_end.isoformat(), "status": batch.status}
    share = LIMITS["provider-quarantined"]
    for provider, rows, lost in connection.table("provider_counts").fetchall():
        too_many = rows >= LIMITS["provider-rows"] and lost / rows > share
        words = f"{provider or 'rows without a provider'}: {lost} of {rows} rows were put aside, more than {share:.0%}"
        stop_if(too_many, "provider-quarantined", words, wanted.force)
