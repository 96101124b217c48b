"""Checksums that came with files: whatever form a manifest has, a sum it states for a file is held against that file."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from dashboard.errors import Refused

# by name: SHA256SUMS, checksums.txt, hes.txt.sha256, manifest.json, HES_manifest.csv …
NAMED = re.compile(r"sha-?256|checksum|manifest", re.IGNORECASE)
MOST_BYTES = 1 << 22
SUM = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])")


def check_manifest(path: Path) -> None:
    """Refused when a manifest beside a file gives it a SHA-256 that it does not have."""
    wrong = [(manifest, stated) for manifest in beside(path) for stated in stated_for(path, manifest)]
    if not wrong:
        return
    found = sha256(path)
    for manifest, stated in wrong:
        if stated.lower() != found:
            raise Refused(
                f"{path.name}: its SHA-256 is {found[:12]}…, not the one {manifest.name} states, {stated.lower()[:12]}…: "
                "the file was changed or damaged on its way. Send it again."
            )


def beside(path: Path) -> list[Path]:
    """The manifests in a file's folder."""
    return [
        one
        for one in sorted(path.absolute().parent.iterdir())
        if NAMED.search(one.name) and one.name != path.name and one.is_file() and one.stat().st_size <= MOST_BYTES
    ]


def stated_for(path: Path, manifest: Path) -> Iterator[str]:
    """Every sum that a manifest states for a file: in a line or an object that names it, or alone in a manifest named after it."""
    raw = manifest.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    name, stem = re.escape(path.name), re.escape(path.stem)
    named = re.compile(rf"(?<![\w.-]){name}(?![\w.-])", re.IGNORECASE)
    own = re.fullmatch(rf"({name}|{stem})\.sha-?256(sums?)?(\.txt)?", manifest.name, re.IGNORECASE)
    for words in json_objects(text) or text.splitlines():
        if named.search(words) or (own and not SUM.sub("", words).strip(" *-\t")):
            yield from SUM.findall(words)


def json_objects(text: str) -> list[str]:
    """Each object of a JSON text that states one sum, and each pair of one that maps names to sums, as words; none when it is no JSON."""
    found: list[str] = []

    def note(pairs: list) -> None:
        sums = [f"{key} {value}" for key, value in pairs if isinstance(value, str) and SUM.fullmatch(value)]
        found.extend(sums if len(sums) > 1 else [" ".join(f"{key} {value}" for key, value in pairs)] * len(sums))

    try:
        json.loads(text, object_pairs_hook=note)
    except ValueError:
        return []
    return found


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
