"""What two texts show of how one bears on the other: signs that a small scorer weighs (`compare.pairs`), each a number
with a meaning of its own. They are read off the records that claims are made of: facts, their clashes, names, vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from variorum.compare.claims.align import Alignment, Pair, general_vector
from variorum.compare.claims.likeness import Scale
from variorum.compare.config import CompareConfig
from variorum.compare.conflicts.findings import find_conflicts
from variorum.compare.facts.fact import Fact, read_facts, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.opposites import opposites_of, says_no, words_for_no
from variorum.compare.facts.organs import governments
from variorum.compare.facts.vocabulary import words
from variorum.model import Annotation, Article, Entity
from variorum.ports import Embedder
from variorum.text.background import background
from variorum.text.normalise import fold
from variorum.text.shingle import words as numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: By name; what each means is said in ``data/pairs.toml`` and by the methods of `Texts` that read them.
Signals = Mapping[str, float]

_WORD: Final = re.compile(r"\w+(?:[-'.]\w+)*")
#: Texts of one context from which their own mean says what they have in common; in smaller circles the context and the
#: background stand in for those that are missing.
_CIRCLE: Final = 12
#: Statements of a text that are held to one of the other text, the likeliest first.
_HELD: Final = 12
#: Words from which a length, or a number of words, is as good as any longer one.
_LONG: Final = 80
_MANY: Final = 10


@dataclass(frozen=True, slots=True)
class Side:
    """A text as it is held to another: ``words`` are the stems of its content words, each with the thing it is part of
    the name of; ``things`` are all that it names."""

    text: str
    key: str
    facts: tuple[Fact, ...]
    words: Mapping[str, str | None]
    things: frozenset[str]
    says_no: bool

    @property
    def figures(self) -> bool:
        return any(fact.counts for fact in self.facts)

    @property
    def sentence(self) -> bool:
        """Whether it says something of something: a participant stands before a verb."""
        frames = [fact.statement.frame for fact in self.facts]
        return any(argument.span[1] <= frame.span[0] for frame in frames if frame for argument in frame.arguments)


class Texts:
    """The texts of one context (answers to one question, statements on one event), or two that have none, ready to be
    paired. ``read`` are articles with their annotations, whose entities are ``entities``; without an ``embedder``
    nothing is near."""

    def __init__(
        self,
        read: Sequence[tuple[Article, Annotation]],
        entities: Sequence[Entity],
        embedder: Embedder | None,
        context: str | None = None,
    ) -> None:
        self.names = Names(entities, governments())
        self._sides = {article.id: _side(article, annotation, self.names) for article, annotation in read}
        self._space = _Space({i: side.text for i, side in self._sides.items()}, embedder, context)

    def __getitem__(self, text: str) -> Side:
        return self._sides[text]

    def likeness(self, a: str, b: str) -> Signals:
        """Signs that two answers to one question are one answer; the same both ways round."""
        one, other = self._sides[a], self._sides[b]
        shared = self._shared(one, other)
        return {
            "near": self._space.near(a, b),
            "few": self._space.few,
            "contained": max(_share(shared, one), _share(self._shared(other, one), other)),
            "strangers": float(bool(one.things and other.things) and not one.things & other.things),
        }

    def bearing(self, a: str, b: str) -> Signals:
        """Signs of what text ``a`` says to text ``b``: that it is so, that it is not, or nothing."""
        one, other = self._sides[a], self._sides[b]
        covered = _share(self._shared(other, one), other)
        lacking = other.words.keys() - self._shared(other, one)
        main = max(other.facts, key=lambda fact: len(fact.terms), default=None)
        stated, negated = self._stated(one, other, main)
        opposed, no = _opposed(one, other, lacking), one.says_no != other.says_no
        if opposed and (negated or no):  # not approved is what rejected is
            opposed = no = negated = False
        return {
            "near": self._space.near_alone(a, b),
            "covered": covered,
            "lacking": min(len(lacking), _MANY) / _MANY,
            "stated": stated,
            "named": float(bool(other.things) and other.things <= one.things),
            "other_deed": float(main is not None and bool(main.predicate) and main.predicate not in one.words),
            "figures": float(other.figures),
            "opposed": covered * opposed,
            "no": covered * no,
            "negated": stated * negated,
            "length": min(len(one.words), _LONG) / _LONG,
        }

    def other_figures(self, a: str, b: str) -> bool:
        """Whether both give figures, and the second one that the first does not."""
        own = [count for fact in self._sides[a].facts for count in fact.counts]
        others = [count for fact in self._sides[b].facts for count in fact.counts]
        return bool(own) and any(not any(count.same_figure(other) for count in own) for other in others)

    def reversed(self, a: str, b: str) -> bool:
        """Whether nothing but opposites, or a "not", tells the two apart: "higher taxes", "lower taxes"."""
        one, other = self._sides[a], self._sides[b]
        own = one.words.keys() - self._shared(one, other) - words_for_no()
        others = other.words.keys() - self._shared(other, one) - words_for_no()
        turned = all(not opposites_of(word).isdisjoint(others) for word in own) and all(
            not opposites_of(word).isdisjoint(own) for word in others
        )
        return turned and bool(own) != (one.says_no != other.says_no)

    def conflict(self, a: str, b: str, config: CompareConfig) -> float:
        """How sure the comparison of reports is that the two contradict each other, 0 if it finds nothing."""
        one, other = self._sides[a].facts, self._sides[b].facts
        facts = [*one, *other]
        scale = Scale(facts, self.names)
        held = [(n, len(one) + m) for m in range(len(other)) for n in _likeliest(other[m], one)]
        pairs = [Pair(n, m, scale.likeness(n, m), scale.clashes(n, m)) for n, m in held]
        found = find_conflicts(Alignment(facts, [[n] for n in range(len(facts))], pairs, scale), config)
        across = (f for f in found if (f.a < len(one)) != (f.b < len(one)))
        return max((f.confidence for f in across if f.relation == "contradiction"), default=0.0)

    def _shared(self, one: Side, other: Side) -> frozenset[str]:
        """The words of one text that the other has too, or has another name for."""
        return frozenset(w for w, thing in one.words.items() if w in other.words or thing in other.things)

    def _stated(self, one: Side, other: Side, main: Fact | None) -> tuple[float, bool]:
        """How much of the other's main statement one statement of this text says, and whether it says not."""
        if main is None:
            return 0.0, False
        said = {word: thing for word, thing in other.words.items() if word in main.terms or thing in main.names}
        best, fact = max(
            ((_weigh(w for w, t in said.items() if w in f.terms or t in f.names), f) for f in one.facts),
            key=lambda scored: scored[0],
            default=(0.0, None),
        )
        share = best / _weigh(said) if said else 0.0
        return share, fact is not None and fact.statement.polarity != main.statement.polarity


