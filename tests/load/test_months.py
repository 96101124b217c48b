"""A month is complete when a provider sent at least half of its usual month, of the year around it."""

import datetime as dt

import duckdb
import pytest

from dashboard import queries

USUAL = 100


@pytest.fixture
def sent():
    """What is found of months that one provider sent, from a first one on: numbers of rows."""

    def found(name: str, rows: list[int], first: int = 2012):
        connection = duckdb.connect()
        connection.execute(
            "create table provider_map as select 'RTH' as provider, 'RTH' as procode3, null as procodet, null as sitetret"
        )
        connection.execute(
            "create table staged_months (procode3 text, procodet text, sitetret text, month date, rows_kept bigint)"
        )
        months = [(dt.date(first + at // 12, at % 12 + 1, 1), count) for at, count in enumerate(rows) if count]
        for month in months:
            connection.execute("insert into staged_months values ('RTH', null, null, ?, ?)", month)
        return connection.sql(queries.text(name)).fetchall()

    return found


def complete(rows: list[tuple]) -> list[bool]:
    return [row[3] for row in rows]


def test_half_of_the_usual_month_is_complete_and_one_row_less_is_not(sent):
    year = [USUAL] * 12
    assert complete(sent("cohort/months", [*year, USUAL // 2, *year]))[12] is True
    assert complete(sent("cohort/months", [*year, USUAL // 2 - 1, *year]))[12] is False


def test_a_provider_that_shrinks_to_a_quarter_over_the_years_sends_complete_months_all_the_while(sent):
    rows = [USUAL - at // 2 for at in range(150)]
    assert min(rows) < USUAL // 3 and all(complete(sent("cohort/months", rows)))


def test_a_month_not_sent_is_no_month_and_no_measure_for_the_others(sent):
    found = sent("cohort/months", [USUAL, 0, 0, USUAL, USUAL // 4])
    assert [(month, is_complete) for _, month, _, is_complete in found] == [
        ("2012-01", True), ("2012-04", True), ("2012-05", False),
    ]  # fmt: skip


def test_the_last_complete_day_ends_the_last_month_that_is_not_short(sent):
    assert sent("build/last_complete_day", [USUAL] * 14 + [USUAL // 4]) == [(dt.date(2013, 2, 28),)]
    assert sent("build/last_complete_day", []) == [(None,)]
