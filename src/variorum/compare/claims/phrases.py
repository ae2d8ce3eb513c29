"""Statements of one claim that have one speaker or one text behind them, by a phrase: what the one quotes the other
says too, or both say in the same words what nobody says twice alike by chance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from variorum.compare.facts.doubt import no_speaker
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import flat_quotes

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
#: Statements of one claim that are held to each other at most.
_MOST: Final = 48


def one_speaker(facts: Sequence[Fact]) -> list[list[int]]:
    """For each statement those of other reports that may have its words from the same speaker or text."""
    found: list[list[int]] = [[] for _ in facts]
    told = [_Told(fact) for fact in facts[:_MOST]]
    for (n, a), (m, b) in combinations(enumerate(told), 2):
        if a.article != b.article and _one(a, b):
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
        self.quoted = [
            phrase for phrase in (_WORD.findall(part) for part in _MARK.split(text)[1::2]) if len(phrase) >= _PHRASE
        ]


def _one(a: _Told, b: _Told) -> bool:
    if a.own and b.own and (_same_run(a, b) or (a.key == b.key and len(a.words) >= _WHOLE)):
        return True
    if a.spoken_by and b.spoken_by and a.spoken_by != b.spoken_by:
        return False  # a slogan, which two may say
    return _takes_up(a, b) or _takes_up(b, a)


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
    runs = {tuple(b.words[i : i + _RUN]) for i in range(len(b.words) - _RUN + 1)}
    return any(
        tuple(a.words[i : i + _RUN]) in runs and sum(w[0].islower() for w in a.written[i : i + _RUN]) >= _PLAIN
        for i in range(len(a.words) - _RUN + 1)
    )
