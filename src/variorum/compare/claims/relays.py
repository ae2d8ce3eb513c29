"""By which short names a report means an outlet that is here too: "told Channel 9", "in the Herald", "the Velm agency".

A title's last word alone is enough behind "the" if it is a word that papers are called by and no other paper here is;
what is left of a title without "News" or "Online", and an agency's first and last word, always are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from variorum.text.normalise import flat_quotes
from variorum.text.vocabulary import load

_CUE: Final = (
    r"\b(?:told|tells|telling|(?:spoke|speaking) (?:to|with)|interview (?:with|in)|in"
    r"|(?:quoted|reported|published|cited|seen) (?:by|in)) (?:the )?"
)
_TAILS: Final = ("news", "online", "live")
_AGENCY: Final = ("agency", "bureau", "service", "wire")
_FULL: Final = 3  # words of an agency's name of which those between the first and the last are left out


class _Titles(msgspec.Struct, frozen=True):
    """`data/bylines.toml`, as far as it is needed here."""

    title_nouns: frozenset[str]


class ShortNames:
    """The outlets of a story by what others call them."""

    def __init__(self, titles: Iterable[str]) -> None:
        known = sorted(set(titles))
        last = Counter(title.rsplit(maxsplit=1)[-1].casefold() for title in known)
        self._patterns = {
            title: re.compile("|".join(forms))
            for title in known
            if (forms := list(_forms(title, last[title.rsplit(maxsplit=1)[-1].casefold()] == 1)))
        }

    def named(self, sentence: str) -> list[str]:
        """The titles that a sentence names as those to whom, or in which, its words were said."""
        flat = flat_quotes(sentence)
        return [title for title, pattern in self._patterns.items() if pattern.search(flat)]


def _forms(title: str, alone: bool) -> Iterable[str]:
    words = re.sub(r"\A[Tt]he ", "", title.title() if title.isupper() else title).split()
    tail = words[-1].casefold() if words else ""
    if len(words) > 2 and tail in _TAILS:
        yield _CUE + re.escape(" ".join(words[:-1])) + r"\b"
    if len(words) >= _FULL and tail in _AGENCY:
        yield _CUE + re.escape(words[0]) + " (?i:" + re.escape(words[-1]) + r")\b"
    if alone and tail in _nouns():
        yield _CUE.replace("(?:the )?", "the ") + re.escape(words[-1]) + r"\b(?! [A-Z])"


@cache
def _nouns() -> frozenset[str]:
    known: _Titles = load("bylines", _Titles)
    return known.title_nouns
