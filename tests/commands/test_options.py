"""What an option takes: every value there is, several of them, and several times."""

import pytest

from dashboard import cli
from dashboard.ask import rows
from dashboard.cli import parser
from dashboard.disclosure import PROFILES


@pytest.mark.parametrize(
    ("command", "option"),
    [("load", "--op"), ("load", "--deaths"), ("load", "--force"), ("measure denervations", "--place"), ("signals", "--measure")],
)
def test_what_was_given_before_is_kept_when_an_option_comes_again(command, option):
    options = parser().parse_args([*command.split(), option, "first", option, "second"])
    assert list(map(str, getattr(options, option.removeprefix("--")))) == ["first", "second"]


def test_the_profiles_and_tables_that_can_be_given_are_those_there_are():
    assert set(cli.PROFILES) == set(PROFILES) and cli.PROFILES[-1] == "exact"
    assert set(cli.TABLES) == set(rows.COLUMNS)
