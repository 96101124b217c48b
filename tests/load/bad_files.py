"""How bad files are made: each maker takes a folder and gives back what `rfd load` is then told."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.make_hes import APC, episode, numbered, write_apc

DAY = "2023-05-10"
GOOD = [episode(f"P{n}", DAY, "V485 Z676") for n in range(3)]
ROWS = [episode(f"P{n}", DAY, "V485 Z676") for n in range(400)]


def lines_of(rows: list[dict[str, str]], delimiter: str = "|", **renamed: str) -> list[str]:
    """Rows as lines, the header first; columns renamed."""
    columns = [renamed.get(name, name) for name in APC]
    return [delimiter.join(columns)] + [delimiter.join(row[name] for name in APC) for row in numbered(rows)]


def text(name: str, content: str | bytes) -> Callable[[Path], list]:
    """A maker of one file of this content."""

    def make(folder: Path) -> list:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [path]

    return make


def rows(edit: Callable[[list[str]], list[str] | str] = lambda lines: lines, **renamed: str) -> Callable[[Path], list]:
    """A maker of a file of three good rows whose lines are edited."""
    edited = edit(lines_of(GOOD, **renamed))
    return text("hes.txt", edited if isinstance(edited, str) else "\n".join(edited) + "\n")


def with_column(name: str, value: str) -> Callable[[list[str]], list[str]]:
    """An edit that adds a column of one value."""
    return lambda lines: [f"{lines[0]}|{name}", *(f"{line}|{value}" for line in lines[1:])]


def instead(old: str, new: str) -> Callable[[list[str]], list[str]]:
    """An edit that replaces a text in every row."""
    return lambda lines: [lines[0], *(line.replace(old, new) for line in lines[1:])]


def packed(damage: Callable[[bytes], bytes]) -> Callable[[Path], list]:
    """A maker of a gzip of good rows, damaged."""
    return text("hes.txt.gz", damage(gzip.compress("\n".join(lines_of(ROWS)).encode())))


def zipped(name: str, content: bytes) -> Callable[[Path], list]:
    """A maker of a zip of one member."""

    def make(folder: Path) -> list:
        with zipfile.ZipFile(folder / "hes.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return [folder / "hes.zip"]

    return make


def with_manifest(name: str, content: str) -> Callable[[Path], list]:
    """A maker of a good file and a manifest that states another sum for it."""

    def make(folder: Path) -> list:
        (folder / name).write_text(content.replace("SUM", "0" * 64))
        return [write_apc(folder / "hes.txt", GOOD)]

    return make


def damaged_zip(damage: Callable[[bytearray], None], method: int = zipfile.ZIP_DEFLATED) -> Callable[[Path], list]:
    """A maker of a zip of good rows, its bytes damaged."""

    def make(folder: Path) -> list:
        with zipfile.ZipFile(folder / "hes.zip", "w", method) as archive:
            archive.writestr("hes.txt", "\n".join(lines_of(ROWS)))
        content = bytearray((folder / "hes.zip").read_bytes())
        damage(content)
        (folder / "hes.zip").write_bytes(content)
        return [folder / "hes.zip"]

    return make


def mark(first: int, central: int, value: int) -> Callable[[bytearray], None]:
    """A damage that sets one byte of a member's header, and of its entry in the directory."""

    def damage(content: bytearray) -> None:
        content[first] = content[content.rfind(b"PK\x01\x02") + central] = value

    return damage


def scratched(content: bytearray) -> None:
    """A damage in the middle of what is packed."""
    content[300:340] = bytes(40)


def special(make: Callable[[Path], None]) -> Callable[[Path], list]:
    """A maker of a path that is no ordinary file."""

    def made(folder: Path) -> list:
        make(folder / "hes.txt")
        return [folder / "hes.txt"]

    return made


def header_apart(head: str, row: str = "") -> Callable[[Path], list]:
    """A maker of rows without names, and of a file of names for --header."""

    def make(folder: Path) -> list:
        (folder / "names.txt").write_text(head)
        (folder / "hes.txt").write_text(row + "\n".join(lines_of(GOOD)[1:]) + "\n")
        return [folder / "hes.txt", "--header", folder / "names.txt"]

    return make


def layout(content: str) -> Callable[[Path], list]:
    """A maker of a good file and a layout that is none."""

    def make(folder: Path) -> list:
        (folder / "ours.toml").write_text(content)
        return [write_apc(folder / "hes.txt", GOOD), "--layout", folder / "ours.toml"]

    return make


def on_operations(value: str) -> list[dict[str, str]]:
    """Rows whose operations alone have their days in another form."""
    return [row | {"OPDATE_01": value, "OPDATE_02": value} for row in GOOD]


def beside(option: str, name: str, content: str) -> Callable[[Path], list]:
    """A maker of a good file and another, given by an option."""
    return lambda folder: [write_apc(folder / "hes.txt", GOOD), option, *text(name, content)(folder)]


def few_bad(count: int, of: int, provider: str) -> list[dict[str, str]]:
    """Rows of which some, of one provider, end before they start."""
    bad = [episode(f"B{n}", DAY, "V485", EPIEND="2023-05-01", PROCODE3=provider, FYEAR="2324") for n in range(count)]
    return bad + [episode(f"P{n}", DAY, "V485", PROCODE3=provider) for n in range(of - count)]
