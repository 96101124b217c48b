"""What a statement reads from is told by its words alone; a whole parser says the same of every file."""

import pytest
import sqlglot
from sqlglot import exp

from dashboard import queries

FILES = sorted(path.relative_to(queries.FOLDER).with_suffix("").as_posix() for path in queries.FOLDER.rglob("*.sql"))


def parsed(sql: str) -> set[str]:
    """The names a statement reads from that it does not define, as a parser finds them."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    return {table.name for table in tree.find_all(exp.Table)} - {one.alias for one in tree.find_all(exp.CTE)}


def test_every_file_reads_from_what_a_parser_says_it_does():
    assert len(FILES) > 100
    assert {name: queries.tables_needed(queries.text(name)) for name in FILES} == {
        name: parsed(queries.text(name)) for name in FILES
    }


@pytest.mark.parametrize(
    "sql",
    [
        "select 'from nowhere' as said from one -- from a comment\n",
        "with two as (select * from one), three as materialized (select 1) select * from two join four on true join three on true",
        "select a is distinct from b from one, lateral (select 1 from two)",
        "select * from unnest([1]) as listed inner join one on true",
    ],
)
def test_a_table_is_told_from_texts_comments_functions_and_what_the_statement_defines(sql):
    assert queries.tables_needed(sql) == parsed(sql)
