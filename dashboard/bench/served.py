"""A server of the dashboard, or of an app to hold it against, for as long as it is timed."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

LONGEST = 180.0


@dataclass(frozen=True)
class Served:
    """A server that answers: its port, its process, and the seconds from its start to its first answer."""

    port: int
    process: int
    seconds: float

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def megabytes(self) -> float:
        """The memory that the server and its children hold, in MB (Linux)."""
        return sum(_resident(one) for one in _family(self.process)) / 1e6

    def processor_seconds(self) -> float:
        """The processor time that the server and its children have used (Linux)."""
        return sum(_worked(one) for one in _family(self.process))


def dashboard(folder: Path, port: int | None = None):
    """The dashboard of a warehouse, served as `rfd serve` does."""
    port = port or free_port()
    return served([sys.executable, "-m", "dashboard", "serve", "--warehouse", str(folder), "--port", str(port)], port)


@contextmanager
def served(command: list[str], port: int, path: str = "/_stcore/health", **environment: str) -> Iterator[Served]:
    """A server that a command starts, ended with the block; a RuntimeError when it ends or does not answer in three minutes."""
    began = perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    process = subprocess.Popen(command, env=os.environ | environment, **quiet)
    try:
        while not _answers(f"http://127.0.0.1:{port}{path}"):
            if process.poll() is not None or perf_counter() - began > LONGEST:
                raise RuntimeError(f"{' '.join(command)}: no answer")
            sleep(0.02)
        yield Served(port, process.pid, perf_counter() - began)
    finally:
        for one in reversed(_family(process.pid)):
            _end(one)
        process.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def _end(process: int) -> None:
    try:
        os.kill(process, 15)
    except ProcessLookupError:
        return


def _family(process: int) -> list[int]:
    """A process and its children, and theirs."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return [process]
    return [process, *(one for child in children for one in _family(int(child)))]


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _worked(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
