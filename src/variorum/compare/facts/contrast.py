"""Words that answer one question differently, from ``data/contrast.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from variorum.model import ConflictKind
from variorum.text.normalise import fold
from variorum.text.vocabulary import load


@dataclass(frozen=True, slots=True)
class Contrast:
    """Sides of one question; ``needs_denial`` where different words alone are no dispute; ``flips`` where there are
    two sides and to negate one is to affirm the other, of one participant; ``of_somebody`` where each participant has
    a side of his own; ``kind`` of conflict it is told as."""

    about: str
    sides: tuple[tuple[str, ...], ...]
    needs_denial: bool = False
    flips: bool = False
    of_somebody: bool = False
    kind: ConflictKind = "category"


@dataclass(frozen=True, slots=True)
class Contrasts:
    """``data/contrast.toml``."""

    contrast: tuple[Contrast, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The side that a text takes in a contrast, and its words for it."""

    contrast: Contrast
    side: int
    phrase: str


class Lexicon:
    """Finds sides in texts with one pattern over all phrases."""

    def __init__(self, contrasts: tuple[Contrast, ...]) -> None:
        self._sides: dict[str, list[tuple[Contrast, int]]] = {}
        for contrast in contrasts:
            for n, side in enumerate(contrast.sides):
                for phrase in side:
                    self._sides.setdefault(fold(phrase), []).append((contrast, n))
        ordered = sorted(self._sides, key=lambda p: (-len(p), p))
        self._pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, ordered)) + r")(?:s|es|ed)?(?![\w-])")

    def sides(self, text: str) -> Mapping[str, Side]:
        """By question, the side the text takes; none where it names two sides of it."""
        found: dict[str, Side] = {}
        torn: set[str] = set()
        for match in self._pattern.finditer(fold(text)):
            for contrast, side in self._sides[match[1]]:
                known = found.setdefault(contrast.about, Side(contrast, side, match[1]))
                if known.side != side:
                    torn.add(contrast.about)
        return {about: side for about, side in found.items() if about not in torn}


@cache
def lexicon() -> Lexicon:
    """The vocabulary, read once."""
    contrasts: Contrasts = load("contrast", Contrasts)
    return Lexicon(contrasts.contrast)
