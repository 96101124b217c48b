"""Answers kept, and when they are not the same answer."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from dashboard.ask import Ask
from dashboard.ask.cache import Answers
from dashboard.errors import Refused
from dashboard.filters import Filters
from dashboard.metrics.adherence import ADHERENT
from dashboard.metrics.blocks import NO_BLOCK_FOUND
from dashboard.metrics.volumes import BLOCKS, DENERVATIONS
from tests.ask.tiny import Tiny


def asked_more(tiny: Tiny, ask: Ask, metric, **question) -> bool:
    before = tiny.asked
    ask.counts(metric, **question)
    return tiny.asked > before


def test_the_same_question_is_not_run_again_whatever_else_is_chosen():
    tiny = Tiny()
    tiny.add("blocks")
    tiny.released().counts(BLOCKS)
    assert not asked_more(tiny, tiny.released(repeat_min_months=16, cohort="ebi"), BLOCKS)
    assert asked_more(tiny, tiny.released(sex="2"), BLOCKS)
    assert asked_more(tiny, tiny.exact(), BLOCKS)
    assert not asked_more(tiny, tiny.released(place_type="provider", place="RTH"), BLOCKS, by="england")


def test_an_answer_can_be_changed_by_its_reader_without_changing_the_next():
    tiny = Tiny()
    tiny.add("blocks")
    first = tiny.exact().counts(BLOCKS)
    first.frame.loc[0, "numerator"] = 99
    assert tiny.exact().counts(BLOCKS).frame.loc[0, "numerator"] == 1


def test_an_answer_says_with_which_filters_it_was_asked():
    tiny = Tiny()
    tiny.add("denervations")
    tiny.released().counts(DENERVATIONS)
    filters = Filters(min_blocks=2)
    assert Ask(tiny, filters).counts(DENERVATIONS).filters == filters


def test_a_new_version_is_asked_anew():
    tiny = Tiny()
    tiny.add("blocks")
    assert tiny.exact().counts(BLOCKS).frame.loc[0, "numerator"] == 1
    tiny.add("blocks", "Bob")
    tiny.version = "next"
    assert tiny.exact().counts(BLOCKS).frame.loc[0, "numerator"] == 2


def test_a_what_if_is_another_answer():
    tiny = Tiny()
    tiny.add("courses", blocks_before_24m=1)
    assert tiny.exact().counts(NO_BLOCK_FOUND).frame.loc[0, "numerator"] == 0
    assert tiny.exact(block_lookback_months=6).counts(NO_BLOCK_FOUND).frame.loc[0, "numerator"] == 1


def test_places_are_the_same_whatever_is_filtered():
    tiny = Tiny()
    tiny.add("denervations", provider="RTH")
    tiny.add("blocks", provider="XXX")
    chosen = tiny.released(from_="1999/00", to="1999/00", sex="1")
    assert chosen.places("provider") == [("RTH", "Oxford"), ("XXX", "XXX")]
    assert [code for code, _ in chosen.places("commissioner")] == ["QYG", "QOP", "QOQ"]
    assert chosen.places("region") == [("Y63", "North East and Yorkshire"), ("Y62", "North West")]
    assert chosen.places("england") == [("E92", "England")]


def test_an_unknown_policy_or_profile_is_refused_with_those_there_are():
    tiny = Tiny()
    with pytest.raises(Refused, match="reference, greater_manchester"):
        tiny.exact(policy="mine").counts(ADHERENT)
    with pytest.raises(Refused, match="hes2018_ck, hes2018, sde10"):
        Ask(tiny, profile="none")


def test_what_is_kept_stays_within_its_bytes_and_the_latest_used_stays():
    answers, made = Answers(most_bytes=10_000), []

    def ask(key: str) -> object:
        return answers.get(key, lambda: made.append(key) or "x" * 2000)

    for key in ("a", "b", "a", "c", "a", "d", "a"):
        ask(key)
    assert made == ["a", "b", "c", "d"]
    ask("b")
    assert made == ["a", "b", "c", "d", "b"]


def test_nothing_is_not_kept():
    answers, made = Answers(), []
    for _ in range(2):
        answers.get("key", lambda: made.append(1))
    assert len(made) == 2


def test_what_is_made_of_answers_is_another_for_another_scope_profile_version_or_choice():
    tiny = Tiny()
    asks = [
        Ask(tiny), Ask(tiny, scope=("provider", "RTH")), Ask(tiny, scope=("provider", "RW6")), Ask(tiny, profile="sde10"),
        Ask(tiny, Filters(sex="1")),
    ]  # fmt: skip
    tiny.version = "next"
    asks.append(Ask(tiny))
    assert [one.kept("part", lambda at=at: at) for at, one in enumerate(asks)] == list(range(len(asks)))
    assert [one.kept("part", lambda: None) for one in asks] == list(range(len(asks)))


def test_an_answer_on_its_way_is_kept_and_waited_for_by_whoever_asks_next():
    answers, coming = Answers(), Future()
    assert answers.get("signals", lambda: coming) is coming
    assert answers.get("signals", lambda: Future()) is coming


def at_once(answers: Answers, *makes) -> list:
    """What each gets who asks for one answer while the first still makes it."""
    begun = threading.Event()

    def first():
        begun.set()
        return makes[0]()

    with ThreadPoolExecutor(len(makes)) as threads:
        asked = [threads.submit(answers.get, "one", first)]
        begun.wait()
        asked += [threads.submit(answers.get, "one", make) for make in makes[1:]]
        return [one.exception() or one.result() for one in asked]


def test_who_asks_while_an_answer_is_made_waits_for_it():
    waiting = threading.Event()
    made = []

    def slowly() -> str:
        waiting.wait(0.2)
        made.append("made")
        return "answer"

    assert at_once(Answers(), *[slowly] * 5) == ["answer"] * 5
    assert made == ["made"]


def test_who_waited_for_one_that_was_refused_makes_it():
    def refused():
        threading.Event().wait(0.2)
        raise Refused("not today")

    refusal, answer = at_once(Answers(), refused, lambda: "answer")
    assert isinstance(refusal, Refused) and answer == "answer"
