"""Ages of one person: "Ferran Olt, 51" and "Mr Olt, 54", "a 29-year-old diver" and "the 27-year-old nurse".

An age is compared where it is known whose it is: of who is named beside it, of who was named before ("the
27-year-old"), of the one person whom a report names after "a 29-year-old diver". Ages of nobody named are compared
where both reports tell the same fate of one such person each, and of no other who might be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.facts.fact import Fact, elsewhere, stem
from variorum.compare.facts.names import Names
from variorum.compare.finding import Finding
from variorum.model import Span
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: How sure: where both are of one who is named, and of one whose fate they share.
_NAMED: Final = 0.8
_FATE: Final = 0.74
#: Years from which two ages are those of two people, and days after which somebody has had a birthday.
_APART: Final = 10
_BIRTHDAY: Final = 90
#: Sentences back to who is meant by "the 27-year-old", and on to who "a 29-year-old diver" is.
_BACK: Final = 3
#: Characters behind an age in which its bearer's fate is told.
_FAR: Final = 70
#: Ages of one story that are compared at most.
_MOST: Final = 60
_OLD: Final = r"(?:[- ]years?[- ]olds?)?"
_NEXT: Final = re.compile(rf"^{_OLD}(?: [a-z][\w'-]*){{0,3}} ?(?:[A-Z]\w{{0,4}}\.? )?$")
_JOINING: Final = re.compile(r"\b(?:and|or|of|from|in|at|with|by|to|for|was|is|who|whose|has|had|on)\b")
_NAME_BEFORE: Final = re.compile(r"^,? (?:who (?:is|was) |now |aged |an? |the )?$")
_AT_AGE: Final = re.compile(r"\b(?:at (?:the age of )?|aged )$")
_THEN: Final = re.compile(r"^[^,.;]{0,12}\b(?:at the time|when|then|in (?:19|20)\d\d)\b")
_NOUN_AFTER: Final = re.compile(
    r"^[- ]years?[- ]old ((?:[\w'-]+ ){0,4}?)(?=(?:who|was|is|has|had|in|from|of|at|with|and|to|,)\b|[^\w ]|$)"
)
_NOUN_BEFORE: Final = re.compile(
    r"(?:^|\W)(an?|the|another|his|her|its|their|my|our) ((?:[\w'-]+ ){0,3}?[\w'-]+), (?:aged )?$", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"(?:^|\W)(an?|the|another|his|her|its|their|my|our) (?:\w+ )?$", re.IGNORECASE)
#: "The brother of Ida Holm".
_OF_WHOM: Final = re.compile(r"(?:\bof|['’]s)\s")
_PRONOUN: Final = re.compile(r"^(?:he|she) (?:was|is) (\d{1,2})(?=[.,;]|$| years old)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``data/aged.toml``."""

    dead: list[str]
    hurt: list[str]
    missing: list[str]
    suspect: list[str]
    counted: dict[str, list[str]]
    sexes: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Aged:
    """An age as a statement gives it: of ``who``, if that is known, ``near`` if the name stands beside it; else of
    whom the words call so, with what befell them."""

    n: int
    fact: Fact
    age: int
    place: Span
    who: str | None = None
    near: bool = False
    article: str = ""
    noun: str = ""
    sex: str | None = None
    fate: str | None = None


@cache
def _lists() -> Vocabulary:
    loaded: Vocabulary = load("aged", Vocabulary)
    return loaded


def find_ages(alignment: Alignment) -> Iterator[Finding]:
    """All that is found so."""
    facts, names = alignment.facts, alignment.scale.names
    aged = _of_one_each(_whose(_ages(facts, names), facts, names))[:_MOST]
    for x, y in combinations(aged, 2):
        if not _may_differ(x, y):
            continue
        if x.who and x.who == y.who:
            about = f"the age of {names.name(x.who, 'somebody')}"
            yield _finding(x, y, about, _NAMED)
        elif not (x.who and y.who) and _one_fate(x, y, aged, facts):
            yield _finding(x, y, "the age", _FATE)


def _of_one_each(aged: Sequence[Aged]) -> list[Aged]:
    """Those of nobody to whom one sentence gives two ages: two people are called by one name, "Ada Holm, 20, and Ida
    Holm, 23"."""
    given: dict[tuple[str | None, str, int], set[int]] = {}
    for one in aged:
        sentence = one.who, one.fact.statement.article, one.fact.scene.sentence
        given.setdefault(sentence, set()).add(one.age)
    two = {who for (who, *_), ages in given.items() if who and len(ages) > 1}
    return [one for one in aged if one.who not in two]


