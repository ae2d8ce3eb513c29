"""Which statement of a claim its reader is shown: what stands there is taken for borne out, to the last name.

Of the statements that two sources tell, the one is best of which the least stands in no other, and which is a sentence
by itself: no caption, no title run into a date line, no clause that began in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.claims.likeness import one_family
from variorum.compare.claims.twice import tell_one
from variorum.compare.facts.asserting import asserts
from variorum.compare.facts.fact import Fact, by_article, empty_stems, is_subordinate, stem
from variorum.compare.facts.vocabulary import words
from variorum.compare.facts.wishes import sees
from variorum.text.normalise import fold

#: What a statement loses of whose words none stands elsewhere, and what a word counts that the other report has, but in
#: another sentence.
_ALL_OWN: Final = 3.0
_ELSEWHERE: Final = 0.35
#: What each word costs that only it has.
_EACH: Final = 0.04
#: What each name costs that only it has: names make a sentence clear, but not these.
_NAMED: Final = 0.3
#: Words that two tell, below which a statement is vague, and what each of them that is missing costs.
_VAGUE: Final = 7
_MISSING: Final = 0.4
#: Words beside those of the claim from which its sentence tells another thing.
_ANOTHER: Final = 2
#: ... and how many times those of the claim they are where it does so in any clause.
_MUCH: Final = 2
#: What a statement loses that is no sentence by itself.
_TORN: Final = 2.0
_WORD: Final = re.compile(r"\w+")
#: "Humbled: He took over", "Jaipur: A man was".
_LABEL: Final = re.compile(r"[A-Z][\w’' ]{1,24}: (?=[A-Z\"“‘])")
#: "Ada Holm, who has owned the mill".
_OF_WHOM: Final = re.compile(r"[^,]{3,80}, (?:who|whose|whom|which|where)\b[^,]*")
#: An initial or a title at whose full stop a sentence was cut.
_INITIAL: Final = re.compile(r"\b(?:[A-Z][a-z]+ [A-HJ-Z]|[Dd]r|[Mm]rs?|[ap])$")
_RELATIVE: Final = re.compile(r",\s*(?:who|whose|whom|which|where)\b[^,]*$")
_POINTS: Final = re.compile(r"\((?:pictured|see|above|below|left|right|cent(?:er|re))\b")


def fit_to_show(told: Collection[int], alignment: Alignment) -> list[int]:
    """Those of a claim's statements, told by two sources, that do not tell it by the way and are no stump of a
    sentence; none if all do or are, for then nobody says so much. That one saw it is not what two tell, unless all
    say so."""
    facts = [(n, alignment.facts[n]) for n in sorted(told)]
    watched = [sees(fact) for _, fact in facts]
    return [
        n
        for n, fact in facts
        if not by_the_way(fact)
        and not _OF_WHOM.fullmatch(fact.statement.text.strip())
        and (not sees(fact) or all(watched))
    ]


class Reports:
    """What each report has of words and things; read when it is asked for."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._told: Mapping[str, Sequence[Fact]] | None = None
        self._words: dict[str, frozenset[str]] = {}

    def of(self, article: str) -> frozenset[str]:
        """All words of the statements of a report, and the things that it names."""
        if article not in self._words:
            self._told = by_article(self._facts) if self._told is None else self._told
            own = ((fact.terms, fact.scene.names, _stems(fact)) for fact in self._told[article])
            self._words[article] = frozenset(chain.from_iterable(chain.from_iterable(own)))
        return self._words[article]


def shortfalls(
    shown: Sequence[int],
    told: Collection[int],
    roots: Mapping[int, frozenset[str]],
    alignment: Alignment,
    reports: Reports,
) -> Mapping[str, float]:
    """By the ids of some of the statements that two sources tell what speaks against showing them."""
    found: dict[str, float] = {}
    for n in shown:
        others = [m for m in sorted(told) if m != n and roots[n].isdisjoint(roots[m]) and tell_one(n, m, alignment)]
        fact = alignment.facts[n]
        found[fact.id] = _own(fact, [alignment.facts[m] for m in others], reports, alignment) + _form(fact)
    return found


