"""The numbers of one synthetic year are the ones that were committed: no number changes unseen."""

from difflib import unified_diff

from tests.golden.numbers import FILE, lines


def test_no_number_of_the_synthetic_year_has_changed(demo_warehouse):
    changed = list(
        unified_diff(FILE.read_text(encoding="utf-8").splitlines(), lines(demo_warehouse), "committed", "now", n=0, lineterm="")
    )
    assert not changed, "if the change is meant: python -m tests.golden.numbers, and say why in the commit\n" + "\n".join(
        changed[:40]
    )
