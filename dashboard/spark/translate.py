"""DuckDB's SQL as Spark's: sqlglot translates it; the few things both can read but take otherwise are put right here."""

import re
from functools import cache

import sqlglot
from sqlglot import exp

# DuckDB takes days and months without their leading zero, as far as the digits tell them apart
DATES = {
    "%Y-%m-%d": "case when :text rlike '^[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2} *$' then try_to_timestamp(rtrim(:text), 'y-M-d') end",
    "%Y%m%d": "case when :text rlike '^[0-9]{7,8} *$' then "
    "coalesce(try_to_timestamp(rtrim(:text), 'yyyyMMdd'), try_to_timestamp(rtrim(:text), 'yyyyMMd')) end",
}
PAIRS = "zip_with(:first, :second, (one, other) -> array(one, other))"
# Spark reads 12d and 1f as numbers, DuckDB 1_000
NUMBER = "case when not :text rlike '[0-9.][dDfF] *$' then try_cast(replace(:text, '_', '') as double) end"


@cache
def to_spark(sql: str) -> str:
    """The same statement in Spark's SQL; a `$parameter` becomes a `:parameter`."""
    return sqlglot.parse_one(sql, dialect="duckdb").transform(_mended).sql(dialect="spark")


def _mended(node: exp.Expr) -> exp.Expr:
    """A part of a statement in words that make Spark answer as DuckDB does."""
    if isinstance(node, exp.RegexpReplace) and isinstance(node.args.get("replacement"), exp.Literal):
        groups = re.sub(r"\\(\d)", r"$\1", node.args["replacement"].name)
        node.set("replacement", exp.Literal.string(groups))
        return node
    if isinstance(node, exp.Anonymous) and node.name.lower() == "try_strptime":
        return _moment(*node.expressions)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_zip":
        return _spark(PAIRS, first=node.expressions[0], second=node.expressions[1])
    if isinstance(node, exp.TryCast) and node.to.this == exp.DType.DOUBLE:
        return _spark(NUMBER, text=node.this)
    if isinstance(node, exp.Cast) and node.to.this == exp.DType.TEXT and _is_a_whole_row(node.this):
        return _spark(f"to_json(struct({node.this.name}.*))")
    return node


def _moment(text: exp.Expr, formats: exp.Expr) -> exp.Expr:
    """The first of some formats that a text is in, as a time."""
    formats = formats.expressions or [formats]
    return exp.Coalesce(this=exp.null(), expressions=[_spark(DATES[one.name], text=text) for one in formats])


def _is_a_whole_row(node: exp.Expr) -> bool:
    """Whether a column's name is that of a lateral part of the query, which stands for all of its columns."""
    query = node.find_ancestor(exp.Select)
    return isinstance(node, exp.Column) and query is not None and node.name in {one.alias for one in query.find_all(exp.Lateral)}


def _spark(words: str, **parts: exp.Expr) -> exp.Expr:
    """Spark's words with parts of a statement in the place of their names."""
    return sqlglot.parse_one(words, dialect="spark").transform(
        lambda node: parts[node.name].copy() if isinstance(node, exp.Placeholder) else node
    )
