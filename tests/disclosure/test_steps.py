"""Steps of time, the patients behind them and the runs they are told in, against a recount row by row, several cells at once."""

from collections import namedtuple

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import curves
from dashboard.disclosure.numbers import PROFILES, release_number
from dashboard.disclosure.steps import Steps

CK, HORIZON, CELLS = PROFILES["hes2018_ck"], 6, 3
Row = namedtuple("Row", "cell step outcome first bit key")
rows = st.lists(
    st.builds(
        Row, st.integers(0, CELLS - 1), st.integers(0, HORIZON + 1), st.sampled_from([0, 0, 1, 1, 2]), st.booleans(),
        st.integers(0, 63), st.integers(0, 4),
    ),
    min_size=1, max_size=150,
)  # fmt: skip


def steps_of(found: list[Row]) -> Steps:
    """What the question gives of rows, one cell and step after another."""
    grouped = {}
    for row in found:
        grouped.setdefault((row.cell, row.step), []).append(row)
    cells, frame = [], []
    for (cell, step), some in grouped.items():
        event, death = ([row for row in some if row.outcome == kind] for kind in (1, 2))
        other = [row for row in some if row.outcome != 1]
        cells.append(cell)
        frame.append({
            "step": step, "leaving": len(some), "events": len(event), "deaths": len(death),
            "leaving_key": keys(some), "event_key": keys(event), "death_key": keys(death),
            "other_firsts": sum(row.first for row in other), "event_firsts": sum(row.first for row in event),
            "other_mask": np.uint64(sum({1 << row.bit for row in other})), "event_mask": np.uint64(sum({1 << row.bit for row in event})),
        })  # fmt: skip
    return Steps.of(pd.DataFrame(frame), np.array(cells), HORIZON)


def keys(some: list[Row]) -> int:
    return sum(row.key for row in some)


def patients(some: list[Row]) -> int:
    return max(sum(row.first for row in some), len({row.bit for row in some}))


def few(some: list[Row]) -> bool:
    return len(some) > 0 and min(len(some), patients(some)) < 8


def told(some: list[Row], of: int | None = None) -> float:
    """The number of rows that is told, on their patients, or on a number of patients given."""
    return release_number([len(some)], [patients(some) if of is None else of], [keys(some)], CK)[0]


def in_cells(found: list[Row]) -> list[tuple[int, list[Row]]]:
    return [(cell, [row for row in found if row.cell == cell]) for cell in range(max(row.cell for row in found) + 1)]


def slow_runs(found: list[Row]) -> list[int]:
    """The steps at which a run ends: both its events and its leavers none or enough; what is left over joins the last run with anybody."""
    ends, run, closed = [], [], 0
    for step in range(HORIZON + 1):
        run += [row for row in found if row.step == step]
        if not few(run) and not few([row for row in run if row.outcome == 1]):
            ends.append(step)
            closed, run = (step if run else closed), []
    kept = [step for step in ends if step < closed] if run else ends
    return sorted({*kept, HORIZON})


@settings(deadline=None, max_examples=60)
@given(rows)
def test_at_risk_are_the_patients_who_leave_then_or_later(found):
    steps = steps_of(found)
    for cell, mine in in_cells(found):
        later = [[row for row in mine if row.step >= step] for step in range(HORIZON + 2)]
        assert steps.before("leaving")[cell].tolist() == [len(some) for some in later]
        assert steps.patients_at_risk()[cell].tolist() == [patients(some) for some in later]


@settings(deadline=None, max_examples=60)
@given(rows, st.integers(0, HORIZON))
def test_patients_are_parted_into_those_with_the_event_by_a_step_and_the_rest(found, last):
    with_event, everybody, without = steps_of(found).patients_until(last)
    for cell, mine in in_cells(found):
        event = [row for row in mine if row.outcome == 1 and row.step <= last]
        rest = [row for row in mine if row not in event]
        assert (with_event[cell], everybody[cell], without[cell]) == (patients(event), patients(mine), patients(rest))


@settings(deadline=None, max_examples=100)
@given(rows)
def test_a_run_goes_on_until_its_events_and_its_leavers_are_none_or_enough(found):
    ends = curves.run_ends(steps_of(found), CK)
    assert [np.flatnonzero(ends[cell]).tolist() for cell, _ in in_cells(found)] == [
        slow_runs(mine) for _, mine in in_cells(found)
    ]


@settings(deadline=None, max_examples=60)
@given(rows, st.booleans())
def test_a_released_curve_is_worked_out_from_what_its_runs_tell(found, deaths_observed):
    estimate = curves.released(steps_of(found), CK, deaths_observed=deaths_observed)
    for cell, mine in in_cells(found):
        surviving, incidence, begins, hidden = 1.0, 0.0, 0, False
        for end in slow_runs(mine):
            within = [row for row in mine if begins <= row.step <= end]
            events, deaths = told([row for row in within if row.outcome == 1]), [row for row in within if row.outcome == 2]
            died = np.nan_to_num(told(deaths, len(deaths)))
            begin, after = (np.nan_to_num(told([row for row in mine if row.step >= step])) for step in (begins, end + 1))
            hidden |= np.isnan(events)
            assert estimate.told[cell, end] == (not hidden)
            if not np.isnan(events) and begin:
                exposed = max(begin - max(begin - after - events - died, 0) / 2, events + died)
                incidence += surviving * events / exposed
                surviving *= 1 - (events + died * deaths_observed) / exposed
            assert np.isclose(estimate.incidence[cell, end], incidence)
            begins = end + 1
