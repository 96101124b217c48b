"""Waterfall, reasons, distributions and the year after a block, of a few rows."""

from tests.ask.tiny import Tiny

LOST = ["age", "emergency", "private", "cancer", "lumbar", "ebi_position", "ebi_site", "ebi_diagnosis"]


def test_the_waterfall_loses_and_keeps_in_the_order_of_the_rules():
    tiny = Tiny()
    for n, rule in enumerate(["age", "emergency", "private", "cancer", "lumbar", "ebi_position", "ebi_site"]):
        tiny.add("days", f"P{n}", lost_at=rule)
    for n in range(3):
        tiny.add("days", f"Q{n}")
    frame = tiny.exact().waterfall().frame
    assert list(frame["rule"]) == ["all", *LOST[:4], "broad", *LOST[4:]]
    assert list(frame["remaining"]) == [10, 9, 8, 7, 6, 6, 5, 4, 3, 3]
    assert list(frame["lost"]) == [0, 1, 1, 1, 1, 0, 1, 1, 1, 0]


def test_courses_that_fail_one_criterion_alone_and_several_add_up_to_the_non_adherent():
    tiny = Tiny()
    tiny.add("courses", "A", blocks_before_24m=0, levels_number=1)
    tiny.add("courses", "B", blocks_before_24m=0, levels_number=3)
    tiny.add("courses", "C", blocks_before_24m=1, levels_number=3)
    tiny.add("courses", "D", blocks_before_24m=1, levels_number=1)
    tiny.add("courses", "E", is_repeat=True, interval_months=3, levels_number=2)
    frame = tiny.exact(max_levels=2).reasons().frame.set_index("criterion")
    assert frame.loc["any", ["met", "not_met"]].tolist() == [1, 4]
    assert frame["fails_only"].sum() + frame.loc["several", "fails_with_others"] == 4
    assert frame.loc["block_before", ["met", "not_met", "not_applicable"]].tolist() == [2, 2, 1]
    assert frame.loc["levels", ["fails_only", "fails_with_others"]].tolist() == [1, 1]


def test_denervations_are_counted_as_spells_episodes_and_mentions_too():
    tiny = Tiny()
    tiny.add("denervations", "Ann", spells=1, episodes=2, code_mentions=3)
    tiny.add("denervations", "Bob", provider="RTE")
    frame = tiny.exact().counted_as(by="provider").frame.set_index("place").loc["RTH"]
    assert list(frame["counted_as"]) == ["denervations", "spells", "episodes", "code_mentions"]
    assert list(frame["count"]) == [1, 1, 2, 3]


def test_of_a_place_whose_denervations_are_not_told_nothing_they_are_counted_as_is():
    tiny = Tiny()
    for place, patients in (("RTH", 40), ("RTE", 7)):
        for n in range(patients):
            tiny.add("denervations", f"{place}{n}", provider=place, episodes=3)
    frame = tiny.released().counted_as(by="provider").frame.set_index("place")
    assert frame.loc["RTE", "count"].isna().all() and set(frame.loc["RTE", "flag"]) == {"suppressed"}
    assert frame.loc["RTH", "count"].tolist()[2] in (120, 115, 125)


def test_bands_come_in_their_order_and_hold_every_course_once():
    tiny = Tiny()
    for months in (36, 2, 11, 12, 15, 16):
        tiny.add("courses", is_repeat=True, interval_months=months)
    frame = tiny.exact().distribution("repeat_interval_months").frame
    assert list(frame["band"]) == ["0-2", "9-11", "12-15", "16-19", "36+"]
    assert list(frame["count"]) == [1, 1, 2, 1, 1]


def test_every_index_block_has_one_outcome_and_those_with_a_second_block_another():
    tiny = Tiny()
    tiny.add("index_blocks", "A", outcome="rfd", days=200, outcome_code=1)
    tiny.add("index_blocks", "B", outcome="rfd", days=500, outcome_code=1)
    tiny.add("index_blocks", "C", outcome="death", days=100, outcome_code=2, followed_12m=False)
    tiny.add("index_blocks", "D", outcome="end", days=100, followed_12m=False)
    tiny.add("index_blocks", "E", outcome="rfd", days=200, outcome_code=1, blocks_365=2)
    frame = tiny.exact().flow().frame
    counted = {(row.stage, row.outcome): row.count_ for row in frame.rename(columns={"count": "count_"}).itertuples()}
    assert counted == {
        ("index_block", "rfd"): 1,
        ("index_block", "neither"): 1,
        ("index_block", "death"): 1,
        ("index_block", "still_waiting"): 1,
        ("index_block", "second_block"): 1,
        ("second_block", "rfd"): 1,
    }
