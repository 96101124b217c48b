"""Layouts are data (`data/layouts/*.toml`): which of a file's columns is which of ours."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import Refused
from dashboard.load.files import plain_names

FOLDER = Path(__file__).parent.parent.parent / "data" / "layouts"
KINDS = ("episodes", "outpatients", "deaths")
DATES = ("epistart", "admidate")


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
        both = said(path)
        lists = [names for known in (both["columns"], both["lists"]) for names in known.values()]
        if not all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in lists):
            raise TypeError("columns and lists hold lists of names")
        if both["kind"] not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        return Layout(
            path.stem, both["title"], both["kind"], tuple(both["signature"]), both["columns"], both["lists"],
            both["required"], both.get("joined", {}), both.get("alternatives", False), both.get("synthetic", False),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{path}: not a layout ({error}). Copy one of {FOLDER.name}/*.toml and change its names.") from error


def said(path: Path, of: tuple[Path, ...] = ()) -> dict:
    """What a TOML file says, laid over what it extends, which may extend another; `of` are those that extend it."""
    if path in of:
        raise ValueError("it extends itself")
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    if "extends" not in own:
        return own
    base = path.parent / f"{own['extends']}.toml"
    return over(said(base if base.is_file() else FOLDER / base.name, (*of, path)), own)


def over(base: dict, own: dict) -> dict:
    """A layout laid over the one it extends: what it says of a column or list stands, the others stay as they were."""
    return base | {key: base.get(key, {}) | value if isinstance(value, dict) else value for key, value in own.items()}


def all_layouts() -> dict[str, Layout]:
    """Every layout that can stand alone, by name; those with the longest signature first."""
    found = [read(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != "hes"]
    # a file of episodes that names the day of death too is one of episodes
    return {one.name: one for one in sorted(found, key=lambda one: (-len(one.signature), one.kind != "episodes"))}


def match(header: list[str], layout: Layout) -> Matched:
    """Where each of our columns stands in a header; a name is compared without case, spaces or quotes."""
    names = plain_names(header)
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


def pattern_of(alias: str) -> re.Pattern:
    """What the names of a numbered column look like."""
    return re.compile(re.escape(alias).replace(r"\#\#", r"(\d{1,2})"))


def positions(names: list[str], alias: str) -> list[int | None]:
    """Where `OPERTN_01`, `OPERTN_02` … stand, in order; None where a position has no column; empty when none has."""
    found = {int(hit.group(1)): at for at, name in enumerate(names) if (hit := pattern_of(alias).fullmatch(name))}
    return [found.get(number) for number in range(1, max(found, default=0) + 1)]


EITHER = {"date": DATES, "provider": ("procode3", "procodet")}


def missing(matched: Matched) -> list[str]:
    """What a layout requires and a header does not have, in words, with the names it would be known under."""
    layout, have = matched.layout, {ours for ours, found in matched.found.items() if found}
    known = layout.columns | layout.lists | layout.joined
    lacks = []
    for ours, words in layout.required.items():
        either = EITHER.get(ours, (ours,))
        if not have & set(either):
            names = [name for one in either for name in known[one][:2]]
            lacks.append(f"{words} under a known column name ({' or '.join(names)})")
    return lacks


WITHOUT = {
    "epikey": "copies of a record cannot be told",
    "startage": "no age is known, and no row passes the age rule",
    "sex": "rates cannot be standardised",
    "epistat": "every episode counts as finished",
    "admimeth": "emergencies cannot be left out",
    "admincat": "private care cannot be left out",
    "diagnoses": "cancer cannot be left out, and EBI 2K sees nothing",
}


def notes_on(name: str, matched: Matched) -> list[str]:
    """What a file has no column for, and what follows from that."""
    lacking = [ours for ours, positions in matched.found.items() if not positions and ours in WITHOUT]
    return [f"{name}: no column for {ours}: {WITHOUT[ours]}" for ours in lacking if matched.layout.columns.get(ours) != []]


def detect(header: list[str], file: str, kind: str | None, wanted: str = "auto") -> Matched:
    """The layout a header fits; Refused, naming the nearest one and what it lacks, when it fits none."""
    layouts = all_layouts()
    if wanted != "auto":
        if wanted not in layouts and not Path(wanted).is_file():
            raise Refused(f"--layout {wanted}: no such layout; known are {', '.join(layouts)}, or the path of a TOML file.")
        layouts = {wanted: layouts[wanted] if wanted in layouts else read(Path(wanted))}
    names = set(plain_names(header))
    tried = [match(header, layout) for layout in layouts.values() if kind in (None, layout.kind)]
    fits = [found for found in tried if not missing(found) and (wanted != "auto" or set(found.layout.signature) <= names)]
    if not fits:
        refuse_unknown(header, file, tried)
    refuse_twins(header, file, fits[0].layout)
    return fits[0]


def refuse_unknown(header: list[str], file: str, tried: list[Matched]) -> None:
    """Refused: what the layout nearest to a header lacks, under which names it would be known, and what to do."""
    found = {id(one): sum(map(bool, one.found.values())) for one in tried}
    nearest = min(tried, key=lambda one: (-found[id(one)], one.layout.kind != "episodes", len(missing(one))))
    names = plain_names(header)
    lacks = missing(nearest) or [f"column {name}" for name in nearest.layout.signature if name not in names]
    raise Refused(
        f"{file}, line 1: expected {'; '.join(lacks)}; found {len(header)} columns "
        f"starting {', '.join(header[:4])}. Supply the column, give --header FILE when the names are in a file of their own, "
        "or copy a layout in data/layouts and pass it with --layout."
    )


def refuse_twins(header: list[str], file: str, layout: Layout) -> None:
    """Refused when a numbered column comes twice: which of the two is meant nobody can say."""
    names = plain_names(header)
    for alias in (alias for aliases in layout.lists.values() for alias in aliases):
        numbers = [int(hit.group(1)) for name in names if (hit := pattern_of(alias).fullmatch(name))]
        for number in sorted({number for number in numbers if numbers.count(number) > 1})[:1]:
            column = alias.replace("##", f"{number:02d}")
            raise Refused(f"{file}, line 1, {column}: expected each column once, found it twice. Drop or rename one.")
