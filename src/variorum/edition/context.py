"""What a sentence takes for granted: whom and what a reader must have met before it is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.edition.material import Material
from variorum.edition.sentences import (
    Sentence,
    brief_words,
    names_somebody,
    of_sentence,
    takes_somebody_for_known,
    unquoted_in_place,
)
from variorum.model import Span
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

_OWNER: Final = re.compile(r"the (\w+)(?:['’]s|s['’])\s")  # of a thing or person that is known
_AGED: Final = re.compile(r"the (\d+)-(?:year|month|week|day)-old\b")
_WHICH: Final = "of|who|that|which|where|in|at|for|from|between|behind|on"
_NAMED: Final = re.compile(rf"\A\W*the (?:[a-z][\w'’-]* ){{0,3}}(?:[A-Z0-9]|[a-z][\w'’-]* (?:{_WHICH})\b)", re.S)
_OPENING: Final = re.compile(
    r"\A(?:(?:after|before|upon|on|while|when|by|without|since|in|at|as|during|for)\s)?[^,;:\"]{1,60},\s"
)
_TAKEN_UP: Final = re.compile(r"(?i:the|this|that|these|those|such)\s(?:[a-z][\w'’-]*\s){0,2}[a-z][\w'’-]*\Z")
_MORE: Final = re.compile(rf",?\s(?:(?:{_WHICH})\b|[A-Z])")  # what says which one it is
_THESE: Final = re.compile(
    r"(?i:this|these|those|such)\s(?!.*\b(?:minute|hour|day|night|week|month|year|time|point|season|century|decade|"
    r"morning|afternoon|evening|weekend|spring|summer|autumn|fall|winter)s?\Z)"
)  # but for times, which the day of the report tells
_NAME: Final = re.compile(r"\s(?:\w*[A-Z]|\d)")  # behind "the website": which one it is
_STEM: Final = 4
_DEFINITE: Final = re.compile(r"\A\W*the [a-z]", re.S)


@dataclass(frozen=True, slots=True)
class Needs:
    """Words one of which must have been told (``words``: of each set one), and the persons who must have been named in
    full (``persons``). ``definite``: it opens with a thing, or has a person, as one that is known."""

    words: tuple[frozenset[str], ...] = ()
    persons: frozenset[str] = frozenset()
    definite: bool = False


def needs(sentence: Sentence, names: dict[str, frozenset[str]], before: frozenset[str]) -> Needs:
    """Those of ``sentence``; ``names`` are the full names of each person who has one, ``before`` the words that its
    report has before it."""
    return Needs(
        (*_words(sentence), *_pointed(sentence), *_resumed(sentence, before)),
        _persons(sentence, names),
        _is_definite(sentence),
    )


def _resumed(sentence: Sentence, before: frozenset[str]) -> Iterator[frozenset[str]]:
    """The things that its report has brought in before and that it only takes up ("the letter was read"), or that it
    points to ("such letters"): whoever has not read of them must have been told. What else a
    report names first with "the" is known to everybody."""
    text = sentence.article.text
    things = [(a.span, a.head) for s in sentence.statements if s.frame for a in s.frame.arguments if not a.entity]
    things += [(a.span, _lemma(a.name)) for s in sentence.statements for a in s.attribution if a.span and not a.entity]
    for (start, end), head in dict.fromkeys(things):
        inside = sentence.span[0] <= start and end <= sentence.span[1]
        known = head in before or _THESE.match(text, start, end)
        if not inside or not known or head in brief_words().unique or not _TAKEN_UP.match(text, start, end):
            continue
        if not _MORE.match(text, end) and head[:_STEM] not in fold(text[sentence.span[0] : start]):
            yield frozenset({head})


def _pointed(sentence: Sentence) -> Iterator[frozenset[str]]:
    """The reports and pictures, and those who speak for others, of whom it speaks behind its first words as of ones
    just told of ("a source told the website"), unless it has told of such a thing itself."""
    text, begin = unquoted_in_place(sentence), sentence.span[0]
    for found in _medium().finditer(text):
        named = _NAME.match(sentence.article.text, begin + found.end())
        if not named and not _medium_told().search(text, 0, found.start()) and found.start():
            yield frozenset({found[1], found[1].removesuffix("s"), f"{found[1]}s"})


def _lemma(name: str) -> str:
    """The last word of a source's name without the ending of a plural: "the officials", "official"."""
    return fold(name).split()[-1].removesuffix("s") if name.strip() else ""


def full_names(material: Material) -> dict[str, frozenset[str]]:
    """For each person of more than one name these names, folded; of those aside whom most reports that name them name
    first by the short one: everybody knows them so."""
    found = {}
    first = _first_named(material)
    for entity in material.entities:
        spelled = {fold(name) for name in (entity.name, *entity.aliases)}
        whole = frozenset(name for name in spelled if len(name.split()) > 1 and not _title().match(name))
        names = [fold(name) for name in first.get(entity.id, ())]
        if entity.kind == "person" and whole and 2 * sum(name in whole for name in names) >= len(names):
            found[entity.id] = whole
    return found


