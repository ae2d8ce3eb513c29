"""Which statement of a claim its reader is shown: what stands there is taken for borne out, to the last name.

Of the statements that two sources tell, the one is best of which the least stands in no other, and which is a sentence
by itself: no caption, no title run into a date line, no clause that began in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.claims.cuts import by_comma, hedges, parts
from variorum.compare.claims.likeness import one_family
from variorum.compare.claims.twice import tell_one
from variorum.compare.facts.asserting import asserts
from variorum.compare.facts.fact import Fact, by_article, empty_stems, is_subordinate, stem
from variorum.compare.facts.vocabulary import words
from variorum.compare.facts.wishes import sees
from variorum.model import Span
from variorum.text.normalise import fold

#: What a statement loses of whose words none stands elsewhere, and what a word counts that the other report has, but in
#: another sentence.
_ALL_OWN: Final = 4.0
_ELSEWHERE: Final = 0.4
#: What each word costs that only it has.
_EACH: Final = 0.04
#: What each name costs that only it has: names make a sentence clear, but not these.
_NAMED: Final = 0.3
#: Words that two tell, below which a statement is vague, and what each of them that is missing costs.
_VAGUE: Final = ((3, 0.6), (5, 0.3), (9, 0.12))
#: What it costs that no other tells the deed.
_DEED: Final = 0.5
#: What it costs that it is put down to somebody: that is not what two tell.
_BY_ONE: Final = 0.4
#: What each figure costs that none of the others has.
_FIGURE: Final = 0.5
#: What each clause costs that tells what none of the others does.
_CLAUSE: Final = 1.2
#: The share of the words that no other statement has, and how many they are, from which it says more than two tell.
_ALONE: Final = 0.5
_MUCH_ALONE: Final = 2.5
#: What it costs that a sentence is cut.
_CUT: Final = 0.4
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
    """What each report has of words and things, and of clauses; read when it is asked for."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._words: dict[str, frozenset[str]] = {}

    @cached_property
    def _told(self) -> Mapping[str, Sequence[Fact]]:
        return by_article(self._alignment.facts)

    @cached_property
    def _tellers(self) -> Mapping[str, frozenset[str]]:
        """By the id of a statement, the reports that tell the same."""
        facts = self._alignment.facts
        groups = ([facts[n] for n in group] for group in self._alignment.groups)
        told = ((group, frozenset(fact.statement.article for fact in group)) for group in groups)
        return {fact.id: articles for group, articles in told for fact in group}

    def beside(self, fact: Fact, others: Collection[str]) -> Iterator[int]:
        """Where in a statement's text the verbs of clauses stand that none of some other reports tells."""
        begin, end = fact.statement.span
        for one in self._told[fact.statement.article]:
            frame = one.statement.frame
            inside = frame is not None and begin <= frame.span[0] < end and frame.predicate
            if inside and frame and one is not fact and self._tellers[one.id].isdisjoint(others):
                yield frame.span[0] - begin

    def of(self, article: str) -> frozenset[str]:
        """All words of the statements of a report, and the things that it names."""
        if article not in self._words:
            own = ((fact.terms, fact.scene.names, _stems(fact)) for fact in self._told[article])
            self._words[article] = frozenset(chain.from_iterable(chain.from_iterable(own)))
        return self._words[article]


@dataclass(frozen=True, slots=True)
class Passage:
    """What may be shown of a statement: the words of it that others tell too, and what speaks against them; ``alone``
    if most of what they say nobody else says."""

    text: str
    cost: float
    alone: bool


def passages(
    shown: Sequence[int],
    told: Collection[int],
    roots: Mapping[int, frozenset[str]],
    alignment: Alignment,
    reports: Reports,
) -> Mapping[str, Passage]:
    """What to show of some statements of one claim, by their ids: the part of each of which the least stands in no
    other of them. ``told`` are those that two sources tell, and only what another source tells counts. A stump of a
    sentence, or a caption, is worse than any."""
    found: dict[str, Passage] = {}
    for n in shown:
        others = [m for m in sorted(told) if m != n and roots[n].isdisjoint(roots[m]) and tell_one(n, m, alignment)]
        held = _Held(alignment.facts[n], [alignment.facts[m] for m in others], reports, alignment)
        cut = [(held.cost(kept), kept) for kept in parts(held.fact.statement)]
        cost, kept = min(cut, key=lambda c: (c[0] + (_CUT if c[1] != cut[0][1] else 0.0), c[1]))
        found[held.fact.id] = Passage(held.text[slice(*kept)].strip(), cost, held.is_alone(kept))
    return found


def by_the_way(fact: Fact) -> bool:
    """Whether it tells what is claimed in passing, as it tells another thing, or only dates one: "Ada Holm, whose mill
    burnt on Monday, thanked all who had come", for the fire."""
    if is_subordinate(fact):
        return True
    said = {stem(word) for word in _WORD.findall(fold(fact.words))} | {fact.predicate}
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


