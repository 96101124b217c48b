"""Where the OpenID provider of the tests is: installed once beside the environment; the tests are skipped where it cannot be."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WANTED = Path(__file__).parent / "package.json"
LONGEST = 900
DEBIAN = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nodejs", "npm"]
INSTALL = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]


def installed() -> Path:
    """The folder whose node_modules hold oidc-provider; skips, saying why, where there is no Node or no registry."""
    if not shutil.which("npm") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True, timeout=LONGEST)
        subprocess.run(DEBIAN, check=False, capture_output=True, timeout=LONGEST)
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("no Node here, and it could not be installed (Debian: apt-get install nodejs npm)")
    home = ROOT / ".venv" / "npm" / hashlib.sha256(WANTED.read_bytes()).hexdigest()[:12]
    if not (home / "done").exists():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(WANTED, home)
        done = subprocess.run(INSTALL, cwd=home, check=False, capture_output=True, text=True, timeout=LONGEST)
        if done.returncode:
            pytest.skip(f"npm could not install oidc-provider: {done.stderr.strip().splitlines()[-1:]}")
        (home / "done").touch()
    return home
