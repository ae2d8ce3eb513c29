"""What one person met with, as two reports tell it: "walked away without a scratch", "has a broken wrist".

Sentences on one person's injuries share little but the name. Each named person is therefore given the states that
reports tell of them, and what cannot both be so is set side by side: on one day a dispute, else a later state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from itertools import combinations
from typing import Final, Literal

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import Relation
from variorum.text.vocabulary import load

State = Literal["gone", "unhurt", "hurt", "dead"]

_SURE: Final = 0.8
#: Characters between a name and what its bearer met with.
_FAR: Final = 90
#: Statements on one person that are compared each with each at most.
_MOST: Final = 30
#: Clauses of others between a name and the words: "Brod, whose sister was hurt", "Brod and his guide".
_OTHERS: Final = re.compile(r"\b(?:whose|whom|or|but|nor|while|his|her|their|and(?! (?:was|is|had|has)))\b|[;:]")
_HIS: Final = re.compile(r"['’]s?\b")
_WORD: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Fates:
    """``data/fates.toml``."""

    unhurt: list[str]
    hurt: list[str]
    dead: list[str]
    gone: list[str]
    remains: list[str]
    breaking: list[str]
    parts: list[str]
    harmless: list[str]
    other: list[str]


@cache
def _lists() -> Fates:
    loaded: Fates = load("fates", Fates)
    return loaded


@cache
def _patterns() -> dict[State, re.Pattern[str]]:
    """The words of each state."""
    known = _lists()
    lists = {field.name: getattr(known, field.name) for field in fields(Fates)}
    broken = rf"(?:{'|'.join(known.breaking)}) (?:[\w-]+ ){{0,2}}(?:{'|'.join(known.parts)})"
    states: tuple[State, ...] = ("gone", "unhurt", "hurt", "dead")
    return {
        state: re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, lists[state]))}{f'|{broken}' if state == 'hurt' else ''})(?![\w-])"
        )
        for state in states
    }


def find_fates(alignment: Alignment) -> Iterator[Finding]:
    """All that is found so."""
    facts, names = alignment.facts, alignment.scale.names
    told: dict[str, list[tuple[int, State]]] = {}
    for n, fact in enumerate(facts):
        for person, state in _told(fact, names):
            told.setdefault(person, []).append((n, state))
    for person, found in sorted(told.items()):
        for (n, one), (m, other) in combinations(found[:_MOST], 2):
            turned = order_of(facts[n], facts[m]) == -1
            first, last = ((m, other), (n, one)) if turned else ((n, one), (m, other))
            relation = _relation(facts[first[0]], facts[last[0]], first[1], last[1])
            if relation:
                about = f"what happened to {names.name(person, 'somebody')}"
                values = shortened(facts[first[0]].words), shortened(facts[last[0]].words)
                yield Finding("status", relation, about, first[0], last[0], *values, _SURE)


def _relation(a: Fact, b: Fact, before: State, later: State) -> Relation | None:
    """How two states of one person stand to each other, ``a`` not the later one."""
    if before == later or a.statement.article == b.statement.article:
        return None
    days = {(f.reported or "")[:10] for f in (a, b)}
    if order_of(a, b) is None or len(days) == 1:
        torn = "unhurt" in (before, later) and "gone" not in (before, later)
        return "contradiction" if torn and not same_root(a, b) else None
    rank: tuple[State, ...] = ("gone", "unhurt", "hurt", "dead")
    if rank.index(before) < rank.index(later):
        return "update"
    return "contradiction" if later == "unhurt" and not same_root(a, b) else None


def _told(fact: Fact, names: Names) -> Iterator[tuple[str, State]]:
    """The person whom a statement tells of and the state that it tells, if it tells one person's one state."""
    statement = fact.statement
    if is_plan(fact) or statement.certainty in ("unknown", "possible"):
        return
    found = dict.fromkeys((*_after_names(fact, names), *_before_names(fact, names)))
    if statement.polarity == "negated":
        found = {(who, _not(state)): None for who, state in found}
    people, states = {who for who, _ in found}, {state for _, state in found} - {None}
    if len(people) == 1 and len(states) == 1:
        yield from ((who, state) for who, state in found if state)


def _not(state: State | None) -> State | None:
    """ "Was not hurt" says that somebody is unhurt; other denials leave open what happened."""
    return "unhurt" if state == "hurt" else None


def _after_names(fact: Fact, names: Names) -> Iterator[tuple[str, State | None]]:
    """A state told behind the name of its bearer."""
    text = fact.statement.text.lower()
    for state, pattern in _patterns().items():
        for match in pattern.finditer(text):
            who = _subject(fact, names, match.start())
            if who and not (state == "hurt" and _is_harmless(text)):
                yield who, state


def _is_harmless(text: str) -> bool:
    return not set(_lists().harmless).isdisjoint(_WORD.findall(text))


def _before_names(fact: Fact, names: Names) -> Iterator[tuple[str, State | None]]:
    """ "The body of" somebody."""
    begin, text = fact.statement.span[0], fact.statement.text.lower()
    for mention in fact.statement.mentions:
        before = text[: mention.span[0] - begin].rstrip()
        theirs = _HIS.match(text, mention.span[1] - begin)
        if before.endswith(tuple(_lists().remains)) and not theirs and names.kind(mention.entity) == "person":
            yield names.thing(mention.entity), "dead"


def _subject(fact: Fact, names: Names, place: int) -> str | None:
    """The person last named before ``place``, if nothing says that it is another whom the words there are of."""
    begin, text = fact.statement.span[0], fact.statement.text
    before = [m for m in fact.statement.mentions if m.span[1] - begin <= place and names.kind(m.entity) == "person"]
    if not before:
        return None
    last = max(before, key=lambda m: m.span)
    head, between = text[: last.span[0] - begin].lower(), text[last.span[1] - begin : place].lower()
    led_by = _WORD.findall(head)[-1:]
    aside = led_by and led_by[0] in _lists().other
    others = _OTHERS.search(between) or not _people().isdisjoint(_WORD.findall(between))
    if aside or others or _HIS.match(between) or len(between) > _FAR:
        return None
    return names.thing(last.entity)


@cache
def _people() -> frozenset[str]:
    return frozenset(word for word in words().people if len(word) > 2)
