"""One place of the sentence that two statements fill with two things: "ten minutes later" and "five minutes later",
"two lumps" and "a lump", "another man" and "a man". A place that only one of them fills keeps nothing apart.

What stands in such a place is no figure or day that can be read out and set side by side; it only says that the two
do not say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import hypot
from typing import Final

from variorum.compare.claims.same_deed import vocabulary as deeds
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.questions import names_people
from variorum.compare.facts.remembered import of_fact
from variorum.model import Place
from variorum.text.vocabulary import load, longest_first

#: Texts whose places are remembered.
_REMEMBERED: Final = 20_000
#: Words between "another" and whom it brings in, between "a" and what there is one of, and between "ties" and "record".
_BETWEEN: Final = 2
_AFTER_TIE: Final = 6
_SEVERAL: Final = 2
#: Two times of one unit that are hardly one, as a share of the longer.
_NEARLY: Final = 0.2
#: Words that say where something is or goes, before the name of a place.
_WHERE: Final = re.compile(r"\b(in|at|to|into|from)(?: the)? $")
#: Degrees from which two towns are not parts of one.
_FAR: Final = 0.2
_RECORD: Final = re.compile(r"\brecords?\b")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``data/slots.toml``."""

    compass: tuple[tuple[str, str], ...]
    compass_endings: tuple[str, ...]
    others: tuple[str, ...]
    spans: dict[str, int]
    directions: dict[str, str]
    tied: tuple[str, ...]
    fates: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    attempts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Of ``data/numbers.toml`` what is read here."""

    ones: dict[str, int]
    tens: dict[str, int]
    ordinals: dict[str, int]


@cache
def _words() -> _Vocabulary:
    read: _Vocabulary = load("slots", _Vocabulary)
    return read


@cache
def _numbers() -> _Numbers:
    read: _Numbers = load("numbers", _Numbers)
    return read


def filled_otherwise(a: Fact, b: Fact) -> bool:
    """Whether one place of the sentence is filled with two things, as the words alone say."""
    return (
        _spans_differ(a.key, b.key)
        or _compass_differs(a.key, b.key)
        or _ordinals_differ(a.key, b.key)
        or _one_of_several(a, b)
        or _one_of_several(b, a)
        or _another(a, b)
        or _another(b, a)
        or {_tied(a.key), _tied(b.key)} == {True, False}
        or _attempts_differ(a.key, b.key)
        or _fates_differ(a.key, b.key)
    )


def is_time(unit: str) -> bool:
    """Whether it is a unit of the time between two deeds."""
    return unit in _words().spans


# --- the time between two deeds -------------------------------------------------------------------------------------


def _spans_differ(a: str, b: str) -> bool:
    """ "Ten minutes later", "five minutes later"; both tell one such time, and it runs one way."""
    one, other = _spans(a), _spans(b)
    if len(one) != 1 or len(other) != 1 or one[0][0] != other[0][0]:
        return False
    short, long = sorted((one[0][1], other[0][1]))
    return long - short > _NEARLY * long


@lru_cache(_REMEMBERED)
def _spans(key: str) -> tuple[tuple[str, float], ...]:
    """The way and the length of the times that a text tells beside another deed."""
    found = (
        (_words().directions[match["way"]], _value(match["number"]) * _words().spans[match["unit"]])
        for match in _span_pattern().finditer(key)
    )
    return tuple(dict.fromkeys(found))


@cache
def _span_pattern() -> re.Pattern[str]:
    units, ways = longest_first(_words().spans), longest_first(_words().directions)
    number = longest_first((*_numbers().ones, *_numbers().tens, "a", "an"))
    return re.compile(rf"(?<!\w)(?P<number>\d+|{number}) (?P<unit>{units})s? (?P<way>{ways})(?!\w)")


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    return (_numbers().ones | _numbers().tens).get(number, 1)


# --- which of them ----------------------------------------------------------------------------------------------------


def _compass_differs(a: str, b: str) -> bool:
    """ "The north-eastern city", "the north-western town"."""
    one, other = _compass(a), _compass(b)
    return any(
        {x} == set(pair) & one and {y} == set(pair) & other
        for pair in map(tuple, _words().compass)
        for x, y in (pair, pair[::-1])
    )


@lru_cache(_REMEMBERED)
def _compass(key: str) -> frozenset[str]:
    found = {part for match in _compass_pattern().finditer(key) for part in match.groups() if part}
    return frozenset(found)


@cache
def _compass_pattern() -> re.Pattern[str]:
    parts = longest_first(part for pair in _words().compass for part in pair)
    return re.compile(rf"(?<!\w)({parts})?-?({parts})(?:{longest_first(_words().compass_endings)})(?!\w)")


def _ordinals_differ(a: str, b: str) -> bool:
    """ "His second goal", "the third goal"."""
    one, other = _ordinals(a), _ordinals(b)
    return any(one[noun].isdisjoint(other[noun]) for noun in one.keys() & other.keys())


@lru_cache(_REMEMBERED)
def _ordinals(key: str) -> Mapping[str, frozenset[int]]:
    """By the stem of what is numbered its numbers."""
    found: dict[str, set[int]] = {}
    for match in _ordinal_pattern().finditer(key):
        number = match["digits"] or _numbers().ordinals[match["word"]]
        found.setdefault(stem(match["noun"]), set()).add(int(number))
    return {noun: frozenset(numbers) for noun, numbers in found.items()}


@cache
def _ordinal_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{longest_first(_numbers().ordinals)}))"
        r" (?P<noun>[a-z]{3,})(?!\w)"
    )


def _one_of_several(few: Fact, many: Fact) -> bool:
    """ "A lump", "two lumps": what one statement tells one of the other tells several of, as a bare figure. People are
    for their counts to tell apart; "one of the two cars" speaks of one, too."""
    for count in many.counts:
        unit = count.quantity.unit
        if not unit or count.slot.role is not None or count.low < _SEVERAL or count.quantity.unit_code:
            continue
        counted = any(stem(unit) == stem(other.quantity.unit or "") for other in few.counts)
        if not counted and not names_people(unit) and _has_one(few.key, unit) and not _has_one(many.key, unit):
            return True
    return False


def _has_one(key: str, unit: str) -> bool:
    noun = re.escape(unit.lower())
    return (
        re.search(rf"(?<!\w)(?:an? (?:[\w-]+ ){{0,{_BETWEEN}}}{noun}|one of (?:[\w-]+ ){{1,4}}{noun}s)(?![\w'])", key)
        is not None
    )


def _another(a: Fact, b: Fact) -> bool:
    """Whether the first brings in another than the one in the news, and the second some unnamed one: "another man",
    "a man". Who is named may be that other."""
    heads = {p.head for p in a.parties.get("agent", ())} & {p.head for p in b.parties.get("agent", ())}
    unnamed = not (a.named("agent") or b.named("agent"))
    return unnamed and _brings_in(a) and not _brings_in(b) and bool(heads or a.undergoing & b.undergoing)


@of_fact
def _brings_in(fact: Fact) -> bool:
    heads = {p.head for p in fact.parties.get("agent", ())}
    return any(stem(noun) in heads for noun in _other_pattern().findall(fact.key) for noun in noun.split())


@cache
def _other_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{longest_first(_words().others)}) ((?:[\w-]+ ){{0,{_BETWEEN}}}[\w-]+)")


@lru_cache(_REMEMBERED)
def _tied(key: str) -> bool | None:
    """Whether a record is said to be tied; None where none is told of."""
    record = _RECORD.search(key)
    if record is None:
        return None
    words = longest_first(_words().tied)
    return re.search(rf"(?<!\w)(?:{words}) (?:[\w-]+ ){{0,{_AFTER_TIE}}}records?(?!\w)", key) is not None


def _attempts_differ(a: str, b: str) -> bool:
    """ "Charged with attempted murder", "charged with two counts of murder": who tries to has not done it."""
    one, other = _offences(a), _offences(b)
    return any(one[kind].isdisjoint(other[kind]) for kind in one.keys() & other.keys())


@lru_cache(_REMEMBERED)
def _offences(key: str) -> Mapping[str, frozenset[bool]]:
    """By the name of an offence whether it is told of as only attempted, as done, or as both."""
    found: dict[str, set[bool]] = {}
    for match in _offence_pattern().finditer(key):
        found.setdefault(match["offence"], set()).add(match["attempt"] is not None)
    return {offence: frozenset(told) for offence, told in found.items()}


@cache
def _offence_pattern() -> re.Pattern[str]:
    attempts, offences = longest_first(_words().attempts), longest_first(frozenset().union(*deeds().offences))
    return re.compile(rf"(?<!\w)(?P<attempt>(?:{attempts}) )?(?P<offence>{offences})(?!\w)")


def _fates_differ(a: str, b: str) -> bool:
    """ "Among the dead is the driver", "among the injured is the driver": who is of the one is none of the other."""
    one, other = _fates(a), _fates(b)
    return bool(one and other) and any(
        (one <= set(x) and other <= set(y)) or (one <= set(y) and other <= set(x)) for x, y in _words().fates
    )


@lru_cache(_REMEMBERED)
def _fates(key: str) -> frozenset[str]:
    """Among whom somebody is told to be."""
    return frozenset(_fate_pattern().findall(key))


@cache
def _fate_pattern() -> re.Pattern[str]:
    fates = longest_first(fate for sides in _words().fates for side in sides for fate in side)
    return re.compile(rf"(?<!\w)(?:among|(?:one|two|three|some) of) (?:the|those)(?: [\w-]+)? ({fates})(?!\w)")


# --- where ---------------------------------------------------------------------------------------------------------


def places_differ(a: Fact, b: Fact, names: Names) -> bool:
    """ "Checked into a clinic in Velm", "checked into rehab in Marlet": one deed, and behind one word two towns."""
    if not a.predicate or a.predicate != b.predicate:
        return False
    one, other = _towns(a, names), _towns(b, names)
    return any(all(_apart(x, y) for x in one[w] for y in other[w]) for w in one.keys() & other.keys())


def _towns(fact: Fact, names: Names) -> Mapping[str, Sequence[Place]]:
    """The towns of a statement by the word before them, as far as it is known where they lie."""
    found: dict[str, list[Place]] = {}
    text, begin = fact.statement.text, fact.statement.span[0]
    for mention in fact.statement.mentions:
        site = names.site(mention.entity)
        if site is None or site.kind != "city":
            continue
        where = _WHERE.search(text[: max(0, mention.span[0] - begin)].lower())
        if where:
            found.setdefault(where[1], []).append(site)
    return found


def _apart(one: Place, other: Place) -> bool:
    """Whether two towns are not one, nor a part of one."""
    if one.geonames == other.geonames or None in (one.latitude, other.latitude, one.longitude, other.longitude):
        return False
    return hypot(one.latitude - other.latitude, one.longitude - other.longitude) > _FAR  # type: ignore[operator]
