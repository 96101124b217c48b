"""The first page: whom the pack is about, from which data, and what it found."""

import datetime as dt
from dataclasses import replace

from dashboard.charts import words
from dashboard.charts.spine import against
from dashboard.excess import above, pounds
from dashboard.filters import people as only
from dashboard.metrics import METRICS
from dashboard.policy import LOCAL, set_by_hand
from dashboard.report import blocks
from dashboard.report.subject import STANDS, Subject, limits, stars, title

SHARES = ("repeat_within_minimum", "no_block_found", "adherent")
HEADLINES = ("denervations", "patients", "blocks", *SHARES)
SYNTHETIC = "Synthetic data. Nobody in it exists and every provider is invented: nothing here is about a real trust."
NOTHING = "This data holds no number about this provider that can be shown for the chosen years: it has none, or every one is of 1 to 7 patients."
READ = (
    "Not good or bad by itself; read with care. A difference from England is called one only where the 95% limits of this provider leave England out; "
    "about one in twenty measures does by chance alone. Every number is the released one that the dashboard shows, under the same name and definition."
)
COHORTS = {
    "lumbar": "volumes of the lumbar cohort, the headline", "ebi": "volumes of EBI 2K as published", "broad": "volumes of the broad cohort",
}  # fmt: skip
THRESHOLDS = {
    "repeat_min_months": "minimum interval: {} months", "min_blocks": "blocks needed: {}", "block_lookback_months": "looked for in the {} months before",
    "staged_days": "sides staged within {} days are one course",
}  # fmt: skip


def cover(subject: Subject) -> list[dict]:
    """The cover."""
    found = findings(subject)
    synthetic = SYNTHETIC if subject.about.get("synthetic") == "true" else ""
    banners = [one for one in (synthetic, _provisional(subject), _not_reference(subject)) if one]
    return [
        blocks.words("Provider pack · lumbar radiofrequency facet joint denervation (RFD)", "kicker"),
        blocks.words("", "title"),
        *(blocks.words(one, "banner") for one in banners),
        blocks.heading("What this pack finds"),
        blocks.bullets(found) if found else blocks.words(NOTHING),
        blocks.words(READ, "note"),
        *_headline_table(subject),
        blocks.heading("What it is made from", 2),
        blocks.table(["About", "This pack"], [[name, told] for name, told in facts(subject).items()], ["1 left", "6 left"]),
    ]


def _provisional(subject: Subject) -> str:
    first = subject.about.get("provisional_from")
    return f"Figures from {first} are provisional and will change; they are drawn hollow and never signal." if first else ""


def _not_reference(subject: Subject) -> str:
    filters = subject.ask.filters
    return (
        ""
        if filters.policy == "reference" and not set_by_hand(filters)
        else f"Not the reference policy: {policy_words(subject)}."
    )


def facts(subject: Subject) -> dict[str, str]:
    """Code, data, years, policy, peers and the day the pack was made."""
    about, filters, years = subject.about, subject.ask.filters, subject.ask.version.years
    return {
        "Code": subject.code + (f" (took over {', '.join(subject.was)})" if subject.was else ""),
        "Data version": f"{about['version']}, {about['data_start']} to {about['data_end']}",
        "Years": f"{filters.from_ or years[0]} to {filters.to or years[-1]}",
        "Cohort and people": f"{COHORTS[filters.cohort]}; {people(subject)}",
        "Policy": policy_words(subject),
        "Peers": subject.peer_words(),
        "Definitions": f"hash {subject.definitions}; the last page has each in words",
        "Made": f"{dt.date.today():%d %B %Y} by rfd {about.get('code_version', '')}",
    }


def people(subject: Subject) -> str:
    """Whom the numbers are about, where a sex or an age band was chosen."""
    told = [one.lower() for one in only(subject.ask.filters)]
    return f"only people who are {' and '.join(told)}" if told else "everyone"


