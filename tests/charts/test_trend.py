from dashboard.charts import periods, theme
from dashboard.charts.trend import judged, trend
from tests.charts.tables import released, years

STEADY = [100, 105, 95, 100, 105, 95, 100, 105, 95, 100, 105, 95]


def line_of(figure):
    return next(trace for trace in figure.data if trace.mode == "lines+markers")


def test_a_period_that_is_not_in_the_table_is_a_gap_and_not_a_zero():
    rows = [row for row in years([100, 110, 120, 130]) if row["period"] != "2013/14"]
    line = line_of(trend(released("denervations", rows), "count"))
    assert list(line.x) == ["2012/13", "2013/14", "2014/15", "2015/16"]
    assert list(line.y) == [100, None, 120, 130]


def test_a_suppressed_point_is_a_star_and_not_a_value():
    figure = trend(released("denervations", years([100, None, 120])), "count")
    stars = [trace for trace in figure.data if trace.mode == "text"]
    assert list(line_of(figure).y) == [100, None, 120]
    assert [(list(star.x), list(star.text)) for star in stars] == [(["2013/14"], ["*"])]


def test_limits_are_drawn_from_twelve_points_on():
    short, long = (trend(released("denervations", years(STEADY[:many])), "count") for many in (11, 12))
    assert [trace.mode for trace in short.data] == ["lines+markers"]
    assert [trace.mode for trace in long.data].count("lines") == 3


def test_a_point_outside_its_limits_is_a_purple_diamond_when_no_direction_is_better():
    line = line_of(trend(released("denervations", years([*STEADY[:6], 200, *STEADY[6:]])), "count"))
    assert (line.marker.symbol[6], line.marker.color[6]) == ("diamond", theme.SPECIAL_CAUSE)
    assert line.marker.symbol[0] == "circle"


def test_a_fall_below_the_limits_is_an_improvement_only_where_lower_is_declared_better():
    values = [value / 200 for value in STEADY] + [0.05]
    causes = [
        judged(released(name, years(values)))["cause"].iloc[-1]
        for name in ("repeat_injection_girft", "met_block_before", "two_or_more_blocks")
    ]
    assert causes == ["improvement", "concern", "special"]


def test_a_provisional_point_is_hollow_never_signals_and_moves_no_limit():
    rows = years([*STEADY, 200])
    rows[-1]["flag"] = "provisional"
    with_it, without = judged(released("denervations", rows)), judged(released("denervations", years(STEADY)))
    assert with_it["cause"].iloc[-1] == ""
    assert with_it["spc_upper"].iloc[0] == without["spc_upper"].iloc[0]
    assert line_of(trend(released("denervations", rows), "count")).marker.symbol[-1] == "circle-open"


def test_the_first_year_of_covid_is_shaded_and_named_in_years_quarters_and_months():
    assert [one for one in ("2019/20", "2020/21", "2020/21 Q4", "2021/22 Q1", "2020-04", "2021-03", "2021-04") if periods.of_covid(one)] == [
        "2020/21", "2020/21 Q4", "2020-04", "2021-03",
    ]  # fmt: skip
    figure = trend(released("denervations", years([1, 2, 3], first=2019)), "count")
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (0.5, 1.5)
    assert "COVID-19" in [note.text for note in figure.layout.annotations]


def test_periods_run_over_the_turn_of_the_financial_year():
    assert periods.between("2019/20 Q4", "2020/21 Q2") == ["2019/20 Q4", "2020/21 Q1", "2020/21 Q2"]
    assert periods.between("2020-11", "2021-02") == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert periods.between("1999/00", "2001/02") == ["1999/00", "2000/01", "2001/02"]


def test_a_figure_of_synthetic_data_says_so_and_a_figure_of_real_data_does_not():
    said = [
        "Synthetic data" in str(trend(released("denervations", years([1, 2]), synthetic=one), "count").layout)
        for one in (True, False)
    ]
    assert said == [True, False]


def test_a_period_with_too_little_history_is_hollow_and_moves_no_limit():
    answer = released("repeat_within_minimum", years([0.9, 0.8, 0.7, 0.6] + [value / 200 for value in STEADY]))
    frame = judged(answer)
    assert frame["early"].tolist() == [True] * 4 + [False] * len(STEADY)
    later = judged(released("repeat_injection_girft", years([value / 200 for value in STEADY], first=2016)))
    assert frame["spc_upper"].dropna().unique().round(6).tolist() == later["spc_upper"].dropna().unique().round(6).tolist()
    figure = trend(answer, "share")
    line = next(one for one in figure.data if one.mode == "lines+markers")
    assert [symbol.endswith("-open") for symbol in line.marker.symbol] == frame["early"].tolist()
    assert "too little history" in [one.text for one in figure.layout.annotations]


def test_limits_too_close_for_three_names_have_one():
    near, far = ([value + at for value in STEADY] for at in (10_000, 0))
    names = [
        {one.text for one in trend(released("denervations", years(values)), "count").layout.annotations} for values in (near, far)
    ]
    assert "mean and limits" in names[0] and "mean" not in names[0]
    assert {"upper limit", "mean", "lower limit"} <= names[1]


def test_another_place_that_tells_nothing_in_these_periods_is_drawn_without_a_name():
    mine, other = released("no_block_found", years([0.5])), released("no_block_found", years([None, 0.4]))
    drawn = trend(mine, "share", other)
    assert [list(trace["x"]) for trace in drawn.data if trace["line"]["color"] == theme.SERIES[1]] == [["2012/13"]]
    assert not [one for one in drawn.layout.annotations if one["text"] == "Aston"]
