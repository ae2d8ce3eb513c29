"""Whether two statements speak of one place or area, by words that are no names.

Places with names are `facts.elsewhere`'s. But "across the archipelago", "in eight other towns", "at the neighbouring
hut" and "in the harbour ward alone" say as plainly that what is told there is not what others tell of the place in the
news, and a figure of it neither disputes theirs nor follows it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.fact import Fact, elsewhere, two_named
from variorum.compare.facts.remembered import of_pair
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold

#: Texts whose marks are remembered: each is held to many others.
_REMEMBERED: Final = 20_000


@of_pair
def other_scope(a: Fact, b: Fact) -> bool:
    """Whether one is of another place, of a wider area or of a part, and the other does not say so, or one is of
    confirmed and the other of suspected cases."""
    return elsewhere(a, b) or wide(a) != wide(b) or set_apart(a) != set_apart(b) or other_grade(a, b)


def other_grade(a: Fact, b: Fact) -> bool:
    """Whether one counts what is confirmed and the other what is suspected."""
    one, other = _grades(a.words), _grades(b.words)
    return bool(one and other) and one.isdisjoint(other)


@lru_cache(_REMEMBERED)
def _grades(text: str) -> frozenset[int]:
    """The numbers of the grades of certainty in which a text counts."""
    folded = fold(text)
    return frozenset(n for n, grade in enumerate(words().graded) if re.search(rf"(?<!\w)(?:{grade})(?!\w)", folded))


def of_others(a: Fact, b: Fact) -> bool:
    """Whether two figures are of other doers, each called by name ("Keld employs 900", "Horn has 400"), or one is the
    sum of what several have ("together")."""
    together = has_any(a.words, asked().taken_together), has_any(b.words, asked().taken_together)
    return two_named(a, b) or together[0] != together[1]


def wide(fact: Fact) -> bool:
    """Whether a statement speaks of a whole region: its numbers are not those of a town."""
    return not words().wide.isdisjoint(fact.key.split(" ")) or _marks(fact.words)[0]


def set_apart(fact: Fact) -> bool:
    """Whether it speaks of a place beside the one in the news, or of one part of it alone."""
    return _marks(fact.words)[1]


@lru_cache(_REMEMBERED)
def _marks(text: str) -> tuple[bool, bool]:
    """Whether a text opens as of a whole area, and whether it names a place beside or a part."""
    folded = fold(text)
    return _over().match(folded) is not None, _apart().search(folded) is not None


@cache
def _over() -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(words().over) + r")\b")


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(words().apart) + r")(?!\w)")