def _finding(x: Aged, y: Aged, about: str, sure: float) -> Finding:
    return Finding("quantity", "contradiction", about, x.n, y.n, f"{x.age} years", f"{y.age} years", sure, whose=True)


def _may_differ(x: Aged, y: Aged) -> bool:
    """Whether two reports of one time give ages that one person can be given."""
    a, b = x.fact, y.fact
    if a.statement.article == b.statement.article or not 0 < abs(x.age - y.age) < _APART:
        return False
    days = [date.fromisoformat(f.reported[:10]) for f in (a, b) if f.reported and len(f.reported) >= len("2031-05-01")]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= _BIRTHDAY


# --- what a statement gives -----------------------------------------------------------------------------------------


def _ages(facts: Sequence[Fact], names: Names) -> list[Aged]:
    """Each age of each report once, by the first statement that gives it."""
    found: dict[tuple[str, int], Aged] = {}
    for n, fact in enumerate(facts):
        if fact.corrects or fact.statement.reality in ("planned", "conditional"):
            continue
        for age, span in _figures(fact):
            if (told := _aged(n, fact, age, span, names)) is not None:
                found.setdefault((fact.statement.article, span[0]), told)
    return list(found.values())


def _figures(fact: Fact) -> Iterator[tuple[int, Span]]:
    for count in fact.counts:
        low, high = count.quantity.low, count.quantity.high
        if count.slot.role == "age" and low == high and low is not None and low == int(low):
            yield int(low), count.quantity.span
    if found := _PRONOUN.match(fact.statement.text):
        begin = fact.statement.span[0]
        yield int(found[1]), (begin + found.start(1), begin + found.end(1))


def _aged(n: int, fact: Fact, age: int, span: Span, names: Names) -> Aged | None:
    begin, text = fact.statement.span[0], fact.statement.text
    before = text[: span[0] - begin]
    digits = re.match(r"\d+|[A-Za-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine)\b)?", text[span[0] - begin :])
    after = text[len(before) + (digits.end() if digits else 0) :]
    if _THEN.match(re.sub(r"^[- ]years?[- ]old", "", after)):
        return None
    person = _beside(fact, span[0] - begin, before, after, names)
    leading, noun = _called(before, after)
    words = noun.split(" ")
    sex = next((sex for sex, own in _lists().sexes.items() if not set(own).isdisjoint(words)), None)
    fate = _fate(after[:_FAR]) or _fate(before)
    return Aged(n, fact, age, span, person, person is not None, leading, words[-1], sex, fate)


def _beside(fact: Fact, place: int, before: str, after: str, names: Names) -> str | None:
    """The person named beside an age, or of whom the statement tells that he died at it."""
    begin, text = fact.statement.span[0], fact.statement.text
    people = [m for m in fact.statement.mentions if names.kind(m.entity) == "person"]
    spans = [((m.span[0] - begin, m.span[1] - begin), names.thing(m.entity)) for m in people]
    for (first, last), thing in spans:
        if last <= place and _NAME_BEFORE.match(text[last:place]):
            return thing
        between = after[: max(0, first - (len(text) - len(after)))]
        if first > place and _NEXT.match(between) and not _JOINING.search(between):
            return thing
    doers = {thing for role in ("agent", "patient") for thing in fact.named(role) if names.kind(thing) == "person"}
    return next(iter(doers)) if len(doers) == 1 and _AT_AGE.search(before) else None


def _called(before: str, after: str) -> tuple[str, str]:
    """The article and the noun that an age goes with: "the", "nurse"."""
    if (found := _NOUN_BEFORE.search(before)) is not None:
        return fold(found[1]), fold(found[2])
    leading, noun = _ARTICLE.search(before), _NOUN_AFTER.match(after)
    return fold(leading[1]) if leading else "", fold(noun[1]).strip() if noun else ""


def _fate(words: str) -> str | None:
    """The first fate that is told in some words."""
    found = [(match.start(), fate) for fate, known in _fates().items() if (match := known.search(fold(words)))]
    return min(found)[1] if found else None


