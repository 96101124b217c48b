"""Policy adherence: who follows which rule, and why not."""

import html
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.steps import CRITERIA, reasons
from dashboard.charts.words import number, spread
from dashboard.disclosure.released import Released
from dashboard.filters import ENGLAND
from dashboard.metrics import METRICS
from dashboard.pages import controls
from dashboard.pages.beside import beside, by_reference, is_reference, points, reference
from dashboard.pages.card import CARE, Card, can_draw, card, details, grid
from dashboard.pages.cards import bars_card, funnel_card, together, trend_card
from dashboard.pages.heat import heat
from dashboard.pages.measured import asked, of_page, what_these_are
from dashboard.pages.plain import plain
from dashboard.pages.table import caption, table

ADHERENT = METRICS["adherent"]
COLUMNS = {
    "Block before": "met_block_before", "Interval": "met_repeat_interval", "New block": "met_repeat_block", "Levels": "met_levels",
    "Adherent": "adherent",
}  # fmt: skip
NOT_RECORDED = (
    "Pain score",
    "Response to the diagnostic block",
    "Pain from the facet joint",
    "Shared decision",
    "Prior approval",
)
UNSEEN = "They are never counted as met, nor as failed. Conservative care is seen only as outpatient attendances: not seen is not “not given”."
HELD = {"policy": "Policy", "commissioner": "ICB", "effective_from": "From", "effective_to": "To"}


def show(ask: Ask) -> None:
    """What-if thresholds against the reference, adherence over time and by provider, each criterion, and why courses fail."""
    st.title("Policy adherence", anchor=False)
    st.markdown("Move a threshold to see what a policy would find: every number on this page is counted again.")
    controls.thresholds(ask)
    grid(ask, (difference,), (over_time, why), (criteria,), ([by_provider, in_force, unseen], by_icb))


def unseen(ask: Ask) -> None:
    """The criteria of every policy that hospital data does not hold."""
    with st.container(border=True, key="card-unseen"):
        st.header("Criteria that hospital data cannot see", anchor=False)
        st.html(plain([{"Criterion": words, "State": "Not recorded"} for words in NOT_RECORDED], "Not recorded in hospital data"))
        st.markdown(UNSEEN)


def difference(ask: Ask) -> Card:
    """Adherence and each criterion under the chosen thresholds, beside the reference policy's."""
    chosen = compared(ask)
    answer = replace(chosen, title="Chosen thresholds and the reference policy")
    now, then = (_of(answer.frame, "adherent", column) for column in ("value", "reference_value"))
    title = f"{number(now, 'share')} of courses that can be judged are adherent"
    if not is_reference(ask):
        title += f", against {number(then, 'share')} under the reference policy: {points(now, then)}"
    title = title if len(answer.frame) else "No course can be judged for this choice"
    said = (
        f"<p>Adherent: breaks no criterion and meets at least one. A course that cannot be judged is in neither part. {CARE}</p>"
    )
    asked_of = what_these_are("policy", set(answer.frame["measure"]))
    shown = answer if len(answer.frame) else None
    return Card("difference", title, said + (table(answer) if shown else "") + asked_of, shown)


def compared(ask: Ask) -> Released:
    """A row per measure that applies: the share, out of how many, and the same under the reference policy."""
    now, then = (
        {metric.name: told for metric in of_page("policy") if (told := asked(one, metric))} for one in (ask, by_reference(ask))
    )
    now, then = (together(one or {"": ask.counts(ADHERENT, period="all")}, ADHERENT.title) for one in (now, then))
    return beside(now, then)


def _of(frame: pd.DataFrame, measure: str, column: str) -> float:
    found = frame[frame["measure"] == measure][column] if column in frame else ()
    return found.iloc[0] if len(found) else float("nan")


def over_time(ask: Ask) -> Card:
    """Adherence over time, place against England."""
    other = _counted(ask.of_england()) if ask.filters.place_type != "england" else None
    answer = _counted(ask)
    read = "Adherent courses out of those that can be judged, each judged by the chosen thresholds whatever its date."
    return trend_card("pol-trend", "Adherence", answer, f"{read} {against_reference(answer)}", other)


def _counted(ask: Ask, metric=ADHERENT, **cells) -> Released:
    """A measure with the reference policy's value and the difference beside each of its numbers."""
    return beside(ask.counts(metric, **cells), by_reference(ask).counts(metric, **cells))


