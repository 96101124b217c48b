"""What holds of every measure whatever the data: parts add up, a part is no more than its whole, nobody is counted twice."""

from datetime import date, timedelta
from random import Random

import pytest

from dashboard.metrics import METRICS
from tests.ask.tiny import Tiny

FACTS = ("denervations", "blocks", "courses", "index_blocks")
every = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


def some(random: Random) -> dict:
    """What a random fact has, of any kind."""
    return {
        "day": date(2019, 4, 1) + timedelta(days=random.randrange(1500)), "provider": random.choice(["RTH", "RTE", None]),
        "commissioner": random.choice(["QOQ", "QOP", "QYG"]), "sex": random.choice(["1", "2"]), "setting": random.choice(["day_case", None]),
    }  # fmt: skip


OWN = {
    "denervations": lambda one: {
        "lumbar": one.random() < 0.8,
        "sides": one.choice(["left", "right", "both", "unknown"]),
        "levels": one.choice(["1", "2", "3+", None]),
        "image_control": one.random() < 0.5,
    },
    "blocks": lambda one: {},
    "courses": lambda one: (
        {"is_repeat": one.random() < 0.4, "is_index": one.random() < 0.7, "interval_months": one.randrange(30)}
        | {
            "interval_days": 400,
            "blocks_before_24m": one.randrange(3),
            "blocks_before_6m": one.randrange(2),
            "levels_number": one.randrange(1, 4),
        }
        | {
            "conservative_care_days": one.randrange(3),
            "new_block_24m": one.random() < 0.5,
            "repeat_days": one.randrange(900),
            "repeat_outcome": one.randrange(3),
        }
    ),
    "index_blocks": lambda one: (
        {"days": one.randrange(900), "outcome_code": one.randrange(3), "prolonged": one.random() < 0.5}
        | {"elsewhere": one.choice([True, False, None])}
        | {"blocks_180": one.randrange(1, 3), "blocks_365": one.randrange(1, 4)}
    ),
}


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    random, tiny = Random(11), Tiny(outpatient_loaded="true")
    tiny.population("QOQ"), tiny.population("QOP"), tiny.population("QYG")
    for n in range(60):
        for fact in FACTS:
            tiny.add(fact, f"P{n}", **some(random), **OWN[fact](random))
    return tiny


def total(tiny: Tiny, metric, column: str, **asked) -> float:
    frame = tiny.exact(max_levels=2, repeat_needs_new_block=True).counts(metric, **({"period": "all"} | asked)).frame
    return frame[column].sum()


@every
def test_the_regions_and_the_years_add_up_to_england(tiny, metric):
    for column in ("numerator", "denominator") if metric.unit in ("share", "incidence") else ("numerator",):
        whole = total(tiny, metric, column)
        assert whole > 0, "the random facts above have none that it counts: give them what its rule looks at"
        assert total(tiny, metric, column, by="region") == whole
        assert total(tiny, metric, column, period="year") == whole


@every
def test_the_parts_of_a_split_add_up_to_the_whole(tiny, metric):
    for split in metric.splits[:2]:
        assert total(tiny, metric, "numerator", split=(split,)) == total(tiny, metric, "numerator")


@every
def test_a_part_is_never_more_than_its_whole_and_a_share_lies_within_its_limits(tiny, metric):
    frame = tiny.exact(max_levels=2, repeat_needs_new_block=True).counts(metric, by="region", period="year").frame
    assert (frame["numerator"] >= 0).all()
    if metric.unit in ("share", "incidence"):
        assert (frame["numerator"] <= frame["denominator"]).all()
        told = frame.dropna(subset=["value", "lower", "upper"])
        assert ((told["lower"] <= told["value"]) & (told["value"] <= told["upper"])).all()
