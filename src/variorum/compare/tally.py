"""The toll of the event that one article reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.model import Quantity, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """How many, and the numbers that say so."""

    low: float
    high: float | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Dead and injured of one event."""

    killed: Reading | None = None
    injured: Reading | None = None
    attacker: Literal["in", "out"] | None = None


def tally(text: str, quantities: Sequence[Quantity]) -> Tally:
    found = {}
    for role in ("killed", "injured"):
        rows = [q for q in quantities if q.role == role and q.of is None]
        last = [q for q in rows if q.cumulative]
        if last:
            rows = last[-1:]
        if rows:
            high = None if any(q.high is None for q in rows) else sum(q.high or 0 for q in rows)
            found[role] = Reading(sum(q.low or 0 for q in rows), high, tuple(q.span for q in rows))
    return Tally(found.get("killed"), found.get("injured"))