def against_reference(answer: Released) -> str:
    """How the latest number, or the middle place, differs from the reference policy's; nothing when it is the reference."""
    if "difference" not in answer.frame:
        return ""
    told = answer.frame.dropna(subset=["difference"])
    if told.empty:
        return "Beside the reference policy: no difference can be told."
    last = told[told["period"] == told["period"].max()]
    which = f"in {last['period'].iloc[0]}" if len(last) == 1 else f"at the middle of {len(last)} places"
    return f"Beside the reference policy, {which}: {points(last['value'].median(), last['reference_value'].median())}; the table has each."


def why(ask: Ask) -> Card:
    """The reasons of courses that are not adherent, each alone or with others."""
    answer = beside(ask.reasons(), by_reference(ask).reasons(), "not_met")
    told = answer.frame[answer.frame["criterion"].isin(list(CRITERIA))].dropna(subset=["not_met"])
    told = told[told["not_met"] > 0].sort_values("not_met", ascending=False)
    title = "Why courses fail: no reason can be shown"
    if len(told):
        top = told.iloc[0]
        title = f"The commonest reason to fail: {CRITERIA[top['criterion']].lower()} ({number(top['not_met'], 'count')} courses)"
    read = "Dark: courses that fail this criterion alone; green: with others. In the table “several” fail more than one, and the parts add up to “any”, but for the rounding of each."
    if "difference" in answer.frame:
        read += " The table has the reference policy's number of failures beside each."
    parts = zip(told["criterion"], told["not_met"], strict=True)
    alt = "Bars of courses that fail each criterion: " + ", ".join(
        f"{CRITERIA[one].lower()} {number(count, 'count')}" for one, count in parts
    )
    return card("pol-why", title, lambda: reasons(answer), answer, read, alt)


def criteria(ask: Ask) -> Card:
    """Who meets which criterion: providers down, criteria across."""
    answers = {words: _counted(ask, METRICS[name], by="provider", period="all") for words, name in COLUMNS.items()}
    answers = {words: answer for words, answer in answers.items() if not answer.frame.empty} or {"Adherent": answers["Adherent"]}
    told = together(answers, "Criteria met, by provider")
    low = {
        words: answer.frame["value"].median()
        for words, answer in answers.items()
        if words != "Adherent" and answer.frame["value"].notna().any()
    }
    title = (
        f"The criterion met least often: {min(low, key=low.get).lower()}, by {min(low.values()):.0%} at the middle provider"
        if low
        else told.title
    )
    read = f"The largest providers, 25 at most: the share of courses that meet each criterion, and out of how many; * is a small number. {CARE} {against_reference(answers['Adherent'])}"
    if not can_draw(told):
        return card("pol-heat", title, dict, told, read)
    drawn = heat(caption(told), answers, 25, ask.filters.place)
    return Card("pol-heat", title, f"{drawn}<p>{html.escape(read)}</p>{details(told)}", told)


def by_provider(ask: Ask) -> Card:
    """Adherence as a funnel."""
    return funnel_card("pol-funnel", "Adherence", _counted(ask, by="provider", period="all"), "courses that can be judged")


def by_icb(ask: Ask) -> Card:
    """Adherence of each ICB's courses, each judged by the ICB's own policy of its day."""
    local = replace(reference(ask.filters), policy="local")
    if local.place_type == "provider":
        local = replace(local, place_type="england", place=ENGLAND)
    answer = Ask(ask.warehouse, local, ask.profile).counts(ADHERENT, by="commissioner", period="all")
    read = f"Each course judged by its ICB's own policy on its first day, else by the reference: a stricter policy is harder to keep. {CARE}"
    return bars_card("pol-icb", spread(answer, "Adherence to each ICB's own policy", "ICB"), answer, read, most=42)


def in_force(ask: Ask) -> None:
    """Which policy holds in which ICB, and since when."""
    names, titles = dict(ask.places("commissioner")), controls.policy_names(ask)
    with st.container(border=True, key="card-in-force"):
        st.header("Which policy holds where, and since when", anchor=False)
        st.html(plain([_held(row, names, titles) for row in ask.version.policies.to_dict("records")], "Policies by ICB and day"))
        st.markdown("An ICB that is not named is judged by the reference. Thresholds and sources are on the Definitions page.")


def _held(row: dict, names: dict, titles: dict) -> dict:
    """One policy's line: its ICB, and the days between which it holds."""
    everywhere = "every ICB without one" if row["policy"] == "reference" else "by hand only"
    place = names.get(row["commissioner"], everywhere)
    return dict(
        zip(HELD.values(), (titles[row["policy"]], place, day(row["effective_from"]), day(row["effective_to"])), strict=True)
    )


def day(value) -> str:
    """A day as text, a dash where there is none."""
    return "–" if pd.isna(value) else str(value)[:10]
