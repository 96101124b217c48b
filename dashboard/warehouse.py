"""The published version: opened read-only and hardened, re-opened when the pointer moves."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dashboard import versions
from dashboard.errors import Refused

if TYPE_CHECKING:
    import pandas as pd  # a process that only looks at a version does not wait for it

HARDENED = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "2GB",
    "max_temp_directory_size": "8GB",
    "threads": "2",
    "lock_configuration": "true",
}


@dataclass(frozen=True)
class _Open:
    """A version file that is open: its name, its connection and its account of itself, never one without the others."""

    version: str
    connection: duckdb.DuckDBPyConnection
    about: dict[str, str]

    @classmethod
    def of(cls, path: Path) -> _Open:
        """The opened version of a file."""
        connection = open_version(path)
        about = {"version": path.stem} | dict(connection.cursor().table("about").fetchall())
        return cls(path.stem, connection, about)


class Warehouse:
    """A folder of versions, and one open connection to the one being served.

    Raises Refused when no version has been published.
    """

    def __init__(self, folder: Path | str):
        self.folder = Path(folder)
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._pointer = None
        self.banner: str | None = None
        self.refresh()

    @property
    def version(self) -> str:
        """The version being served."""
        return self._open.version

    @property
    def about(self) -> dict[str, str]:
        """What the version being served says of itself."""
        return self._open.about

    def refresh(self) -> None:
        """Open the version the pointer names, if it is not the open one; answers under way keep theirs."""
        with self._lock:
            pointer = versions.read_pointer(self.folder)
            # while a version stands in for another, that one is looked at each time: it may have been put back
            if self._open is not None and pointer == self._pointer and self.banner is None:
                return
            version, self.banner = versions.to_serve(self.folder)
            if version is None:
                raise Refused(f"{self.folder}: no version has been published. Load data with `rfd load`, or see `make run`.")
            if self._open is None or version != self._open.version:
                self._open = _Open.of(versions.path_of(self.folder, version))
            self._pointer = pointer

    def frame(self, sql: str, parameters: dict | None = None, version: str | None = None) -> pd.DataFrame:
        """The rows a statement gives on the open version, or on an older one that is still kept.

        Raises Refused when that version is gone.
        """
        served = self._open  # looked at once: a refresh meanwhile must not answer under this version's name
        if version is not None and version != served.version:
            with self._older(version) as connection:
                return connection.execute(sql, parameters or {}).df()
        with served.connection.cursor() as cursor:
            return cursor.execute(sql, parameters or {}).df()

    def has(self, version: str) -> bool:
        """Whether a version is still kept and not damaged."""
        return version in self.kept()

    def kept(self) -> list[str]:
        """The versions that are still kept and not damaged, in the order they were made."""
        return [version for version in versions.listed(self.folder) if versions.sound(self.folder, version)]

    def _older(self, version: str) -> duckdb.DuckDBPyConnection:
        if self.has(version):
            with suppress(duckdb.IOException):  # removed a moment ago
                return open_version(versions.path_of(self.folder, version))
        raise Refused(f"{version}: this version of the data is no longer kept; the current one is {self.version}.")


class OneVersion:
    """One version file, answering questions as a warehouse does; for a version that is not published yet."""

    def __init__(self, path: Path):
        opened = _Open.of(path)
        self._connection, self.version, self.about = opened.connection, opened.version, opened.about

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def frame(self, sql: str, parameters: dict | None = None, version: str | None = None) -> pd.DataFrame:
        """The rows a statement gives."""
        return self._connection.cursor().execute(sql, parameters or {}).df()

    def table(self, name: str) -> pd.DataFrame | None:
        """A whole table; None when the version was made before there was one."""
        try:
            return self._connection.cursor().table(name).df()
        except duckdb.CatalogException:
            return None


def for_small_tables() -> None:
    """Have this process keep text as Python's own: answers have tens of rows, and each step costs more in Arrow's columns than its work."""
    import pandas as pd

    pd.set_option("mode.string_storage", "python")


def open_version(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but the version file."""
    return duckdb.connect(str(path), read_only=True, config=HARDENED)
