"""Counts, shares, rates and incidence of a few rows, by hand."""

from datetime import date

import pytest

from dashboard.errors import Failed, Refused
from dashboard.metrics import metric
from dashboard.metrics.adherence import ADHERENT, CONSERVATIVE_CARE_SEEN, MET_BLOCK_BEFORE
from dashboard.metrics.blocks import BLOCK_TO_DENERVATION_12_MONTHS, NO_BLOCK_FOUND
from dashboard.metrics.repeats import REPEAT_BY_12_MONTHS, REPEAT_WITHIN_MINIMUM
from dashboard.metrics.volumes import DENERVATION_RATE, DENERVATIONS, PATIENTS
from tests.ask.tiny import Tiny

COLUMNS = ["measure", "place_type", "place", "place_name", "period"]
NUMBERS = ["numerator", "denominator", "value", "lower", "upper", "flag"]


def values(released, column="numerator", by="place") -> dict:
    return dict(zip(released.frame[by], released.frame[column], strict=True))


def test_a_null_person_counts_in_volumes_but_is_no_patient():
    tiny = Tiny()
    for person in ("Ann", "Ann", "Bob", None, None):
        tiny.add("denervations", person)
    assert values(tiny.exact().counts(DENERVATIONS)) == {"E92": 5}
    assert values(tiny.exact().counts(PATIENTS)) == {"E92": 2}


def test_where_every_person_is_null_there_is_no_cell_of_patients():
    tiny = Tiny()
    tiny.add("denervations", None, provider="RTE")
    tiny.add("denervations", "Ann")
    assert values(tiny.exact().counts(DENERVATIONS, by="provider")) == {"RTE": 1, "RTH": 1}
    assert values(tiny.exact().counts(PATIENTS, by="provider")) == {"RTH": 1}


def test_columns_come_in_the_order_of_the_contract():
    tiny = Tiny()
    tiny.add("denervations", sex=None)
    frame = tiny.exact().counts(DENERVATIONS, by="provider", split=("sex", "levels")).frame
    assert list(frame.columns) == [*COLUMNS, "sex", "levels", *NUMBERS]
    row = frame.iloc[0]
    assert (row.measure, row.place_type, row.place, row.place_name) == ("denervations", "provider", "RTH", "Oxford")
    assert (row.sex, row.levels, row.flag, row.value) == ("unknown", "unknown", "", 1)
    assert frame[["denominator", "lower", "upper"]].isna().all().all()


def test_periods_are_labelled_by_financial_year_quarter_and_month():
    tiny = Tiny()
    tiny.add("denervations", day=date(2021, 3, 31))
    tiny.add("denervations", day=date(2021, 4, 1))
    ask = tiny.exact()
    assert list(ask.counts(DENERVATIONS).frame["period"]) == ["2020/21", "2021/22"]
    assert list(ask.counts(DENERVATIONS, period="quarter").frame["period"]) == ["2020/21 Q4", "2021/22 Q1"]
    assert list(ask.counts(DENERVATIONS, period="month").frame["period"]) == ["2021-03", "2021-04"]


def test_a_measure_that_does_not_say_whether_a_row_counts_is_refused_by_its_name_and_file():
    tiny = Tiny()
    tiny.add("denervations", image_control=None)
    tiny.add("denervations", image_control=True)
    told = r"image_control_recorded.*queries/metrics/image_control_recorded\.sql.* 1 row.s. null.*never null"
    for ask in (tiny.exact(), tiny.released()):
        with pytest.raises(Failed, match=told):
            ask.counts(metric("image_control_recorded"))


def test_years_outside_the_choice_are_left_out():
    tiny = Tiny()
    for year in (2019, 2020, 2021):
        tiny.add("denervations", day=date(year, 6, 1))
    ask = tiny.exact(from_="2020/21", to="2020/21")
    assert list(ask.counts(DENERVATIONS).frame["period"]) == ["2020/21"]