def policy_words(subject: Subject) -> str:
    """The policy and its thresholds, and which of them were set by hand."""
    filters, hand = subject.ask.filters, set_by_hand(subject.ask.filters)
    by_hand = f"; set by hand: {_settings(hand)}" if hand else ""
    if filters.policy == LOCAL:
        return f"each commissioner's own, by date{by_hand}"
    row = subject.ask.version.policies.set_index("policy").loc[filters.policy]
    held = {name: hand.get(name, row[name]) for name in THRESHOLDS}
    told = ", ".join(THRESHOLDS[name].format("no" if one != one or not one else int(one)) for name, one in held.items())
    return f"{row['title']}; {told}{by_hand}"


def _settings(hand: dict) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {one}" for name, one in hand.items())


def _headline_table(subject: Subject) -> list[dict]:
    """The latest two years of each headline measure, and what its XmR chart says."""
    answers = {name: subject.ask.counts(METRICS[name], period="year") for name in HEADLINES}
    years = sorted(set().union(*(set(one.frame["period"]) for one in answers.values())))[-2:]
    if not years:
        return []
    rows = []
    for name, answer in answers.items():
        values, unit = answer.frame.set_index("period")["value"], METRICS[name].unit
        told = [words.number(values[year], unit) if year in values.index else "–" for year in years]
        rows.append([title(name), *told, words.verdict(subject.over_time(METRICS[name]))])
    note = next(
        (told for one in answers.values() if (told := stars(replace(one, frame=one.frame[one.frame["period"].isin(years)])))), ""
    )
    widths = ["3 left", *["1"] * len(years), "3 left"]
    return [
        blocks.heading("Headline numbers", 2),
        blocks.table(["Measure", *years, "The latest point of its XmR chart"], rows, widths, note),
    ]


def findings(subject: Subject) -> list[str]:
    """A sentence each: volume, where it differs, the headline shares, what is above the peers."""
    found = [_volume(subject), *_differing(subject), *_shares(subject), _excess(subject)]
    return [one for one in found if one]


def _volume(subject: Subject) -> str:
    answer = subject.ask.counts(METRICS["denervations"], period="year")
    last = answer.frame.sort_values("period").tail(2)
    return "" if last.empty or last["value"].isna().any() else f"{words.change('Denervations', replace(answer, frame=last))}."


def _differing(subject: Subject) -> list[str]:
    told = subject.measures.frame.dropna(subset=["value"]).to_dict("records")
    groups = {
        stand: [words.inside(title(row["measure"])) for row in told if against(row) == stand]
        for stand in ("worse", "better", "differs")
    }
    differ = sum(map(len, groups.values()))
    parts = [f"{STANDS[stand][0].upper()}{STANDS[stand][1:]}: {', '.join(names)}." for stand, names in groups.items() if names]
    return (
        [f"{differ} of {len(told)} measures differ from England by more than chance. {' '.join(parts)}".strip()] if told else []
    )


def _shares(subject: Subject) -> list[str]:
    rows = subject.measures.frame.dropna(subset=["value"]).set_index("measure", drop=False)
    return [
        f"{title(name)}: {limits(row)} here, {words.number(row['england'], 'share')} in England, "
        f"{words.number(row['middle'], 'share')} at the middle peer; {STANDS[against(row)]}."
        for name in SHARES
        if name in rows.index and (row := rows.loc[name].to_dict())
    ]


def _excess(subject: Subject) -> str:
    row = excess_row(subject, "repeat_within_minimum")
    if row is None or row["distinguishable"] != "yes" or row["excess"] <= 0:
        return ""
    cost = subject.ask.filters.unit_cost
    return (
        f"About {row['excess']:,.0f} ({row['lower']:,.0f} to {row['upper']:,.0f}) early repeats more than the middle provider's share would give: "
        f"{pounds(row['cost'])} at £{cost:,} each (price year 2023/24)."
    )


def excess_row(subject: Subject, measure: str) -> dict | None:
    """This provider's events above the middle provider's share; None where they cannot be told."""
    answer, _ = above(subject.whole.on(measure=measure, target="median"))
    mine = answer.frame[answer.frame["place"] == subject.code].dropna(subset=["excess"])
    return None if mine.empty else mine.iloc[0].to_dict()
