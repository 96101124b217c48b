"""What a load says of its rows: by rule, by provider and by month, in the report and on the Data quality page."""

import pytest

from dashboard.ask import Ask
from dashboard.warehouse import Warehouse
from tests.make_hes import episode, write_apc
from tests.worked.command import columns, run


def rows() -> list[dict[str, str]]:
    """Two providers: one sends two months and ends an episode before it starts, the other sends a month, and a row twice."""
    bad = episode("X", "2023-05-10", "V485", EPIEND="2023-05-01", PROCODE3="RA9", FYEAR="2324")
    twice = [episode("T", "2023-05-10", "V485", EPIKEY="7")] * 2
    sent = {"RTH": ["2023-05"] * 8, "RA9": ["2023-05"] * 9 + ["2023-06"] * 10}
    good = [episode(f"{of}{n}", f"{month}-11", "V544 Z676", PROCODE3=of) for of in sent for n, month in enumerate(sent[of])]
    return [bad, *twice, *good]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    forced = ["--force", "quarantined", "--force", "provider-quarantined"]
    status, out, err = run("load", write_apc(folder / "hes.txt", rows()), "--warehouse", folder / "warehouse", *forced)
    assert status == 0, err
    return Ask(Warehouse(folder / "warehouse"), profile="exact"), out


def told(ask: Ask, name: str, *names: str) -> list[tuple[str, ...]]:
    return columns(ask.loading(name).frame.to_dict("records"), *names)


COUNTED = ("rows_loaded", "rows_quarantined", "rows_dropped", "rows_flagged")


def test_rows_are_told_by_month(loaded):
    assert told(loaded[0], "fates", "month", *COUNTED) == [("2023-05", 18, 1, 1, 0), ("2023-06", 10, 0, 0, 0)]


def test_rows_and_months_are_told_by_provider(loaded):
    found = told(loaded[0], "providers", "place", *COUNTED, "complete", "months_sent", "months")
    assert found == [("RA9", 19, 1, 0, 0, 2, 2, 2), ("RTH", 9, 0, 1, 0, 1, 1, 2)]


def test_a_chosen_provider_is_told_of_itself_alone(loaded):
    ask = loaded[0].on(place_type="provider", place="RTH")
    assert told(ask, "providers", "place") == [("RTH",)]
    assert told(ask, "fates", "month", *COUNTED) == [("2023-05", 9, 0, 1, 0)]


def test_the_report_says_which_providers_have_months_missing_and_which_codes_were_found(loaded):
    assert "months complete  RTH: 1 of 2" in loaded[1] and "months complete  RA9" not in loaded[1]
    assert "codes found  V544: 27 mentions" in loaded[1]
