"""Reports that tell one story in other words.

Who saw an event by himself begins elsewhere, and has words, names and figures of his own; who rewrites a report keeps
its order and most of its words, though hardly two of them stand side by side. So of the later report nearly all
sentences stand in the earlier one, in the same order; and where nobody says whose two reports are, most statements of
the shorter one stand in claims that the other makes too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from variorum.compare.facts.fact import Fact, sentence_ends, stem
from variorum.compare.facts.vocabulary import words

#: The share of the claims of the shorter report that both make, how many they are, and how many of them stand in one
#: order, from which the one may be the other in other words.
_SHARE: Final = 0.5
_ENOUGH: Final = 4
_IN_ORDER: Final = 0.75

_WORD: Final = re.compile(r"\w[\w'’-]*")
#: What only those have who were there, or asked: figures, and names within a sentence.
_MARK: Final = re.compile(r"\d[\d.,:]*\d|\d|(?<=[a-z,;] )[A-Z][\w'-]+")
#: Stems that make a sentence, of which this share stands in a sentence of the other report and the next one, and the
#: sentences of a report of which anything can be said.
_TELLING: Final = 3
_COVERED: Final = 0.4
_SENTENCES: Final = 6
#: Who was there or asked says so: "our reporter saw", "told this newspaper".
_THERE: Final = re.compile(
    r"\b(?:our (?:own )?(?:reporters?|correspondents?|photographers?)|this (?:newspaper|reporter))\b", re.I
)
#: Letters of a word that tells nothing.
_SHORT: Final = 2
#: The shares of the words and sentences of a report that stand in the other, those of its sentences in one order, and
#: of its own names and figures, from which it may be the other in other words. Of the pairs of the open collections
#: and the trials that are not derived from each other none has more than .46 of the other's words.
_WORDS: Final = 0.5
_TOLD: Final = 0.6
_RISING: Final = 0.7
_OWN: Final = 0.25


class Outline:
    """What a report tells, sentence by sentence, by the stems of its words; and its names and figures."""

    def __init__(self, text: str) -> None:
        self._text = text

    def follows(self, other: Outline) -> bool:
        """Whether the report may be the other in other words."""
        if len(self._sentences) < _SENTENCES or len(self._stems & other._stems) < _WORDS * len(self._stems):
            return False
        if was_there(self._text) or len(self._marks - other._words) > _OWN * len(self._marks):
            return False
        places = [place for place in map(other._place_of, self._sentences) if place is not None]
        return len(places) >= _TOLD * len(self._sentences) and _rising(places, bisect_right) >= _RISING * len(places)

    def _place_of(self, sentence: frozenset[str]) -> int | None:
        """Which sentence of the report tells, with the next one, most of a sentence of another, if it is enough."""
        both = max(((len(sentence & told), -n) for n, told in enumerate(self._pairs)), default=(0, 0))
        return -both[1] if both[0] >= _COVERED * len(sentence) else None

    @cached_property
    def _sentences(self) -> list[frozenset[str]]:
        ends = [0, *sentence_ends(self._text), len(self._text)]
        lines = (line for begin, end in pairwise(ends) for line in self._text[begin:end].split("\n"))
        return [stems for stems in map(_stems, lines) if len(stems) >= _TELLING]

    @cached_property
    def _pairs(self) -> list[frozenset[str]]:
        return [one | two for one, two in pairwise([*self._sentences, frozenset[str]()])]

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset[str]().union(*self._sentences)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text)) | self._marks

    @cached_property
    def _marks(self) -> frozenset[str]:
        return frozenset(_MARK.findall(self._text))


def was_there(text: str) -> bool:
    """Whether a report says that its newsroom was there, or was told itself."""
    return _THERE.search(text) is not None


def _stems(line: str) -> frozenset[str]:
    """The stems of the words that tell something."""
    return frozenset(stem(word) for word in _telling(line))


def _telling(line: str) -> Iterator[str]:
    for written in _WORD.findall(line):
        word = written.lower()
        if word.isdigit() or (len(word) > _SHORT and word not in words().empty):
            yield word


def retold(groups: Sequence[Sequence[Fact]], nobodys: Collection[str]) -> frozenset[frozenset[str]]:
    """The pairs of articles of which one may be the other in other words; ``groups`` are the claims. It is asked of
    those of which nobody says whose they are (``nobodys``): an outlet answers for what it tells under its name."""
    told = {article: claims for article, claims in _claims_in_order(groups).items() if article in nobodys}
    pairs = combinations(sorted(article for article, claims in told.items() if len(claims) >= _ENOUGH), 2)
    return frozenset(frozenset((a, b)) for a, b in pairs if _one_story(told[a], told[b]))


def _claims_in_order(groups: Sequence[Sequence[Fact]]) -> dict[str, dict[int, int]]:
    """By article the numbers of the claims that it makes, as it tells them first, each with its place."""
    places = sorted((fact.rank, fact.statement.article, n) for n, group in enumerate(groups) for fact in group)
    told: dict[str, dict[int, int]] = {}
    for _, article, claim in places:
        own = told.setdefault(article, {})
        own.setdefault(claim, len(own))
    return told


def _one_story(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    shared = [other[claim] for claim in one if claim in other]
    if len(shared) < max(_ENOUGH, _SHARE * min(len(one), len(other))):
        return False
    return _rising(shared) >= _IN_ORDER * len(shared)


def _rising(places: Sequence[int], behind: Callable[[list[int], int], int] = bisect_left) -> int:
    """How many of some places rise at most, others left out (patience sorting: Fredman 1975); ``behind`` says where a
    place that follows itself goes: by `bisect_right` it counts again."""
    ends: list[int] = []
    for place in places:
        n = behind(ends, place)
        ends[n : n + 1] = [place]
    return len(ends)
