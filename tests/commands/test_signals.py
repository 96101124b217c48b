"""`rfd signals`, and the questions behind it."""

from datetime import date, timedelta

import pytest

from dashboard import signals
from dashboard.ask import Ask
from dashboard.charts import trend
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.stats.signals import threshold
from dashboard.warehouse import Warehouse
from tests import make_hes
from tests.ask.tiny import Tiny
from tests.worked import command

JUMP = 150


def quarters(numbers: list[int], **last) -> Tiny:
    """A version with so many denervations in each quarter from April 2016 on; `last` is said of those of the last one."""
    made = Tiny()
    for n, number in enumerate(numbers):
        day = date(2016 + (3 + 3 * n) // 12, (3 + 3 * n) % 12 + 1, 1)
        for person in range(number):
            more = last if n == len(numbers) - 1 else {}
            made.add("denervations", f"{n}-{person}", day + timedelta(days=person % 28), **more)
    return made


def looked(made: Tiny) -> signals.Found:
    return signals.found(made.released(), ("england",), ("denervations",))


@pytest.fixture(scope="module")
def jumped() -> signals.Found:
    return looked(quarters([40, 45] * 7 + [JUMP]))


def test_a_jump_in_the_latest_quarter_is_told_with_its_size_and_its_first_period(jumped):
    (row,) = jumped.answer.frame.to_dict("records")
    assert (row["place"], row["signal"], row["direction"], row["verdict"]) == ("E92", "outside", "up", "special")
    assert (row["first"], row["last"], row["by"]) == ("2019/20 Q3", "2019/20 Q3", "quarter")
    assert abs(row["old"] - 42.5) <= 4 and abs(row["new"] - JUMP) <= 4 and row["new"] % 5 == 0
    assert row["change"] == row["new"] - row["old"]


def test_the_number_of_series_and_of_false_signals_is_said(jumped):
    assert jumped.judged == 1
    assert "1 series were judged" in jumped.words() and "at most 1 false signal" in jumped.words()


def test_a_provisional_period_never_signals():
    assert looked(quarters([40, 45] * 7 + [JUMP], provisional=True)).answer.frame.empty


def test_under_twelve_points_nothing_is_judged():
    assert looked(quarters([40, 45] * 5 + [JUMP])).judged == 0


def test_a_place_whose_latest_period_is_hidden_is_not_judged():
    assert looked(quarters([40, 45] * 7 + [3])).judged == 0


@pytest.fixture(scope="module")
def asking(demo_warehouse) -> Ask:
    return Ask(Warehouse(demo_warehouse))


@pytest.fixture(scope="module")
def found(asking) -> signals.Found:
    return signals.found(asking)


def test_every_signal_is_marked_on_the_chart_of_its_page_too(asking, found):
    rows = found.answer.frame.to_dict("records")
    assert rows
    for row in rows:
        metric = METRICS[row["measure"]]
        answer = asking.counts(metric, by=row["place_type"], period=row["by"], place=(row["place"],))
        chart = trend.judged(Released(answer.frame, metric, "", answer.profile, answer.about, answer.filters)).set_index("period")
        # a chart judges from the first period that was asked; a series from the first that can be told
        assert chart.loc[row["last"], "cause"] == row["verdict"], row


def test_every_number_judged_is_released_and_no_chance_is_above_the_threshold(asking, found):
    every = [
        one for name in signals.LOOKED_AT for kind in ("england", "region") for one in signals.judged(asking, METRICS[name], kind)
    ]
    shown = {(row["measure"], row["place"]) for row in found.answer.frame.to_dict("records")}
    assert every
    for one in every:
        numbers = one.numerator[one.numerator == one.numerator]
        assert all(number % 5 == 0 for number in numbers)
        if (one.metric.name, one.place) in shown:
            assert one.chance <= threshold(found.judged)


def test_the_signals_of_a_place_say_whether_england_moves_with_it(found):
    frame = found.answer.frame
    assert set(frame[frame["place_type"] != "england"]["with_england"]) <= {"yes", "no"}
    assert set(frame[frame["place_type"] == "england"]["with_england"]) <= {""}


def test_the_command_prints_what_was_asked_for_and_the_promise_apart(demo_warehouse):
    asked = ("--by", "england", "region", "--measure", "blocks", "repeat_injection_girft", "--warehouse", demo_warehouse)
    status, out, err = command.run("signals", *asked, "--format", "csv")
    assert status == 0, err
    assert "false signal is to be expected" in err and "false signal" not in out
    rows = command.answer("signals", *asked)
    assert list(rows[0]) == [*signals.COLUMNS]
    assert {row["place_type"] for row in rows} <= {"england", "region"}
    assert {row["measure"] for row in rows} <= {"blocks", "repeat_injection_girft"}


@pytest.mark.parametrize("wrong", [("--measure", "nonsense"), ("--by", "hospital"), ("--since-version",)])
def test_a_question_there_is_no_answer_to_is_refused(demo_warehouse, wrong):
    assert command.run("signals", *wrong, "--warehouse", demo_warehouse)[0] == 2


def test_what_moved_since_the_version_before_is_told_by_measure_and_year(tmp_path):
    people = [make_hes.episode(f"P{n}", f"2020-05-{n % 28 + 1:02d}", "V485 Z676") for n in range(60)]
    warehouse = command.load(tmp_path, people[:20], "2020-04-01", "2021-03-31")
    command.load(tmp_path, people, "2020-04-01", "2021-03-31", options=("--force", "measure-moved", "--force", "year-changed"))
    rows = command.answer("signals", "--since-version", "--warehouse", warehouse)
    moved = {row["measure"]: row for row in rows}
    assert moved["denervations"]["period"] == "2020/21"
    assert float(moved["denervations"]["new"]) - float(moved["denervations"]["old"]) == float(moved["denervations"]["change"]) > 0
    assert all(row["old"] != row["new"] for row in rows)
