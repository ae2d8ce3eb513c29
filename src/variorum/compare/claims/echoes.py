"""Reports that tell nothing of their own: whatever they say, or whoever says it, stands in an earlier report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from variorum.compare.claims.retold import was_there
from variorum.compare.facts.fact import Fact, by_article
from variorum.compare.facts.order import is_later
from variorum.text.normalise import fold

#: So many statements are not all found by chance in earlier reports.
_ENOUGH: Final = 5
#: How much of a report has been said before, if it is an echo; the rest may be a clause that was read wrongly.
_SHARE: Final = 0.8
#: Of so many sources known before, and not of fewer, one may be new.
_FEW: Final = 2
#: Letters of a quotation that nobody hits on by himself.
_QUOTED: Final = 20
_DAY: Final = len("2031-04-02")
#: Who was told something by a source: "told the Courier".
_WAS_TOLD: Final = re.compile(r"\b(?:(?i:this website)|told (?:the )?[A-Z])")


def nothing_own(groups: Sequence[Sequence[Fact]], facts: Sequence[Fact]) -> Mapping[str, str]:
    """The articles that tell nothing of their own, each with what shows it; ``groups`` are the claims."""
    leaning = dict.fromkeys(without_own_sources(facts), "it names and quotes hardly anybody of its own")
    return leaning | dict.fromkeys(echoes(groups), "nothing in it is new")


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
    """The articles that name sources, hardly any of whom an article of that day or the day before does not name, and
    quote hardly a word that none has: nobody can say that such a report found out what it tells in its own voice. One
    that shows that it was there or asked is none."""
    reports = by_article(facts)
    named = {key: _sources(told) for key, told in reports.items()}
    return frozenset(
        key
        for key, told in reports.items()
        if len(told) >= _ENOUGH and named[key] and not _asked_itself(told) and _leans(key, reports, named)
    )


def _leans(key: str, reports: Mapping[str, Sequence[Fact]], named: Mapping[str, frozenset[str]]) -> bool:
    told = reports[key]
    earlier = [other for other, theirs in reports.items() if _right_after(told[0].reported, theirs[0].reported)]
    known = frozenset(chain.from_iterable(named[other] for other in earlier))
    taken = len(named[key] & known)
    if taken < _FEW or _FEW * len(named[key] - known) > taken:
        return False
    before = " ".join(fact.folded for other in earlier for fact in reports[other])
    return sum(quoted not in before for quoted in _quotations(told)) <= 1


def _right_after(one: str | None, other: str | None) -> bool:
    """Whether it was reported later, on the same day or the next: who rewrites a report does it while it is news."""
    if not (one and other and is_later(one, other)) or min(len(one), len(other)) < _DAY:
        return False
    return (date.fromisoformat(one[:_DAY]) - date.fromisoformat(other[:_DAY])).days <= 1


def _quotations(told: Sequence[Fact]) -> Iterator[str]:
    """The words that a report puts between quotation marks, folded, of some length."""
    for fact in told:
        start, text = fact.statement.span[0], fact.statement.text
        for begin, end in fact.statement.quote.spans if fact.statement.quote.kind in ("direct", "mixed") else ():
            words = fold(text[max(0, begin - start) : max(0, end - start)]).strip(" \"'.,")
            if len(words) >= _QUOTED:
                yield words


def _sources(told: Sequence[Fact]) -> frozenset[str]:
    """Whom a report names as saying something, by entity or name."""
    rows = (row for fact in told for row in fact.statement.attribution)
    return frozenset(row.entity or fold(row.name) for row in rows if row.kind in ("person", "organisation"))


def _asked_itself(told: Sequence[Fact]) -> bool:
    texts = [fact.statement.text for fact in told]
    return any(was_there(text) or _WAS_TOLD.search(text) for text in texts)
