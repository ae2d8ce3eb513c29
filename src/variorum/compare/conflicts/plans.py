"""Plans and what is done about them: what was to be, by its deed and its day, and the words for another day and for
nothing coming of it.

`conflicts.outcomes` and `conflicts.moved` tell what became of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.claims.clashes import stopping
from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import Fact, elsewhere, stem
from variorum.compare.facts.order import order_of
from variorum.compare.facts.vocabulary import words
from variorum.model import ArgumentRole, Timex
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_TAKING_PART: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
_NONE_OPENS: Final = re.compile(r"(?:no|nobody|none|neither|nothing)\b")


@dataclass(frozen=True, slots=True)
class Undertakings:
    """``data/undertakings.toml``."""

    families: tuple[tuple[str, ...], ...]
    moved: tuple[str, ...]
    formerly: tuple[str, ...]


def is_plan(fact: Fact) -> bool:
    """Whether it is to come: as planned or possible, or by its day, which lies after the report."""
    if fact.statement.reality in ("planned", "conditional"):
        return True
    told = (fact.reported or "")[:10]
    return (
        fact.statement.reality == "ongoing"
        and fact.dated
        and bool(told)
        and fact.days is not None
        and fact.days[0] > told
    )


def is_to_end(fact: Fact) -> bool:
    """Whether it goes on until a day after its report: "remains shut until Friday"."""
    told = (fact.reported or "")[:10]
    lasts = (
        fact.dated and fact.days is not None and fact.days[0] < "0002" and bool(told) and told < fact.days[1] < "9999"
    )
    return lasts and fact.statement.reality == "ongoing" and fact.statement.polarity == "affirmed"


def is_to_come(plan: Fact) -> bool:
    """Whether something is to be, and not that nothing is: "No trains will run after eight"."""
    return plan.statement.polarity == "affirmed" and not _NONE_OPENS.match(plan.key)


def called_off(fact: Fact) -> frozenset[str]:
    """Stems of what a statement says was called off: what stands behind the word, or what it was done to."""
    text = fold(fact.words)
    found = stopping().search(text)
    if found is None:
        return frozenset()
    behind = re.split(
        r"[^\w\s'’-]|\b(?:that|which|who|because|after|until|for|by|of|in|on|at|to|as)\b", text[found.end() :]
    )
    told = {stem(word) for word in behind[0].split()[:4]} if behind else set()
    done = {p.head for p in fact.parties.get("patient", ())}
    return frozenset(told | done) - plain()


#: "There will be no new vote", "there is not going to be a second vote".
_NO_MORE: Final = re.compile(
    r"\bthere (?:will|would) (?:now )?(?:be no|not be an?y?) (?:(?:new|second|other|further|more|such) )?([a-z]{4,})\b"
)


def none_to_come(fact: Fact) -> frozenset[str]:
    """Stems of what a statement says there will not be."""
    found = _NO_MORE.search(fold(fact.words))
    return frozenset({stem(found[1])} if found else ()) - plain()


def may_follow(before: Fact, after: Fact) -> bool:
    """Whether another report tells the second later, and of no other place."""
    later = order_of(before, after) == 1 and before.statement.article != after.statement.article
    return later and not after.corrects and not elsewhere(before, after)


def deed(fact: Fact) -> frozenset[str]:
    """Stems of what is done, and of those unnamed who do it or to whom it is done."""
    parties = (p for role in _TAKING_PART for p in fact.parties.get(role, ()) if not p.thing)
    return frozenset({fact.predicate, *(p.head for p in parties)})


def taking_part(fact: Fact) -> frozenset[str]:
    """Stems of what does it, or to what it is done."""
    return frozenset(p.head for role in _TAKING_PART for p in fact.parties.get(role, ())) - words().pointing


def kinds(stems: frozenset[str]) -> frozenset[int]:
    """The kinds of undertaking that any of some words stands for."""
    known = _families()
    return frozenset(known[word] for word in stems if word in known)


@cache
def _families() -> dict[str, int]:
    return {stem(word): n for n, family in enumerate(undertakings().families) for word in family}


# --- another day ----------------------------------------------------------------------------------------------------


def moved_to(fact: Fact, time: Timex) -> bool:
    """Whether a date is the one to which something is moved: "put off until 4 May", "was moved from Saturday to the
    12th"."""
    begin = time.span[0] - fact.statement.span[0]
    return time.type == "DATE" and begin > 0 and _to().search(fold(fact.statement.text[:begin]) + " ") is not None


@cache
def _to() -> re.Pattern[str]:
    moved = "|".join(undertakings().moved)
    return re.compile(rf"\b(?:{moved})\b.*\b(?:to|until|till|for)(?: the| next| on)? ?$")


@cache
def undertakings() -> Undertakings:
    """The words of plans."""
    read: Undertakings = load("undertakings", Undertakings)
    return read


@cache
def plain() -> frozenset[str]:
    """Stems that say nothing of what is done: auxiliaries, general verbs, days and months, people."""
    vocabulary = words()
    return frozenset(map(stem, (*vocabulary.empty, *vocabulary.people, *vocabulary.pointing, *asked().general)))
