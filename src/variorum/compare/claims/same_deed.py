"""Deeds told in other words: "the tremor hit", "the tremor struck"; "was cleared", "was found not guilty".

Families of verbs (``data/deeds.toml``) say that two statements tell one deed. That they tell it of one thing has to be
said by something else: one clock time, one figure, those who take part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.facts.asked import kind_of_unit
from variorum.compare.facts.counts import Count, none_at_all
from variorum.compare.facts.fact import Fact, Party, elsewhere, other_day, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.vocabulary import words
from variorum.model import ArgumentRole
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_WORD: Final = re.compile(r"\w+")
#: Characters behind a verb in which the words stand that belong to it, and words that may stand between them.
_BEHIND: Final = 60
_BETWEEN: Final = 3
#: Figures from here on are hardly those of two things of one kind.
_TELLING: Final = 20
#: Cosine from which nearness in meaning is one sign of three, and from which two things that did not happen are one.
_NEAR: Final = 0.5
#: Signs that say that one deed is told of one thing.
_SIGNS: Final = 3
#: Terms up to which "nobody was hurt" says nothing else.
_FEW: Final = 3
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``data/deeds.toml``: families of verbs, some with the words behind them; units of one kind; roles of which one
    implies the other; verbs of what happens once in a story to whom it happens; kinds of offences; verbs that tell
    no deed by themselves, or not with "with" behind them."""

    families: tuple[tuple[str, ...], ...]
    once: frozenset[str]
    counted: tuple[tuple[str, ...], ...]
    implied: tuple[frozenset[str], ...]
    offences: tuple[frozenset[str], ...]
    light: frozenset[str]
    opening: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of a family: the words that have to stand behind it, and the number of the family."""

    behind: tuple[str, ...]
    family: int


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    read: Vocabulary = load("deeds", Vocabulary)
    return read


@cache
def _verbs() -> Mapping[str, tuple[_Verb, ...]]:
    """By the stem of a verb all that it may mean, what has the most words behind it first."""
    found: dict[str, list[_Verb]] = defaultdict(list)
    for number, family in enumerate(vocabulary().families):
        for phrase in family:
            verb, *behind = phrase.split(" ")
            found[stem(verb)].append(_Verb(tuple(behind), number))
    return {verb: tuple(sorted(means, key=lambda v: -len(v.behind))) for verb, means in found.items()}


@of_fact
def families(fact: Fact) -> frozenset[int]:
    """The families of the deed of a statement. A verb with a particle of its own is no verb alone: who "takes off"
    takes nothing."""
    known = _verbs().get(fact.predicate, ())
    behind = _behind(fact) if any(verb.behind for verb in known) else ()
    longer = [verb for verb in known if verb.behind and _stands(verb.behind, behind)]
    most = max((len(verb.behind) for verb in longer), default=0)
    if most:
        return frozenset(verb.family for verb in longer if len(verb.behind) == most)
    return frozenset(verb.family for verb in known if not verb.behind)


def _behind(fact: Fact) -> tuple[str, ...]:
    frame = fact.statement.frame
    if frame is None:
        return ()
    begin = max(0, frame.span[0] - fact.statement.span[0])
    words = _WORD.findall(fold(fact.statement.text[begin : begin + _BEHIND]))
    return tuple(words[1:])


def _stands(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words stand one after the other right behind the verb, or with its object between."""
    return any(words[n : n + len(wanted)] == wanted for n in range(min(len(words), _BETWEEN)))


@cache
def _offences() -> Mapping[str, int]:
    return {stem(word): n for n, kind in enumerate(vocabulary().offences) for word in sorted(kind)}


def other_offences(a: Fact, b: Fact) -> bool:
    """Whether both speak of offences, and of none of one kind: "cleared of murder", "acquitted of fraud"."""
    one, other = ({_offences()[term] for term in f.terms if term in _offences()} for f in (a, b))
    return bool(one and other) and one.isdisjoint(other)


@of_fact
def tells_no_deed(fact: Fact) -> bool:
    """Whether its verb says nothing of what is done: "used a scalpel", "the film begins with a search"."""
    if fact.predicate in _stems_of(vocabulary().light):
        return True
    return fact.predicate in _stems_of(vocabulary().opening) and _behind(fact)[:1] in (("with",), ("as",), ("by",))


@cache
def _stems_of(verbs: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, verbs))


# --- one deed of one thing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cast:
    """For each thing what a story calls it where it takes part ("the exporter Ana Holm"), and which are people."""

    called: Mapping[str, frozenset[str]]
    people: frozenset[str]


def cast(facts: Iterable[Fact], names: Names) -> Cast:
    """Who takes part in a story. Words that anybody may be called by tell nobody from another."""
    found: dict[str, set[str]] = defaultdict(set)
    things: set[str] = set()
    for fact in facts:
        things |= fact.names
        for party in (party for role in _ROLES for party in fact.parties.get(role, ()) if party.thing):
            found[party.thing or ""] |= {party.head, *party.modifiers} - _anybody()
    return Cast(
        {thing: frozenset(words_for) for thing, words_for in found.items()},
        frozenset(thing for thing in things if names.kind(thing) == "person"),
    )