@cache
def _fates() -> Mapping[str, re.Pattern[str]]:
    return {
        fate: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, getattr(_lists(), fate)))})(?![\w-])")
        for fate in ("dead", "hurt", "missing", "suspect")
    }


# --- whose it is ----------------------------------------------------------------------------------------------------


def _whose(aged: Sequence[Aged], facts: Sequence[Fact], names: Names) -> list[Aged]:
    """The ages, those that stand beside no name with the person who is meant by them."""
    told = []
    for one in aged:
        own = [other for other in aged if other.fact.statement.article == one.fact.statement.article and other.near]
        who = one.who or _meant(one, own, facts, names)
        told.append(one if who == one.who else replace(one, who=who, near=False))
    return told


def _meant(aged: Aged, beside: Sequence[Aged], facts: Sequence[Fact], names: Names) -> str | None:
    """Who is meant by an age that stands beside no name: "the 27-year-old" is who was named before, "a 29-year-old
    diver" the one whom the report names after it."""
    said = _named(aged.fact.statement.article, facts, names)
    before = [who for sentence, place, who in said if place < aged.place[0] and _near(aged, sentence)]
    pronoun = _PRONOUN.match(aged.fact.statement.text)
    if aged.article == "the" or pronoun:
        who = before[-1] if before and len({w for _, place, w in said if place < aged.place[0]}) == 1 else None
    elif aged.article in ("a", "an") and not before and aged.fact.in_lead and len({who for _, _, who in said}) == 1:
        who = said[0][2] if _near(aged, said[0][0]) else None
    else:
        who = None
    taken = any(other.who == who or other.age == aged.age for other in beside)
    return None if taken else who


def _near(aged: Aged, sentence: int) -> bool:
    return abs(aged.fact.scene.sentence - sentence) <= _BACK


def _named(article: str, facts: Sequence[Fact], names: Names) -> list[tuple[int, int, str]]:
    """The persons of whom a report tells something, in order, with sentence and place; who only speaks is none."""
    found = {
        (fact.scene.sentence, m.span[0], names.thing(m.entity))
        for fact in facts
        if fact.statement.article == article
        for m in fact.statement.mentions
        if names.kind(m.entity) == "person" and names.thing(m.entity) not in _speakers(fact, names)
    }
    known = {thing for fact in facts for thing in fact.names if names.kind(thing) == "person"}
    found |= {
        (fact.scene.sentence, fact.statement.span[0], thing)
        for fact in facts
        if fact.statement.article == article
        for row in fact.statement.attribution
        for thing in known
        if _OF_WHOM.search(row.name or "") and names.name(thing) in (row.name or "")
    }
    return sorted(found)


def _speakers(fact: Fact, names: Names) -> set[str]:
    """Who is known only for what they say; "the brother of Ida Holm" is not she."""
    told = [row for row in fact.statement.attribution if row.entity and not _OF_WHOM.search(row.name or "")]
    return {names.thing(row.entity) for row in told if row.entity}


# --- nobody named ---------------------------------------------------------------------------------------------------


def _one_fate(x: Aged, y: Aged, aged: Sequence[Aged], facts: Sequence[Fact]) -> bool:
    """Whether two reports tell one fate of one person each, who is called alike, and of no other who might be meant."""
    if not x.fate or x.fate != y.fate or elsewhere(x.fact, y.fact) or not _called_alike(x, y):
        return False
    return all(_alone(one, aged, facts) for one in (x, y))


def _called_alike(x: Aged, y: Aged) -> bool:
    if x.sex and y.sex:
        return x.sex == y.sex
    return bool(x.noun and y.noun and stem(x.noun) == stem(y.noun))


def _alone(one: Aged, aged: Sequence[Aged], facts: Sequence[Fact]) -> bool:
    """Whether a report gives no other age, and counts no others, of that fate."""
    if one.article in ("another", "his", "her", "its", "their", "my", "our"):
        return False
    here = one.fact.statement.article
    others = [
        other for other in aged
        if other.fact.statement.article == here and other.age != one.age and other.fate in (None, one.fate)
        and (not other.sex or not one.sex or other.sex == one.sex)
    ]  # fmt: skip
    roles = _lists().counted[one.fate or ""]
    counted = any(c.slot.role in roles and c.core > 1 for f in facts if f.statement.article == here for c in f.counts)
    return not others and not counted
