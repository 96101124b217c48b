"""Four charts of the Volumes page as a plain app draws them: pandas on the rows, Plotly Express on what it counts."""

import os

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

SEXES = {"Everyone": None, "Male": "1", "Female": "2"}
COLUMNS = ["year", "provider", "age_band", "sex", "setting"]


def rows() -> pd.DataFrame:
    """The denervations that the benchmark wrote down."""
    return pd.read_parquet(os.environ["RFD_BENCH_ROWS"])


def charts(denervations: pd.DataFrame, sex: str) -> list[go.Figure]:
    """Denervations of one sex or of everyone: by year, by provider, by age and sex, by setting and year."""
    chosen = denervations if SEXES[sex] is None else denervations[denervations["sex"] == SEXES[sex]]
    years = chosen.groupby("year").size().reset_index(name="denervations")
    providers = chosen.groupby("provider").size().nlargest(25).sort_values().reset_index(name="denervations")
    ages = chosen.groupby(["age_band", "sex"]).size().reset_index(name="denervations")
    settings = chosen.groupby(["year", "setting"]).size().reset_index(name="denervations")
    return [
        px.line(years, x="year", y="denervations", markers=True),
        px.bar(providers, x="denervations", y="provider", orientation="h"),
        px.bar(ages, x="age_band", y="denervations", color="sex"),
        px.bar(settings, x="year", y="denervations", color="setting"),
    ]


def told(denervations: pd.DataFrame, sex: str) -> pd.DataFrame:
    """The table under the charts."""
    chosen = denervations if SEXES[sex] is None else denervations[denervations["sex"] == SEXES[sex]]
    return chosen.groupby(["provider", "year"]).size().unstack(fill_value=0).reset_index()
