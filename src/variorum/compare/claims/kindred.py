"""Which reports of a story share so much wording of their own that one of them may rest on the other.

It is asked once for two reports, and holds for all that both tell: who took two sentences from a report has read it,
and what he tells in other words he may have from there too. What stands between quotation marks does not count unless
there is much of it, for two may hear one speaker, or quote one letter; nor do names and figures, which all who tell of
an event have. A report may also be another in other words (`retold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from variorum.compare.claims.retold import Outline
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import is_later
from variorum.model import Article, Link
from variorum.text.normalise import flat_quotes
from variorum.text.runs import plain, runs
from variorum.text.shelf import Shelf

_WORD: Final = re.compile(r"\w[\w'-]*")
_MARK: Final = re.compile(r"\"|''|``")
#: What stands between single marks, or after one at the beginning of a paragraph; an apostrophe in a word is none.
_SINGLE: Final = re.compile(r"((?<!\w)'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)|^'\w.*|(?<=: )'\w.*)")
#: Words in one order, and those among them that are neither names nor figures, from which a run of them tells
#: anything: "in the back of the end zone" is written twice by chance, two such runs hardly ever.
_RUN: Final = 7
_PLAIN: Final = 6
_RUNS: Final = 2
#: One run with so many plain words is enough.
_LONG: Final = 12
#: Plain words of each of two runs that one quotes and the other tells: an official phrase is shorter, and a letter that
#: is printed without marks is one run. Who quotes three such runs that another quotes chose them after him.
_QUOTED: Final = 8
_QUOTES: Final = 3

_Gram = tuple[str, ...]


class _Ties(NamedTuple):
    """Whether two articles are kin, whether the first quotes the second or is quoted there, and whether it may be the
    second in other words, or the second it."""

    kin: bool
    quotes: bool
    quoted: bool
    follows: bool
    followed: bool


_UNTIED: Final = _Ties(kin=False, quotes=False, quoted=False, follows=False, followed=False)

#: What ties the pairs of articles that were held to each other last.
_HELD: Final[Shelf[_Ties]] = Shelf(60_000)


class Kindred:
    """Tells for any two of some articles whether they are kin; two are held to each other once. ``links`` are those of
    the lineage, which may know who took from whom; ``retold`` are two that tell one story in one order."""

    def __init__(
        self,
        articles: Iterable[Article],
        links: Iterable[Link] = (),
        retold: frozenset[frozenset[str]] = frozenset(),
    ) -> None:
        self._retold = retold
        self._articles = {article.id: article for article in articles}
        self._taken = frozenset((link.child, link.parent) for link in links if link.kind != "credit")
        self._read: dict[str, _Wording] = {}
        self._ties: dict[tuple[str, str], _Ties] = {}
        self._rests: dict[tuple[str, str], bool] = {}
        self._followed: dict[str, tuple[Article, ...]] = {}

    def behind(self, own: Sequence[bool], facts: Sequence[Fact]) -> list[list[int]]:
        """For each of some statements those of reports that it may rest on, by their indices: not of a later one, nor
        where all that is known is that the other took from it. ``own``: which are put down to nobody; what is put down
        to somebody may be of the report that is quoted, if that report does not speak of him: he wrote it."""
        told: dict[str, list[int]] = {}
        for n, fact in enumerate(facts):
            told.setdefault(fact.statement.article, []).append(n)
        found: list[list[int]] = []
        for free, fact in zip(own, facts, strict=True):
            here = fact.statement.article
            rests = self.may_rest if free else partial(self._quotes_of_nobody, fact.statement.root.name or "")
            near = (m for there, numbers in told.items() if rests(here, there) for m in numbers)
            found.append(sorted(m for m in near if not is_later(facts[m].reported, fact.reported)))
        return found

    def may_rest(self, one: str, two: str) -> bool:
        """Whether an article may have what it tells from another with which it shares wording, or which it quotes."""
        known = self._rests.get((one, two))
        if known is None:
            took = (two, one) in self._taken and (one, two) not in self._taken
            known = self._rests[one, two] = self.quotes(one, two) or (not took and self.are_kin(one, two))
        return known

    def are_kin(self, one: str, two: str) -> bool:
        """Whether two articles share wording, and so may have one origin."""
        return (one != two and frozenset((one, two)) in self._retold) or self._between(one, two).kin

    def followed(self, article: str) -> tuple[Article, ...]:
        """The articles that one may be in other words: not later ones, nor those that took from it. Where each of two
        could be the other, one of them is."""
        if article not in self._followed:
            others = (other for other in self._articles.values() if (other.id, article) not in self._taken)
            self._followed[article] = tuple(
                other
                for other in others
                if self._between(article, other.id).follows and self._may_be_first(other, article)
            )
        return self._followed[article]

    def _may_be_first(self, one: Article, than: str) -> bool:
        when, other = _published(one), _published(self._articles[than])
        if is_later(when, other):
            return False
        return is_later(other, when) or one.id < than or not self._between(one.id, than).follows

    def told_before(self, fact: Fact, facts: Sequence[Fact]) -> list[int]:
        """Of some statements those of reports that the one's own may be in other words, by their indices: whoever it
        is put down to, was put down so there."""
        before = {article.id for article in self.followed(fact.statement.article)} if len(facts) > 1 else None
        return [m for m, other in enumerate(facts) if other.statement.article in before] if before else []

    def quotes(self, one: str, two: str) -> bool:
        """Whether an article puts between quotation marks what another tells in its own voice."""
        return self._between(one, two).quotes

    def _between(self, one: str, two: str) -> _Ties:
        """What ties two articles, as it was found when they were first held to each other."""
        if (one, two) not in self._ties:
            first, last = min(one, two), max(one, two)
            name, texts = f"{first} {last}", (self._articles[first].text, self._articles[last].text)
            ties = _UNTIED if one == two else _HELD.find(name, texts)
            if ties is None:
                ties = _ties(self._words(first), self._words(last))
                _HELD.put(name, texts, ties)
            self._ties[first, last] = ties
            self._ties[last, first] = _Ties(ties.kin, ties.quoted, ties.quotes, ties.followed, ties.follows)
        return self._ties[one, two]

    def _quotes_of_nobody(self, who: str, one: str, two: str) -> bool:
        """Whether an article quotes another that does not speak of ``who``."""
        return self.quotes(one, two) and bool(who) and who.rsplit(maxsplit=1)[-1] not in self._articles[two].text

    def _words(self, article: str) -> _Wording:
        if article not in self._read:
            self._read[article] = _Wording(self._articles[article].text)
        return self._read[article]


def _published(article: Article) -> str | None:
    return article.published.value if article.published else None


def _ties(a: _Wording, b: _Wording) -> _Ties:
    return _Ties(
        kin=_alike(a, b),
        quotes=_took_up(a, b),
        quoted=_took_up(b, a),
        follows=a.outline.follows(b.outline),
        followed=b.outline.follows(a.outline),
    )


def _alike(a: _Wording, b: _Wording) -> bool:
    told = [plain(run) for run in a.shared(b)]
    if sum(n >= _PLAIN for n in told) >= _RUNS or any(n >= _LONG for n in told):
        return True
    return sum(plain(run) >= _QUOTED for run in a.quoted_by_both(b)) >= _QUOTES


def _took_up(one: _Wording, two: _Wording) -> bool:
    return sum(plain(run) >= _QUOTED for run in one.quoted_from(two)) >= _RUNS


class _Wording:
    """The words of one report: what it tells in its own voice, and what it quotes, in stretches. A quotation that is
    not closed runs to the end of its paragraph."""

    def __init__(self, text: str) -> None:
        stretches = [_MARK.split(flat_quotes(line)) for line in text.split("\n")]
        told = [_SINGLE.split(stretch) for line in stretches for stretch in line[::2]]
        quoted = [stretch for line in stretches for stretch in line[1::2]]
        quoted += [stretch for line in told for stretch in line[1::2]]
        self._told = _Stretches(stretch for line in told for stretch in line[::2])
        self._quoted = _Stretches(quoted)
        self.outline = Outline(text)

    def shared(self, other: _Wording) -> frozenset[_Gram]:
        """The runs of words that both tell."""
        return self._told.shared(other._told)

    def quoted_from(self, other: _Wording) -> frozenset[_Gram]:
        """The runs of words that the one quotes and the other tells."""
        return self._quoted.shared(other._told)

    def quoted_by_both(self, other: _Wording) -> frozenset[_Gram]:
        """The runs of words that both quote."""
        return self._quoted.shared(other._quoted)


class _Stretches:
    """Stretches of a text with the short runs of their words in small letters, cut once for all texts that they are
    held to."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = [_WORD.findall(text) for text in texts]
        self._grams = [list(runs([word.lower() for word in words], _RUN)) for words in self._words]
        self._all = frozenset(gram for grams in self._grams for gram in grams)

    def shared(self, other: _Stretches) -> frozenset[_Gram]:
        """The longest runs that stand in the other text too, as far as short ones tell."""
        if self._all.isdisjoint(other._all):
            return frozenset()
        both = zip(self._words, self._grams, strict=True)
        return frozenset(run for words, grams in both for run in _shared(words, grams, other._all))


def _shared(words: Sequence[str], grams: Sequence[_Gram], others: frozenset[_Gram]) -> Iterator[_Gram]:
    begin = None
    for i, gram in enumerate((*grams, ())):
        if gram in others:
            begin = i if begin is None else begin
        elif begin is not None:
            yield tuple(words[begin : i + _RUN - 1])
            begin = None
