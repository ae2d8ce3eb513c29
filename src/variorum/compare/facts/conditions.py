"""What a text says to be in which state: "the barriers were (still) open", "called the arrests unlawful"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import stem
from variorum.compare.facts.opposites import opposites_of
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold

#: Their states are those of what the sentence before tells of.
PRONOUNS: Final = frozenset({"it", "they"})
#: "Called the arrests (as) unlawful".
_CALLED: Final = re.compile(r"^(?:the|its|his|her|their|this|these)?\s*(\w+) (?:as )?(\w+)$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
#: Texts whose states are remembered.
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class State:
    """A thing and the state that it is said to be in, by their stems; ``so`` is False after a "not"; ``kind`` is the
    word that narrows the thing, if any; ``deed``: the state is what was done to it."""

    thing: str
    kind: str
    state: str
    so: bool
    deed: bool = False


def excluded(one: State, other: State) -> bool:
    """Whether one thing cannot be in both states."""
    if one.kind and other.kind and one.kind != other.kind:
        return False
    opposed = one.state in opposites_of(other.state) or other.state in opposites_of(one.state)
    return opposed and one.so == other.so


def clash(one: str, other: str) -> bool:
    """Whether two texts say one thing to be in states that exclude each other."""
    told = states_in(one)
    return bool(told) and any(
        a.thing == b.thing and excluded(a, b) for b in states_in(other) for a in told if a.thing not in PRONOUNS
    )


@lru_cache(maxsize=_REMEMBERED)
def states_in(text: str) -> tuple[State, ...]:
    """Every "the THING was (still) STATE" of a text."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[State]:
    yield from _called(text)
    told = _WORD.findall(fold(text).replace("-", " "))
    for place, word in enumerate(told):
        if word not in asked().copulas or place == 0:
            continue
        before = place - 1
        while before > 0 and (told[before] in asked().auxiliaries or told[before] in asked().adverbs | asked().copulas):
            before -= 1
        after = place + 1
        while after < len(told) and (told[after] in asked().adverbs | asked().copulas or told[after].endswith("ly")):
            after += 1
        thing = told[before]
        if after < len(told) and _is_thing(thing) and told[after] not in asked().opinions:
            between = set(told[before + 1 : after])
            kind = told[before - 1] if before else ""
            yield State(
                thing if thing in PRONOUNS else stem(thing),
                "" if kind in words().empty | asked().adverbs else stem(kind),
                stem(told[after]),
                "not" not in between,
            )


def _called(text: str) -> Iterator[State]:
    """ "He called the arrests unlawful": content and cue apart leave "the arrests unlawful"."""
    found = _CALLED.match(fold(text))
    if found and found[2] not in asked().opinions and _is_thing(found[1]):
        yield State(stem(found[1]), "", stem(found[2]), so=True)


def _is_thing(word: str) -> bool:
    vocabulary = words()
    return word in PRONOUNS or (
        word not in vocabulary.pointing | vocabulary.empty | vocabulary.people and len(word) > 2
    )
