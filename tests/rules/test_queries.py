"""Every query says what a row is, and one name stands for one parameter everywhere."""

import re

import pytest

from dashboard import queries
from dashboard.filters import GROUPS, IN_LINK, THRESHOLDS

FILES = sorted(queries.FOLDER.rglob("*.sql"))
README = (queries.FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_query_begins_with_what_a_row_is(path):
    assert re.match(r"-- .*\bOne row per \w", path.read_text(encoding="utf-8").splitlines()[0])


def test_a_parameter_is_a_filter_or_in_the_readme():
    used = set().union(*(queries.parameters_needed(path.read_text(encoding="utf-8")) for path in FILES))
    declared = {*GROUPS, *THRESHOLDS, *IN_LINK}
    said = set(re.findall(r"`\$(\w+)`", README)) - {"parameters"}
    assert said >= used - declared, "a parameter nobody explains"
    assert said <= used - declared, "explained, and used by no query or declared with the filters"


def test_every_folder_is_in_the_readme():
    folders = {str(path.parent.relative_to(queries.FOLDER)) for path in FILES}
    assert folders == set(re.findall(r"^\| `([\w/]+)` \|", README, re.M))
