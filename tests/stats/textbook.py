"""What the statistics give on examples that were published, beside what was printed: the rows of `docs/statistics.md`."""

from pathlib import Path

from dashboard.stats.intervals import wilson
from dashboard.stats.spc import xmr
from dashboard.stats.standardise import direct
from dashboard.stats.survival import kaplan_meier
from tests.stats.test_spc import PAINT
from tests.stats.test_standardise import ALL_BIRTHS, BIRTHS, CASES
from tests.stats.test_survival import RELAPSE, WEEKS

FILE = Path(__file__).parents[2] / "docs" / "statistics.md"
HEAD = """# The statistics on published examples

Made by `python -m tests.stats.textbook`; a test says when it is out of date, and the tests beside it hold each to the digits in print.
The choices of each function, and its source, are in its docstring (`dashboard/stats`). Books and papers are named
from memory [R]: look a page up before it is quoted.

| function | example | what | printed | here |
|---|---|---|---|---|
"""


def rows() -> list[tuple[str, str, str, float, float, int]]:
    """(function, source, what, printed, here, digits printed) for each number."""
    curve = kaplan_meier(WEEKS, RELAPSE).set_index("time")
    freireich = "Weeks in remission on 6-mercaptopurine: Freireich and others (1963), Blood 21:699-716"
    newcombe = "81 of 263: Newcombe (1998), Stat Med 17:857-872, method 3"
    paint = "Primer paint viscosity: Montgomery (2001), Introduction to Statistical Quality Control, 4th ed., ch. 5"
    fleiss = "Down's syndrome by birth order: Fleiss (1981), Statistical Methods for Rates and Proportions, 2nd ed., table 14.4"
    lower, upper = wilson(81, 263)
    chart = xmr(PAINT)
    return [
        ("`survival.kaplan_meier`", freireich, "in remission at 10 weeks", 0.7529, curve.loc[10, "survival"], 4),
        ("`survival.kaplan_meier`", freireich, "its standard error", 0.0963, curve.loc[10, "se"], 4),
        ("`survival.kaplan_meier`", freireich, "its log-log limits, lower", 0.5032, curve.loc[10, "lower"], 4),
        ("`survival.kaplan_meier`", freireich, "its log-log limits, upper", 0.8894, curve.loc[10, "upper"], 4),
        ("`intervals.wilson`", newcombe, "lower limit", 0.2553, float(lower), 4),
        ("`intervals.wilson`", newcombe, "upper limit", 0.3662, float(upper), 4),
        ("`spc.xmr`", paint, "lower limit", 32.24, chart["lower"][0], 2),
        ("`spc.xmr`", paint, "upper limit", 34.80, chart["upper"][0], 2),
        ("`standardise.direct`", fleiss, "first births, per 100,000", 92.3, direct(CASES[0], BIRTHS[0], ALL_BIRTHS)[0], 1),
        ("`standardise.direct`", fleiss, "fifth and later", 75.5, direct(CASES[4], BIRTHS[4], ALL_BIRTHS)[0], 1),
    ]


def lines() -> str:
    """The file as it should be."""
    told = [
        f"| {function} | {source} | {what} | {printed:.{digits}f} | {here:.{digits}f} |"
        for function, source, what, printed, here, digits in rows()
    ]
    return HEAD + "\n".join(told) + "\n"


if __name__ == "__main__":
    FILE.write_text(lines(), encoding="utf-8")