def _first_named(material: Material) -> dict[str, list[str]]:
    """For each entity the words by which each report names it first."""
    found: dict[str, list[str]] = {}
    for article in material.articles:
        seen: set[str] = set()
        mentions = {m for s in material.statements if s.article == article.id for m in s.mentions}
        for mention in sorted(mentions, key=lambda m: m.span):
            if mention.entity not in seen:
                seen.add(mention.entity)
                found.setdefault(mention.entity, []).append(article.text[slice(*mention.span)])
    return found


def with_speakers(material: Material, sentence: Sentence) -> Sentence:
    """``sentence`` with the names of the persons whom it quotes by a pronoun only: those who are the last named or told
    of before it, so that nobody else can be meant."""
    found: dict[int, str] = {}
    for source in (a for s in sentence.statements for a in s.attribution):
        name = material.persons.get(source.entity or "")
        if not name or source.span is None or not _is_pronoun(sentence, source.span):
            continue
        last, end = material.last_person(sentence.article.id, source.span[0])
        if last == source.entity and not names_somebody(sentence.article.text[end : source.span[0]]):
            found.setdefault(source.span[1], name)
    first = min(found, default=0)  # one is enough: whom "she" means thereafter the first has told
    return replace(sentence, speakers=((first, found[first]),)) if found else sentence


def _is_pronoun(sentence: Sentence, span: Span) -> bool:
    inside = sentence.span[0] <= span[0] and span[1] <= sentence.span[1]
    return inside and sentence.article.text[slice(*span)].casefold() in brief_words().persons


def introduced(sentence: Sentence, names: dict[str, frozenset[str]]) -> frozenset[str]:
    """The persons whom ``sentence`` names in full."""
    text = fold(sentence.text)
    return frozenset(e for e in _named(sentence) if any(name in text for name in names.get(e, ())))


def _persons(sentence: Sentence, names: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(_named(sentence) & names.keys() | _namesake(sentence, names)) - introduced(sentence, names)


def _namesake(sentence: Sentence, names: dict[str, frozenset[str]]) -> set[str]:
    """The person whose surname the sentence opens with, where the name was taken for that of something else."""
    begin, text = sentence.span[0], sentence.article.text
    first = [m for s in sentence.statements for m in s.mentions if m.span[0] == begin and m.entity not in names]
    opening = {fold(text[slice(*m.span)]) for m in first}
    found = {e for e, full in names.items() if any(name.split()[-1] in opening for name in full)} if opening else set()
    return found if len(found) == 1 else set()


def _named(sentence: Sentence) -> set[str]:
    named = {m.entity for s in sentence.statements for m in s.mentions}
    return named | {a.entity for s in sentence.statements for a in s.attribution if a.entity}


@of_sentence
def _words(sentence: Sentence) -> tuple[frozenset[str], ...]:
    flat = sentence.flat.lstrip("\"'([")
    if aged := _AGED.match(flat):
        return (frozenset({aged[1]}),)
    if owner := _OWNER.match(flat):
        return (frozenset({owner[1], owner[1].removesuffix("s")}),)
    echo = _echo().match(flat) or _echo().match(_OPENING.sub("", flat, count=1))
    return (frozenset({echo[1], echo[1].removesuffix("s")}),) if echo else ()


@of_sentence
def _is_definite(sentence: Sentence) -> bool:
    text = sentence.text[:1].lower() + sentence.text[1:]
    known = _DEFINITE.match(text) and not _is_named(sentence.text) and not _is_named_before_its_verb(sentence)
    return bool(known) or takes_somebody_for_known(sentence)


def _is_named_before_its_verb(sentence: Sentence) -> bool:
    """Whether what it opens with has a name in it: "the last man missing after the flood at Velm was found"."""
    verb = min((s.frame.span[0] for s in sentence.statements if s.frame), default=0)
    return any(m.span[1] <= verb for s in sentence.statements for m in s.mentions)


def _is_named(text: str) -> bool:
    """Whether what it opens with says itself which one it is: by a name or by what follows it."""
    return _NAMED.match(text[:1].lower() + text[1:]) is not None


@cache
def _medium() -> re.Pattern[str]:
    media = longest_first(brief_words().media)
    return re.compile(rf"\b(?:the|these|those)\s(?:[a-z]\w+\s)?({media})\b(?!\s(?:{_WHICH}|[a-z]+ed)\b|['’])")


@cache
def _medium_told() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first((*brief_words().media, *brief_words().hearsay))})\b")


@cache
def _echo() -> re.Pattern[str]:
    return re.compile(
        rf"the ({longest_first((*brief_words().echoes, *brief_words().familiar))})\b(?!(?:'s)?\s(?:{_WHICH})\b)"
    )


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(brief_words().before_names)})\.?\s+\S+$")
