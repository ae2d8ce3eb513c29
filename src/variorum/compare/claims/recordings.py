"""What several reports tell of one recording or writing: whoever describes it, what is told rests on it.

"In the clip, they sit on a sofa", "the video shows them on a sofa"; "the ad says", "the ad states". Nobody saw it by
himself, so the recording, and who made it, is the one root of all; that lowers the least, and never the most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.text.vocabulary import load, longest_first

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``data/recordings.toml``."""

    kinds: dict[str, tuple[str, ...]]
    shows: tuple[str, ...]


def recordings(fact: Fact) -> frozenset[str]:
    """The kinds of recordings and writings, as keys of roots, of which a statement tells what is in them."""
    found = {_kinds()[match[1] or match[2]] for match in _pattern().finditer(fact.folded)}
    root = fact.statement.root
    if fact.statement.attribution and not root.entity:
        last = (root.name or "").lower().rsplit(" ", 1)[-1]
        found |= {_kinds()[last]} if last in _kinds() else set()
    return frozenset(f"recording:{kind}" for kind in found) if found else _NONE


def spoken_of(text: str) -> frozenset[str]:
    """The kinds of recordings and writings, as keys of roots, of which a report speaks: what it tells as its own may be
    what is in them."""
    return frozenset(f"recording:{_kinds()[match[0]]}" for match in _named().finditer(text.lower()))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{longest_first(_kinds())})(?![\w-])")


@cache
def _words() -> _Vocabulary:
    read: _Vocabulary = load("recordings", _Vocabulary)
    return read


@cache
def _kinds() -> Mapping[str, str]:
    return {name: kind for kind, names in _words().kinds.items() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    name, shows = longest_first(_kinds()), longest_first(_words().shows)
    return re.compile(
        rf"^\W*(?:in|on) (?:the|a|an|this|his|her|their) (?:[\w-]+ ){{0,2}}({name})\b"
        rf"|(?<!\w)({name})(?:, .{{1,120}},| (?:valid|in force|issued|dated|sent|written|of|from|for) [^,.]{{1,60}}?)?"
        rf" (?:also |then )?(?:{shows})(?!\w)"
    )
