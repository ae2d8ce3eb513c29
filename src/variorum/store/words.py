"""Text to the words that are indexed and looked for, the same on every database.

Databases cut and fold text each in its own way. Here both get words that are cut already: folded, without accents, the
plural taken off (the S-stemmer: Harman 1991, "How effective is suffixing?"), ideographs one by one, and what is not
ASCII spelt as its bytes, so that no tokenizer and no locale has a say. A search finds the same on both, and the words
found have exact places in the text. A change here needs a migration that indexes again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from variorum.model import Span

_MARKS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
_SINGLE: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(rf"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\W_])(?:(?![{_SINGLE}])(?:[^\W_]|[{_MARKS}]))*")
_LONGEST: Final = 60  # characters of a word that count; a line of base64 is no word


def words(text: str) -> list[str]:
    """The words of ``text`` as they are indexed. A letter that is nothing but a mark on nothing is none."""
    return [word for word, _ in placed(text)]


def placed(text: str) -> Iterator[tuple[str, Span]]:
    """The same words with their places."""
    return ((word, match.span()) for match in _WORD.finditer(text) if (word := _indexed(match[0])))


@lru_cache(maxsize=100_000)
def _indexed(word: str) -> str:
    return spelt(_singular(folded(word)))


def folded(word: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))[:_LONGEST]


def spelt(word: str) -> str:
    """In ASCII letters and digits; the beginning of a word is spelt as the beginning of its spelling."""
    kept = "".join(c for c in word if c.isalnum())
    return kept if kept.isascii() else "0x" + kept.encode("utf-8", "replace").hex()


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
