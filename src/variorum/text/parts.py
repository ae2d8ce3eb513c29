"""Parts of a text shown with a mark for what is left out between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from variorum.model import Span

#: What stands for words that are left out.
GAP: Final = " … "


def words_of(text: str, kept: Sequence[Span]) -> str:
    """The words of some spans of a text, with a mark between them.

    >>> words_of("The mill, which is old, burnt down.", [(0, 8), (22, 35)])
    'The mill … burnt down.'
    """
    return GAP.join(text[begin:end].strip() for begin, end in kept)


def places_of(part: str, text: str) -> tuple[Span, ...]:
    """Where in a text the parts stand that `words_of` made one of; none where it is not of this text."""
    found, at = [], 0
    for words in part.split(GAP):
        begin = text.find(words, at)
        if begin < 0:
            return ()
        at = begin + len(words)
        found.append((begin, at))
    return tuple(found)
