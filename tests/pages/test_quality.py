"""What the months of a load say in words."""

import pandas as pd

from dashboard.pages.quality import sent

MONTHS = pd.DataFrame({"month": ["2026-02", "2026-03"], "complete": [110, 108], "short": [1, 2], "nothing_sent": [0, 1]})


def test_the_latest_month_is_told_of_all_providers_and_of_one_provider_its_months():
    assert sent(MONTHS, of_one=False) == "108 of 111 providers sent a complete month in March 2026"
    one = MONTHS.assign(complete=[1, 0], short=[0, 1], nothing_sent=0)
    assert sent(one, of_one=True) == "1 of 2 months are complete"
    assert sent(MONTHS.head(0), of_one=True) == ""
