"""The most memory that staging a file took, in bytes: `python -m tests.load.peak FILE FOLDER`, in a process of its own."""

import re
import subprocess
import sys
from pathlib import Path

from dashboard.load.batch import Wanted
from dashboard.load.staging import stage


def peak_of(path: Path, folder: Path) -> int:
    """The peak of a process that stages one file into a folder."""
    done = subprocess.run([sys.executable, "-m", __name__, path, folder], stdout=subprocess.PIPE, check=True, text=True)
    return int(done.stdout)


if __name__ == "__main__":
    file, into = map(Path, sys.argv[1:])
    (into / "scratch").mkdir(parents=True)
    stage(Wanted((file,)), into / "kept", into / "scratch", lambda words: None, into / "sifted")
    # not what `getrusage` says: that counts what the parent held too
    print(int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()).group(1)) * 1024)
