"""Whether a text tells of a match, whose quarters are none of a year."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import msgspec

from variorum.text import vocabulary
from variorum.text.vocabulary import longest_first

_WORDS: Final = 2  # different words of such a sport that tell a match; one may be a figure of speech


class _Games(msgspec.Struct, frozen=True):
    words: tuple[str, ...]


class _Shape(msgspec.Struct, frozen=True):
    games: _Games


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary.load("time", _Shape).games.words
    return re.compile(rf"\b(?:{longest_first(words)})s?\b")


@lru_cache(maxsize=8)
def in_quarters(text: str) -> bool:
    """Whether the words of a sport that is played in quarters stand in a text."""
    return len({match.group().removesuffix("s") for match in _pattern().finditer(text.lower())}) >= _WORDS
