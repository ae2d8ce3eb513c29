"""What was so for a time, and what is charged and not proved: of two ways to tell it the later and the careful one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from variorum.edition.sentences import Sentence, brief_words, of_sentence
from variorum.model import Article
from variorum.text.vocabulary import longest_first

_DATED_BY: Final = re.compile(r"\b(?:hour|day|week|month|year)s? (?:after|before)\b.*", re.S)
_OPENING: Final = 2  # sentences that say on whose word a report tells what it tells
_OF_A_THING: Final = re.compile(r"\b(?:an?|his|her|its|their) dead \w+")  # "a dead cobra": that is no news
_HANDED_ON: Final = frozenset({"outlet", "agency", "document", "unnamed"})
_HALF: Final = 0.5  # of the reports that tell of a crime


@dataclass(frozen=True, slots=True)
class Stages:
    """Of the ``sentences`` of a story those that tell a state which has ended, and those that tell as a fact what most
    reports tell as a charge; and whether most open with whose word it is (``guarded``)."""

    ended: frozenset[tuple[str, int]]
    charged: frozenset[str]
    guarded: bool

    @staticmethod
    def of(reports: Mapping[str, Sequence[Sentence]], people: frozenset[str]) -> Stages:
        """Those of the reports; ``people`` are the entities that are persons."""
        ended = frozenset(_ended(reports, people)) | frozenset(_outnumbered(reports))
        return Stages(ended, _charged(reports), _guarded(reports))

    def has_ended(self, sentence: Sentence) -> bool:
        """Whether it tells a state that another report tells the end of."""
        return (sentence.article.id, sentence.place) in self.ended

    def is_rash(self, sentence: Sentence) -> bool:
        """Whether it tells as a fact what most reports tell as a charge."""
        text = sentence.unquoted
        crimes = {crime for crime in _crimes().findall(text) if _family(crime) in self.charged}
        return bool(crimes) and not _hedge().search(text)


def is_guarded(sentence: Sentence) -> bool:
    """Whether it says that it has from others what it tells."""
    kinds = {a.kind for s in sentence.statements for a in s.attribution}
    return not kinds.isdisjoint(_HANDED_ON) or _second_hand().search(sentence.unquoted) is not None


def _guarded(reports: Mapping[str, Sequence[Sentence]]) -> bool:
    told = [any(map(is_guarded, sentences[:_OPENING])) for sentences in reports.values() if sentences]
    return sum(told) > _HALF * len(told)


@of_sentence
def outcomes(sentence: Sentence) -> frozenset[int]:
    """Which ends of a matter it tells, by number."""
    text = sentence.unquoted
    return frozenset(n for n, pattern in enumerate(_outcomes()) if pattern.search(text))


@of_sentence
def decisive(sentence: Sentence) -> frozenset[int]:
    """Which families of what decides a story it tells, by number; not those of an act that it only dates itself by
    ("two days after a flood that killed nine")."""
    return decisive_in(sentence.unquoted)


def decisive_in(words: str) -> frozenset[int]:
    """The same of words that are none of a quotation."""
    text = _OF_A_THING.sub(" ", _DATED_BY.sub("", words))
    return frozenset(n for n, pattern in enumerate(_decisive()) if pattern.search(text))


def _outnumbered(reports: Mapping[str, Sequence[Sentence]]) -> Iterable[tuple[str, int]]:
    """The sentences that count the dead, where another report tells that one more of them died."""
    every = list(chain.from_iterable(reports.values()))
    for number in range(len(_counts())):
        ends = [s for s in every if number in _counted(s)[1]]
        for sentence in every if ends else ():
            if number in _counted(sentence)[0] and any(_later(end.article, sentence.article) for end in ends):
                yield sentence.article.id, sentence.place


def _ended(reports: Mapping[str, Sequence[Sentence]], people: frozenset[str]) -> Iterable[tuple[str, int]]:
    every = list(chain.from_iterable(reports.values()))
    for number in range(len(_ends())):
        ends = [s for s in every if number in _passed(s)[1] - _passed(s)[0]]
        for sentence in every if ends else ():
            if number in _passed(sentence)[0]:
                whom = _named(sentence) & people
                if any(_later(end.article, sentence.article) and (not whom or whom & _named(end)) for end in ends):
                    yield sentence.article.id, sentence.place


@of_sentence
def _counted(sentence: Sentence) -> tuple[frozenset[int], frozenset[int]]:
    return _found(_counts(), sentence)


@of_sentence
def _passed(sentence: Sentence) -> tuple[frozenset[int], frozenset[int]]:
    return _found(_ends(), sentence)


def _found(
    pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], sentence: Sentence
) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the pairs of which the first, and of which the second is found in what a sentence says."""
    first, second = (frozenset(n for n, pair in enumerate(pairs) if pair[i].search(sentence.unquoted)) for i in (0, 1))
    return first, second


def _later(one: Article, other: Article) -> bool:
    """Whether ``one`` may be the later report: not the same, and not dated before the other."""
    if one.id == other.id:
        return False
    first, second = (a.published.value[:10] if a.published else "" for a in (one, other))
    return not first or not second or first >= second


def _named(sentence: Sentence) -> frozenset[str]:
    return frozenset(m.entity for s in sentence.statements for m in s.mentions)


def _charged(reports: Mapping[str, Sequence[Sentence]]) -> frozenset[str]:
    """The crimes that at least half of the reports that tell of them tell as a charge."""
    told: dict[str, set[str]] = {}
    hedged: dict[str, set[str]] = {}
    for article, sentences in reports.items():
        for text in (sentence.unquoted for sentence in sentences):
            for crime in map(_family, _crimes().findall(text)):
                told.setdefault(crime, set()).add(article)
                if _hedge().search(text):
                    hedged.setdefault(crime, set()).add(article)
    return frozenset(c for c, articles in told.items() if len(hedged.get(c, ())) > max(1, _HALF * len(articles)))


def _family(crime: str) -> str:
    """Which of the crimes it is, whatever the form of the word."""
    return next(root for root in sorted(brief_words().crimes, key=len, reverse=True) if crime.startswith(root))


@cache
def _ends() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [(_any(row.passing), _any(row.ending)) for row in brief_words().ends]


@cache
def _outcomes() -> list[re.Pattern[str]]:
    return [_any(family) for family in brief_words().outcomes]


@cache
def _decisive() -> list[re.Pattern[str]]:
    return [_any(family) for family in brief_words().decisive]


@cache
def _counts() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """For each number the words that tell of so many dead, and those that tell of one more."""
    words = brief_words()
    dead = r"(?:killed|dead|died|dies|death)"
    return [
        (
            re.compile(rf"\b{number}\b(?:\s[\w'’-]+){{0,6}}\s{dead}\b|\bkill(?:ed|ing|s) {number}\b"),
            re.compile(rf"\ba {following}(?:\s[\w'’-]+){{1,6}}\s(?:died|dies|was killed|been killed)\b"),
        )
        for number, following in zip(words.cardinals, words.ordinals[1:], strict=False)
    ]


@cache
def _crimes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().crimes)})\w*")


@cache
def _hedge() -> re.Pattern[str]:
    return _any(brief_words().hedges)


@cache
def _second_hand() -> re.Pattern[str]:
    return _any(brief_words().second_hand)


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(words)})\b")
