"""An option that takes several values may also be given several times, and loses none."""

import pytest

from dashboard.cli import parser


@pytest.mark.parametrize(
    ("command", "option"),
    [("load", "--op"), ("load", "--deaths"), ("load", "--force"), ("measure denervations", "--place"), ("signals", "--measure")],
)
def test_what_was_given_before_is_kept_when_an_option_comes_again(command, option):
    options = parser().parse_args([*command.split(), option, "first", option, "second"])
    assert list(map(str, getattr(options, option.removeprefix("--")))) == ["first", "second"]
