"""What a sentence takes for granted: whom and what a reader must have met before it is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.edition.material import Material
from variorum.edition.sentences import Sentence, brief_words, takes_somebody_for_known
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

_OWNER: Final = re.compile(r"the (\w+)(?:['’]s|s['’])\s")  # of a thing or person that is known
_AGED: Final = re.compile(r"the (\d+)-(?:year|month|week|day)-old\b")
_WHICH: Final = "of|who|that|which|where|in|at|for|from|between|behind|on"
_NAMED: Final = re.compile(rf"\A\W*the (?:[a-z][\w'’-]* ){{0,3}}(?:[A-Z0-9]|[a-z][\w'’-]* (?:{_WHICH})\b)", re.S)
_OPENING: Final = re.compile(
    r"\A(?:(?:after|before|upon|on|while|when|by|without|since|in|at|as|during|for)\s)?[^,;:\"]{1,60},\s"
)
_DEFINITE: Final = re.compile(r"\A\W*the [a-z]", re.S)


@dataclass(frozen=True, slots=True)
class Needs:
    """Words one of which must have been told (``words``: of each set one), and the persons who must have been named in
    full (``persons``). ``definite``: it opens with a thing, or has a person, as one that is known."""

    words: tuple[frozenset[str], ...] = ()
    persons: frozenset[str] = frozenset()
    definite: bool = False


def needs(sentence: Sentence, names: dict[str, frozenset[str]]) -> Needs:
    """Those of ``sentence``; ``names`` are the full names of each person who has one."""
    return Needs(_words(sentence), _persons(sentence, names), _is_definite(sentence))


def full_names(material: Material) -> dict[str, frozenset[str]]:
    """For each person of more than one name these names, folded."""
    found = {}
    for entity in material.entities:
        spelled = {fold(name) for name in (entity.name, *entity.aliases)}
        whole = frozenset(name for name in spelled if len(name.split()) > 1 and not _title().match(name))
        if entity.kind == "person" and whole:
            found[entity.id] = whole
    return found


def introduced(sentence: Sentence, names: dict[str, frozenset[str]]) -> frozenset[str]:
    """The persons whom ``sentence`` names in full."""
    text = fold(sentence.text)
    return frozenset(e for e in _named(sentence) if any(name in text for name in names.get(e, ())))


def _persons(sentence: Sentence, names: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(_named(sentence) & names.keys()) - introduced(sentence, names)


def _named(sentence: Sentence) -> set[str]:
    named = {m.entity for s in sentence.statements for m in s.mentions}
    return named | {a.entity for s in sentence.statements for a in s.attribution if a.entity}


def _words(sentence: Sentence) -> tuple[frozenset[str], ...]:
    flat = sentence.flat.lstrip("\"'([")
    if aged := _AGED.match(flat):
        return (frozenset({aged[1]}),)
    if owner := _OWNER.match(flat):
        return (frozenset({owner[1], owner[1].removesuffix("s")}),)
    echo = _echo().match(flat) or _echo().match(_OPENING.sub("", flat, count=1))
    return (frozenset({echo[1], echo[1].removesuffix("s")}),) if echo else ()


def _is_definite(sentence: Sentence) -> bool:
    text = sentence.text[:1].lower() + sentence.text[1:]
    return (bool(_DEFINITE.match(text)) and not _is_named(sentence.text)) or takes_somebody_for_known(sentence)


def _is_named(text: str) -> bool:
    """Whether what it opens with says itself which one it is: by a name or by what follows it."""
    return _NAMED.match(text[:1].lower() + text[1:]) is not None


@cache
def _echo() -> re.Pattern[str]:
    return re.compile(
        rf"the ({longest_first((*brief_words().echoes, *brief_words().familiar))})\b(?!(?:'s)?\s(?:{_WHICH})\b)"
    )


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(brief_words().before_names)})\.?\s+\S+$")
