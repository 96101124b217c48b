"""The card of signals on the Overview: while they are looked for, and when they are there."""

import re

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard import signals
from dashboard.ask import Ask
from dashboard.pages import changes
from dashboard.warehouse import Warehouse
from tests.pages.test_pages import text

ROW = {
    "measure": "denervations", "place_type": "provider", "place": "ZA1", "place_name": "Aston", "signal": "shift", "direction": "up",
    "verdict": "special", "first": "2024/25 Q1", "last": "2025/26 Q4", "by": "quarter", "old": 18.0, "new": 36.0, "change": 18.0,
    "with_england": "yes", "flag": "",
}  # fmt: skip


def waiting():
    """The card before anything is found."""
    from concurrent.futures import Future

    from dashboard.pages import changes
    from tests.ask.tiny import Tiny

    changes.card(Tiny().released(), (Future(), Future()), None)


def failed():
    """The card when the search came to nothing."""
    from concurrent.futures import Future

    from dashboard.pages import changes
    from tests.ask.tiny import Tiny

    looked = (Future(), Future())
    for one in looked:
        one.set_exception(RuntimeError("CANARY"))
    changes.card(Tiny().released(), looked, None)


def found(folder: str, place_type: str, place: str):
    """The card once the search has ended."""
    from dashboard.ask import Ask
    from dashboard.pages import changes
    from dashboard.warehouse import Warehouse

    ask = Ask(Warehouse(folder)).on(place_type=place_type, place=place)
    for one in changes.looking(ask):
        one.result()
    changes.of_late(ask)


def shown(place_type: str, place: str, folder) -> AppTest:
    return AppTest.from_function(found, args=(str(folder), place_type, place), default_timeout=600).run()


def test_while_signals_are_looked_for_the_card_says_so():
    page = AppTest.from_function(waiting).run()
    assert not page.exception and "Looking at every measure of every place" in text(page)


def test_a_search_that_failed_says_so_and_nothing_of_why():
    page = AppTest.from_function(failed).run()
    assert not page.exception and "could not be made" in text(page) and "CANARY" not in text(page)


def test_the_card_tells_the_signals_in_words_as_a_table_and_with_the_promise(demo_warehouse):
    page = shown("england", "E92", demo_warehouse)
    assert not page.exception
    rows = signals.found(Ask(Warehouse(demo_warehouse))).answer.frame
    assert changes.in_words(rows.iloc[0].to_dict()) in text(page)
    assert all(name in text(page) for name in rows["place_name"])
    assert "at most 1 false signal is to be expected" in text(page) and "nothing can be compared with it" in text(page)
    assert len(page.get("download_button")) == 1


def test_a_place_is_told_its_own_signals_and_those_of_the_places_in_it(demo_warehouse):
    ask = Ask(Warehouse(demo_warehouse))
    places = ask.version.places[ask.version.places["place_type"].isin(["commissioner", "provider"])]
    icb = places[places["place_type"] == "commissioner"].iloc[0]
    frame = pd.DataFrame([
        ROW | {"place_type": "england", "place": "E92"}, ROW | {"place_type": "region", "place": icb["region"]},
        ROW | {"place_type": "commissioner", "place": icb["place"]}, ROW | {"place": "elsewhere"},
    ])  # fmt: skip
    kinds = [
        list(changes.here(ask.on(place_type=kind, place=place), frame)["place_type"])
        for kind, place in (("england", "E92"), ("region", icb["region"]), ("commissioner", icb["place"]))
    ]
    assert kinds == [["england", "region", "commissioner", "provider"], ["region", "commissioner"], ["commissioner"]]


def test_a_signal_in_words_has_place_measure_size_first_period_kind_and_england():
    assert changes.in_words(ROW) == (
        "**Aston**: denervations up from 18 to 36 a quarter since 2024/25 Q1 (a run on one side of the mean); England's too."
    )
    share = ROW | {"measure": "repeat_injection_girft", "old": 0.06, "new": 0.15, "verdict": "concern", "with_england": "no"}
    assert (
        "repeat injections (GIRFT) up from 6% to 15% since 2024/25 Q1 (a run on one side of the mean, a concern)."
        in changes.in_words(share)
    )


def test_the_overview_says_how_many_of_its_numbers_moved_by_more_than_chance_and_lists_those_alone(demo_warehouse):
    def since(folder: str):
        from dashboard.ask import Ask
        from dashboard.pages.changes import since_year
        from dashboard.warehouse import Warehouse

        since_year(Ask(Warehouse(folder)), ("denervations", "denervation_rate", "adherent"))

    page = AppTest.from_function(since, args=(str(demo_warehouse),), default_timeout=600).run()
    (title,) = [one.value for one in page.header]
    moved = re.fullmatch(r"(None|\d) of the 3 numbers above changed since the year before by more than chance", title)[1]
    assert "\n".join(one.value for one in page.markdown).count("- ") == int(moved.replace("None", "0"))
    assert "no clear change" not in " ".join(one.value for one in page.markdown)


def test_a_single_number_that_can_be_compared_is_told_in_the_singular():
    assert [changes._found(moved, 1) for moved in (0, 1)] == [
        "The one number above that can be compared has not changed since the year before by more than chance",
        "The one number above that can be compared has changed since the year before by more than chance",
    ]
