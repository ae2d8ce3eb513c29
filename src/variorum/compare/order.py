"""Which of two statements came later, and whether one source stands behind both."""

from __future__ import annotations

from variorum.compare.facts import Fact
from variorum.text.normalise import fold


def order_of(a: Fact, b: Fact) -> int | None:
    """1 if ``b`` was stated later, -1 if earlier, None if that cannot be told: by as-of times, else by report, to
    the precision that both have."""
    for left, right in ((_as_of(a), _as_of(b)), (a.reported, b.reported)):
        if left and right:
            shared = min(len(left), len(right), 16)
            if left[:shared] != right[:shared]:
                return 1 if right[:shared] > left[:shared] else -1
    return None


def _as_of(fact: Fact) -> str | None:
    return fact.statement.as_of.begin if fact.statement.as_of else None


def same_root(a: Fact, b: Fact) -> bool:
    """Whether one source stands behind both."""
    left, right = a.statement.root, b.statement.root
    if left.entity or right.entity:
        return left.entity == right.entity
    return fold(left.name or "") == fold(right.name or "")
