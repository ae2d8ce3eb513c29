"""What a story is about, in a few of its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from variorum.model import Article
from variorum.text.background import background
from variorum.text.normalise import fold
from variorum.text.shingle import Mask, Positions, words
from variorum.text.sounds import sound

_KEYWORDS: Final = 8
_READ: Final = 10  # texts of a story that are read, those nearest to its centre; more take time and change little
_LONG: Final = 1500  # characters of each
_COMMON: Final = 0.04  # a word in more of the background's texts than this share tells no story from another
_SHORT: Final = 3  # letters of a word that can be a keyword
_NAME: Final = 1.5  # how much more a name says than another word that is as rare


def keywords(texts: Sequence[Article]) -> tuple[str, ...]:
    """The names and rare words that most of ``texts`` have, as they are mostly written, those that say most first.

    It looks at nothing but the story and news at large, so that a story's keywords stay while the collection grows.
    """
    read = texts[:_READ]
    spelt: dict[str, Counter[str]] = {}
    says: dict[str, float] = {}
    held: Counter[str] = Counter()
    for text in read:
        mine: set[str] = set()
        for written, weight in dict(_terms(f"{text.title or ''}\n{text.text[:_LONG]}")).items():
            key = fold(written)
            mine.add(key)
            spelt.setdefault(key, Counter())[written] += 1
            says[key] = max(weight, says.get(key, 0.0))
        held.update(mine)
    least = 1 if len(read) < 3 else max(2, len(read) // 4)
    chosen: list[str] = []
    for key in sorted((k for k in held if held[k] >= least), key=lambda k: (-held[k] * says[k], k)):
        if len(chosen) < _KEYWORDS and not any(_one_thing(key, other) for other in chosen):
            chosen.append(key)
    return tuple(max(spelt[key], key=lambda form: (spelt[key][form], form)) for key in chosen)


def _terms(text: str) -> Iterator[tuple[str, float]]:
    """Runs of words written as names, and the other words, each with how much it says."""
    found, table = words(text), background()
    if not len(found):
        return
    rarity = np.log(table.total / np.minimum(table.texts_with(found.ids), table.total))
    common = -np.log(_COMMON)
    on = _goes_on(text, found.ends[:-1], found.starts[1:])
    # What begins a sentence is a name if a name goes on from it and it is rare itself: "Halmar Star", not "The Halmar".
    opens = np.append(on & found.named[1:], False) & (rarity > common)
    named = found.named | (opens & _capitals(text, found.starts))
    begins = np.flatnonzero(np.append(True, ~(on & named[1:] & named[:-1])))
    ends = found.ends[np.append(begins[1:], len(found)) - 1]
    says = np.maximum.reduceat(rarity, begins)
    kept = says > common
    columns = (found.starts[begins], ends, says * np.where(named[begins], _NAME, 1.0))
    for start, end, weight in zip(*(column[kept].tolist() for column in columns), strict=True):
        written = text[start:end]
        if len(written) >= _SHORT and any(c.isalpha() for c in written):
            yield written, weight


def _capitals(text: str, starts: Positions) -> Mask:
    return np.array([text[start].isupper() for start in starts.tolist()], np.bool_)


def _goes_on(text: str, ends: Positions, starts: Positions) -> Mask:
    """Whether the next word goes on the name that ends there: nothing but a space or a hyphen between."""
    pairs = zip(ends.tolist(), starts.tolist(), strict=True)
    return np.array([end + 1 == start and text[end] in " -" for end, start in pairs], np.bool_)


def _one_thing(one: str, other: str) -> bool:
    """Whether two are forms of one word, or one is part of the other."""
    if set(one.split()) & set(other.split()):
        return True
    short, long = sorted((one, other), key=len)
    if sound(short) == sound(long):
        return True
    return len(long) - len(short) <= 2 and long.startswith(short[: max(_SHORT, len(short) - 1)])
