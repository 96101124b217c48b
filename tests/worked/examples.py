"""The worked examples of the definitions, as rows of HES."""

from __future__ import annotations

from datetime import date, timedelta

from tests.make_hes import death, episode

Rows = list[dict[str, str]]


def volume() -> Rows:
    """The twelve rows of section 4."""
    return [
        episode("P1", "2023-05-02", "V485 V552 Z676 Z942 Y534", "M545", SUSSPELLID="S1"),
        episode("P1", "2023-05-02", "V485 Z676", "M545", SUSSPELLID="S1", EPIORDER="2"),
        episode("P2", "2023-05-10", "V485 Z943", "M478"),
        episode("P3", "2023-05-11", "V487 Z673", "M542", PROCODE3="RTE"),
        episode("P4", "2023-05-12", "V487 Z675", "M545", PROCODE3="RTE"),
        episode("P5", "2023-05-15", "V544 V485 Z676", "M545", PROCODE3="NT4"),
        episode("P6", "2023-05-16", "V485 Z676", "M545", ADMINCAT="02"),
        episode("P7", "2023-05-17", "V486 Z676", "M545"),
        episode("P8", "2023-05-18", "V485 V481 Z676 Z673", "M545"),
        episode("P9", "2023-05-19", "V485 Z676", "M545 C795"),
        episode("P10", "2023-05-20", "V485 Z676", "M545", STARTAGE="17"),
        episode("P11", "2023-05-21", "V485 Z676", "M545", ADMIMETH="21"),
    ]


WATERFALL = {
    "all": 10, "age": 9, "emergency": 8, "private": 7, "cancer": 6, "broad": 6, "lumbar": 5, "ebi_position": 4,
    "ebi_site": 3, "ebi_diagnosis": 3,
}  # fmt: skip


def staged() -> Rows:
    """Section 5: right, left, right, right; and the two pairs of months, each with the day before."""
    right, left, both = "V485 Z676 Z942", "V485 Z676 Z943", "V485 Z676 Z941"
    return [
        episode("STAGED", "2021-01-15", right), episode("STAGED", "2021-02-26", left),
        episode("STAGED", "2022-03-20", right), episode("STAGED", "2022-04-10", right),
        episode("TENTH", "2021-03-10", both), episode("TENTH", "2022-07-10", both),
        episode("NINTH", "2021-03-10", both), episode("NINTH", "2022-07-09", both),
        episode("LAST", "2023-10-31", both), episode("LAST", "2025-02-28", both),
        episode("BEFORE LAST", "2023-10-31", both), episode("BEFORE LAST", "2025-02-27", both),
    ]  # fmt: skip


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def time_to_repeat(copies: int = 10) -> tuple[Rows, Rows]:
    """Section 5, ten of each person so that enough are at risk: episodes and deaths; the data end on 2021-03-31."""
    first, late, apc, deaths = "2019-04-01", "2020-03-31", [], []
    for n in range(copies):
        apc += [episode(f"{days}-{n}", first, "V485 Z676 Z941") for days in (200, 400, 500, 600, 730)]
        apc += [episode(f"{days}-{n}", _later(first, days), "V485 Z676 Z941") for days in (200, 400, 600)]
        apc.append(episode(f"365-{n}", late, "V485 Z676 Z941"))
        deaths.append(death(f"500-{n}", _later(first, 500)))
    return apc, deaths


def block_to_rfd(copies: int = 10) -> tuple[Rows, Rows]:
    """Section 6, ten of each person: episodes and deaths; the data end on 2021-04-10."""
    first, late, apc, deaths = "2020-04-10", "2021-01-10", [], []
    for n in range(copies):
        apc += [episode(f"{who}-{n}", first, "V544 Z676") for who in (60, 120, 150, 200, "365a", "365b", "365c")]
        apc += [episode(f"{days}-{n}", _later(first, days), "V485 Z676 Z941") for days in (60, 120, 200)]
        apc.append(episode(f"90-{n}", late, "V544 Z676"))
        deaths.append(death(f"150-{n}", _later(first, 150)))
    return apc, deaths


def blocks_before() -> Rows:
    """Section 6, three people; the data start on 2019-04-01."""
    return [
        episode("A", "2020-06-01", "V485 Z676"),
        episode("B", "2021-03-01", "V544 Z676"),
        episode("B", "2021-06-01", "V485 Z676"),
        episode("C", "2021-11-01", "V544 Z673"),
        episode("C", "2022-01-10", "V485 Z676"),
    ]


def adherence() -> Rows:
    """Section 7: a block and two denervations of one person; the data start on 2018-04-01."""
    return [
        episode("ANN", "2021-02-01", "V544 Z676"),
        episode("ANN", "2021-05-10", "V485 V552 Z676 Z941"),
        episode("ANN", "2022-08-01", "V485 Z676 Z941"),
    ]


ADHERENCE = {
    "1": {"block_before": "met", "repeat_interval": "not_applicable", "repeat_block": "not_applicable"},
    "2": {"block_before": "not_applicable", "repeat_interval": "not_met", "repeat_block": "not_met"},
}
