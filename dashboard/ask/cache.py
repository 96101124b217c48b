"""Released answers kept for the next time the same is asked."""

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from weakref import WeakKeyDictionary

MOST_BYTES = 128 * 1024 * 1024
OVERHEAD = 1024  # a key and its places in the order


class Answers:
    """The latest answers about one warehouse, up to so many bytes; a key begins with the version, so a new version never meets an old answer."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most, self._bytes, self._lock = most_bytes, 0, threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._being_made: dict[Hashable, threading.Event] = {}

    def get(self, key: Hashable, make: Callable[[], object]) -> object:
        """The answer of that key, made when it is not there; who asks while another makes it waits for that one's. Nothing (None) is not kept.

        An answer may be made of others, never of itself, so nobody waits for somebody who waits for him.
        """
        while True:
            with self._lock:
                if key in self._answers:
                    self._answers.move_to_end(key)
                    return self._answers[key][0]
                being_made = self._being_made.get(key)
                if being_made is None:
                    made = self._being_made[key] = threading.Event()
                    break
            being_made.wait()
        try:
            answer = make()
            if answer is not None:
                self._keep(key, answer, OVERHEAD + size(answer))
            return answer
        finally:  # refused, or a run that was stopped: whoever waited makes it then
            with self._lock:
                del self._being_made[key]
            made.set()

    def _keep(self, key: Hashable, answer: object, weight: int) -> None:
        with self._lock:
            self._bytes += weight - self._answers.pop(key, (None, 0))[1]
            self._answers[key] = answer, weight
            while self._bytes > self._most and len(self._answers) > 1:
                self._bytes -= self._answers.popitem(last=False)[1][1]


def size(answer: object) -> int:
    """About how many bytes an answer takes: those it would take written down, which tells a table of ten rows from one of ten thousand."""
    # an answer still on its way cannot be written down yet, and there is one of its kind for a version
    return 0 if isinstance(answer, Future) else len(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


_WAREHOUSES: WeakKeyDictionary = WeakKeyDictionary()


def answers_about(warehouse) -> Answers:
    """The answers kept for a warehouse, as long as it lives."""
    return _WAREHOUSES.setdefault(warehouse, Answers())
