"""`rfd check verdicts` counts every comparison once."""

import pytest

from tests.worked import command


@pytest.mark.soak
def test_each_verdict_is_the_same_lost_made_or_not_shown_at_every_size(demo_warehouse):
    rows = command.answer("check", "verdicts", "--warehouse", demo_warehouse)
    assert len(rows) == 18 and any(int(row["compared"]) for row in rows)
    for row in rows:
        assert sum(int(row[name]) for name in ("same", "lost", "made", "not_shown")) == int(row["compared"])
