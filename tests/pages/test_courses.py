"""The words of a course's criteria."""

from dashboard.pages.courses import seen, words


def test_what_was_seen_is_told_with_numbers_as_everywhere_and_codes_as_words():
    assert seen("months: 43; days: 1326") == "months 43; days 1,326"
    found = [
        words(*one) for one in [("verdict", "non_adherent"), ("sides", "both"), ("sex", "2"), ("provider", "ZE8"), ("age", None)]
    ]
    assert found == ["Not adherent", "Both", "Female", "ZE8", ""]