# --- one text ---------------------------------------------------------------------------------------------------------


def _side(article: Article, annotation: Annotation, names: Names) -> Side:
    facts = read_facts([article], annotation.statements, names)
    named: dict[str, str] = {}
    for mention in annotation.mentions:
        for word in _WORD.findall(article.text[slice(*mention.span)]):
            named[stem(fold(word))] = names.thing(mention.entity)
    return Side(
        text=article.text,
        key=" ".join(_WORD.findall(fold(article.text))),
        facts=tuple(facts),
        words={word: named.get(word) for word in sorted(_content_words(article.text, facts))},
        things=frozenset(names.thing(mention.entity) for mention in annotation.mentions),
        says_no=says_no(article.text),
    )


def _content_words(text: str, facts: Sequence[Fact]) -> set[str]:
    """The terms of the statements, and the words that stand in none: who says it, and how."""
    asserted = [span for fact in facts for span in fact.statement.content]
    found = {term for fact in facts for term in fact.terms if not term.startswith("#")}
    for match in _WORD.finditer(text):
        word = fold(match[0])
        if word not in words().empty and not any(begin <= match.start() < end for begin, end in asserted):
            found.add(stem(word))
    return found


def _weigh(stems: Iterable[str]) -> float:
    """What words weigh: the more the rarer they are in news at large."""
    return sum(sorted(map(_weight, stems)))


def _weight(word: str) -> float:
    table = background()
    ids = numbered(word).ids
    return log(1 + table.total / float(min(table.texts_with(ids)))) if len(ids) else 0.0


def _share(some: frozenset[str], of: Side) -> float:
    whole = _weigh(of.words)
    return _weigh(some) / whole if whole else 0.0


# --- two texts --------------------------------------------------------------------------------------------------------


def _opposed(one: Side, other: Side, lacking: Iterable[str]) -> bool:
    """Whether the first text has the opposite of a word of the second that it lacks, or answers a question of
    ``data/contrast.toml`` otherwise."""
    if any(not opposites_of(word).isdisjoint(one.words) for word in lacking):
        return True
    told = [(f.sides[q], g.sides[q]) for f in one.facts for g in other.facts for q in f.sides.keys() & g.sides.keys()]
    return any(x.side != y.side and not x.contrast.needs_denial for x, y in told)


def _likeliest(fact: Fact, facts: Sequence[Fact]) -> list[int]:
    """The statements that share most words and names with one, by index."""
    said = fact.terms | fact.names
    ranked = sorted(range(len(facts)), key=lambda n: (-len(said & (facts[n].terms | facts[n].names)), n))
    return ranked[:_HELD]


class _Space:
    """The vectors of the texts. Raw cosines hardly rank, so what the texts have in common is taken off: their mean,
    which leans on the context and on general sentences where they are few."""

    def __init__(self, texts: Mapping[str, str], embedder: Embedder | None, context: str | None) -> None:
        self._raw: dict[str, NDArray[np.float32]] = {}
        missing = max(1, _CIRCLE - len(texts))
        self.few = missing / (len(texts) + missing)
        if embedder is None or not texts:
            return
        raw = embedder.embed(list(texts.values()))
        self._raw = dict(zip(texts, raw, strict=True))
        self._general = common = general_vector(embedder)
        if context:
            common = (common + embedder.embed([context])[0]) / 2
        self._mean = (1 - self.few) * raw.mean(axis=0) + self.few * common

    def near(self, a: str, b: str) -> float:
        """The cosine of two texts of the circle, -1..1; 0 where nothing was embedded."""
        return _cosine(self._raw[a] - self._mean, self._raw[b] - self._mean) if self._raw else 0.0

    def near_alone(self, a: str, b: str) -> float:
        """The same as if the two were all there is, without a context."""
        if not self._raw:
            return 0.0
        mean = (self._raw[a] + self._raw[b] + (_CIRCLE - 2) * self._general) / _CIRCLE
        return _cosine(self._raw[a] - mean, self._raw[b] - mean)


def _cosine(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    return float(a @ b) / max(1e-6, float(np.linalg.norm(a)) * float(np.linalg.norm(b)))