def test_a_place_is_counted_alone_and_england_whole_beside_it():
    tiny = Tiny()
    tiny.add("denervations", provider="RTH")
    tiny.add("denervations", provider="RTE", commissioner="QOQ")
    tiny.add("denervations", provider="RTE", commissioner=None)
    ask = tiny.exact(place_type="provider", place="RTE")
    assert values(ask.counts(DENERVATIONS)) == {"RTE": 2}
    assert values(ask.counts(DENERVATIONS, by="england")) == {"E92": 3}
    assert values(ask.counts(DENERVATIONS, by="provider")) == {"RTE": 2, "RTH": 1}
    assert values(ask.counts(DENERVATIONS, by="provider", place=["RTH"])) == {"RTH": 1}
    assert values(ask.counts(DENERVATIONS, by="commissioner")) == {"QOQ": 1}
    assert values(tiny.exact().counts(DENERVATIONS, by="region")) == {"Y62": 1, "Y63": 1}


def test_by_provider_a_commissioner_shows_its_own_patients_and_a_region_its_own_providers():
    tiny = Tiny()
    tiny.add("denervations", provider="RTH", commissioner="QYG")
    tiny.add("denervations", provider="RTH", commissioner="QOQ")
    tiny.add("denervations", provider="RTE", commissioner="QYG")
    ours = tiny.exact(place_type="commissioner", place="QYG").counts(DENERVATIONS, by="provider")
    assert values(ours) == {"RTE": 1, "RTH": 1}
    region = tiny.exact(place_type="region", place="Y62").counts(DENERVATIONS, by="provider")
    assert values(region) == {"RTH": 2}


def test_a_share_has_wilson_limits_and_leaves_out_cells_with_nothing():
    tiny = Tiny()
    for n in range(10):
        tiny.add("courses", f"P{n}", blocks_before_24m=int(n >= 3))
    tiny.add("courses", "Zoe", day=date(2018, 6, 1), is_index=False)
    frame = tiny.exact().counts(NO_BLOCK_FOUND).frame
    assert list(frame["period"]) == ["2020/21"]
    row = frame.iloc[0]
    assert (row.numerator, row.denominator, row.value) == (3, 10, 0.3)
    assert (row.lower, row.upper) == pytest.approx((0.107791, 0.603222), abs=1e-6)


def test_a_cell_with_provisional_facts_says_so():
    tiny = Tiny()
    tiny.add("denervations")
    tiny.add("denervations", provisional=True)
    assert list(tiny.exact().counts(DENERVATIONS).frame["flag"]) == ["provisional"]


def test_no_rows_come_back_for_a_minimum_there_is_not_or_outpatients_not_loaded():
    tiny = Tiny(outpatient_loaded="false")
    tiny.add("courses", is_repeat=True, interval_months=3)
    assert tiny.exact(repeat_min_months=0).counts(REPEAT_WITHIN_MINIMUM).frame.empty
    assert tiny.exact(policy="greater_manchester").counts(REPEAT_WITHIN_MINIMUM).frame.empty
    assert len(tiny.exact().counts(REPEAT_WITHIN_MINIMUM).frame) == 1
    assert tiny.exact().counts(CONSERVATIVE_CARE_SEEN).frame.empty


def test_staging_chooses_its_own_courses():
    tiny = Tiny()
    tiny.add("courses", "Ann", staged_days=90)
    for _ in range(2):
        tiny.add("courses", "Ann", staged_days=42)
    assert values(tiny.exact().counts(NO_BLOCK_FOUND), "denominator") == {"E92": 1}
    assert values(tiny.exact(staged_days=42).counts(NO_BLOCK_FOUND), "denominator") == {"E92": 2}


def test_a_threshold_set_by_hand_changes_the_verdict():
    tiny = Tiny()
    tiny.add("courses", blocks_before_6m=1, blocks_before_12m=1, blocks_before_24m=1)
    assert values(tiny.exact().counts(MET_BLOCK_BEFORE)) == {"E92": 1}
    assert values(tiny.exact(min_blocks=2).counts(MET_BLOCK_BEFORE)) == {"E92": 0}
    assert values(tiny.exact(min_blocks=2).counts(ADHERENT)) == {"E92": 0}


def incidence_of(tiny: Tiny, table: str, ends: list[tuple[int, int]]) -> None:
    names = ("repeat_days", "repeat_outcome") if table == "courses" else ("days", "outcome_code")
    for n, end in enumerate(ends):
        tiny.add(table, f"P{n}", **dict(zip(names, end, strict=True)))


