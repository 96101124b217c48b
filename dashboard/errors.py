"""The two ways a command ends without doing its work, each with its exit code."""


class Refused(Exception):
    """Bad usage or bad input: the message says what, where and how to fix it. Exit code 2."""


class Stopped(Exception):
    """A gate stopped the work before anything was published. Exit code 3."""
