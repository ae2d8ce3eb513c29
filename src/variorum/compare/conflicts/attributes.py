"""What one thing can be only once, told without a number: with what somebody was hit, where it began, which way it
went (``data/attributes.toml``).

A report answers where its statements of the deed have one answer between them. Two answers are set side by side where
nothing says that they are of two deeds: other persons, days, places, or several to whom it was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import has_any
from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, elsewhere, other_day
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import same_root
from variorum.compare.facts.questions import names_people
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.tolls import near_in_time
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold
from variorum.text.vocabulary import load, longest_first

_SURE: Final = 0.74
#: Words between what leads to an answer and the answer, and characters between a deed and what leads to it.
_BETWEEN: Final = 3
_FAR: Final = 60
#: Nearness in meaning that speaks for one deed where who it was done to is not named in both.
_NEAR: Final = 0.2
#: "From Tarn to Velm".
_FROM_TO: Final = re.compile(r"\bfrom ((?:[A-Z][\w'’-]+ ?){1,3}) to ((?:[A-Z][\w'’-]+ ?){1,3})")
_UNDER_WAY: Final = re.compile(
    r"\b(?:en route|on (?:its|her|their|the) way|bound|sailing|travell?ing|flying|voyage|crossing)\b"
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question of the data file."""

    about: str
    deed: tuple[str, ...]
    leads: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    after: bool = False
    person: bool = False
    noun: bool = False
    topic: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``data/attributes.toml``."""

    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer with the statement that gives it."""

    n: int
    fact: Fact
    answer: int | str
    words: str


@cache
def _attributes() -> tuple[Attribute, ...]:
    loaded: Vocabulary = load("attributes", Vocabulary)
    return loaded.attributes


def find_attributes(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    facts, names = alignment.facts, alignment.scale.names
    for number, attribute in enumerate(_attributes()):
        answers = (_Told(n, fact, *_answers(fact)[number]) for n, fact in enumerate(facts) if number in _answers(fact))
        told = list(_only(list(answers), attribute, facts, names))
        for x, y in combinations(told, 2):
            if x.answer != y.answer and not _apart(x.fact, y.fact) and _one_deed(x, y, attribute, names, reach):
                yield _finding(x, y, attribute.about)
    yield from _turned(facts)


def _finding(x: _Told, y: _Told, about: str) -> Finding:
    values = shortened(x.fact.words), shortened(y.fact.words)
    return Finding("category", "contradiction", about, x.n, y.n, *values, _SURE)


# --- what a statement answers ---------------------------------------------------------------------------------------


@of_fact
def _answers(fact: Fact) -> Mapping[int, tuple[int, str]]:
    """By the number of an attribute the answer that a statement gives, and its words."""
    found = ((number, _answer(fact, attribute)) for number, attribute in enumerate(_attributes()))
    return {number: answer for number, answer in found if answer is not None}


def _answer(fact: Fact, attribute: Attribute) -> tuple[int, str] | None:
    """The one answer that a statement gives, if it tells the deed as done."""
    statement, text = fact.statement, fold(fact.words)
    told = statement.polarity == "affirmed" and statement.reality in ("happened", "ongoing", "unknown")
    deed = _deeds(attribute).search(text) if told and not fact.corrects else None
    if deed is None or has_any(statement.text, attribute.but):
        return None
    text = text[deed.end() : deed.end() + _FAR + 40] if attribute.after else text
    found = {
        (n_answer, match["answer"])
        for n_answer, pattern in enumerate(_patterns(attribute))
        for match in pattern.finditer(text)
    }
    return min(found) if len({number for number, _ in found}) == 1 else None


@cache
def _deeds(attribute: Attribute) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{longest_first(attribute.deed)})(?![\w-])")


@cache
def _patterns(attribute: Attribute) -> tuple[re.Pattern[str], ...]:
    """One for each answer, behind what leads to it."""
    between = r"(?!(?:and|or|with|to|who|that|near|by)\b)[\w'’-]+ "
    lead = rf"(?<![\w-])(?:{longest_first(attribute.leads)}):? (?:{between}){{0,{_BETWEEN}}}?"
    return tuple(re.compile(rf"{lead}(?P<answer>{longest_first(own)})(?![\w-])") for own in attribute.answers)


def _only(told: Sequence[_Told], attribute: Attribute, facts: Sequence[Fact], names: Names) -> Iterator[_Told]:
    """The answers of reports that give one each, and tell the deed of one."""
    by_report: dict[str, list[_Told]] = {}
    for one in told:
        by_report.setdefault(one.fact.statement.article, []).append(one)
    for report, own in by_report.items():
        if len({t.answer for t in own}) > 1:
            continue
        deeds = [f for f in facts if f.statement.article == report and _deeds(attribute).search(fold(f.words))]
        several = any(c.core > 1 and _counts_people(c) for f in deeds for c in f.counts)
        if not (attribute.person and (several or _differ([_people(t.fact, names) for t in own]))):
            yield own[0]


def _counts_people(count: Count) -> bool:
    return count.slot.role != "age" and (count.slot.unit is None or names_people(count.slot.unit))


def _differ(people: Sequence[frozenset[str]]) -> bool:
    return any(a and b and not a & b for a, b in combinations(people, 2))


def _people(fact: Fact, names: Names) -> frozenset[str]:
    return frozenset(thing for thing in fact.names if names.kind(thing) == "person")


# --- one deed -------------------------------------------------------------------------------------------------------


def _apart(a: Fact, b: Fact) -> bool:
    """Whether two statements are of other reports' events, or one source's."""
    one = a.statement.article == b.statement.article or (bool(a.statement.attribution) and same_root(a, b))
    return one or elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b)


def _one_deed(x: _Told, y: _Told, attribute: Attribute, names: Names, reach: Reach) -> bool:
    """Whether both are of one: of one person, of one who is called alike, or near in meaning where nobody is named."""
    if attribute.topic and not any(has_any(t.fact.statement.text, attribute.topic) for t in (x, y)):
        return False
    if attribute.noun:
        return bool(_called(x.fact) & _called(y.fact))
    people = _people(x.fact, names), _people(y.fact, names)
    if attribute.person and all(people):
        return bool(people[0] & people[1])
    return bool(not attribute.person or reach.near(x.n, y.n) >= _NEAR)


def _called(fact: Fact) -> frozenset[str]:
    return frozenset(p.head for own in fact.parties.values() for p in own) - words().pointing


# --- there and back -------------------------------------------------------------------------------------------------


def _turned(facts: Sequence[Fact]) -> Iterator[Finding]:
    """ "Bound from Tarn to Velm", "on its way from Velm to Tarn"."""
    told = [
        (n, fact, found[1].strip(), found[2].strip())
        for n, fact in enumerate(facts)
        if (found := _FROM_TO.search(fact.words)) and _UNDER_WAY.search(fold(fact.words))
    ]
    for (n, a, start, goal), (m, b, other_start, other_goal) in combinations(told, 2):
        back = (start, goal) == (other_goal, other_start)
        if back and a.statement.article != b.statement.article and not same_root(a, b) and near_in_time(a, b):
            yield _finding(_Told(n, a, start, start), _Told(m, b, goal, goal), "the direction of the journey")
