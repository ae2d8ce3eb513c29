"""Counts of people that reports tell in words, or that only part of their group has: "the last missing person was
found", "a farmhand was still missing", "five of them have left hospital", "four are in Holm and one in Selm"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from variorum.compare.facts.counts import GROUPS, Count, Slot, words_behind
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.sentences import Sentence, sentences
from variorum.compare.facts.vocabulary import words
from variorum.model import Quantity, Span, Statement
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

_MISSING: Final = "missing"
_FOUND: Final = (
    r"(?:was|were|is|are|has been|have been|had been) (?:\w+ )?"
    r"(?:found|recovered|located|rescued|saved|brought|dug|pulled|freed|traced|discovered|retrieved)\b"
)
#: Behind the number of those who are in hospital no more.
_DISCHARGED: Final = re.compile(
    r"\W*(?:of (?:the |these |those )?[\w-]+ )?"
    r"(?:(?:have|has|had|been|were|was|are|could|since|now|already|meanwhile|later|all|be|being|able to|allowed to) )*"
    r"(?:(?:left|leave) (?:the )?(?:hospital|clinic)|discharged|released|sent home|gone home|go home|out of hospital"
    r"|allowed home)\b"
)
#: Between two figures of one list.
_LISTED: Final = re.compile(
    r"(?:(?!\b(?:but|while|whereas|now|later|bringing|taking|raising|according|said|says)\b)[^.;:])*\band ?"
)


def left_missing(fact: Fact) -> Count | None:
    """How many a statement says in words are missing yet: none if the last was found, one if somebody still is."""
    told = _MISSING in fact.key or "accounted" in fact.key
    if not told or fact.statement.polarity == "negated" or any(c.slot.role == _MISSING for c in fact.counts):
        return None
    text = fold(fact.words)
    found = _none_left().search(text)
    number = 0.0 if found else 1.0
    if found is None and _one_left().match(text) is None:
        return None
    begin = fact.statement.span[0]
    span = begin, begin + len(fact.statement.text)
    quantity = Quantity(span, number, number, "exact", unit="person", role=_MISSING)
    return Count(Slot(_MISSING, "person"), number, number, quantity, said=True)


@cache
def _none_left() -> re.Pattern[str]:
    """ "The last missing person was found", "the last person missing has been found", "all have been accounted for"."""
    whom = _persons()
    return re.compile(
        rf"\blast (?:of the )?(?:[\w-]+ )?"
        rf"(?:missing(?: (?:{whom})s?\b|(?= (?:was|were|has|have|had|is|of|from|after)\b))"
        rf"|(?:{whom}) (?:who (?:was|were) |to be )?(?:still )?missing\b)[^.;:]{{0,60}}? {_FOUND}"
        rf"|\b(?:everyone|everybody|all(?: of)?(?: the| those)?(?: [\w-]+){{0,2}}) (?:missing )?"
        rf"(?:is|are|has been|have been|had been|was|were) (?:now |since )?accounted for\b"
    )


@cache
def _one_left() -> re.Pattern[str]:
    """ "A farmhand of 19 was still missing": somebody, and no number of others."""
    return re.compile(
        rf"\W*(?:an?|one) (?!(?:{GROUPS})\b)[\w'’-]+(?: (?!and\b|or\b)[\w'’-]+){{0,4}}?,?"
        r" (?:(?:was|is) still|remains|remained) (?:missing|unaccounted for)\b"
    )


@cache
def _persons() -> str:
    vocabulary = words()
    tolls = vocabulary.tolls
    return longest_first(
        {*vocabulary.people, *tolls.single_persons, *tolls.whole_persons} - {"dead", "death", "life", "body"}
    )


def is_discharged(count: Count, statement: Statement) -> bool:
    """Whether a number is of those who are in hospital no more: "five of them have left hospital"."""
    return _DISCHARGED.match(fold(words_behind(count, statement))) is not None


# --- parts ----------------------------------------------------------------------------------------------------------


def listed_parts(facts: Sequence[Fact]) -> frozenset[tuple[str, Span]]:
    """Figures, by article and place, that one sentence lists beside each other in one role: "four are being treated in
    Holm and one was flown to Selm". Each is a part of a whole."""
    moving = words().tolls.moving
    several = Counter(_place(f) for f in facts for c in f.counts if c.slot.role in moving)
    return frozenset(
        (fact.statement.article, count.quantity.span)
        for sentence in sentences([f for f in facts if several[_place(f)] > 1])
        for x, y in _listed(sentence)
        for fact, count in (x, y)
    )


def _place(fact: Fact) -> tuple[str, int]:
    return fact.statement.article, fact.scene.sentence


_Told = tuple[Fact, Count]


def _listed(sentence: Sentence) -> Iterator[tuple[_Told, _Told]]:
    tolls = words().tolls
    told = {c.quantity.span: (f, c) for _, f in sentence.facts for c in f.counts if c.slot.role in tolls.moving}
    placed = [told[span] for span in sorted(told)]
    for x, y in pairwise(placed):
        a, b = x[1], y[1]
        between = sentence.text[a.quantity.span[1] - sentence.begin : b.quantity.span[0] - sentence.begin]
        one = a.slot.role == b.slot.role and a.core != b.core and not _of_a_total((a, b))
        if one and _LISTED.fullmatch(fold(between)):
            yield x, y


def _of_a_total(counts: Iterable[Count]) -> bool:
    return any(c.more or c.aside or c.quantity.cumulative or c.quantity.of is not None or not c.core for c in counts)
