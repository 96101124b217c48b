"""axe-core, fetched from npm when it is needed, and what it finds on a page."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

VERSION = "4.14.1"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")
RUN = """async tags => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
    return found.violations.map(one => ({rule: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3)}))
}"""


def source(folder: Path) -> str:
    """The script of axe-core; skips, saying why, where npm is not or cannot reach its registry."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    packed = subprocess.run([npm, "pack", f"axe-core@{VERSION}"], cwd=folder, capture_output=True, text=True, timeout=600)
    if packed.returncode:
        pytest.skip(f"npm could not fetch axe-core: {packed.stderr.strip()[-200:]}")
    with tarfile.open(folder / f"axe-core-{VERSION}.tgz") as archive:
        return archive.extractfile("package/axe.min.js").read().decode("utf-8")


def grave(page) -> list[dict]:
    """The serious and critical failures of WCAG 2.2 AA on a page."""
    return [one for one in page.evaluate(RUN, TAGS) if one["impact"] in GRAVE]
