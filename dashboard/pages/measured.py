"""Every measure of a page in one table: none is declared and shown nowhere."""

import html
from collections.abc import Container

from dashboard.ask import Ask
from dashboard.disclosure.released import Released
from dashboard.errors import Refused
from dashboard.metrics import METRICS, Metric
from dashboard.pages.card import Card, folded, in_html
from dashboard.pages.cards import together
from dashboard.pages.table import table


def measured(ask: Ask, page: str) -> None:
    """The measures of a page for the chosen place and years, a row each; what each is, and which this choice does not ask."""
    ask.kept(f"measures of {page}", lambda: _measures(ask, page)).show()


def _measures(ask: Ask, page: str) -> Card:
    told = {metric.name: answer for metric in of_page(page) if (answer := asked(ask, metric)) is not None}
    title = "Every measure of this page, the years together"
    answer = together(told, title) if told else None
    return Card(f"{page}-measures", title, (table(answer) if answer else "") + what_these_are(page, told), answer)


def what_these_are(page: str, told: Container[str]) -> str:
    """The definition of each measure of a page, and the names of those that have no row for this choice, as HTML."""
    without = [metric.title for metric in of_page(page) if metric.name not in told]
    said = f"<p>No rows for this choice: {html.escape('; '.join(without))}.</p>" if without else ""
    return said + folded("What these measures are", "".join(in_html(metric) for metric in of_page(page)))


def of_page(page: str) -> list[Metric]:
    """The measures that name a page as theirs."""
    return [metric for metric in METRICS.values() if metric.page == page]


def asked(ask: Ask, metric: Metric) -> Released | None:
    """A measure with the years together; None where it is not asked of such a place or has no row."""
    try:
        answer = ask.counts(metric, period="all")
    except Refused:
        return None
    return None if answer.frame.empty else answer
