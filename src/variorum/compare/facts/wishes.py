"""Who wishes or advises that something be done, and does not say that it is: "hopefully the mill will open in May",
"a friend recommended that he go to the clinic"; and who tells what somebody boasts of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.remembered import of_fact
from variorum.text.normalise import fold
from variorum.text.vocabulary import load, longest_first

_DISOWNED: Final = re.compile(
    r"\W*(?:(?:that|this) is what [^.!?]{2,60}? (?:say|says|said|claim|claims|claimed|want|wants|would have)\b"
    r"|(?:or )?so (?:say|says|said|claim|claims|claimed) "
    r"|(?:or )?so [^.!?,]{2,40} (?:say|says|said|claim|claims|claimed)(?=[.,!?]|\Z))"
)
_QUOTES: Final = "\"'\u201c\u2018 "


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``data/wishes.toml``."""

    wishes: tuple[str, ...]
    advising: frozenset[str]
    asking: frozenset[str]
    requesting: frozenset[str]
    seeing: frozenset[str]
    boasting: tuple[str, ...]


@cache
def _words() -> _Vocabulary:
    read: _Vocabulary = load("wishes", _Vocabulary)
    return read


@of_fact
def wishes(fact: Fact) -> bool:
    """Whether it opens as a wish."""
    told = fold(fact.statement.text.lstrip(_QUOTES))
    return any(told.startswith((f"{opening} ", f"{opening},")) for opening in _words().wishes)


def one_advises(a: Fact, b: Fact) -> bool:
    """Whether the one tells that somebody was advised to do what the other says he did."""
    asking = _stems(_words().advising | _words().asking)
    return any(
        not _stems(_words().advising).isdisjoint(x.terms) and asking.isdisjoint(y.terms) for x, y in ((a, b), (b, a))
    )


def asks_for(fact: Fact) -> bool:
    """Whether it tells that somebody asks for something, as his own deed: "prosecutors sought six years"."""
    return fact.predicate in _stems(_words().requesting) and bool(fact.parties.get("agent"))


@of_fact
def boasts(fact: Fact) -> bool:
    """Whether it tells what somebody says that he has, or how much: nobody else can know. "It boasts of having the
    files of 300 patients", "the gang put its haul at 300"."""
    return _boasting().search(fact.folded) is not None


@cache
def _boasting() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{longest_first(_words().boasting)}|(?:put|puts) (?:the|its|their) haul at)(?!\w)")


def disowned(behind: str) -> bool:
    """Whether a text goes on by saying whose word it was: "That is what the police say", "So says the mayor"."""
    return _DISOWNED.match(fold(behind)) is not None


def sees(fact: Fact) -> bool:
    """Whether it tells that somebody saw or heard it."""
    return fact.predicate in _stems(_words().seeing)


@cache
def _stems(verbs: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, verbs))
