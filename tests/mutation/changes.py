"""Small wrongs that a rule in SQL could have: each a pattern, and what somebody might have written instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WRONGS = [
    # an edge
    (r"(?<=\s)<=(?=\s)", "<"), (r"(?<=\s)>=(?=\s)", ">"), (r"(?<=\s)<(?=\s)", "<="), (r"(?<=\s)>(?=\s)", ">="),
    (r"(?<![\w'%.-])\d+(?![\w'])", lambda found: str(int(found[0]) + 1)),
    # the contrary
    (r"(?<=\s)=(?=\s)", "<>"), (r"\band\b(?! \d)", "or"), (r"\bor\b", "and"), (r"\bnot (?!null|distinct|exists|in\b)", ""),
    (r"\bis not null\b", "is null"), (r"\bis null\b", "is not null"),
    # a condition, or a way out of a null, that was forgotten
    (r"(?m)^\s+and [^()\n]*(?:\([^()\n]*\)[^()\n]*)*$\n?", ""), (r"(?m)^where [^()\n]*(?:\([^()\n]*\)[^()\n]*)*$", ""),
    (r"\bcoalesce\(([^(),]+), [^()]+?\)", r"\1"), (r"\belse (?!null)[^\s]+(?= end)", "else null"),
    # the other end
    (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bleast\(", "greatest("), (r"\bgreatest\(", "least("), (r"\bdesc\b", "asc"),
    (r"\blead\(", "lag("), (r"\bbool_or\(", "bool_and("), (r"\bbool_and\(", "bool_or("),
    # rows lost, kept or counted twice
    (r"\bleft join\b", "inner join"), (r"(?<!asof )\binner join\b", "left join"), (r"\bunion all\b", "union"),
    (r"\bunion\b(?! all)", "union all"), (r"\bdistinct (?!from)", ""),
]  # fmt: skip
COMMENT = re.compile(r"--.*")


@dataclass(frozen=True)
class Mutant:
    """A query with one thing wrong in it: where, what stood there, what stands there now, and the whole text."""

    query: str
    line: int
    stood: str
    stands: str
    sql: str

    def __str__(self) -> str:
        return f"{self.query}:{self.line} `{self.stood}` → `{self.stands}`"


def mutants(query: str, sql: str) -> Iterator[Mutant]:
    """Every mutant of a query's text; comments are left as they are."""
    comments = [found.span() for found in COMMENT.finditer(sql)]
    for pattern, wrong in WRONGS:
        for found in re.finditer(pattern, sql):
            if any(first <= found.start() < last for first, last in comments):
                continue
            stands = wrong(found) if callable(wrong) else found.expand(wrong)
            line = sql.count("\n", 0, found.end() - len(found[0].lstrip())) + 1
            yield Mutant(query, line, found[0].strip(), stands, sql[: found.start()] + stands + sql[found.end() :])
