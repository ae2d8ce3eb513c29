"""Denials that call back what was told a moment ago by one word of it: "had warned the council three times", "it had
received no such warning"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.order import same_root
from variorum.compare.facts.telling import shortened
from variorum.compare.finding import Finding

_SURE: Final = 0.82
#: Sentences between what is told and its denial.
_BACK: Final = 3
#: Letters that a noun and a verb of one deed share: "complaint", "complained".
_SHARED: Final = 5
_SUCH: Final = re.compile(r"\b(?:no|any|never an?y?|not an?y?) such (?:[a-z]+ed )?([a-z]{4,})\b")
#: Things of which there is none in a manner of speaking.
_FIGURES: Final = frozenset({"thing", "luck", "place", "case", "doubt", "time"})


def find_such_denials(alignment: Alignment) -> Iterator[Finding]:
    """Each with the nearest statement of another source before it, in its report, that has the word."""
    facts = alignment.facts
    for m, no in enumerate(facts):
        found = _SUCH.search(no.folded)
        if found is None or found[1] in _FIGURES or not _says_no(no):
            continue
        yes = _told_before(m, found[1], facts)
        if yes is not None:
            about = shortened(facts[yes].words)
            yield Finding("denial", "contradiction", about, yes, m, "affirmed", "denied", _SURE, denial=True)


def _says_no(fact: Fact) -> bool:
    denied = any(row.stance == "deny" for row in fact.statement.attribution[-1:])
    return "no such" in fact.folded or fact.statement.polarity == "negated" or denied


def _told_before(m: int, noun: str, facts: Sequence[Fact]) -> int | None:
    no = facts[m]
    for n in range(m - 1, -1, -1):
        told = facts[n]
        if told.statement.article != no.statement.article or no.scene.sentence - told.scene.sentence > _BACK:
            return None
        affirmed = told.statement.polarity == "affirmed" and not same_root(told, no)
        if affirmed and told.scene.sentence < no.scene.sentence and _has(told, noun):
            return n
    return None


def _has(fact: Fact, noun: str) -> bool:
    """Whether it has the noun, or the verb of that deed."""
    root = stem(noun)
    return any(
        word == root
        or (len(root) > _SHARED and word[:_SHARED] == root[:_SHARED] and min(len(word), len(root)) > _SHARED)
        for word in fact.terms | {fact.predicate}
    )
