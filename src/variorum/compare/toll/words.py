"""The words of `data/tally.toml`, which tell a toll from what is none."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from variorum.text import vocabulary
from variorum.text.vocabulary import longest_first


class TallyWords(msgspec.Struct, frozen=True):
    """`data/tally.toml`."""

    elsewhere: tuple[str, ...]
    statistics: tuple[str, ...]
    superseded: tuple[str, ...]
    unreal: tuple[str, ...]
    teasers: tuple[str, ...]
    attackers: tuple[str, ...]
    armed: tuple[str, ...]
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    more: tuple[str, ...]
    anyone: frozenset[str]
    ordinals: dict[str, int]
    animals: frozenset[str]
    broad: frozenset[str]
    groups: frozenset[str]
    definite: tuple[str, ...]
    dying: tuple[str, ...]
    relatives: tuple[str, ...]
    weapons: tuple[str, ...]
    illness: tuple[str, ...]
    wounds: tuple[str, ...]
    alive: tuple[str, ...]
    hurting: tuple[str, ...]
    killed: tuple[str, ...]
    plural: dict[str, tuple[str, ...]]
    heading: dict[str, tuple[str, ...]]


@cache
def tally_words() -> TallyWords:
    """The words of tolls."""
    loaded: TallyWords = vocabulary.load("tally", TallyWords)
    return loaded


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """Any word of the list ``name``, alone and in any case."""
    return re.compile(rf"(?i)(?<![\w-])(?:{longest_first(getattr(tally_words(), name))})(?![\w-])")


_SENTENCE: Final = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])|\n\s*\n")
#: A name of one to four words.
NAME: Final = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+)){0,3}"


def sentence_starts(text: str) -> list[int]:
    """Where the sentences and paragraphs of a text begin, the first at 0."""
    return [0, *(m.end() for m in _SENTENCE.finditer(text))]
