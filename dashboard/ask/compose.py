"""A question's text: whole files in a chain, each before those that read it, with the parameters it uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from dashboard import queries
from dashboard.filters import GROUPS

# the one file that keeps what was chosen, and what it must use
KEEPING = "ask/chosen"
MUST_USE = frozenset(GROUPS)


@dataclass(frozen=True)
class Question:
    """The SQL of a question and the names of the parameters it uses."""

    sql: str
    parameters: frozenset[str]

    def bind(self, choices: Mapping) -> dict:
        """Exactly the parameters the question uses; a `LookupError` for one that nobody chose."""
        missing = self.parameters - choices.keys()
        if missing:
            raise LookupError(f"nobody chose {', '.join(sorted(missing))}")
        return {name: choices[name] for name in self.parameters}


@cache
def question(measure: str, *steps: str) -> Question:
    """The question that runs the files `steps` one after another on the rows of the file `measure`.

    Files are named from queries/, as metrics/adherent or ask/counts; the first step reads `measure`,
    a later one the step before it by its own name.
    """
    texts = {"measure": queries.text(measure)} | {step.split("/")[-1]: queries.text(step) for step in steps}
    texts = _with_dependencies(texts)
    needs = {name: queries.tables_needed(sql) & texts.keys() for name, sql in texts.items()}
    # reading a small part twice is cheaper than writing all of it down once, but judging every course twice is not
    once = {"measure"} if "judged" in texts else set()
    chain = [
        f"{name} as {'' if name in once else 'not '}materialized (\n{texts[name]}\n)"
        for name in TopologicalSorter(needs).static_order()
    ]
    last = steps[-1].split("/")[-1] if steps else "measure"
    sql = "with " + ",\n".join(chain) + f"\nselect * from {last}"
    used = queries.parameters_needed(sql)
    check_used(steps, used)
    return Question(sql, used)


def check_used(steps: tuple[str, ...], used: frozenset[str]) -> None:
    """A `LookupError` for a filter that a question on chosen facts forgot: it would be a wrong number, not an empty one."""
    if MUST_USE - used and KEEPING in steps:
        raise LookupError(f"{' '.join(steps)} takes no notice of {', '.join(sorted(MUST_USE - used))}")


def _with_dependencies(texts: dict[str, str]) -> dict[str, str]:
    """The texts, and those of every file of queries/ask that they read from, however far."""
    needed = set().union(*(queries.tables_needed(sql) for sql in texts.values())) - texts.keys()
    more = {name: queries.text(f"ask/{name}") for name in sorted(needed) if _is_file(name)}
    return _with_dependencies(texts | more) if more else texts


def _is_file(name: str) -> bool:
    return (queries.FOLDER / "ask" / f"{name}.sql").exists()
