"""Volumes: how much, where, for whom."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.ask import Ask
from dashboard.charts.steps import RULES, waterfall
from dashboard.charts.trend import trend
from dashboard.charts.words import concentration, number, spread
from dashboard.disclosure.released import Released
from dashboard.metrics import METRICS
from dashboard.pages.card import CARE, Card, can_draw, card, grid
from dashboard.pages.cards import bars_card, stacked_card, trend_card
from dashboard.pages.measured import measured
from dashboard.pages.overview import COVID, XMR
from dashboard.pages.table import table
from dashboard.stats.intervals import byar

SECTORS = {"nhs": "NHS", "independent": "Independent", "unknown": "Not known"}
FACET = "Facet blocks (medial branch block or facet joint injection)"
CAVEAT = "Code V54.4 cannot tell a medial branch block from a facet joint injection: both are counted."
PUBLISHED = (
    "EBI 2K is the indicator of the Evidence-Based Interventions programme. Published beside it: EBI 2K counted 1,612 in 2018/19, and HES has 11,663 mentions of V48.5 that year, so the EBI rule sees about "
    "one in eight."
)

COUNTED = (
    "A denervation is one person on one day, whatever the number of spells, episodes or codes; elsewhere these are counted, and published "
    "figures of HES are mentions of codes. Patients are different people, those without a person key left out."
)


def show(ask: Ask) -> None:
    """Trends of denervations and blocks, their ratio, by provider and ICB, who is treated, and the cohort waterfall."""
    st.title("Volumes", anchor=False)
    grid(ask, (volume, blocks), (ratio, rules), (by_provider, rate), (by_age, by_setting), (by_levels, by_sector), (counted,))
    measured(ask, "volumes")


def volume(ask: Ask) -> Card:
    """Denervations over time."""
    return trend_card("vol-trend", "Denervations", ask.counts(METRICS["denervations"]), f"{XMR} {COVID}")


def blocks(ask: Ask) -> Card:
    """Facet blocks over time."""
    return trend_card("vol-blocks", FACET, ask.counts(METRICS["blocks"]), f"{CAVEAT} {XMR}")


def ratio(ask: Ask) -> Card:
    """Blocks for each denervation, from the two released counts."""
    answer = per_denervation(ask.counts(METRICS["blocks"]), ask.counts(METRICS["denervations"]))
    told = answer.frame.dropna(subset=["value"])
    ends = [f"{one['value']:.1f} in {one['period']}" for one in (told.iloc[0], told.iloc[-1])] if len(told) else []
    title = f"Facet blocks for each denervation: {' to '.join(dict.fromkeys(ends))}" if ends else answer.title
    read = f"A falling ratio may be practice, or coding: A73.5 rose while V54.4 fell. {CAVEAT} {CARE}"
    return card("vol-ratio", title, lambda: trend(answer, "rate"), answer, read, f"Line chart. {title}.")


def per_denervation(blocks_: Released, denervations: Released) -> Released:
    """The ratio of two released counts by period, its own number and out of, flagged where either is hidden."""
    keys = ["place_type", "place", "place_name", "period"]
    both = blocks_.frame.merge(denervations.frame, on=keys, suffixes=("", "_rfd"))
    frame = both[keys].assign(blocks=both["value"], denervations=both["value_rfd"])
    frame["value"] = (frame["blocks"] / frame["denervations"].where(frame["denervations"] > 0)).round(1)
    frame["lower"] = frame["upper"] = float("nan")
    frame["flag"] = both["flag"].where(both["flag"] != "", both["flag_rfd"])
    return replace(blocks_, frame=frame, metric=None, title="Facet blocks for each denervation")


def rules(ask: Ask) -> Card:
    """The cohort waterfall, with the published counts beside it."""
    steps = ask.waterfall()
    left = dict(zip(steps.frame["rule"], steps.frame["remaining"], strict=True))
    title = seen_by_ebi(left.get("ebi_diagnosis", np.nan), left.get("lumbar", np.nan))
    alt = "Bars of what remains after each rule: " + ", ".join(
        f"{RULES[rule]} {number(one, 'count')}" for rule, one in left.items()
    )
    return card(
        "vol-steps", title, lambda: waterfall(steps), steps, f"Each bar is what remains after one more rule. {PUBLISHED}", alt
    )


def seen_by_ebi(ebi: float, lumbar: float) -> str:
    """How many of the headline's denervations the published rule sees, where both can be told."""
    if pd.isna(ebi) or not lumbar > 0:
        return "Each rule narrows what is counted"
    return f"The EBI 2K rule sees {number(ebi, 'count')} of {number(lumbar, 'count')} lumbar denervations ({ebi / lumbar:.0%})"


def by_provider(ask: Ask) -> Card:
    """Denervations by provider."""
    answer = ask.counts(METRICS["denervations"], by="provider", period="all")
    read = f"The 25 largest with 95% limits of a count (Byar), from released numbers; the table holds all. {CARE}"
    return bars_card("vol-prov", concentration(answer, "denervations"), limited(answer), read)


def limited(answer: Released) -> Released:
    """Released counts with the 95% limits that counts as large as they have by chance."""
    lower, upper = byar(answer.frame["value"].to_numpy(float)) if len(answer.frame) else ([], [])
    return replace(answer, frame=answer.frame.assign(lower=lower, upper=upper).round({"lower": 0, "upper": 0}))


