"""A story that is going round, and who is said to deny it: "rumours that the mayor will resign are nonsense, her office
said". What is denied stands in the denial itself, so that it is known which of all that is told it means, though it be
a plan, or told in other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.outcomes import content
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.asserting import asks
from variorum.compare.facts.doubt import doubts, rules_on, somebody_denies
from variorum.compare.facts.fact import Fact, elsewhere, stem
from variorum.compare.facts.order import same_root
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

#: How sure it is that a story is the one that a denial tells again.
_SURE: Final = 0.8
#: Words of content that a story and its denial have in common at least; with the deed among them one less.
_SHARED: Final = 4
#: ... and of what is told, where its deed is none of them.
_PART: Final = 0.4
#: Denials of a collection that are followed at most.
_MOST: Final = 40
#: Who may deny: not a medium, which only passes it on.
_DENIERS: Final = ("person", "organisation", "unnamed", "role")
#: Says that what is told is only told.
_HEARSAY: Final = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|rumou?red|apparently|said to|claim(?:s|ed|ing)?|according to|accus\w+)\b"
)


def find_denied_stories(alignment: Alignment, known: Collection[int]) -> Iterator[Finding]:
    """Each story that somebody is said to deny as such, beside who tells it; sentences with a denial ``known`` already,
    by index, are left alone."""
    facts = alignment.facts
    done = {_sentence(facts[m]) for m in known}
    denials = {
        _sentence(no): m
        for m, no in sorted(enumerate(facts), key=lambda of: (somebody_denies(of[1]), len(of[1].terms)))
        if _denies_a_story(no) and _sentence(no) not in done
    }
    for where, m in list(denials.items())[:_MOST]:
        meant = frozenset[str]().union(*(_told(f) for f in facts if _sentence(f) == where)) - _source(facts[m])
        n = _story(facts[m], meant, facts)
        if n is not None:
            about = shortened(facts[n].words)
            yield Finding("denial", "contradiction", about, n, m, "affirmed", "denied", _SURE, denial=True)


def _sentence(fact: Fact) -> tuple[str, int]:
    return fact.statement.article, fact.scene.sentence


def _denies_a_story(fact: Fact) -> bool:
    """Whether somebody is said to call untrue what a report, claim or rumour says, or to deny it."""
    rows = fact.statement.attribution
    if not rows or rows[-1].kind not in _DENIERS or fact.stance != "tells" or rules_on(fact):
        return False
    name = fold(rows[-1].name or "").split(" ")[-1]
    if name in _stories() or has_any(fact.statement.text, asked().not_denying):
        return False
    return any(pattern.search(fact.folded) for pattern in _patterns())


def _story(no: Fact, meant: frozenset[str], facts: Sequence[Fact]) -> int | None:
    """What tells most of what is denied, of those who tell it as theirs or as a story."""
    found = [(score, -n) for n, yes in enumerate(facts) if _is_of_others(yes, no) and (score := _score(yes, no, meant))]
    return -max(found)[1] if found else None


def _score(yes: Fact, no: Fact, meant: frozenset[str]) -> int:
    """How much of what is denied a statement tells; 0 if too little, or if it is neither news nor hearsay."""
    told = _told(yes)
    shared = told & meant
    deed = yes.predicate in shared
    if len(shared) + deed < _SHARED or not (deed or len(shared) >= _PART * len(told)):
        return 0
    passed_on = bool(yes.statement.attribution) or _HEARSAY.search(yes.folded) is not None or _tells_a_story(yes)
    return len(shared) + deed + passed_on if passed_on or (yes.in_lead and deed) else 0


def _is_of_others(yes: Fact, no: Fact) -> bool:
    """Whether a statement holds what another than the denier tells, in another sentence."""
    plain = yes.statement.polarity == "affirmed" and yes.statement.certainty != "unknown" and bool(yes.predicate)
    denying = somebody_denies(yes) or doubts(yes) or has_any(yes.statement.text, asked().denying)
    apart = _sentence(yes) == _sentence(no) or same_root(yes, no) or elsewhere(yes, no)
    return plain and yes.stance == "tells" and not denying and not asks(yes) and not apart


def _told(fact: Fact) -> frozenset[str]:
    """The words of content of a statement but for those that only say that it is told, or not so."""
    return content(fact.terms) - _of_telling()


def _source(fact: Fact) -> frozenset[str]:
    """The words that only say who denies, where he is not who it is told of."""
    rows = fact.statement.attribution
    called = {stem(w) for row in rows for w in re.findall(r"\w+", fold(row.name or ""))}
    told = {p.head for own in fact.parties.values() for p in own}
    return frozenset(called - told)


def _tells_a_story(fact: Fact) -> bool:
    return not _stories().isdisjoint(re.findall(r"\w+", fact.folded))


@cache
def _stories() -> frozenset[str]:
    return asked().denied_things - words().pointing


@cache
def _of_telling() -> frozenset[str]:
    false = (word for phrase in asked().called_false for word in phrase.split(" "))
    return frozenset(map(stem, (*_stories(), *asked().only_denying, *false, "company", "statement", "new", "news")))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    stories, false = longest_first(_stories()), longest_first(asked().called_false)
    verbs = r"den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?"
    return (
        re.compile(rf"\b(?:{verbs})(?: [\w'-]+){{0,3}}? (?:{stories})\b"),
        re.compile(
            rf"\b(?:{stories})\b[^.;]{{0,160}}?\b(?:is|are|was|were|as)\b\W*(?:[\w'-]+\W+){{0,3}}?(?:{false})\b"
        ),
        re.compile(rf"\bno (?:truth|validity|substance|basis|foundation)\b[^.;]{{0,30}}\b(?:{stories})\b"),
    )
