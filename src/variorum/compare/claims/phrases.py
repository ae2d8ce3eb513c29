"""Statements of one claim that have one speaker or one text behind them, by a phrase: what the one quotes the other
says too, or both say in the same words what nobody says twice alike by chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations
from typing import Final

from variorum.compare.facts.doubt import no_speaker
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import flat_quotes
from variorum.text.runs import plain, runs

_WORD: Final = re.compile(r"\w[\w'-]*")
_MARK: Final = re.compile(r"\"|''|``")
#: Words of a phrase that is quoted, those of them that tell something and are no names or figures, and those that tell
#: anything at all, if their order is another.
_PHRASE: Final = 3
_TELLING: Final = 2
_ANY_ORDER: Final = 3
#: Words in one order, those among them that are no names, and words of a whole statement, from which two texts are one.
_RUN: Final = 7
_PLAIN: Final = 6
_WHOLE: Final = 4
#: Words in one order, those among them that tell something, by which a report of which nobody says whose it is may be
#: the one that another retells and names.
_RETOLD: Final = 5
_FIGURED: Final = 4  # ... if a figure is the first of them
_TOLD: Final = 2
#: ... or so many plain words, in whatever order.
_LIKE: Final = 5
#: Plain words of what one quotes that another tells as its own.
_PARAPHRASED: Final = 3
#: Statements of one claim that are held to each other at most.
_MOST: Final = 48


class Phrases:
    """The words of the statements of one claim, held to each other; the first ones, if there are many."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._count = len(facts)
        self._told = [_told(fact) for fact in facts[:_MOST]]
        self._facts = facts[:_MOST]

    def one_speaker(self) -> list[list[int]]:
        """For each statement those of other reports that may have its words from the same speaker or text."""
        pairs = combinations(enumerate(self._facts), 2)
        return self._both_ways((n, m) for (n, a), (m, b) in pairs if _one_speaker(a, b))

    def own_text(self, media: Sequence[frozenset[str]], untitled: Sequence[bool]) -> list[list[int]]:
        """For each statement those that may be of the report it retells, or that retell it: the one names a medium, and
        of the other, which names none of these and has some of the same words, nobody says whose it is."""

        def may_be(n: int, m: int, a: _Told, b: _Told) -> bool:
            unknown = untitled[m] and media[n] - media[m] and not (a.spoken_by or b.spoken_by)
            return a.article != b.article and bool(unknown) and (_retells(a, b) or _in_like_words(a, b))

        pairs = permutations(enumerate(self._told), 2)
        return self._both_ways((n, m) for (n, a), (m, b) in pairs if may_be(n, m, a, b))

    def _both_ways(self, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in range(self._count)]
        for n, m in pairs:
            found[n].append(m)
            found[m].append(n)
        return found


class _Told:
    """The words of one statement."""

    def __init__(self, fact: Fact) -> None:
        text = flat_quotes(fact.statement.text)
        self.article = fact.statement.article
        self.spoken_by = fact.statement.root.name if fact.statement.root.kind == "person" else None
        self.own = no_speaker(fact)
        self.key = fact.key
        self.written = _WORD.findall(text)
        self.words = [word.lower() for word in self.written]
        self.plain = _plain(self.written)
        self.quoted = [
            phrase for phrase in (_WORD.findall(part) for part in _MARK.split(text)[1::2]) if len(phrase) >= _PHRASE
        ]


def _plain(written: Iterable[str]) -> frozenset[str]:
    """The stems of the words that tell something and are no names or figures."""
    return frozenset(stem(w) for w in written if w.isalpha() and w.islower() and w not in words().empty)


@of_fact
def _told(fact: Fact) -> _Told:
    return _Told(fact)


@of_pair
def _one_speaker(a: Fact, b: Fact) -> bool:
    return a.statement.article != b.statement.article and _one(_told(a), _told(b))


def _one(a: _Told, b: _Told) -> bool:
    if a.own and b.own and (_same_run(a, b) or (a.key == b.key and len(a.words) >= _WHOLE)):
        return True
    if a.spoken_by and b.spoken_by and a.spoken_by != b.spoken_by:
        return False  # a slogan, which two may say
    return _takes_up(a, b) or _takes_up(b, a) or _paraphrases(a, b) or _paraphrases(b, a)


def _paraphrases(a: _Told, b: _Told) -> bool:
    """Whether what the one tells as its own is the most of what the other quotes: "guests were kept from the lower
    rooms", "guests have so far been kept from the rooms below"."""
    if not a.own or not b.quoted:
        return False
    quoted = _plain(word for phrase in b.quoted for word in phrase)
    both = len(a.plain & quoted)
    return both >= _PARAPHRASED and 3 * both >= 2 * len(a.plain)


def _takes_up(a: _Told, b: _Told) -> bool:
    """Whether the one says what the other quotes."""
    return any(_stands_in(phrase, b.words) for phrase in a.quoted)


def _stands_in(phrase: Sequence[str], told: Sequence[str]) -> bool:
    if sum(word[0].islower() and word not in words().empty for word in phrase) < _TELLING:
        return False  # names and figures alone are everybody's
    said = [word.lower() for word in phrase]
    telling = {word for word in said if word not in words().empty}
    return (len(telling) >= _ANY_ORDER and telling <= set(told)) or f" {' '.join(said)} " in f" {' '.join(told)} "


def _same_run(a: _Told, b: _Told) -> bool:
    theirs = set(runs(b.words, _RUN))
    own = zip(runs(a.words, _RUN), runs(a.written, _RUN), strict=True)
    return any(run in theirs and plain(written) >= _PLAIN for run, written in own)


def _retells(a: _Told, b: _Told) -> bool:
    theirs = set(_telling_runs(b))
    return any(run in theirs for run in _telling_runs(a))


def _in_like_words(a: _Told, b: _Told) -> bool:
    """Whether half of the plain words of one stand in the other too, in whatever order, and they are some."""
    both = a.plain & b.plain
    return len(both) >= _LIKE and 2 * len(both) >= min(len(a.plain), len(b.plain))


def _telling_runs(told: _Told) -> Iterator[tuple[str, ...]]:
    """The runs of words in which one may be known to retell another: names, and so many miles, are everybody's."""
    for i in range(len(told.words) - _FIGURED + 1):
        run = told.written[i : i + _RETOLD]
        telling = [w[0].islower() and w not in words().empty for w in run]
        if run[0].isdigit() and len(run[0]) > 1 and all(telling[1:_FIGURED]):
            yield tuple(told.words[i : i + _FIGURED])
        if len(run) == _RETOLD and sum(telling) >= _TOLD and not any(w[0].isdigit() for w in run):
            yield tuple(told.words[i : i + _RETOLD])
