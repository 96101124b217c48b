"""What a download button gives: the file, and where there is a sign-in, a line in the log before it."""

from collections.abc import Callable

from dashboard import audit, door
from dashboard.door import File
from dashboard.pages import sign_in


def taken(file: File, make: Callable[[str], bytes]) -> Callable[[], bytes]:
    """What makes a file of released numbers when its button is pressed; `make` gets the id that the log has for it.

    Without a sign-in there is nobody to name, and the numbers are open: nothing is logged.
    """
    claims = sign_in.claims()
    if not sign_in.configured():
        return lambda: make("")
    return lambda: door.give(file, sign_in.granted(claims)[0], make, audit.place())
