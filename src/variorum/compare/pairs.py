"""How one text stands to another: two small scorers over the signals of `compare.signals`, each with its reasons.

Texts that share a context are answers to one question, and ``answers`` says whether they are one answer. Texts without
one are held to each other both ways: ``bearing`` says whether the second follows from the first, speaks against it, or
neither. What follows both ways is the same (after the natural logic of MacCartney and Manning 2008). Where the
comparison of reports finds a contradiction by itself – figures, categories, a denial – it has the first word: it is
seldom wrong.

Confidences hold where all answers of a scorer are equally frequent, as the scorers were learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Final

from variorum.compare.config import CompareConfig
from variorum.compare.signals import Signals, Texts
from variorum.model import PairRelation
from variorum.text.vocabulary import load

#: Signals that tell more of a relation than the rest of what was seen, and how many of them make its reasons.
_REASONS: Final = 3
#: Texts of the same words are the same, whatever a context makes of them.
_CERTAIN: Final = 0.99
#: Texts that nothing but opposites tells apart seldom say the same ("lower taxes", "higher taxes").
_REVERSED: Final = 0.9
#: How many times the words of the other a text must have for what it does not say to speak against the other.
_MUCH: Final = 1.5
#: Signs in so many words that something is not so.
_EXPLICIT: Final = ("opposed", "negated")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A signal in a scorer: what it ``says``, its ``mean`` where the scorer was learned, a weight for each answer."""

    says: str
    mean: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Multinomial logistic regression: for each of ``answers`` a bias and a weight for each signal."""

    answers: tuple[str, ...]
    bias: tuple[float, ...]
    signals: dict[str, Weighed]

    def chances(self, seen: Signals) -> Mapping[str, float]:
        """The chance of each answer; they sum to 1."""
        scores = [
            bias + sum(weighed.weights[n] * (seen[name] - weighed.mean) for name, weighed in self.signals.items())
            for n, bias in enumerate(self.bias)
        ]
        powers = [exp(score - max(scores)) for score in scores]
        return {answer: power / sum(powers) for answer, power in zip(self.answers, powers, strict=True)}

    def reasons(self, seen: Signals, answer: str) -> tuple[str, ...]:
        """What speaks most for an answer, with its value."""
        n = self.answers.index(answer)
        told = [
            (weighed.weights[n] * (seen[name] - weighed.mean), f"{weighed.says}: {seen[name]:.2f}")
            for name, weighed in self.signals.items()
        ]
        return tuple(says for push, says in sorted(told, key=lambda t: -t[0])[:_REASONS] if push > 0)


@dataclass(frozen=True, slots=True)
class Scorers:
    """``data/pairs.toml``, made by ``train/pairs.py``."""

    made: str
    answers: Scorer
    bearing: Scorer


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the first text stands to the second, how sure that is (0..1), and why."""

    relation: PairRelation
    confidence: float
    reasons: tuple[str, ...] = ()


def scorers() -> Scorers:
    """The ones that are shipped, read once."""
    shipped: Scorers = load("pairs", Scorers)
    return shipped


def judge(texts: Texts, a: str, b: str, config: CompareConfig, by: Scorers, *, answers: bool) -> Judgement:
    """How text ``a`` stands to text ``b``; ``answers`` if they share a context."""
    plain = _plainly(texts, a, b, config)
    if plain is not None:
        return plain
    ways = Way(texts, a, b, by.bearing), Way(texts, b, a, by.bearing)
    # What is denied is looked for in the shorter text, which says less beside it.
    tight = ways[len(texts[a].words) < len(texts[b].words)]
    if tight.told == "contradicts" and (tight.explicit or not (answers or tight.even)):
        return Judgement("contradicts", tight.chances["contradicts"], tight.reasons("contradicts"))
    return _one_answer(texts.likeness(a, b), by.answers) if answers else _both_ways(*ways)


def _plainly(texts: Texts, a: str, b: str, config: CompareConfig) -> Judgement | None:
    """What needs no scorer."""
    if not texts[a].key or not texts[b].key:
        return Judgement("unknown", 0.0, ("there are no words to compare",))
    if texts[a].key == texts[b].key:
        return Judgement("same", _CERTAIN, ("the same words",))
    if texts.reversed(a, b):
        return Judgement("contradicts", _REVERSED, ("the same words, but for opposites",))
    sure = texts.conflict(a, b, config)
    return Judgement("contradicts", sure, ("as reports they would be in conflict",)) if sure else None


class Way:
    """How one text bears on another. Between texts that say about as much (``even``) a contradiction has to be
    ``explicit``: only beside a much longer text does it mean something that the rest is not in it."""

    def __init__(self, texts: Texts, a: str, b: str, scorer: Scorer) -> None:
        self._scorer = scorer
        self._seen = texts.bearing(a, b)
        self.chances = scorer.chances(self._seen)
        self.told = max(self.chances, key=lambda answer: self.chances[answer])
        lengths = sorted(len(texts[text].words) for text in (a, b))
        self.even = lengths[1] < _MUCH * lengths[0]
        signs = any(self._seen[sign] > 0 for sign in _EXPLICIT) or texts.other_figures(a, b)
        self.explicit = signs and texts[a].sentence and texts[b].sentence

    def reasons(self, answer: str) -> tuple[str, ...]:
        """What speaks most for an answer."""
        return self._scorer.reasons(self._seen, answer)

    @property
    def follows(self) -> bool:
        """Whether the second follows from the first."""
        if self.even and not self.explicit:
            return self.chances["entails"] >= self.chances["neither"]
        return self.told == "entails"


def _one_answer(seen: Signals, scorer: Scorer) -> Judgement:
    same = scorer.chances(seen)["same"]
    relation: PairRelation = "same" if same >= 0.5 else "different"
    return Judgement(relation, max(same, 1 - same), scorer.reasons(seen, relation))


def _both_ways(there: Way, back: Way) -> Judgement:
    if there.follows and back.follows:
        return Judgement("same", min(there.chances["entails"], back.chances["entails"]), there.reasons("entails"))
    if there.follows:
        return Judgement("entails", there.chances["entails"], there.reasons("entails"))
    if back.follows:
        return Judgement("refines", back.chances["entails"], back.reasons("entails"))
    neither = min(there.chances["neither"], back.chances["neither"])
    relation: PairRelation = "different" if neither >= 0.5 else "unknown"
    return Judgement(relation, neither, there.reasons("neither"))