@cache
def _anybody() -> frozenset[str]:
    return frozenset(map(stem, words().people_nouns | words().people | set(words().tolls.single_persons)))


def one_deed(a: Fact, b: Fact, one_family: bool, cosine: float, who: Cast) -> bool:
    """Whether two reports tell one deed of one thing in words of which hardly any is the same."""
    if not may_be_one_deed(a, b, one_family):
        return False
    if _none_of_one_kind(a, b, cosine) or _one_implied(a, b):
        return True
    return one_family and a.predicate != b.predicate and _signs(a, b, cosine, who) >= _SIGNS


def may_be_one_deed(a: Fact, b: Fact, one_family: bool) -> bool:
    """Whether `one_deed` can say so, whatever the story calls those who take part."""
    if a.statement.article == b.statement.article or elsewhere(a, b):
        return False
    return (one_family and a.predicate != b.predicate) or len(a.counts) == len(b.counts) == 1


def _signs(a: Fact, b: Fact, cosine: float, who: Cast) -> int:
    """How much says that one deed is told of one thing: who takes part, names, the time, a figure, nearness in meaning;
    0 where another takes part."""
    parties = [_party(a, b, role, who.called) for role in _ROLES]
    named = bool(a.names & b.names) and (a.names <= b.names or b.names <= a.names)
    person = bool(a.names & who.people) and a.names & who.people == b.names & who.people
    if False in parties and not person:  # "a second man, Holm", "another defendant, Holm"
        return 0
    once = bool(families(a) & families(b) & _once())
    taking_part = max(parties.count(True), person and once)
    return taking_part + named + once + _one_time(a, b) + _one_figure(a, b) + (cosine >= _NEAR)


@cache
def _once() -> frozenset[int]:
    return frozenset(n for n, family in enumerate(vocabulary().families) if not vocabulary().once.isdisjoint(family))


def _party(a: Fact, b: Fact, role: ArgumentRole, names: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether one takes part in both; None where a pronoun or one who is named in one of them alone may be anybody."""
    one, other = ([p for p in f.parties.get(role, ()) if p.head not in words().pointing] for f in (a, b))
    if not one or not other:
        return None
    if {p.head for p in one} & {p.head for p in other} or {p.thing for p in one if p.thing} & {p.thing for p in other}:
        return True
    kinds = ({_kind(p.head) for p in party} for party in (one, other))
    if set.intersection(*kinds) or _is_called(one, other, names) or _is_called(other, one, names):
        return True
    return None if any(p.thing for p in one) != any(p.thing for p in other) else False


def _is_called(named: Iterable[Party], other: Iterable[Party], names: Mapping[str, frozenset[str]]) -> bool:
    """Whether one who is named is elsewhere called what the other is called here."""
    heads = {p.head for p in other if not p.thing}
    return any(not heads.isdisjoint(names.get(p.thing, ())) for p in named if p.thing)


@cache
def _kinds() -> Mapping[str, str]:
    return {stem(unit): kind[0] for kind in vocabulary().counted for unit in kind}


def _kind(head: str) -> str:
    return _kinds().get(head, head)


def _one_time(a: Fact, b: Fact) -> int:
    """2 for one minute, 1 for one day."""
    if not (a.dated and b.dated) or a.days is None or b.days is None or other_day(a.days, b.days):
        return 0
    clocks = [f.statement.event_time.begin or "" for f in (a, b) if f.statement.event_time]
    if len(clocks) == 2 and clocks[0] == clocks[1] and "T" in clocks[0]:
        return 2
    return int(a.days == b.days and a.days[0] == a.days[1])


def _one_figure(a: Fact, b: Fact) -> int:
    """2 for one figure that two things hardly share, 1 for any other figure of one kind."""
    same = [x for x in a.counts for y in b.counts if _is_one(x, y)]
    return max(
        (2 if x.core >= _TELLING or x.core != int(x.core) else 1 for x in same if x.slot.role != "age"), default=0
    )


def _is_one(x: Count, y: Count) -> bool:
    units = [_kind(stem(kind_of_unit(unit) or "")) for unit in (x.slot.unit, y.slot.unit)]
    one_kind = units[0] == units[1] or "" in units or "person" in (x.slot.unit, y.slot.unit)
    return one_kind and x.core == y.core != 0 and (x.slot.role == y.slot.role or None in (x.slot.role, y.slot.role))


def _none_of_one_kind(a: Fact, b: Fact, cosine: float) -> bool:
    """ "Nobody was injured", "no injuries were reported"."""
    if not len(a.counts) == len(b.counts) == 1 or cosine < _NEAR or max(len(a.terms), len(b.terms)) > _FEW:
        return False
    x, y = a.counts[0], b.counts[0]
    told = x.slot.role == y.slot.role and x.slot.role in words().tolls.growing
    return told and none_at_all(x, a.statement) and none_at_all(y, b.statement)


def _one_implied(a: Fact, b: Fact) -> bool:
    """ "Ninety-one people have been rescued", "91 survived"."""
    if not len(a.counts) == len(b.counts) == 1:
        return False
    x, y = a.counts[0], b.counts[0]
    roles = {x.slot.role, y.slot.role}
    return x.core == y.core >= _TELLING and len(roles) == 2 and any(roles <= set(r) for r in vocabulary().implied)
