"""The profile of one provider, run as the server runs it."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ask import Ask
from dashboard.metrics import METRICS
from dashboard.warehouse import Warehouse
from tests.pages.test_pages import served, text


@pytest.fixture(scope="module")
def profile(demo_warehouse) -> AppTest:
    """The page of the largest provider, held against a list in which one code is unknown."""
    frame = Ask(Warehouse(demo_warehouse)).counts(METRICS["denervations"], by="provider", period="all").frame
    code = frame.sort_values("value").dropna(subset=["value"])["place"].iloc[-1]
    query = {"place_type": "provider", "place": code, "peers": "ZA1,ZA2,ZA3,QQQ"}
    return AppTest.from_function(served, args=("provider", str(demo_warehouse), query), default_timeout=600).run()


def test_a_profile_shows_its_spine_and_says_who_the_peers_are_and_which_code_is_unknown(profile):
    assert not profile.exception and not profile.error
    assert "differ from England by more than chance" in text(profile)
    assert "Held against" in text(profile) and "no provider in this data has the code QQQ" in text(profile)


def test_a_profile_offers_its_pack_under_a_name_with_its_code_and_version(profile):
    button = next(one.proto for one in profile.get("download_button") if "provider pack" in one.proto.label)
    assert button.ignore_rerun and button.deferred_file_id
