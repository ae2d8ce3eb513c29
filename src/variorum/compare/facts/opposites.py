"""Words that say the opposite of each other, from ``data/opposites.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.facts.fact import stem
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: "isn't" is "is" and "n't".
_WORD: Final = re.compile(r"n't|\w+?(?=n't)|\w+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``data/opposites.toml``: pairs of sides, each word of one opposed to each of the other, and words for no."""

    opposites: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    no: frozenset[str]


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for sides in load("opposites", Vocabulary).opposites:
        for one, other in (sides, sides[::-1]):
            for word in one:
                found.setdefault(stem(word), set()).update(map(stem, other))
    return {word: frozenset(others) for word, others in found.items()}


def opposites_of(word: str) -> frozenset[str]:
    """The stems of the words that say the opposite of a stem."""
    return _opposites().get(word, frozenset())


@cache
def words_for_no() -> frozenset[str]:
    """Words that say no by themselves."""
    vocabulary: Vocabulary = load("opposites", Vocabulary)
    return vocabulary.no


def says_no(text: str) -> bool:
    """Whether a text has a word for no in it."""
    return not words_for_no().isdisjoint(_WORD.findall(fold(text)))
