"""The four charts in a plain Streamlit app: rows cached, everything else on every run."""

import streamlit as st

from dashboard.bench.rivals import drawn


def page() -> None:
    """A box, four charts and a table."""
    st.set_page_config(layout="wide")
    sex = st.selectbox("Sex", list(drawn.SEXES))
    rows = st.cache_data(drawn.rows)()
    columns = [*st.columns(2), *st.columns(2)]
    for column, figure in zip(columns, drawn.charts(rows, sex), strict=True):
        column.plotly_chart(figure)
    st.dataframe(drawn.told(rows, sex))


if __name__ == "__main__":
    page()
