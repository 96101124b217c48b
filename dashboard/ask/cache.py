"""Released answers kept for the next time the same is asked."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from weakref import WeakKeyDictionary

KEPT = 2000


class Answers:
    """The latest answers about one warehouse; a key begins with the version, so a new version never meets an old answer."""

    def __init__(self, kept: int = KEPT):
        self._kept, self._lock, self._answers = kept, threading.Lock(), OrderedDict()

    def get(self, key: Hashable, make: Callable[[], object]) -> object:
        """The answer of that key, made when it is not there; two threads may both make it, and make the same."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = make()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return answer


_WAREHOUSES: WeakKeyDictionary = WeakKeyDictionary()


def answers_about(warehouse) -> Answers:
    """The answers kept for a warehouse, as long as it lives."""
    return _WAREHOUSES.setdefault(warehouse, Answers())
