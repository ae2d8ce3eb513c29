"""Bodies that publish in their own name, by what they are called: "Office of the Premier", "Keld Solvents plc"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from variorum.text import vocabulary

_TIES: Final = frozenset({"of", "for"})
_LONGEST: Final = 9  # words of a body's name


@dataclass(frozen=True, slots=True)
class _Words:
    bodies: frozenset[str]
    forms: frozenset[str]
    media: frozenset[str]
    states: str
    desks: str
    releases: str
    stated: str
    closings: str


@dataclass(frozen=True, slots=True)
class Releases:
    """`data/issuers.toml`: patterns for whole lines of a release, in any case."""

    states: re.Pattern[str]
    desks: re.Pattern[str]
    releases: re.Pattern[str]
    stated: re.Pattern[str]
    closings: re.Pattern[str]


@cache
def _words() -> _Words:
    known: _Words = vocabulary.load("issuers", _Words)
    return known


@cache
def releases() -> Releases:
    """What the lines of a release are known by."""
    known = _words()
    return Releases(
        *(re.compile(p, re.I) for p in (known.states, known.desks, known.releases, known.stated, known.closings)),
    )


@lru_cache(4_096)  # the same publishers come again
def is_body(name: str) -> bool:
    """Whether a name is that of a body that is no newsroom.

    >>> is_body("Ministry of Defence"), is_body("Keld Solvents plc"), is_body("Police Gazette")
    (True, True, False)
    """
    words = [word.strip(".,'\u2019()") for word in name.casefold().split()]
    if not 1 < len(words) <= _LONGEST:
        return False
    known = _words()
    last = words[-1] in known.forms or (words[-1] in known.bodies and words[-2] not in ("news", "press", "wire"))
    headed = any(one in known.bodies and two in _TIES for one, two in pairwise(words))
    return headed or (last and known.media.isdisjoint(words))


def bare_name(name: str) -> str:
    """A company's name without its form: "Keld Solvents" of "Keld Solvents plc"."""
    *words, last = name.split()
    return " ".join(words) if len(words) > 1 and last.casefold().strip(".,") in _words().forms else name
