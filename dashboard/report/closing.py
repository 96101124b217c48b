"""The last page: what each number means, and how small ones are protected."""

from dashboard.disclosure.numbers import profile
from dashboard.metrics import METRICS, Metric
from dashboard.metrics.declared import CAVEAT, UNSEEN
from dashboard.report import blocks
from dashboard.report.standing import TRENDS
from dashboard.report.subject import Subject
from dashboard.standing import CODING, ON_SPINE

SHARED = {CAVEAT: "†", UNSEEN: "‡"}
NOTES = " ".join(f"{sign} {shared.strip()}" for shared, sign in SHARED.items())
TAGS = "Tags: S, seen in its source; I, inferred; R, recalled and to be checked."


def closing(subject: Subject) -> list[dict]:
    """Definitions with source, tag and review state; disclosure; licence."""
    used = [METRICS[name] for name in dict.fromkeys((*TRENDS, *ON_SPINE, *CODING))]
    rows = [[one.title, _words(one), f"{one.source} [{one.tag}]"] for one in used if _asked(subject, one.name)]
    reviews = sorted({f"{one.review}; next review {one.next_review}" for one in used})
    return [
        blocks.heading("What the numbers mean"),
        blocks.table(
            ["Measure", "Definition", "Source [tag]"],
            rows,
            ["2 left", "5 left", "2 left"],
            f"{NOTES} {TAGS} Review of every measure here: {' / '.join(reviews)}.",
            small=True,
        ),
        blocks.heading("How small numbers are protected", 2),
        blocks.words(protection(subject)),
        blocks.words(
            "Contains public sector information licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right 2026.",
            "note",
        ),
    ]


def _words(metric: Metric) -> str:
    """A definition, what many of them share said once below the table."""
    text = metric.words
    for shared, sign in SHARED.items():
        text = f"{text.replace(shared, '').strip()} {sign}" if shared in text else text
    return text.strip()


def _asked(subject: Subject, name: str) -> bool:
    """Whether this pack has a number of a measure."""
    shown = (subject.measures.frame["measure"], subject.coding.frame["measure"])
    return name in TRENDS or any(name in set(one) for one in shown)


def protection(subject: Subject) -> str:
    """What the gate does, with the threshold of the profile in force."""
    few = profile(subject.ask.profile).threshold - 1
    return (
        f"Counts are multiples of 5, and 1 to {few} patients or events are not shown (*); where one side of a yes-or-no split is that small, both sides are "
        "hidden. Which multiple of 5 a count becomes is decided by a secret key of its records, so that the same records always give the same number. Shares, limits, "
        "medians, curves and differences are worked out from these released counts alone, to the precision they bear. Release profile: "
        f"{subject.ask.profile}."
    )
