"""What the reports of a story share: the words by which its event is known, and what of it has been told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

from variorum.edition.material import terms
from variorum.edition.sentences import Sentence
from variorum.text import vocabulary

_OPENING: Final = 3  # sentences of a report, its title aside, that tell what it is about
_ALONE: Final = 0.08  # a word that one report has, against one that all have


_STEM: Final = 4  # letters that are left at least
_ENDINGS: Final = (  # the longest first
    "ations", "ation", "ators", "ator", "ates", "ate",
    "ings", "ing", "ers", "er", "ors", "or", "ments", "ment", "ions", "ion",
    "ians", "ian", "ies", "es", "ed", "an", "as", "s", "e",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Deeds:
    """What is needed of `data/deeds.toml`."""

    families: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Core:
    """For each word the share of the other reports that have it too (``shared``), and the share of all whose first
    sentences have it (``opening``), where these are two at least."""

    shared: Mapping[str, float]
    opening: Mapping[str, float]

    @staticmethod
    def of(reports: Iterable[Sequence[Sentence]]) -> Core:
        """That of the sentences of each report."""
        anywhere: Counter[str] = Counter()
        first: Counter[str] = Counter()
        read = list(reports)
        for report in read:
            anywhere.update(_words(report))
            first.update(_words(report[:_OPENING]))
        others = max(1, len(read) - 1)
        return Core(
            {term: (count - 1) / others for term, count in anywhere.items()},
            {term: count / len(read) for term, count in first.items() if count > 1},
        )

    def weight(self, term: str) -> float:
        """What a word counts: the more reports have it, the more it is the story's and not one writer's."""
        return self.shared.get(term, 0.0) + _ALONE

    def density(self, words: frozenset[str]) -> float:
        """How much of the story's is in ``words``, on the average of a word."""
        return sum(map(self.weight, sorted(words))) / max(1, len(words))

    def told(self, words: frozenset[str], told: frozenset[str] | set[str]) -> float:
        """How much of ``words`` is among those ``told``, by weight, in [0, 1]."""
        whole = sum(map(self.weight, sorted(words)))
        return sum(self.weight(t) for t in sorted(words) if t in told) / whole if whole else 0.0

    def centre(self, words: frozenset[str]) -> float:
        """How much of what the reports open with is among ``words``, per root of their number."""
        return sum(self.opening.get(t, 0.0) ** 2 for t in sorted(words)) / sqrt(max(4, len(words)))

    def news(self, words: frozenset[str], told: set[str]) -> float:
        """How much of what the reports share is among ``words`` and not ``told``, per root of their number."""
        return sum(self.shared.get(t, 0.0) ** 2 for t in sorted(words - told)) / sqrt(max(4, len(words)))


def kin(words: Iterable[str]) -> frozenset[str]:
    """Words by what they have in common with others of their kin: "investigate" and "investigation", "Texas" and
    "Texan", verbs of one deed."""
    return frozenset(map(_root, words))


@cache
def _root(word: str) -> str:
    family = _families().get(word)
    if family is not None or not word.isalpha():
        return family or word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: len(word) - len(ending)]
    return word


@cache
def _families() -> dict[str, str]:
    """Verbs that tell one deed, each by the first of its family."""
    loaded: _Deeds = vocabulary.load("deeds", _Deeds)
    return {verb: row[0] for row in reversed(loaded.families) for verb in row if verb.isalpha()}


def _words(sentences: Iterable[Sentence]) -> frozenset[str]:
    return kin(term for sentence in sentences for s in sentence.statements for term in terms(s))
