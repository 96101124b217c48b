"""Where the OpenID provider of the tests is: installed once into the user's cache; the tests are skipped where it cannot be."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LONGEST = 1800
DEBIAN = ["apt-get", "install", "-y", "-qq", "nodejs", "npm"]


def installed() -> Path:
    """The folder whose node_modules hold oidc-provider; skips, saying why, where there is no Node or no registry."""
    if not shutil.which("npm") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True, timeout=LONGEST)
        subprocess.run(DEBIAN, check=False, capture_output=True, timeout=LONGEST)
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("no Node here, and it could not be installed (Debian: apt-get install nodejs npm)")
    wanted = f"oidc-provider@{'9' if node_version() >= 20 else '8'}"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rfd-tests" / wanted
    if not (home / "node_modules" / "oidc-provider" / "lib" / "index.js").exists():
        home.mkdir(parents=True, exist_ok=True)
        command = [
            "npm",
            "install",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(home),
            wanted,
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)
        if done.returncode:
            pytest.skip(f"npm could not install {wanted}: {done.stderr.strip().splitlines()[-1:]}")
    return home


def node_version() -> int:
    """The major version of Node."""
    told = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True, timeout=LONGEST).stdout
    return int(told.lstrip("v").split(".")[0])
