"""Our columns as DuckDB expressions over a file's columns: blanks made null, lists of codes made one text, contradictions told."""

from functools import reduce
from operator import or_

from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

from dashboard.load.layouts import Matched

DATES = ("admidate", "disdate", "epistart", "epiend", "apptdate", "death_date")
BLANKS = " \t"
KINDS_OF_LIST = ("procedures", "procedures_again", "procedure_dates", "diagnoses", "diagnoses_again")


# blank in HES, and what SQL, R, pandas and Excel write for a blank
NOTHING = ("", "-", "&", "NULL", "null", "\\N", "NA", "NaN", "nan", "N/A", "#N/A", "None", "<NA>")


def cell(position: int | None):
    """A column's text, null where it says nothing, however padded."""
    if position is None:
        return ConstantExpression(None).cast("VARCHAR")
    column = ColumnExpression(f"t{position}")
    # not `in`: a list this long becomes a join, one for each column
    nothing = reduce(or_, (column == ConstantExpression(word) for word in NOTHING))
    return CaseExpression(nothing, ConstantExpression(None).cast("VARCHAR")).otherwise(column)


def with_trimmed(parsed, matched: Matched):
    """The columns c0, c1 … and, of those of ours that hold one thing each, t0, t1 … without blanks around them."""
    blank = ConstantExpression(BLANKS)
    trimmed = [FunctionExpression("trim", ColumnExpression(f"c{at}"), blank).alias(f"t{at}") for at in single_places(matched)]
    return parsed.select(StarExpression(), *trimmed)


def single_places(matched: Matched) -> list[int]:
    """The places of those columns of ours that hold one thing each, in order."""
    return sorted({at for found in (matched.columns, matched.joined) for positions in found.values() for at in positions})


def scalar(ours: str, positions: list[int]):
    """The first column of one meaning that is not blank, nor one of the archive's days for none where another has a day."""
    cells = [cell(position) for position in positions] or [cell(None)]
    if len(cells) == 1:
        return cells[0]
    if ours in DATES:
        none = ConstantExpression(None).cast("VARCHAR")
        cells = [CaseExpression(day(at).isnotnull(), cell(at)).otherwise(none) for at in positions] + cells
    return CoalesceOperator(*cells)


def day(position: int):
    """A column's day as eight digits, null for one before 1900, so that two ways to write a day are one."""
    text = cell(position)
    for pattern, instead in ((r"^(\d{4})-?(\d{2})-?(\d{2}).*$", r"\1\2\3"), (r"^1[0-8]\d{6}$|^0\d{7}$", "")):
        text = FunctionExpression("regexp_replace", text, ConstantExpression(pattern), ConstantExpression(instead))
    return FunctionExpression("nullif", text, ConstantExpression(""))


def text_of(positions: list[int | None]):
    """Columns 01, 02 … as one text, `;` between them and none at the end: far smaller than a list, split only where a row matters."""
    nothing = ConstantExpression("")
    cells = [nothing if at is None else CoalesceOperator(ColumnExpression(f"c{at}"), nothing) for at in positions]
    text = FunctionExpression("concat_ws", ConstantExpression(";"), *cells) if cells else nothing
    return FunctionExpression("rtrim", text, ConstantExpression(";"))


def joined_text(position: int):
    """One column of codes joined by `||`, `,` or `;` as one text with `;` between them, as `text_of` gives it."""
    text = CoalesceOperator(cell(position), ConstantExpression(""))
    for pattern, instead in ((r"[\s,|;]+$", ""), (r"^[\s,|;]+", ""), (r"\s*[,|;][\s,|;]*", ";")):
        words = (ConstantExpression(pattern), ConstantExpression(instead), ConstantExpression("g"))
        text = FunctionExpression("regexp_replace", text, *words)
    return text


def disagreement(matched: Matched, names: list[str]):
    """The name of a column that contradicts another of the same meaning on this row; null when none does."""
    case = None
    for ours, positions in matched.columns.items():
        as_it_means = day if ours in DATES else cell
        for other in positions[1:]:
            differs = as_it_means(positions[0]) != as_it_means(other)
            label = ConstantExpression(f"{names[positions[0]]} and {names[other]}")
            case = case.when(differs, label) if case is not None else CaseExpression(differs, label)
    return case if case is not None else ConstantExpression(None).cast("VARCHAR")


def projection(matched: Matched, names: list[str], rows=None) -> list:
    """Every column of ours, as an expression over a file's columns; in one order for every layout, as rows are appended by place.

    `rows` says for how many rows one of episodes stands, where it is not itself alone.
    """
    found = [scalar(ours, positions).alias(ours) for ours, positions in sorted(matched.columns.items()) if ours != "epistat"]
    if "epistat" in matched.columns:
        # without the column every row is a finished episode; with it, a blank is not
        known = scalar("epistat", matched.columns["epistat"]) if matched.columns["epistat"] else ConstantExpression("3")
        found.append(known.alias("epistat"))
    if matched.layout.kind == "episodes":
        found += [codes_of(matched, ours).alias(ours) for ours in KINDS_OF_LIST]
        found.append((ConstantExpression(1) if rows is None else rows).cast("BIGINT").alias("rows"))
    return [*found, disagreement(matched, names).alias("disagreeing")]


def codes_of(matched: Matched, ours: str):
    """The text of one of the lists of codes or dates: from the columns that hold one each, or from the one that holds all."""
    if matched.joined.get(ours):
        return joined_text(matched.joined[ours][0])
    families = matched.lists.get(ours.removesuffix("_again"), [])
    wanted = 1 if ours.endswith("_again") else 0
    return text_of(families[wanted] if len(families) > wanted else [])
