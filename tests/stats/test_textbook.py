"""The page of published examples is what the statistics give, and agrees with what was printed."""

from tests.stats import textbook


def test_the_page_of_published_examples_is_up_to_date():
    assert textbook.FILE.read_text(encoding="utf-8") == textbook.lines(), "run: python -m tests.stats.textbook"


def test_every_number_is_the_one_in_print_to_its_last_digit():
    for *_, what, printed, here, digits in textbook.rows():
        assert f"{here:.{digits}f}" == f"{printed:.{digits}f}", what
