"""The pages of measures against England and peers, and of their trends."""

from dataclasses import replace

import pandas as pd

from dashboard.charts import alternatives, words
from dashboard.charts.spine import against
from dashboard.charts.words import number
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.report import blocks, drawings
from dashboard.report.subject import Subject, limits, stars, title

TRENDS = ("denervations", "blocks", "repeat_within_minimum", "no_block_found", "adherent", "block_within_6_months")
READ = (
    "Each row has a scale of its own, lower to the left. Light band: lowest to highest peer; dark band: the middle half of them; tick: the middle peer. "
    "The mark is this provider with 95% limits: a grey circle is not distinguishable from England, a triangle is better, a square worse, and a diamond "
    "differs where neither way is better."
)
LOOKS = {"": "within chance", "better": "better", "worse": "worse", "differs": "differs"}
XMR = (
    "Grey lines: the mean and limits of an XmR chart, from 12 points on; diamonds, triangles (improvement) and squares (concern) are special causes; "
    "about 4% of charts have one a month by chance. Green: England. * is a small number. By quarter where twelve can be told, else by year. "
    "The first years of repeats can only hold short intervals."
)


def measures(subject: Subject) -> list[dict]:
    """Every measure that has a share on one spine, and its numbers."""
    told = subject.measures.frame
    head = blocks.heading("Against England and peers")
    if told["value"].isna().all():
        return [
            head,
            blocks.words("No share of this provider can be shown: every number is of 1 to 7 patients, or there is none."),
        ]
    alt = "Spine chart. " + "; ".join(_alt(row) for row in told.dropna(subset=["value"]).to_dict("records")) + "."
    return [head, blocks.figures(blocks.figure(drawings.spine(subject.measures), alt, "", READ)), spine_table(subject.measures)]


def _alt(row: dict) -> str:
    return f"{title(row['measure'])} {number(row['value'], 'share')}, England {number(row['england'], 'share')}, middle peer {number(row['middle'], 'share')}"


def spine_table(answer: Released) -> dict:
    """The numbers of a spine: this provider with limits, out of how many, England, the peers' quartiles, how it stands."""
    rows = [
        [
            title(row["measure"]), limits(row), number(row["denominator"], "count"), number(row["england"], "share"), number(row["middle"], "share"),
            f"{number(row['quarter'], 'share')} to {number(row['three_quarters'], 'share')}", stands(row),
        ]
        for row in answer.frame.to_dict("records")
    ]  # fmt: skip
    head = ["Measure", "Here (95% limits)", "Out of", "England", "Middle peer", "Middle half of peers", "Against England"]
    return blocks.table(head, rows, ["1 left", "auto", "auto", "auto", "auto", "auto", "auto left"], stars(answer))


def stands(row: dict) -> str:
    """How a row stands to England in a table; a dash where its number is hidden."""
    return "–" if pd.isna(row["value"]) else LOOKS[against(row)]


def trends(subject: Subject) -> list[dict]:
    """Six measures over time with what their XmR charts say, and the same by year as a table."""
    each = [one for name in TRENDS if (one := _trend(subject, name))]
    head = blocks.heading("Over time")
    if not each:
        return [head, blocks.words("No measure of this provider can be shown over time.")]
    return [
        head,
        blocks.words(XMR, "note"),
        blocks.figures(*each, columns=2),
        blocks.heading("By financial year", 2),
        _by_year(subject),
    ]


def _trend(subject: Subject, name: str) -> dict | None:
    metric = METRICS[name]
    answer = subject.over_time(metric)
    if answer.frame["value"].isna().all():
        return None
    beside = None
    if metric.unit == "share":
        beside = subject.whole.counts(metric, period="quarter" if " Q" in answer.frame["period"].iloc[0] else "year")
    return blocks.figure(
        drawings.trend(answer, beside), alternatives.trend_alt(answer), metric.title, f"{words.verdict(answer)}."
    )


def _by_year(subject: Subject) -> dict:
    answers = {name: subject.ask.counts(METRICS[name], period="year") for name in TRENDS}
    values = {name: one.frame.set_index("period")["value"] for name, one in answers.items()}
    years = sorted(set().union(*(one.index for one in values.values())))[-8:]
    rows = [[year, *(_cell(one, year, METRICS[name].unit) for name, one in values.items())] for year in years]
    shown = [replace(one, frame=one.frame[one.frame["period"].isin(years)]) for one in answers.values()]
    flagged = [note for one in shown if (note := stars(one))]
    return blocks.table(
        ["Year", *(title(name) for name in TRENDS)], rows, ["auto left", *["1"] * len(TRENDS)], flagged[0] if flagged else ""
    )


def _cell(values, year: str, unit: str) -> str:
    return number(values[year], unit) if year in values.index else "–"
