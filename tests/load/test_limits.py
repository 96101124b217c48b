"""Each stop of `data/limits.toml` at its edge: what is just below, at and just above it."""

import pandas as pd
import pytest

from dashboard.errors import Stopped
from dashboard.load.batch import Batch, Wanted
from dashboard.load.staging import stage
from dashboard.publish.national import moves
from dashboard.publish.run import refuse_going_back
from tests.load.bad_files import few_bad
from tests.make_hes import appointment, death, write_apc, write_deaths, write_op


def stopped(folder, forced: str = "", **files) -> str:
    """What stops the staging of some files; nothing when it is not stopped."""
    paths = {kind: (path,) for kind, path in files.items()}
    (folder / "scratch").mkdir()
    try:
        stage(Wanted(**{"episodes": (), **paths}, force=frozenset({forced} - {""})), folder / "kept", folder / "scratch", print)
    except Stopped as error:
        return str(error)
    return ""


@pytest.mark.parametrize("bad, rows, stops", [(1, 400, False), (2, 400, False), (2, 399, True)])
def test_more_than_one_in_two_hundred_rows_put_aside_stop_a_load(tmp_path, bad, rows, stops):
    words = stopped(tmp_path, episodes=write_apc(tmp_path / "hes.txt", few_bad(bad, rows, "RTH")))
    assert ("--force quarantined" in words) == stops


@pytest.mark.parametrize("bad, rows, stops", [(1, 21, False), (1, 20, False), (2, 39, True), (2, 40, False), (19, 19, False)])
def test_more_than_one_in_twenty_rows_of_a_provider_with_twenty_stop_a_load(tmp_path, bad, rows, stops):
    path = write_apc(tmp_path / "hes.txt", [*few_bad(bad, rows, "RA9"), *few_bad(0, 30, "RTH")])
    words = stopped(tmp_path, "quarantined", episodes=path)
    assert ("--force provider-quarantined" in words) == stops


@pytest.mark.parametrize("bad, rows, stops", [(1, 6, False), (1, 5, False), (2, 9, True)])
def test_more_than_a_fifth_of_deaths_or_of_appointments_put_aside_stop_a_load(tmp_path, bad, rows, stops):
    days = ["2023-05-10"] * (rows - bad) + ["no day"] * bad
    deaths = write_deaths(tmp_path / "deaths.txt", [death(f"P{n}", day) for n, day in enumerate(days)])
    seen = [appointment(f"P{n}", "2023-05-10", APPTDATE=day) for n, day in enumerate(days)]
    for kind, path in (("deaths", deaths), ("outpatients", write_op(tmp_path / "op.txt", seen))):
        (tmp_path / kind).mkdir()
        assert ("--force quarantined" in stopped(tmp_path / kind, **{kind: path})) == stops, kind


@pytest.mark.parametrize("rows, stops", [(119, False), (120, False), (121, True), (81, False), (80, False), (79, True)])
def test_a_year_that_changes_by_more_than_a_fifth_up_or_down_stops_a_load(rows, stops):
    before, new = (
        Batch("1", "", "final", years={"2023": {"rows": count, "last_end": "2024-03-31", "status": "final"}})
        for count in (100, rows)
    )
    try:
        refuse_going_back(new, [before], Wanted(()))
        assert not stops
    except Stopped as error:
        assert stops and "--force year-changed" in str(error)


MOVED = [
    (100, 119, "", False), (100, 120, "", False), (100, 121, "", True), (100, 80, "", False), (100, 79, "", True),
    (99, 50, "", False), (50, 99, "", False), (82, 100, "", True), (100, 121, "provisional", False),
]  # fmt: skip


@pytest.mark.parametrize("old, new, flag, stops", MOVED)
def test_a_measure_of_a_hundred_events_in_a_final_year_moves_too_far_beyond_a_fifth(old, new, flag, stops):
    before, after = (
        pd.DataFrame(
            {"measure": ["m"], "period": ["2023/24"], "numerator": [float(count)], "value": [float(count)], "flag": [flag]}
        )
        for count in (old, new)
    )
    assert moves(before, after)["too_far"].tolist() == [stops]
