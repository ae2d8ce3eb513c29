"""In which language a text is."""

from __future__ import annotations

from typing import Final

from variorum.text.background import background
from variorum.text.shingle import words

_ENGLISH: Final = 0.9  # of the words that are no names stand in the background table: English, which it was made from
_ENOUGH: Final = 15  # such words
_READ: Final = 600  # characters


def language(text: str) -> str:
    """ISO 639-1 of ``text``; plain English is told without loading a model."""
    found = words(text[:_READ])
    plain = found.ids[~found.named]
    table = background()
    if len(plain) >= _ENOUGH and (table.texts_with(plain) > 0.002 * table.total).mean() >= _ENGLISH:
        return "en"
    from py3langid import classify

    code: str = classify(text[:_READ])[0]
    return code
