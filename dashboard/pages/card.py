"""One card for every chart: the finding, the chart, how to read it, the same numbers as a table, what they mean, a download."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

import streamlit as st

from dashboard import export
from dashboard.ask import Ask
from dashboard.charts import theme
from dashboard.disclosure.released import Released
from dashboard.door import File
from dashboard.errors import Refused
from dashboard.metrics import Metric
from dashboard.metrics.declared import ALL_SPLITS
from dashboard.pages.table import table
from dashboard.pages.taken import taken

NOTHING = (
    "There is nothing to show for this choice: the data supplied has no such events, or the period has none that can be judged."
)
ALL_HIDDEN = "Every number for this choice is of 1 to 7 patients, or leaves a rest that is, and is not shown. Take a wider place or longer periods."
# A browser draws all the charts it has been sent at once, and shows none before the last: those below the fold follow when the
# first rows have had time to be drawn.
FIRST_SCREEN, HEAD_START = 2, 0.25
CARE = "Not good or bad by itself; read with care."
PLAIN = {"displayModeBar": False, "responsive": True}
DRAWN = ("value", "incidence", "count", "remaining", "fails_only", "fails_with_others", "excess")


Part = Callable[[Ask], "Card | None"]


@dataclass(frozen=True)
class Card:
    """What a card shows, ready to be sent: made once for the same version, scope, profile and filters."""

    key: str
    title: str
    words: str
    answer: Released | None = None
    figure: dict | None = None
    alt: str = ""

    def show(self) -> None:
        """Put the card on the page: few elements, because each is a message of its own."""
        with st.container(border=True, key=f"card-{self.key}", height="content" if self.figure is None else "stretch"):
            st.header(self.title, anchor=False)
            if self.figure is not None:
                drawn = theme.Drawn(self.figure)
                st.plotly_chart(drawn, width="stretch", theme=None, key=f"{self.key}-chart", config=PLAIN, alt=self.alt)
            st.html(self.words)
            if self.answer is not None:
                download(self.answer, self.key)


def grid(ask: Ask, *rows: tuple[Part | list[Part], ...]) -> None:
    """Cards in rows, side by side where the window is wide; a list in a row is cards one above the other.

    A card whose question is refused says why, and the rest stand.
    """
    for number, row in enumerate(rows):
        if number == FIRST_SCREEN:
            sleep(HEAD_START)
        places = st.columns(len(row)) if len(row) > 1 else (st.container(),)
        for place, cell in zip(places, row, strict=True):
            with place:
                for part in cell if isinstance(cell, list) else [cell]:
                    _guarded(part, ask)


def _guarded(part: Part, ask: Ask) -> None:
    """Show what a part makes; one that draws by itself makes nothing, and a function made on the way has no name to keep it by."""
    name = f"{part.__module__}.{part.__qualname__}"
    try:
        made = part(ask) if "<" in name else ask.kept(name, lambda: part(ask))
    except Refused as error:
        with st.container(border=True):
            st.markdown(f"This cannot be shown for the present choice: {error}.")
        return
    if made is not None:
        made.show()


def card(key: str, title: str, draw: Callable[[], object], answer: Released, read: str, alt: str = "", method: str = "") -> Card:
    """An answer as a card; one without rows, or all of whose numbers are hidden, says so instead of an empty chart.

    `read` says how to read the chart and stands under it; `method`, how it was worked out, is one click away.
    """
    if not can_draw(answer):
        said = NOTHING if answer.frame.empty else ALL_HIDDEN
        by = " and ".join(name.replace("_", " ") for name in ALL_SPLITS if name in answer.frame)
        return Card(key, f"{answer.title} by {by}" if by else answer.title, f"<p>{said}</p>")
    said = f"<p>{html.escape(' '.join((read, *answer.notes)))}</p>{details(answer, method)}"
    return Card(key, title, said, answer, draw().to_dict(), alt or title)


def can_draw(answer: Released) -> bool:
    """Whether any number of an answer can be shown."""
    columns = [name for name in DRAWN if name in answer.frame]
    return bool(answer.frame[columns].notna().to_numpy().any())


def details(answer: Released, method: str = "") -> str:
    """The table, and the definition and method of an answer, as HTML: side by side, each closed until it is opened."""
    said = (in_html(answer.metric) if answer.metric else "") + (f"<p>{html.escape(method)}</p>" if method else "")
    found = folded("The numbers as a table", table(answer)) + (folded("What this is", said) if said else "")
    return f"<div class='rfd-more'>{found}</div>"


def folded(title: str, inside: str) -> str:
    """HTML that is one click away, without a question to the server."""
    return f"<details class='rfd-fold'><summary>{title}</summary>{inside}</details>"


def defined(metric: Metric) -> str:
    """A measure's definition, source and review state."""
    return f"**{metric.title}.** {_said_of(metric)}"


def in_html(metric: Metric) -> str:
    """The same as HTML."""
    return f"<p><strong>{html.escape(metric.title)}.</strong> {html.escape(_said_of(metric))}</p>"


def _said_of(metric: Metric) -> str:
    review = f"{metric.review.capitalize()}; next review {metric.next_review}."
    return f"{metric.words.strip()} Source: {metric.source} [{metric.tag}]. {review} The rule itself is under Definitions."


def download(answer: Released, key: str) -> None:
    """A button whose file is made when it is pressed, without running the page again."""
    st.download_button(
        "Download these numbers (CSV)", taken(File.of(answer, "csv"), lambda _: export.csv_bytes(answer)), file_name=export.file_name(answer, "csv"),
        mime="text/csv", on_click="ignore", key=f"{key}-csv",
    )  # fmt: skip
