"""Definitions: what exactly each number is, from the registry, the codelists, the policies and the SQL itself."""

import streamlit as st

from dashboard import definitions, queries
from dashboard.ask import Ask
from dashboard.disclosure.numbers import profile
from dashboard.metrics import METRICS, Metric
from dashboard.pages.card import defined
from dashboard.pages.compared import against_published, verdicts
from dashboard.pages.plain import plain

COHORTS = """
- **Lumbar**, the headline: V48.5 in any position, or V48.7 with a lumbar site code in the same episode.
- **Broad**: lumbar, and V48.6, and V48.8 or V48.9 with a lumbar site code.
- **EBI 2K as published**: V48.5 or V48.7 in first position, a site of the lumbar spine, and a back-pain primary diagnosis. It sees about one in eight.
- For all: aged 19 to 120, not an emergency, NHS funded, no cancer code. A day is left out only if every qualifying episode of it is.
- A **course** is one or more denervations of one person, staged side by side within the staging window, none of a side already treated in it.
"""
PROTECTED = """
- Counts are released as multiples of 5; which multiple is chosen by a key of the records in the cell, so the same records give the same number by any route.
- {few} patients or events are never shown (`*`), nor is the other side of a yes or no whose one side is that small. 0% and 100% only from 20 up.
- Only fixed cells can be asked: one place, a fixed period, at most two fixed splits.
- Rates, shares, limits, charts and titles are worked out from released counts alone. This release profile is `{profile}`.
"""
WEAK = """
- V54.4 cannot tell a diagnostic medial branch block from a facet joint injection.
- Only admitted care is seen: procedures in outpatient clinics or paid for privately are not.
- A person's first course is the first *in the data supplied*; the first years know little history.
- A rise in another code while V54.4 falls can be coding rather than practice.
- The pain score, the response to a block and the shared decision are not in hospital records.
"""
TAGS = "Tags: [S] seen in its source, [I] inferred, [R] recalled and to be checked by a clinical coder before real use."
ACCESS = (
    "Every chart has a text alternative and its numbers as a table. All controls can be reached and used by keyboard, and nothing is told by colour "
    "alone. Charts themselves cannot be walked point by point with a keyboard: use the table below each."
)
THRESHOLDS = {
    "title": "Policy", "commissioner": "ICB", "effective_from": "From", "effective_to": "To", "min_blocks": "Blocks needed",
    "block_lookback_months": "Look-back, months", "repeat_min_months": "Minimum interval, months", "repeat_needs_new_block": "New block before a repeat",
    "max_levels": "Most levels", "staged_days": "Staging window, days", "source": "Source", "tag": "Tag",
}  # fmt: skip


def show(ask: Ask) -> None:
    """The cohorts, every measure with its rule, published figures, codelists, policies, changes, protection and what is weak."""
    st.title("Definitions", anchor=False)
    st.markdown(TAGS)
    st.header("Cohorts and courses", anchor=False)
    st.markdown(COHORTS)
    st.header("Measures", anchor=False)
    for metric in METRICS.values():
        with st.expander(metric.title):
            measure(metric)
    facts()
    against_published(ask)
    st.header("Codes", anchor=False)
    for path in sorted(definitions.CODELISTS.glob("*.csv")):
        with st.expander(path.stem.replace("_", " ").capitalize().replace("Rfd", "RFD").replace("Ebi", "EBI")):
            st.html(plain(definitions.codes(path), f"Codes of {path.stem.replace('_', ' ')}"))
    st.header("Policies", anchor=False)
    policies(ask)
    st.header("Changes between versions", anchor=False)
    changes(ask)
    st.header("How numbers are protected", anchor=False)
    chosen = profile(ask.profile)
    st.markdown(PROTECTED.format(few=f"1 to {chosen.threshold - 1}", profile=chosen.name))
    verdicts()
    st.header("Weak spots", anchor=False)
    st.markdown(WEAK)
    st.header("Accessibility", anchor=False)
    st.markdown(ACCESS)


def measure(metric: Metric) -> None:
    """One measure: what is declared, its worked example, its SQL and the queries behind it."""
    st.markdown(describe(metric))
    st.markdown("**Worked example**")
    st.html(plain(definitions.example(metric.sql), f"Worked example of {metric.title}"))
    st.code(definitions.statement(metric.sql), language="sql", wrap_lines=True)
    read = ", ".join(f"`{name}`" for name in definitions.behind(metric.sql))
    st.markdown(f"Reads: {read}. Their SQL is under “Every query behind the measures”." if read else "")


def describe(metric: Metric) -> str:
    """All that is declared of a measure, and its rule in words."""
    better = metric.direction.capitalize() if metric.direction else "Neither direction is better"
    splits = ", ".join(metric.splits).replace("_", " ") or "nothing"
    return (
        f"{defined(metric)}\n\n**Rule.** {definitions.rule(metric.sql)}\n\nName: `{metric.name}`. Unit: {definitions.unit_words(metric)}. "
        f"{better}. Can be split by {splits}. Shown on: {metric.page}."
    )


def facts() -> None:
    """The SQL of any query that a measure reads, chosen from a list."""
    names = sorted({name for metric in METRICS.values() for name in definitions.behind(metric.sql)})
    with st.expander("Every query behind the measures"):
        name = st.selectbox("Query", names, key="definitions_query")
        st.code(queries.text(name), language="sql", wrap_lines=True)


def changes(ask: Ask) -> None:
    """Which rules changed from one kept version of the data to the next, and what each release changed."""
    found = definitions.changes(ask.versions())
    if found:
        st.html(plain(found, "Rules that changed"))
    else:
        st.markdown("Only one version of the data is kept, so there is none before it to compare.")
    with st.expander("What each release changed"):
        st.markdown(definitions.CHANGELOG.read_text(encoding="utf-8").replace("# ", "#### "))


def policies(ask: Ask) -> None:
    """The thresholds of each policy, one policy after the other."""
    for row in ask.version.policies.to_dict("records"):
        with st.expander(row["title"]):
            rows = [{"What": words, "Value": told(row[name])} for name, words in THRESHOLDS.items() if name in row]
            st.html(plain(rows, f"Thresholds of {row['title']}"))


def told(value) -> str:
    """A threshold as text: none where there is none, yes or no for a rule, a day without its hours."""
    if value is None or value != value:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).removesuffix(" 00:00:00").removesuffix(".0")