BLOCK_EXAMPLE = [(60, 1), (90, 0), (120, 1), (150, 2), (200, 1), (365, 0), (365, 0), (365, 0)]


def test_ten_copies_of_the_block_example_give_its_incidence_at_365_days():
    tiny = Tiny()
    incidence_of(tiny, "index_blocks", BLOCK_EXAMPLE * 10)
    row = tiny.exact().counts(BLOCK_TO_DENERVATION_12_MONTHS).frame.iloc[0]
    assert (row.numerator, row.denominator) == (30, 80)
    assert row.value == pytest.approx(0.4166667)
    assert row.lower < row.value < row.upper


def test_an_incidence_needs_ten_at_risk_on_its_last_day():
    at_risk = [(365, 0)] * 9 + [(100, 1)] * 10
    for extra, shown in (((364, 0), False), ((365, 0), True), ((365, 1), True)):
        tiny = Tiny()
        incidence_of(tiny, "courses", [*at_risk, extra])
        row = tiny.exact().counts(REPEAT_BY_12_MONTHS).frame.iloc[0]
        assert bool(row.value == row.value) == shown
        assert row.flag == ("" if shown else "not_applicable")
        assert (row.numerator, row.denominator) == (10 + (extra[1] == 1), 20)


def test_a_curve_has_each_month_until_fewer_than_ten_are_at_risk():
    tiny = Tiny()
    incidence_of(tiny, "courses", [(30, 1)] * 5 + [(31, 1)] * 5 + [(61, 0)] * 15)
    frame = tiny.exact().curve(REPEAT_BY_12_MONTHS).frame
    assert list(frame["months"]) == [0, 1, 2]
    assert list(frame["events"]) == [0, 5, 5]
    assert list(frame["at_risk"]) == [25, 25, 15]
    assert list(frame["incidence"]) == pytest.approx([0, 0.2, 0.4])


def test_without_deaths_in_the_data_limits_are_those_of_kaplan_meier():
    ends = [(100, 1)] * 10 + [(400, 0)] * 30
    frames = []
    for observed in ("true", "false"):
        tiny = Tiny(deaths_observed=observed)
        incidence_of(tiny, "courses", ends)
        frames.append(tiny.exact().counts(REPEAT_BY_12_MONTHS).frame.iloc[0])
    assert frames[0].value == pytest.approx(0.25)
    assert frames[1].value == pytest.approx(0.25)
    assert frames[0].lower != pytest.approx(frames[1].lower, abs=1e-4)


def test_a_rate_is_standardised_and_needs_ten_events():
    tiny = Tiny()
    tiny.population("QYG", persons=1000)
    for n in range(10):
        tiny.add("denervations", f"P{n}", age=50 + n % 5)
    tiny.add("denervations", "Zoe", day=date(2021, 6, 1))
    frame = tiny.exact().counts(DENERVATION_RATE, by="commissioner").frame
    first, second = frame.iloc[0], frame.iloc[1]
    # Ten of 1,000 women of 50-54, whose weight is 6,000 of the 172,200 of both sexes.
    assert first.value == pytest.approx(100_000 * 0.01 * 6000 / (2 * (1100 + 14 * 6000 + 1000)))
    assert (first.numerator, first.denominator) == (10, 32_000)
    assert second.value != second.value
    assert second.flag == "not_applicable"
    quarter = tiny.exact().counts(DENERVATION_RATE, by="commissioner", period="quarter").frame.iloc[0]
    assert quarter.value == pytest.approx(4 * first.value)


def test_events_of_one_person_widen_the_limits_of_a_rate():
    limits = []
    for people in (10, 5):
        tiny = Tiny()
        tiny.population("QYG")
        for n in range(10):
            tiny.add("denervations", f"P{n % people}")
        limits.append(tiny.exact().counts(DENERVATION_RATE, by="commissioner").frame.iloc[0])
    assert limits[0].value == pytest.approx(limits[1].value)
    assert limits[1].upper > limits[0].upper


def test_a_measure_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(Refused, match="denervations, patients"):
        metric("denervation")
