"""The page of policy: what is kept, why not, what could explain it, what is coded, and how much is above the peers."""

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.spine import against
from dashboard.charts.steps import CRITERIA
from dashboard.charts.words import number
from dashboard.excess import EVENTS, PRICE, pounds
from dashboard.filters import DECLARED
from dashboard.metrics import METRICS
from dashboard.report import blocks
from dashboard.report.cover import excess_row
from dashboard.report.curves import stacked
from dashboard.report.standing import stands
from dashboard.report.subject import Subject, limits, stars, title

UNSEEN = (
    "Hospital data does not record pain score, response to the diagnostic block, that pain came from the facet joint, shared decision or prior approval: "
    "they are never counted as met, nor as failed. Conservative care is seen only as outpatient attendances: not seen is not “not given”."
)
EVENT_MEASURES = ("repeat_within_minimum", "no_block_found", "repeat_injection_girft", "adherent")
QUESTIONS = {
    "repeat_within_minimum": "Early repeats are above England's: which of them were the other side, another level, or a first treatment that failed?",
    "no_block_found": "More first courses have no block found than in England: are blocks done in outpatients, privately or elsewhere, and can a sample show it?",
    "adherent": "Fewer courses keep to the policy than in England: which criterion do they fail, and was it known at listing?",
    "met_block_before": "Fewer first courses have enough blocks before them: who decides that a response was enough, and where is it written?",
    "met_repeat_interval": "Fewer repeats keep to the interval: how is relief from the last treatment recorded when a repeat is listed?",
    "repeat_injection_girft": "More people have repeat injections than in England: what would have led to denervation, or to stopping, instead?",
    "conservative_care_seen": "Conservative care is seen less often than in England: is it given outside hospital, where this data cannot see it?",
}
ALWAYS = (
    "How are side and number of levels coded, and by whom? Does a sample of notes agree with the codes?",
    "Which site, and which consultants, do most of these treatments, and has anything changed since the first special cause of page 3?",
    "Whoever is granted this provider's rows can list the courses behind each number, with the value and threshold of each criterion, on the Episodes page.",
)
COLUMNS = ("met", "not_met", "fails_only", "fails_with_others", "not_assessable")
EXCUSES = ["1 left", "auto", "auto", "auto left"]


def adherence(subject: Subject) -> list[dict]:
    """Reasons, excuses, coding and opportunity."""
    return [
        blocks.heading("Policy: what is kept, and why not"),
        *reasons(subject),
        blocks.words(UNSEEN, "note"),
        blocks.heading("Could something else explain it?", 2),
        excuses(subject),
        blocks.heading("Events above the middle provider's share", 2),
        *opportunity(subject),
        blocks.heading("Questions for the visit", 2),
        blocks.bullets(questions(subject)),
    ]


def questions(subject: Subject) -> list[str]:
    """What to ask, by what was found; the last ones whatever was found."""
    rows = {row["measure"]: row for row in subject.measures.frame.dropna(subset=["value"]).to_dict("records")}
    worse = {name for name, row in rows.items() if against(row) == "worse"}
    return [question for name, question in QUESTIONS.items() if name in worse] + list(ALWAYS)


def reasons(subject: Subject) -> list[dict]:
    """Each criterion: courses that meet it, do not, and cannot be judged; and how failures share out."""
    answer = subject.ask.reasons()
    rows = answer.frame[answer.frame["criterion"].isin([*CRITERIA, "several", "any"])]
    rows = rows[
        rows["criterion"].ne("conservative_care")
        & ((rows[["met", "not_met"]].fillna(1).sum(axis=1) > 0) | rows["criterion"].isin(["several", "any"]))
    ]
    if rows.empty:
        return [blocks.words("No course of this provider can be judged for the chosen years.")]
    names = {"several": "Fail more than one", "any": "Any criterion (the whole)"}
    cells = [
        [CRITERIA.get(row["criterion"], names.get(row["criterion"])), *(_cell(row, column) for column in COLUMNS)]
        for row in rows.to_dict("records")
    ]
    head = ["Reason to fail", "Keep to it", "Fail it", "Fail this alone", "Fail with others", "Cannot be judged"]
    drawn = rows[rows["criterion"].isin(list(CRITERIA))]
    bars = [(CRITERIA[row["criterion"]], [(row["fails_only"], "this alone", theme.SERIES[0]), (row["fails_with_others"], "with others", theme.SERIES[1])])
            for row in drawn.to_dict("records")]  # fmt: skip
    alt = "Bars of courses that fail each criterion, alone and with others; the table below has the same numbers."
    return [
        blocks.figures(blocks.figure(stacked(bars), alt, _finding(subject))),
        blocks.table(head, cells, ["1 left", *["auto"] * 5], stars(answer)),
    ]


