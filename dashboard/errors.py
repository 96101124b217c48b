"""The ways a command ends without doing its work, each with its exit code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(Exception):
    """Bad usage or bad input: the message says what, where and how to fix it. Exit code 2."""


class Stopped(Exception):
    """A gate stopped the work before anything was published. Exit code 3."""


class Failed(Exception):
    """What could not be done though nothing is wrong with the input: a full disk, too little memory, a rule with a hole. Exit code 1."""


@contextmanager
def written_to(path: Path) -> Iterator[None]:
    """Where something is written to a path that somebody named: Refused, naming it, when it cannot be; a full disk stays what it is."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused(f"{path}: cannot be written ({error.strerror}). Name a place that can be.") from error
