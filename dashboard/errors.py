"""The ways a command ends without doing its work, each with its exit code."""


class Refused(Exception):
    """Bad usage or bad input: the message says what, where and how to fix it. Exit code 2."""


class Stopped(Exception):
    """A gate stopped the work before anything was published. Exit code 3."""


class Failed(Exception):
    """What could not be done though nothing is wrong with the input: a full disk, too little memory, a rule with a hole. Exit code 1."""