def _cell(row: dict, column: str) -> str:
    """A number of courses; the whole fails neither alone nor with others."""
    return "–" if row["criterion"] == "any" and column.startswith("fails") else number(row[column], "count")


def _finding(subject: Subject) -> str:
    frame = subject.measures.frame.set_index("measure")
    if "adherent" not in frame.index or pd.isna(frame.loc["adherent", "value"]):
        return "Adherence cannot be told: too few courses"
    row = frame.loc["adherent"].to_dict()
    return f"{limits(row)} of {number(row['denominator'], 'count')} courses that can be judged keep to the policy; England {number(row['england'], 'share')}"


def excuses(subject: Subject) -> dict:
    """The reading under which a finding would be no finding: staging, treatment elsewhere, coding."""
    elsewhere = subject.measures.frame[subject.measures.frame["measure"] == "converted_elsewhere"]
    found = [*elsewhere.to_dict("records"), *subject.coding.frame.to_dict("records")]
    rows = [one for stop in DECLARED["staged_days"].options if (one := _staged(subject, stop))]
    rows += [_excuse(title(row["measure"]), row) for row in found]
    note = "If early repeats fall with a wider window, staging explains part of them. What is not coded cannot be judged: a low share can make a measure look better or worse than care is."
    return blocks.table(
        ["Reading", "Here (95% limits)", "England", "Against England"], rows, EXCUSES, f"{note} {stars(subject.coding)}".strip()
    )


def _staged(subject: Subject, stop: int) -> list[str] | None:
    """Early repeats with a window of so many days; None where the provider has no repeat course."""
    mine, whole = (
        one.on(staged_days=stop).counts(METRICS["repeat_within_minimum"], period="all").frame
        for one in (subject.ask, subject.whole)
    )
    if mine.empty:
        return None
    return _excuse(
        f"Early repeats, sides staged within {stop} days as one course",
        mine.iloc[0].to_dict() | {"england": whole["value"].iloc[0]},
    )


def _excuse(name: str, row: dict) -> list[str]:
    return [name, limits(row), number(row["england"], "share"), stands(row)]


def opportunity(subject: Subject) -> list[dict]:
    """Events above the middle provider's share with their limits, priced where they are distinguishable."""
    found = {name: row for name in EVENT_MEASURES if (row := excess_row(subject, name))}
    if not found:
        return [blocks.words("Too few events of this provider can be told.")]
    rows = [
        [EVENTS[name].capitalize(), f"{row['events']:,.0f} of {row['denominator']:,.0f}", f"{row['expected']:,.0f}",
         minus(f"{row['excess']:,.0f} ({row['lower']:,.0f} to {row['upper']:,.0f})"), _price(row)]
        for name, row in found.items()
    ]  # fmt: skip
    cost = subject.ask.filters.unit_cost
    note = f"At £{cost:,} each. {PRICE.replace(' Put in your own.', '')} An event avoided is not money saved: whoever is not treated so is treated otherwise."
    head = ["Events", "Here", "At that share", "Above it (95% limits)", "Price, 2023/24"]
    return [blocks.table(head, rows, ["1 left", *["auto"] * 4], note)]


def minus(text: str) -> str:
    """Numbers with a minus sign and not a hyphen."""
    return text.replace("-", "−")


def _price(row: dict) -> str:
    if row["distinguishable"] != "yes":
        return "not distinguishable"
    return pounds(row["cost"]) if row["excess"] > 0 else "below"
