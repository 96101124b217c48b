"""Layouts are data (`data/layouts/*.toml`): which of a file's columns is which of ours."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import Refused

FOLDER = Path(__file__).parent.parent.parent / "data" / "layouts"
DATES = ("admidate", "epistart")


@dataclass(frozen=True)
class Layout:
    """One shape of file: `columns`, `lists` and `joined` map our names to the names they have been seen under.

    `lists` are columns numbered 01 upwards, `joined` one column that holds every code. Where names are alternatives
    the first one found is used; elsewhere all columns of one meaning must agree.
    """

    name: str
    title: str
    kind: str
    signature: tuple[str, ...]
    columns: dict
    lists: dict
    required: dict
    joined: dict
    alternatives: bool = False
    synthetic: bool = False


@dataclass(frozen=True)
class Matched:
    """A file's columns against a layout: positions for each of our columns, lists of positions for our lists."""

    layout: Layout
    columns: dict[str, list[int]]
    lists: dict[str, list[list[int | None]]]
    joined: dict[str, list[int]]

    @property
    def found(self) -> dict[str, list[int | None]]:
        """Every position that holds something of ours, by our name."""
        lists = {ours: [at for family in families for at in family] for ours, families in self.lists.items()}
        return self.columns | lists | self.joined


def read(path: Path) -> Layout:
    """The layout a TOML file describes, with what it extends filled in."""
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
        base = path.parent / f"{own['extends']}.toml" if "extends" in own else None
        if base is not None and not base.is_file():
            base = FOLDER / base.name
        both = (tomllib.loads(base.read_text(encoding="utf-8")) if base else {}) | own
        return Layout(
            path.stem, both["title"], both["kind"], tuple(both["signature"]), both["columns"], both["lists"],
            both["required"], both.get("joined", {}), both.get("alternatives", False), both.get("synthetic", False),
        )  # fmt: skip
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise Refused(f"{path}: not a layout ({error}). Copy one of {FOLDER.name}/*.toml and change its names.") from error


def all_layouts() -> dict[str, Layout]:
    """Every layout that can stand alone, by name; those with the longest signature first."""
    found = [read(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != "hes"]
    return {layout.name: layout for layout in sorted(found, key=lambda layout: -len(layout.signature))}


def match(header: list[str], layout: Layout) -> Matched:
    """Where each of our columns stands in a header; a name is compared without case, spaces or quotes."""
    names = [re.sub(r"\s", "", name).upper() for name in header]
    most = 1 if layout.alternatives else None
    columns, joined = (
        {
            ours: [at for alias in aliases for at, name in enumerate(names) if name == alias][:most]
            for ours, aliases in known.items()
        }
        for known in (layout.columns, layout.joined)
    )
    lists = {ours: [positions(names, alias) for alias in aliases] for ours, aliases in layout.lists.items()}
    return Matched(layout, columns, {ours: [found for found in families if found] for ours, families in lists.items()}, joined)


def positions(names: list[str], alias: str) -> list[int | None]:
    """Where `OPERTN_01`, `OPERTN_02` … stand, in order; None where a position has no column; empty when none has."""
    pattern = re.compile(re.escape(alias).replace(r"\#\#", r"(\d{1,2})"))
    found = {int(hit.group(1)): at for at, name in enumerate(names) if (hit := pattern.fullmatch(name))}
    return [found.get(number) for number in range(1, max(found, default=0) + 1)]


def missing(matched: Matched) -> list[str]:
    """What a layout requires and a header does not have, in words."""
    have = {ours for ours, found in matched.found.items() if found}
    have |= {"date"} if have & set(DATES) else set()
    have |= {"provider"} if have & {"procode3", "procodet"} else set()
    return [words for ours, words in matched.layout.required.items() if ours not in have]


def detect(header: list[str], file: str, kind: str | None, wanted: str = "auto") -> Matched:
    """The layout a header fits; Refused, naming the nearest one and what it lacks, when it fits none."""
    layouts = all_layouts()
    if wanted != "auto":
        if wanted not in layouts and not Path(wanted).is_file():
            raise Refused(f"--layout {wanted}: no such layout; known are {', '.join(layouts)}, or the path of a TOML file.")
        layouts = {wanted: layouts[wanted] if wanted in layouts else read(Path(wanted))}
    names = {re.sub(r"\s", "", name).upper() for name in header}
    tried = [match(header, layout) for layout in layouts.values() if kind in (None, layout.kind)]
    fits = [found for found in tried if not missing(found) and (wanted != "auto" or set(found.layout.signature) <= names)]
    if fits:
        return fits[0]
    nearest = min(tried, key=lambda found: (len(missing(found)), -sum(map(len, found.columns.values()))))
    lacks = missing(nearest) or [f"column {name}" for name in nearest.layout.signature if name not in names]
    known = nearest.layout.columns
    aliases = "; ".join(" or ".join(known[ours][:3]) for ours in nearest.layout.required if ours in known)
    raise Refused(
        f"{file}, line 1: expected {', '.join(lacks)} under a known column name ({aliases} …); found {len(header)} columns "
        f"starting {', '.join(header[:4])}. Supply the column, give --header FILE when the names are in a file of their own, "
        "or copy a layout in data/layouts and pass it with --layout."
    )
