"""Which reports of a story share so much wording of their own that one of them may rest on the other.

It is asked once for two reports, and holds for all that both tell: who took two sentences from a report has read it,
and what he tells in other words he may have from there too. What stands between quotation marks does not count, for
two may hear one speaker, or quote one letter; nor do names and figures, which all who tell of an event have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import is_later
from variorum.model import Article, Link
from variorum.text.normalise import flat_quotes

_WORD: Final = re.compile(r"\w[\w'-]*")
_MARK: Final = re.compile(r"\"|''|``")
#: Words in one order, and those among them that are neither names nor figures, from which a run of them tells
#: anything: "in the back of the end zone" is written twice by chance, two such runs hardly ever.
_RUN: Final = 7
_PLAIN: Final = 6
_RUNS: Final = 2
#: One run with so many plain words is enough.
_LONG: Final = 12

_Gram = tuple[str, ...]


class Kindred:
    """Tells for any two of some articles whether they are kin; two are held to each other once. ``links`` are those of
    the lineage, which may know who took from whom."""

    def __init__(self, articles: Iterable[Article], links: Iterable[Link] = ()) -> None:
        self._articles = {article.id: article for article in articles}
        self._taken = frozenset((link.child, link.parent) for link in links if link.kind != "credit")
        self._read: dict[str, tuple[list[list[str]], frozenset[_Gram]]] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def behind(self, n: int, facts: Sequence[Fact]) -> list[int]:
        """Of some statements those of reports that one of them may rest on, by their indices: not of a later one, nor
        where all that is known is that the other took from it."""
        own = facts[n]
        return [
            m
            for m, other in enumerate(facts)
            if not is_later(other.reported, own.reported)
            and self.may_rest(own.statement.article, other.statement.article)
        ]

    def may_rest(self, one: str, two: str) -> bool:
        """Whether an article may have what it tells from another with which it shares wording."""
        took = (two, one) in self._taken and (one, two) not in self._taken
        return not took and self.are_kin(one, two)

    def are_kin(self, one: str, two: str) -> bool:
        """Whether two articles share wording, and so may have one origin."""
        pair = (one, two) if one < two else (two, one)
        if pair not in self._known:
            self._known[pair] = one != two and self._share(*pair)
        return self._known[pair]

    def _share(self, one: str, two: str) -> bool:
        stretches, grams = self._words(one)
        other = self._words(two)[1]
        if grams.isdisjoint(other):
            return False
        runs = {run for stretch in stretches for run in _shared(stretch, other)}
        plain = [sum(word[0].islower() for word in run) for run in runs]
        return sum(n >= _PLAIN for n in plain) >= _RUNS or any(n >= _LONG for n in plain)

    def _words(self, article: str) -> tuple[list[list[str]], frozenset[_Gram]]:
        if article not in self._read:
            stretches = list(_told(self._articles[article].text))
            grams = frozenset(gram for stretch in stretches for gram in _grams(stretch))
            self._read[article] = stretches, grams
        return self._read[article]


def _told(text: str) -> Iterator[list[str]]:
    """The words that stand outside of quotation marks, each stretch by itself. A quotation that is not closed runs to
    the end of its paragraph."""
    for line in text.split("\n"):
        for stretch in _MARK.split(flat_quotes(line))[::2]:
            yield _WORD.findall(stretch)


def _grams(stretch: Sequence[str]) -> Iterator[_Gram]:
    words = [word.lower() for word in stretch]
    return (tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _shared(stretch: Sequence[str], grams: frozenset[_Gram]) -> Iterator[_Gram]:
    """The longest runs of a stretch that stand in another text too, as far as short ones tell."""
    begin = None
    for i, gram in enumerate((*_grams(stretch), ())):
        if gram in grams:
            begin = i if begin is None else begin
        elif begin is not None:
            yield tuple(stretch[begin : i + _RUN - 1])
            begin = None
