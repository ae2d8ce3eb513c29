"""Figures that later reports changed: which have been replaced, and where they may stand nevertheless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from variorum.model import Quantity, Reading, Statement
from variorum.text.normalise import fold

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NONE: Final = re.compile(r"\bno\b")
_LARGE: Final = 1000  # no two things of one story number just as many


@dataclass(frozen=True, slots=True)
class Series:
    """A figure that changed: the values that it had (``old``) and has (``newest``), what it counts, and the
    statements that give the old ones."""

    old: frozenset[float]
    newest: frozenset[float]
    counted: frozenset[str]
    told: frozenset[str]

    def replaces(self, statement: Statement, quantity: Quantity) -> bool:
        """Whether ``quantity`` is an old value of it; of one alone there are many in a story."""
        values = {quantity.low, quantity.high} & self.old
        if not values:
            return False
        if statement.id in self.told:
            return True
        return (counted(quantity) in self.counted and values != {1.0}) or any(v and v >= _LARGE for v in values)

    def is_given_by(self, statements: Iterable[Statement]) -> bool:
        """Whether the newest value stands in ``statements``."""
        return any(q.low in self.newest or q.high in self.newest for s in statements for q in s.quantities)


def counted(quantity: Quantity) -> str:
    """What is counted."""
    return fold(quantity.role or quantity.unit or "")


def values_of(reading: Reading, statements: Iterable[Statement]) -> frozenset[float]:
    """The numbers of a reading: those in its words, else those of its statements."""
    words = [float(found.replace(",", "")) for found in _NUMBER.findall(reading.value)]
    if not words and _NONE.search(reading.value):
        words = [0.0]
    return frozenset(words or [n for s in statements for q in s.quantities for n in (q.low, q.high) if n is not None])
