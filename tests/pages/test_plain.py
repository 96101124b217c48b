"""A table that is no released answer."""

import pytest

from dashboard.pages.plain import heading, plain


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("interval_months", "Interval months"),
        ("ICB", "ICB"),
        ("because ($repeat_min_months = 12)", "because ($repeat_min_months = 12)"),
    ],
)
def test_a_column_is_named_in_words_and_a_parameter_or_an_abbreviation_keeps_its_name(name, words):
    assert heading(name) == words


def test_what_stands_in_a_table_is_text_and_its_caption_is_its_name():
    made = plain([{"rule": "<b>"}], "Rules <i>")
    assert "<caption><span>Rules &lt;i&gt;</span></caption>" in made and "aria-label='Rules &lt;i&gt;'" in made
    assert "&lt;b&gt;" in made and "<b>" not in made
