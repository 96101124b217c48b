"""The recount itself gives the answers of the worked examples."""

from __future__ import annotations

from datetime import date

import pytest

from tests.recount import adherence, cohorts, courses, curves, tables
from tests.recount.cohorts import World
from tests.recount.measures import measure
from tests.worked import examples


def world(apc: list, start: str, end: str, deaths: list | None = None) -> World:
    """Rows between two days."""
    from tests.make_hes import numbered

    return World(numbered(apc), date.fromisoformat(start), date.fromisoformat(end), deaths=deaths)


def test_the_volumes_and_the_waterfall_of_section_4():
    found = world(examples.volume(), "2023-04-01", "2024-03-31")
    assert {step["rule"]: step["remaining"] for step in cohorts.waterfall(found)} == examples.WATERFALL
    counted = {name: sum(one[name] for one in cohorts.denervations(found)) for name in ("ebi", "lumbar", "broad")}
    assert counted == {"ebi": 3, "lumbar": 5, "broad": 6}
    by_provider = measure(found, "denervations", by="provider")
    assert {place: cell[0] for (place, _), cell in by_provider.items()} == {"RTH": 3, "RTE": 1, "NT4": 1}


def test_the_courses_and_intervals_of_section_5():
    found = courses.courses(world(examples.staged(), "2018-04-01", "2025-03-31"))
    mine = [one for one in found if one["person"] == "STAGED"]
    assert [(one["date"].isoformat(), one["end"].isoformat()) for one in mine] == [
        ("2021-01-15", "2021-02-26"), ("2022-03-20", "2022-03-20"), ("2022-04-10", "2022-04-10")
    ]  # fmt: skip
    assert [(one["interval_days"], one["interval_months"]) for one in mine] == [(None, None), (429, 14), (21, 0)]
    months = {one["person"]: one["interval_months"] for one in found if one["previous"] and one["person"] != "STAGED"}
    assert months == {"TENTH": 16, "NINTH": 15, "LAST": 16, "BEFORE LAST": 15}


def test_the_time_to_repeat_of_section_5():
    times = [(200, 1), (365, 0), (400, 1), (500, 2), (600, 1), (730, 0)]
    assert [round(curves.incidence(times, day), 4) for day in (200, 400, 600)] == [0.1667, 0.3750, 0.5833]
    deaths = [(day, {1: 2, 2: 1}.get(outcome, 0)) for day, outcome in times]
    assert round(curves.incidence(deaths, 500), 4) == 0.2083


def test_the_time_to_repeat_of_section_5_from_rows():
    apc, deaths = examples.time_to_repeat()
    found = world(apc, "2015-04-01", "2021-03-31", deaths)
    for name, events, value in (("repeat_by_12_months", 10, 0.1667), ("repeat_by_24_months", 30, 0.5833)):
        cell = measure(found, name)["E92", "2019/20"]
        assert (cell[0], cell[1], round(cell[2], 4)) == (events, 60, value)


def test_the_conversion_of_section_6():
    times = [(60, 1), (90, 0), (120, 1), (150, 2), (200, 1), (365, 0), (365, 0), (365, 0)]
    assert round(curves.incidence(times, 365), 4) == 0.4167
    apc, deaths = examples.block_to_rfd()
    cell = measure(world(apc, "2015-04-01", "2021-04-10", deaths), "block_to_denervation_12_months")["E92", "2020/21"]
    assert (cell[0], cell[1], round(cell[2], 4)) == (30, 80, 0.4167)


def test_the_blocks_before_rfd_of_section_6():
    found = world(examples.blocks_before(), "2019-04-01", "2023-03-31")
    courses_found = {one["person"]: one for one in courses.courses(found)}
    assert [courses_found[person]["is_index"] for person in "ABC"] == [False, True, True]
    assert [courses_found[person]["days_since_block"] for person in "ABC"] == [None, 92, None]
    assert measure(found, "no_block_found")["E92", "2021/22"][:2] == (1, 2)


def test_the_adherence_of_section_7():
    found = world(examples.adherence(), "2018-04-01", "2023-03-31")
    judged = adherence.judged(found, "humber_north_yorkshire")
    assert [one["verdict"] for one in judged] == ["adherent", "non_adherent"]
    assert judged[0]["days_since_block"] == 98
    assert judged[1]["interval_days"] == 448
    for one in judged:
        expected = examples.ADHERENCE[str(one["course_number"])]
        assert {name: one["states"][name] for name in expected} == expected


def test_the_recount_prints_every_column_of_every_table():
    found = world(examples.adherence(), "2018-04-01", "2023-03-31")
    assert tables.course_table(found)[1] == {
        "person": "ANN", "course_number": "2", "start": "2022-08-01", "end": "2022-08-01", "provider": "RTH",
        "commissioner": tables.word(courses.courses(found)[1]["commissioner"]), "sides": "both",
        "denervations": "1", "is_index": "false", "is_repeat": "true", "interval_days": "448",
        "interval_months": "14", "same_side": "same", "side_unknown": "false", "blocks_before_24m": "1",
        "days_since_block": "546",
    }  # fmt: skip


@pytest.mark.parametrize("until", [100, 200, 300])
def test_without_deaths_the_incidence_variance_is_greenwoods(until):
    times = [(100, 1), (100, 0), (150, 1), (200, 1), (200, 0), (250, 1), (300, 0), (320, 1)]
    survival, total = 1.0, 0.0
    for time, n, events, _ in curves.steps(times):
        if time <= until:
            survival *= 1 - events / n
            total += events / (n * (n - events))
    assert curves.incidence(times, until) == pytest.approx(1 - survival)
    assert curves.variance(times, until) == pytest.approx(survival**2 * total)
