"""What was made of things that come again: one report more of a story is read beside all that were read before.

A memo like `functools.lru_cache`, for things that have a name and too much content to be a key. What is on the shelf is
found by the name and taken only if all that it was made of is equal now: ids of two editions in one process may be the
same and what they stand for another.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sized
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made", bound=Sized)


class Shelf(Generic[Made]):
    """The things that were last put there, of together at most ``most`` parts; what has none counts as one. Threads may
    share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, tuple[object, Made]] = OrderedDict()
        self._parts = 0
        self._lock = Lock()

    def find(self, name: str, basis: object) -> Made | None:
        """What was made of ``basis`` under this name, if it is still there."""
        with self._lock:
            held = self._held.get(name)
        return held[1] if held is not None and held[0] == basis else None

    def put(self, name: str, basis: object, made: Made) -> None:
        """Keep what was made of ``basis``, in place of whatever has the name, and as the last that leaves."""
        with self._lock:
            before = self._held.pop(name, None)
            self._parts += _size(made) - (_size(before[1]) if before is not None else 0)
            self._held[name] = basis, made
            while self._parts > self._most:
                _, (_, left) = self._held.popitem(last=False)
                self._parts -= _size(left)

    def __len__(self) -> int:
        return self._parts


def _size(made: Sized) -> int:
    return max(1, len(made))