class _Held:
    """One statement held to the others that tell the same."""

    def __init__(self, fact: Fact, others: Sequence[Fact], known: Reports, alignment: Alignment) -> None:
        self.fact, self.text = fact, fact.statement.text
        self._reports = frozenset().union(*(known.of(other.statement.article) for other in others))
        self._words = list(_stems_in(fact, self._reports, alignment))
        self._between = by_comma(fact.statement) or (0, 0)
        self._clauses = list(known.beside(fact, {other.statement.article for other in others}))
        told = frozenset().union(*(_stems(other) | other.terms for other in others))
        if any(one_family(fact, other) for other in others):
            told |= {fact.predicate}
        self._told = told | {
            stem(w) for c in fact.counts if _has(c.core, others) for w in _WORD.findall(_text_of(c.quantity.span, fact))
        }
        self._bolder = bool(others) and not _alleges(fact) and all(map(_alleges, others))
        begin = fact.statement.span[0]
        spans = (c.quantity.span for c in fact.counts if not _has(c.core, others))
        self._figures = [(first - begin, last - begin) for first, last in spans]
        things = alignment.scale.names.thing
        theirs = frozenset().union(*(other.names for other in others))
        named = [
            (m.span[0] - begin, thing) for m in fact.statement.mentions if (thing := things(m.entity)) in fact.names
        ]
        self._strange = [(at, thing) for at, thing in named if thing not in theirs]
        self._shared = [(at, thing) for at, thing in named if thing in theirs]

    def cost(self, kept: Span) -> float:
        """What the share of its words costs that no other statement has, and that it is no sentence by itself."""
        own, shared, share = self._shares(kept)
        strange = {thing for at, thing in self._strange if _within(at, kept)}
        worse = _ALL_OWN * share + _EACH * len(own) + _NAMED * len(strange)
        worse += sum(missing * max(0.0, enough - shared) for enough, missing in _VAGUE)
        worse += _BY_ONE if any(row.name for row in self.fact.statement.attribution) else 0.0
        worse += _FIGURE * sum(_within(at, kept) for at, _ in self._figures)
        verb = self.fact.statement.frame.span[0] - self.fact.statement.span[0] if self.fact.statement.frame else -1
        worse += _CLAUSE * sum(at != verb and _within(at, kept) for at in set(self._clauses))
        return worse + _form(self.fact, self.text[slice(*kept)]) + (0.0 if self.deed_is_told() else _DEED)

    def deed_is_told(self) -> bool:
        """Whether another tells what it says is done."""
        return not self.fact.predicate or self.fact.predicate in self._told | empty_stems()

    def _shares(self, kept: Span, but: Span = (0, 0)) -> tuple[set[str], float, float]:
        """The words that no other statement has, how much is told by one, and the share of the former; without those
        of a part."""
        words = {word for word, at in self._words if _within(at, kept) and not _within(at, but)}
        own = words - self._told
        weight = sum(_ELSEWHERE if word in self._reports else 1.0 for word in own)
        named = len({thing for at, thing in self._shared if _within(at, kept)})
        return own, len(words) + named - weight, weight / max(1.0, len(words) + named)

    def is_alone(self, kept: Span) -> bool:
        """Whether most of what it says of its doer's deed stands in no other statement, a figure in no other report, or
        it is told as fact and by the others as an allegation."""
        own, _, share = self._shares(kept, self._between)
        counted = {word for word, at in self._words if any(_within(at, figure) for figure in self._figures)}
        if self._bolder or counted & own - self._reports:
            return True
        return share >= _ALONE and sum(_ELSEWHERE if word in self._reports else 1.0 for word in own) >= _MUCH_ALONE


def _alleges(fact: Fact) -> bool:
    """Whether it tells its deed as what somebody alleges; of whom it is alleged by the way is another thing."""
    frame = fact.statement.frame
    end = frame.span[1] - fact.statement.span[0] if frame else len(fact.statement.text)
    return hedges(fact.statement.text[: max(0, end)])


def _within(at: int, kept: Span) -> bool:
    return kept[0] <= at < kept[1]


def _has(figure: float, others: Sequence[Fact]) -> bool:
    return any(count.core == figure for other in others for count in other.counts)


def _text_of(span: tuple[int, int], fact: Fact) -> str:
    begin = fact.statement.span[0]
    return fold(fact.statement.text[max(0, span[0] - begin) : max(0, span[1] - begin)])


def _stems(fact: Fact) -> frozenset[str]:
    """The words of its text, without those that say who says it."""
    return frozenset(word for word, _ in _stems_in(fact))


def _stems_in(
    fact: Fact, known: frozenset[str] = frozenset(), alignment: Alignment | None = None
) -> Iterator[tuple[str, int]]:
    """The words of its text and where each begins, without those that say who says it and the names of ``known``
    things."""
    begin, text = fact.statement.span[0], fact.statement.text
    hidden = [span for row in fact.statement.attribution for span in (row.span, row.cue) if span]
    if alignment is not None:
        things = alignment.scale.names.thing
        hidden += [m.span for m in fact.statement.mentions if things(m.entity) in known]
    verb = fact.statement.frame.span[0] - begin if fact.statement.frame and fact.predicate else -1
    for m in _WORD.finditer(text):
        word = fact.predicate if m.start() == verb else stem(fold(m[0]))  # "threw" is "throw"
        if word not in empty_stems() and not any(left <= begin + m.start() < right for left, right in hidden):
            yield word, m.start()


def _form(fact: Fact, shown: str) -> float:
    """What it costs that the words shown of it are no sentence by themselves."""
    text = shown.strip()
    torn = "\n" in text or _breaks_off(text) or not asserts(fact)
    beside = bool(_LABEL.match(text)) + len(_POINTS.findall(text))
    return (_TORN if torn or is_subordinate(fact) else 0.0) + 0.5 * _TORN * min(2, beside)
