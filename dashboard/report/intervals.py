"""The page of time: how soon people come back, and what a block leads to."""

from dataclasses import replace

import pandas as pd

from dashboard.charts.alternatives import curve_alt
from dashboard.charts.precision import of_curve
from dashboard.charts.words import at_month
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.report import blocks
from dashboard.report.curves import at_risk, curves
from dashboard.report.subject import Subject
from dashboard.stats.spine import middle_curve

CAVEAT = (
    "A facet block here is a medial branch block or a facet joint injection: code V54.4 cannot tell them apart. Found always means found in the data "
    "supplied: blocks in outpatients or private care are not in it."
)
NONE = "No curve of this provider can be shown: fewer than 10 people were followed, or there are none."


def intervals(subject: Subject) -> list[dict]:
    """Two curves with their limits and numbers at risk, each with a table."""
    seen = subject.about.get("deaths_observed") == "true"
    deaths = "deaths are allowed for" if seen else "deaths are not observed in this data"
    repeat = (
        f"The share back for another course by each month after the last day of a first one; {deaths}. Shaded: 95% limits; dashed: 12 and 16 months. "
        "It stops where fewer than 10 are followed, and moves only where a step holds enough patients to be told."
    )
    block = (
        "The share with a denervation by each month after an index block (no block in the year before, no denervation in two). "
        + CAVEAT
    )
    return [
        blocks.heading("How soon people come back"),
        *_curve(subject, "repeat_by_24_months", (12, 24, 36), 36, (12, 16), repeat),
        blocks.heading("From a block to denervation", 2),
        *_curve(subject, "block_to_denervation_18_months", (6, 12, 18), 24, (), block),
    ]


def _curve(subject: Subject, name: str, at: tuple[int, ...], months: int, marks: tuple[int, ...], read: str) -> list[dict]:
    mine = subject.ask.curve(METRICS[name])
    if mine.frame["incidence"].isna().all():
        return [blocks.words(NONE), blocks.words(read, "note")]
    read = f"{read} {of_curve(mine)}".strip()
    answers = [mine, subject.whole.curve(METRICS[name]), *_middle(subject, name)]
    told = " and ".join(f"{at_month(mine, month)} by {month} months" for month in at[:2])
    rows = [
        [
            "This provider" if one is mine else str(one.frame["place_name"].iloc[0]),
            *(cell for month in at for cell in (at_month(one, month), _followed(one, month))),
        ]
        for one in answers
    ]
    head = ["Who", *(words for month in at for words in (f"By {month} months", "At risk then"))]
    return [
        blocks.figures(
            blocks.figure(
                curves(answers, months, marks), curve_alt(answers, at), f"{METRICS[name].title.split(' within')[0]}: {told}", read
            )
        ),
        blocks.table(head, rows, ["1 left", *["auto"] * 2 * len(at)]),
    ]


def _followed(answer: Released, month: int) -> str:
    return at_risk(answer.frame.dropna(subset=["incidence"]), month)


def _middle(subject: Subject, name: str) -> list[Released]:
    """The middle of the peers' released curves, where three or more can be told; it has no limits and nobody at risk."""
    answer = subject.whole.curve(METRICS[name], by="provider")
    mine = answer.frame[answer.frame["place"].isin(subject.peers)].dropna(subset=["incidence"])
    line = middle_curve(mine.pivot(index="months", columns="place", values="incidence"))
    if line.empty:
        return []
    frame = pd.DataFrame({"months": list(line.index), "incidence": list(line.round(3))})
    frame = frame.assign(place_type="provider", place="", place_name="The middle peer", flag="")
    return [
        replace(
            answer, frame=frame.reindex(columns=answer.frame.columns).astype({"lower": float, "upper": float, "at_risk": float})
        )
    ]
