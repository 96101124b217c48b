"""Who is shown anything at all: somebody who is not signed in sees made-up data alone, where there is a sign-in."""

import hashlib
import shutil

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import versions

REAL = "20200101-000000-00000000"


def served(folder: str, query: dict):
    """The page of measures by volume, on a link."""
    import os

    import streamlit as st

    import app

    os.environ["RFD_WAREHOUSE"] = folder
    st.query_params.from_dict(query)
    app.run("volumes", {})


@pytest.fixture(scope="module")
def warehouse(demo_warehouse, tmp_path_factory):
    """Made-up data in force, and an older version that is kept, which says of itself that it is not made up."""
    folder = tmp_path_factory.mktemp("both") / "warehouse"
    shutil.copytree(demo_warehouse, folder)
    real = versions.path_of(folder, REAL)
    shutil.copy(versions.path_of(folder, versions.read_pointer(folder)["version"]), real)
    with duckdb.connect(str(real)) as version:
        version.execute("update about set value = 'false' where key = 'synthetic'")
    real.with_suffix(".sha256").write_text(hashlib.sha256(real.read_bytes()).hexdigest())
    return folder


def opened(folder, user: dict, **query: str) -> AppTest:
    page = AppTest.from_function(served, args=(str(folder), query), default_timeout=600)
    page.user = user
    page.run()
    assert not page.exception
    return page


def test_made_up_data_is_shown_to_everybody(demo_warehouse):
    assert opened(demo_warehouse, {"is_logged_in": False}).title


@pytest.mark.parametrize("query", [{}, {"version": REAL}, {"version": "none"}])
def test_where_real_data_is_kept_no_link_shows_anything_to_somebody_who_is_not_signed_in(warehouse, query):
    page = opened(warehouse, {"is_logged_in": False}, **query)
    assert "Sign in to see the dashboard." in [one.value for one in page.markdown]
    assert not page.title and not page.selectbox and not page.get("html")
