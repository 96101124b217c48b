"""DuckDB's SQL as Spark's: sqlglot translates it; the few things both can read but take otherwise are put right here."""

import re
from functools import cache

import sqlglot
from sqlglot import exp

# DuckDB takes days and months without their leading zero, as far as the digits tell them apart: a pattern and Spark's formats for each of its own
DATES = {
    "%Y-%m-%d": ("^[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2} *$", ("y-M-d",)),
    "%Y%m%d": ("^[0-9]{7,8} *$", ("yyyyMMdd", "yyyyMMd")),
}
# Spark reads 12d and 1f as numbers, DuckDB 1_000
NO_NUMBER = "[0-9.][dDfF] *$"


@cache
def to_spark(sql: str) -> str:
    """The same statement in Spark's SQL; a `$parameter` becomes a `:parameter`."""
    return sqlglot.parse_one(sql, dialect="duckdb").transform(_mended).sql(dialect="spark")


def _mended(node: exp.Expr) -> exp.Expr:
    """A part of a statement in words that make Spark answer as DuckDB does."""
    if isinstance(node, exp.RegexpReplace) and isinstance(node.args.get("replacement"), exp.Literal):
        node.set("replacement", _text(re.sub(r"\\(\d)", r"$\1", node.args["replacement"].name)))
        return node
    if isinstance(node, exp.Anonymous) and node.name.lower() == "try_strptime":
        return _moment(*node.expressions)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_zip":
        return _pairs(*node.expressions)
    if isinstance(node, exp.TryCast) and node.to.this == exp.DType.DOUBLE:
        return _number(node)
    if isinstance(node, exp.Cast) and node.to.this == exp.DType.TEXT and _is_a_whole_row(node.this):
        return _call("to_json", _call("struct", exp.column(exp.Star(), table=node.this.name)))
    return node


def _moment(text: exp.Expr, formats: exp.Expr) -> exp.Expr:
    """The first of some formats that a text is in, as a time."""
    found = []
    for one in formats.expressions or [formats]:
        pattern, ours = DATES[one.name]
        times = [_call("try_to_timestamp", _call("rtrim", text), _text(form)) for form in ours]
        found.append(_when(_like(text, pattern), exp.Coalesce(this=exp.null(), expressions=times)))
    return exp.Coalesce(this=exp.null(), expressions=found)


def _pairs(first: exp.Expr, second: exp.Expr) -> exp.Expr:
    """Two lists as one of pairs, the shorter filled up with nulls."""
    names = [exp.to_identifier(name) for name in ("one", "other")]
    pair = exp.Lambda(this=exp.Array(expressions=[exp.column(name.copy()) for name in names]), expressions=names)
    return _call("zip_with", first, second, pair)


def _number(cast: exp.TryCast) -> exp.Expr:
    """A text as a number where DuckDB takes it for one."""
    plain = exp.TryCast(this=_call("replace", cast.this, _text("_"), _text("")), to=cast.to.copy(), safe=True)
    return _when(exp.not_(_like(cast.this, NO_NUMBER)), plain)


def _is_a_whole_row(node: exp.Expr) -> bool:
    """Whether a column's name is that of a lateral part of the query, which stands for all of its columns."""
    query = node.find_ancestor(exp.Select)
    return isinstance(node, exp.Column) and query is not None and node.name in {one.alias for one in query.find_all(exp.Lateral)}


def _text(words: str) -> exp.Expr:
    return exp.Literal.string(words)


def _call(name: str, *parts: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=[part.copy() for part in parts])


def _like(text: exp.Expr, pattern: str) -> exp.Expr:
    return exp.RegexpLike(this=text.copy(), expression=_text(pattern))


def _when(condition: exp.Expr, then: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=condition, true=then)])
