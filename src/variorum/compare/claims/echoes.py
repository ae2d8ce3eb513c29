"""Reports that tell nothing of their own: whatever they say, or whoever says it, stands in an earlier report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import is_later
from variorum.text.normalise import fold

#: So many statements are not all found by chance in earlier reports.
_ENOUGH: Final = 5
#: How much of a report has been said before, if it is an echo; the rest may be a clause that was read wrongly.
_SHARE: Final = 0.8
#: Who was there or asked says so.
_THERE: Final = re.compile(
    r"\b(?:(?i:our (?:own )?(?:reporters?|correspondents?|photographers?)|this (?:newspaper|reporter|website))"
    r"|told (?:the )?[A-Z])"
)


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


def without_own_sources(facts: Iterable[Fact]) -> frozenset[str]:
    """The articles that name sources, and none whom an article known to be earlier does not name: what such a report
    tells in its own voice nobody can say that it found out. One that shows that it was there or asked is none."""
    by_article: dict[str, list[Fact]] = {}
    for fact in facts:
        by_article.setdefault(fact.statement.article, []).append(fact)
    named = {key: _sources(told) for key, told in by_article.items()}
    found = []
    for key, told in by_article.items():
        when = told[0].reported
        earlier = (named[other] for other, theirs in by_article.items() if is_later(when, theirs[0].reported))
        known = frozenset(chain.from_iterable(earlier))
        if len(told) >= _ENOUGH and named[key] and named[key] <= known and not _was_there(told):
            found.append(key)
    return frozenset(found)


def _sources(told: Sequence[Fact]) -> frozenset[str]:
    """Whom a report names as saying something, by entity or name."""
    rows = (row for fact in told for row in fact.statement.attribution)
    return frozenset(row.entity or fold(row.name) for row in rows if row.kind in ("person", "organisation"))


def _was_there(told: Sequence[Fact]) -> bool:
    return any(_THERE.search(fact.statement.text) for fact in told)
