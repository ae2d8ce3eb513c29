"""Reports that tell nothing of their own: whatever they say, an earlier report has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import is_later

#: So many statements are not all found by chance in earlier reports.
_ENOUGH: Final = 5
#: How much of a report has been said before, if it is an echo; the rest may be a clause that was read wrongly.
_SHARE: Final = 0.8


def echoes(groups: Sequence[Sequence[Fact]]) -> frozenset[str]:
    """The articles of which nearly all statements stand in claims that an article known to be earlier makes too."""
    told: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for facts in groups:
        first = min((fact.reported for fact in facts if fact.reported), default=None)
        for fact in facts:
            told[fact.statement.article] += 1
            before[fact.statement.article] += is_later(fact.reported, first)
    return frozenset(key for key, n in told.items() if n >= _ENOUGH and before[key] >= _SHARE * n)
