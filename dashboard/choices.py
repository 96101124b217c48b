"""Kinds of choice: what a link may say for one, and how its box and its values are called."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

GROUP, THRESHOLD = "group", "threshold"


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: the value that each text stands for, or what reads a text; what it is called.

    `told` is how a sentence puts its value; a choice that is not `in_link` is for the command line alone.
    """

    texts: Mapping[str, Any] = field(default_factory=dict)
    reads: Callable[[str], Any] = lambda _: None
    label: str = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    unit: str = ""
    told: str = "{}"
    kind: str = ""
    in_link: bool = True

    @property
    def options(self) -> list:
        """Its values in their order, after nothing where it may be nothing."""
        return [*([None] if None in self.words else []), *self.texts.values()]

    def read(self, text: str) -> Any:
        """The value that a text stands for; None when it stands for none."""
        return self.texts.get(text) if self.texts else self.reads(text)

    def write(self, value: Any) -> str:
        """The text that stands for a value."""
        return next((text for text, one in self.texts.items() if one == value), str(value))

    def name(self, value: Any) -> str:
        """A value as a box names it."""
        return self.words.get(value) or f"{value} {self.unit}".strip()

    def offered(self) -> str:
        """What can be chosen, in words."""
        *most, last = self.texts
        return f"{', '.join(most)} or {last}"


def one_of(values: Mapping[str, str] | Sequence[str], default: str, label: str = "") -> Any:
    """A field that is one of some values, which may have words of their own."""
    words = values if isinstance(values, Mapping) else {}
    return _field(default, Choice({one: one for one in values}, label=label, words=words))


def group(label: str, values: Mapping[str, str] | Sequence[str], everyone: str, told: str = "{}") -> Any:
    """A field that keeps one group of people or events: a value of a column that every fact has, or everyone."""
    words = {None: everyone} | dict(values if isinstance(values, Mapping) else {})
    return _field(None, Choice({one: one for one in values}, label=label, words=words, told=told, kind=GROUP))


def threshold(stops: Sequence[int], label: str = "", unit: str = "", *, none: bool = False, in_link: bool = True) -> Any:
    """A field that is a threshold on fixed stops, `none` being 0, or the policy's own."""
    texts, words = {str(one): one for one in stops}, {}
    if none:
        texts, words = texts | {"none": 0}, {0: "None"}
    return _field(None, Choice(texts, label=label, words=words, unit=unit, kind=THRESHOLD, in_link=in_link))


def yes_or_no() -> Any:
    """A field that is yes, no, or the policy's own."""
    return _field(None, Choice({"yes": True, "no": False}, kind=THRESHOLD, in_link=False))


def like(pattern: str, default: str | None) -> Any:
    """A field whose texts are all that a pattern matches whole."""
    return read_by(lambda text: text if re.fullmatch(pattern, text) else None, default)


def read_by(reads: Callable[[str], Any], default: Any) -> Any:
    """A field whose texts a function reads: the value, or None."""
    return _field(default, Choice(reads=reads))


def _field(default: Any, choice: Choice) -> Any:
    return field(default=default, metadata={"choice": choice})
