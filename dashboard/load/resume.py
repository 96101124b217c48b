"""Sifted files that outlive a load that died: found again by the file's own sum and by everything that decided what was left of it.

They are patients' rows, so they are kept only until a version is next published in the same warehouse.
"""

import hashlib
import json
import os
import shutil
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import numpy as np

from dashboard.load import blocks, idle, sieve, sifting, tally
from dashboard.load.files import Survey, TextFile
from dashboard.load.manifests import sha256
from dashboard.load.sieve import Plan
from dashboard.load.sifting import Sifted, sift

ABOUT = "sifted.json"


def sifted_or_resumed(file: TextFile, how: Plan, folder: Path, kept: Path | None) -> tuple[TextFile, Sifted] | None:
    """A file, surveyed, with what sifting left: of this load, or of one that died; None when it cannot be sifted."""
    if kept and kept.is_dir() and any(kept.iterdir()) and (found := read(file, kept / name_of(file, sha256(file.path), how))):
        return found
    survey = Survey(file)
    left = sift(file, how, folder, survey.take)
    if left is None:
        shutil.rmtree(folder)
        return None
    file = survey.told(left.blanks)
    if kept:
        write(file, left)
        kept.mkdir(exist_ok=True)
        target = kept / name_of(file, file.sha256, how)
        shutil.rmtree(target, ignore_errors=True)
        os.replace(folder, target)
        left = replace(left, folder=target)
    return file, left


def name_of(file: TextFile, its_sum: str, how: Plan) -> str:
    """What a sifted file is kept under: its sum, how it was read, the day, and the code that did it."""
    decided = [
        repr(one.tolist() if isinstance(one, np.ndarray) else one) for one in (file.header, file.first_line, *how, code_sum())
    ]
    return f"{its_sum[:32]}-{hashlib.sha256(repr(decided).encode()).hexdigest()[:16]}"


@cache
def code_sum() -> str:
    """A hash of the code that sifts."""
    modules = (blocks, idle, sieve, sifting, tally)
    return hashlib.sha256(b"".join(Path(module.__file__).read_bytes() for module in modules)).hexdigest()


def write(file: TextFile, left: Sifted) -> None:
    """Write down a file's survey, what sifting it left, and the sum of each part."""
    about = {key: value for key, value in asdict(left).items() if key != "folder"}
    survey = {"sha256": file.sha256, "lines": file.lines, "blank_lines": file.blank_lines, "ends_whole": file.ends_whole}
    sums = {path.name: sha256(path) for path in sorted(left.folder.iterdir())}
    (left.folder / ABOUT).write_text(json.dumps({"left": about, "survey": survey, "sums": sums}), encoding="utf-8")


def read(file: TextFile, folder: Path) -> tuple[TextFile, Sifted] | None:
    """What was written down and is all there as it was; None when it is not."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        whole = all(sha256(folder / name) == stated for name, stated in about["sums"].items())
    except (OSError, ValueError, KeyError):
        return None
    if not whole:
        return None
    years = [{int(year): rows for year, rows in block.items()} for block in about["left"].pop("years")]
    survey = about["survey"] | {"blank_lines": tuple(about["survey"]["blank_lines"])}
    return replace(file, **survey), Sifted(folder, **about["left"], years=years)