def rate(ask: Ask) -> Card:
    """Standardised rates by ICB, England's as a line."""
    if ask.filters.place_type == "provider":
        ask = ask.of_england()
    answer = ask.counts(METRICS["denervation_rate"], by="commissioner", period="all")
    england = ask.counts(METRICS["denervation_rate"], by="england", period="all").frame["value"]
    read = f"Per 100,000 adults a year, standardised for age and sex, with 95% limits. {CARE}"
    title = spread(answer, "Denervations per 100,000 adults a year", "ICB")
    return bars_card("vol-rate", title, answer, read, most=42, england=None if england.empty else england.iloc[0])


def by_age(ask: Ask) -> Card:
    """Denervations by age and sex."""
    answer = ask.counts(METRICS["denervations"], period="all", split=("age_band", "sex"))
    told = answer.frame.dropna(subset=["value"])
    women = told[told["sex"] == "2"]["value"].sum() / told["value"].sum() if told["value"].sum() else None
    title = "Denervations by age and sex" if women is None else f"{women:.0%} of denervations shown are of women"
    names = {"1": "Men", "2": "Women"}
    return stacked_card("vol-age", title, answer, "age_band", "sex", names, "Men and women in bands of age.")


def by_setting(ask: Ask) -> Card:
    """Day case, inpatient and other settings over the years."""
    answer = ask.counts(METRICS["denervations"], period="year", split=("setting",))
    last = answer.frame[answer.frame["period"] == answer.frame["period"].max()].dropna(subset=["value"])
    day = last[last["setting"] == "day_case"]["value"].sum() / last["value"].sum() if last["value"].sum() else None
    title = (
        "Denervations by setting"
        if day is None
        else f"{day:.0%} of denervations shown in {last['period'].iloc[0]} were day cases"
    )
    names = {"day_case": "Day case", "inpatient": "Inpatient", "regular": "Regular attender", "unknown": "Unknown"}
    read = "Hospital records of admissions alone: procedures in outpatient clinics are not in them."
    return stacked_card("vol-setting", title, answer, "period", "setting", names, read)


def by_levels(ask: Ask) -> Card:
    """How many spinal levels are treated, over the years."""
    answer = ask.counts(METRICS["denervations"], period="year", split=("levels",))
    told = answer.frame.dropna(subset=["value"])
    known = told[told["levels"] != "unknown"]["value"].sum()
    one = told[told["levels"] == "1"]["value"].sum() / known if known else None
    title = "Denervations by levels" if one is None else f"{one:.0%} of denervations shown with levels coded are of one level"
    names = {"1": "One level", "2": "Two", "3+": "Three or more", "unknown": "Not coded"}
    return stacked_card("vol-levels", title, answer, "period", "levels", names, "Spinal levels by code V55, by year.")


def by_sector(ask: Ask) -> Card:
    """NHS and independent providers over the years."""
    answer = sectors(ask)
    last = answer.frame[answer.frame["period"] == answer.frame["period"].max()].set_index("sector")["value"]
    share = last.get("independent", 0) / last.sum() if last.sum() else float("nan")
    where = " in England" if ask.filters.place_type == "provider" else ""
    title = f"{share:.0%} of denervations shown{where} in {answer.frame['period'].max()} were at independent providers"
    title = answer.title if pd.isna(share) else title
    read = "Summed from the released numbers of providers: a provider with 1 to 7 patients in a year is in neither part, so each is “at least”."
    return stacked_card("vol-sector", title, answer, "period", "sector", SECTORS, f"{read} {CARE}")


def sectors(ask: Ask) -> Released:
    """A row per year and sector: released numbers of its providers summed, and how many of them are hidden."""
    if ask.filters.place_type == "provider":
        ask = ask.of_england()
    answer = ask.counts(METRICS["denervations"], by="provider", period="year")
    places = ask.version.places
    sector = dict(zip(places["place"], places["sector"], strict=True))
    frame = answer.frame.assign(sector=[sector.get(code) or "unknown" for code in answer.frame["place"]])
    summed = frame.groupby(["period", "sector"])["value"].agg(value=_sum, hidden=_hidden).reset_index()
    return replace(answer, frame=summed.assign(flag=""), metric=None, title="Denervations by NHS and independent providers")


def counted(ask: Ask) -> Card:
    """What denervations are counted as elsewhere: people, spells, episodes, mentions of codes."""
    answer, people = ask.counted_as(), ask.counts(METRICS["patients"], period="all").frame
    people = people.assign(counted_as="patients", count=people["value"])[list(answer.frame.columns)]
    answer = replace(answer, frame=pd.concat([people, answer.frame], ignore_index=True))
    if not can_draw(answer):
        return card("vol-counted", answer.title, dict, answer, "")
    told = dict(zip(answer.frame["counted_as"], answer.frame["count"], strict=True))
    title = f"{number(told['denervations'], 'count')} denervations in {number(told['episodes'], 'count')} episodes of {number(told['patients'], 'count')} patients"
    return Card("vol-counted", title, f"<p>{COUNTED}</p>{table(answer)}", answer)


def _sum(values: pd.Series) -> float:
    """The sum of what can be told; nothing, not nought, where nothing can."""
    return values.sum(min_count=1)


def _hidden(values: pd.Series) -> int:
    return int(values.isna().sum())
