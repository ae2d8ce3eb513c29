"""Nouns that name people, by their lemma: one reading of ``data/counting.toml`` for the stages that count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.text import vocabulary

_SHORT: Final = 4  # letters of a word whose ending tells nothing


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """``persons`` are kinds of people, ``beings`` other words for them; an ending tells the rest, but for
    ``thing_words``. ``besides``: before a noun they leave out those already told of."""

    persons: frozenset[str]
    beings: frozenset[str]
    person_endings: tuple[str, ...]
    thing_words: frozenset[str]
    besides: tuple[str, ...]


@cache
def people_words() -> PeopleWords:
    """The vocabulary, read once."""
    loaded: PeopleWords = vocabulary.load("counting", PeopleWords)
    return loaded


def is_person_word(lemma: str) -> bool:
    """Whether a common noun names a kind of people, by the list or by its ending ("welder", "machinist")."""
    words = people_words()
    if lemma in words.persons or lemma in ("person", "people"):
        return True
    return lemma.endswith(words.person_endings) and lemma not in words.thing_words and len(lemma) > _SHORT