def by_the_way(fact: Fact) -> bool:
    """Whether it tells what is claimed in passing, as it tells another thing, or only dates one: "Ada Holm, whose mill
    burnt on Monday, thanked all who had come", for the fire."""
    if is_subordinate(fact):
        return True
    said = {stem(word) for word in _WORD.findall(fold(fact.words))}
    told = _stems(fact)
    beside = len(told - said)
    much = not fact.statement.attribution and beside >= _MUCH * len(told & said)  # who says it takes many words
    return much or (beside >= _ANOTHER and _in_relative(fact))


def _in_relative(fact: Fact) -> bool:
    """Whether its verb stands in a clause about somebody or something of the sentence."""
    frame = fact.statement.frame
    if frame is None:
        return False
    return _RELATIVE.search(fact.statement.text[: max(0, frame.span[0] - fact.statement.span[0])]) is not None


def _breaks_off(text: str) -> bool:
    """ "Ada Holm surprised her parents by", "said Sheriff Ada B", "won 51 fights (40 by"."""
    last = text.rsplit(" ", 1)[-1]
    cut = _INITIAL.search(text) is not None or text.count("(") > text.count(")")
    low = last.lower()
    return cut or (low in words().empty and low.isalpha() and low not in words().pointing and len(low) > 1)


def _own(fact: Fact, others: Sequence[Fact], known: Reports, alignment: Alignment) -> float:
    """What the share of its words costs that no other statement has."""
    reports = frozenset().union(*(known.of(other.statement.article) for other in others))
    whole = _stems(fact, reports, alignment)
    told = frozenset().union(*(_stems(other) | other.terms for other in others))
    if any(one_family(fact, other) for other in others):
        told |= {fact.predicate}
    figures = {
        stem(w) for c in fact.counts if _has(c.core, others) for w in _WORD.findall(_text_of(c.quantity.span, fact))
    }
    own = whole - told - figures
    weight = sum(_ELSEWHERE if word in reports else 1.0 for word in own)
    shared = len(_stems(fact)) - weight
    share = weight / max(1.0, shared + weight)
    strange = fact.names - frozenset().union(*(other.names for other in others))
    return _ALL_OWN * share + _EACH * len(own) + _NAMED * len(strange) + _MISSING * max(0.0, _VAGUE - shared)


def _has(figure: float, others: Sequence[Fact]) -> bool:
    return any(count.core == figure for other in others for count in other.counts)


def _text_of(span: tuple[int, int], fact: Fact) -> str:
    begin = fact.statement.span[0]
    return fold(fact.statement.text[max(0, span[0] - begin) : max(0, span[1] - begin)])


def _stems(fact: Fact, known: frozenset[str] = frozenset(), alignment: Alignment | None = None) -> frozenset[str]:
    """The words of its text, without those that say who says it and the names of ``known`` things."""
    begin, text = fact.statement.span[0], fact.statement.text
    hidden = [span for row in fact.statement.attribution for span in (row.span, row.cue) if span]
    if alignment is not None:
        things = alignment.scale.names.thing
        hidden += [m.span for m in fact.statement.mentions if things(m.entity) in known]
    read = (
        stem(fold(m[0]))
        for m in _WORD.finditer(text)
        if not any(left <= begin + m.start() < right for left, right in hidden)
    )
    return frozenset(read) - empty_stems()


def _form(fact: Fact) -> float:
    """What it costs that it is no sentence by itself."""
    text = fact.statement.text.strip()
    torn = "\n" in text or _breaks_off(text) or not asserts(fact)
    beside = bool(_LABEL.match(text)) + len(_POINTS.findall(text))
    return (_TORN if torn or is_subordinate(fact) else 0.0) + 0.5 * _TORN * min(2, beside)
