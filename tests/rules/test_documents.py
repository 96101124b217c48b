"""What the documents tell a reader to type, open or look at is there."""

import argparse
import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from dashboard.cli import parser

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md", "data/README.md", "queries/README.md")
]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in DOCUMENTS}
COMMANDS = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)).choices
TARGETS = set(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[1].split())
# made when the product runs, or is timed
MADE = ("data/warehouse", "docs/benchmarks.md")


def code(text: str) -> list[str]:
    """What a document sets as code: each line of a block, and what stands between backticks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return [line for block in blocks for line in block.splitlines()] + inline


def typed(text: str, program: str) -> list[list[str]]:
    """The words after a program's name, of each time a document has it typed."""
    lines = [line.split("#")[0] for line in code(text) if line.startswith(f"{program} ")]
    return [shlex.split(line)[1:] for line in lines]


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_a_document_names_is_there_with_its_options(name):
    for words in typed(TEXTS[name], "rfd"):
        assert words[0].split("|")[0] in COMMANDS, words
        known = COMMANDS[words[0]]._option_string_actions
        assert [word for word in words if word.startswith("--") and word not in known] == [], words


@pytest.mark.parametrize("name", TEXTS)
def test_every_target_a_document_names_is_there(name):
    assert [words[0] for words in typed(TEXTS[name], "make") if words[0] not in TARGETS] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_module_a_document_runs_is_there(name):
    assert [words for words in typed(TEXTS[name], "python") if importlib.util.find_spec(words[1]) is None] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_and_picture_resolves(name):
    folder = (ROOT / name).parent
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", TEXTS[name]) if "://" not in link]
    assert [link for link in links if link and not (folder / link).exists()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_or_folder_a_document_names_is_there(name):
    named = [one.split("::")[0].split(" ")[0] for one in code(TEXTS[name])]
    paths = [one for one in named if re.fullmatch(r"(app|dashboard|queries|data|docs|tests)(/[\w.-]+)+/?", one)]
    assert [path for path in paths if not path.startswith(MADE) and not (ROOT / path).exists()] == []


def test_what_is_gone_is_missed():
    text = "```\nrfd measure x --by y\n```\nand `rfd load A --op B` or `make run`, [here](docs/x.md)"
    assert typed(text, "rfd") == [["measure", "x", "--by", "y"], ["load", "A", "--op", "B"]]
    assert typed(text, "make") == [["run"]]
