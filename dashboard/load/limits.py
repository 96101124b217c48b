"""What a load may do before it is stopped (`data/limits.toml`), and what stops it."""

import tomllib
from pathlib import Path

from dashboard.errors import Refused, Stopped

LIMITS = tomllib.loads((Path(__file__).parent.parent.parent / "data" / "limits.toml").read_text(encoding="utf-8"))
RULES = ("quarantined", "provider-quarantined", "year-changed", "measure-moved", "older", "made-up")


def check_forced(rules: frozenset[str]) -> None:
    """Refused, naming those there are, when a rule to be forced is none."""
    unknown = sorted(rules - set(RULES))
    if unknown:
        raise Refused(f"--force {unknown[0]}: no such rule; there are {', '.join(RULES)}.")


def stop_if(wrong: bool, rule: str, words: str, forced: frozenset[str]) -> None:
    """Stopped, unless nothing is wrong or the rule was forced."""
    if wrong and rule not in forced:
        raise Stopped(f"Nothing was published: {words}. Correct the files, or accept it with --force {rule}.")
