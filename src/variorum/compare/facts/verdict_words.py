"""How reports word that something is not so, from ``data/verdicts.toml``: patterns over a sentence in small letters
with straight quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.text.vocabulary import load, longest_first


@dataclass(frozen=True, slots=True)
class Verdicts:
    """``data/verdicts.toml``."""

    pointing: tuple[str, ...]
    several: tuple[str, ...]
    none: tuple[str, ...]
    things: tuple[str, ...]
    media: frozenset[str]
    untrue: tuple[str, ...]
    wrong: tuple[str, ...]
    true: tuple[str, ...]
    fails: tuple[str, ...]
    bare: tuple[str, ...]
    otherwise: tuple[str, ...]
    telling: tuple[str, ...]
    at_odds: tuple[str, ...]
    believing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """``any``: a text without it has no verdict. ``back``: a verdict on what stands before, by what it points with;
    ``bare`` is one of a word or two, ``otherwise`` and ``believing`` bring in who has it so or otherwise. Those of
    ``within`` hold what they deny (``what``)."""

    any: re.Pattern[str]
    back: re.Pattern[str]
    bare: re.Pattern[str]
    otherwise: re.Pattern[str]
    believing: re.Pattern[str]
    within: tuple[re.Pattern[str], ...]


_OPENS: Final = r"\W*(?:(?:but|yet|and|however|in fact|in truth|in reality|still|now|though|only)\W+)*"
#: Who says so, before it: not who was asked whether it is.
_SAID: Final = (
    r"(?:(?![^.;]*\b(?:asked|whether|if)\b)[^.;:\"]{1,80}? (?:said|says|insisted|insists|stressed|maintained"
    r"|made clear|pointed out|confirmed|added|told [^.;,]{1,40}?)(?: that)? \W*)?"
)
#: "Wasn't true" has its "n't" in the word for what is untrue.
_LINK: Final = (
    r"(?:(?:is|was|are|were|has been|have been|had been|(?:proved|turned out)(?: to be)?)"
    r"(?: (?:also|all|both|just|[a-z]+ly))? |(?:is|was|are|were)(?=n't))"
)
#: Nothing follows that would make it a verdict on something else: "it is not true that".
_ENDS: Final = (
    r"(?: (?:too|either|though|however|as well|at all))?"
    r"(?=\W*$|\s*\"?[,;:\u2013\u2014(]|\"|\s-|\s(?:according|as|because|since|for|and|but|when|said|says|he|she)\b)"
)
_ELLIPSIS: Final = r"(?:it|they|he|she|we|there|that) (?:is|was|are|were|did|does|do|had|has|have)(?:n't| not)"
_WHAT: Final = r"(?P<what>[^.;!?\"]{8,220}?)"
_NO_TRUTH: Final = r"no (?:truth|substance|basis|foundation|validity)(?: whatever| whatsoever)? (?:in|to|for|behind)"


@cache
def verdict_words() -> Verdicts:
    """The vocabulary, read once."""
    known: Verdicts = load("verdicts", Verdicts)
    return known


@cache
def patterns() -> Patterns:
    """The patterns, made once."""
    known = verdict_words()
    bare, telling, otherwise = map(longest_first, (known.bare, known.telling, known.otherwise))
    return Patterns(
        any=_any(),
        back=re.compile(
            rf"{_OPENS}{_SAID}(?:{_subject()} (?:{_verdict()}|(?:{longest_first(known.fails)}))|{_none()}){_ENDS}"
        ),
        bare=re.compile(rf"{_OPENS}(?:(?:{bare})|{_ELLIPSIS})\W*$"),
        otherwise=re.compile(
            rf"{_OPENS}(?:[\w'-]+ ){{1,6}}(?:{telling})"
            rf"(?: (?:me|us|you|a|the|this newspaper|it|reporters))? ?(?:{otherwise})\b"
        ),
        believing=re.compile(
            rf"^{_OPENS}(?:so|or so|that|this)\b[^.;]{{1,60}}\b(?:{longest_first(known.believing)})\b"
        ),
        within=_within(),
    )


def _any() -> re.Pattern[str]:
    known = verdict_words()
    groups = (
        known.untrue, known.wrong, known.none, known.fails, known.at_odds, known.believing, known.otherwise,
        ("earlier version",),
    )  # fmt: skip
    phrases = longest_first(phrase for group in groups for phrase in group)
    quoted = rf"\"\W+(?:{longest_first(known.bare)})\b"
    return re.compile(rf"\b(?:{phrases})\b|{_NO_TRUTH}|n't\b|{quoted}|{_ELLIPSIS}")


def _within() -> tuple[re.Pattern[str], ...]:
    known = verdict_words()
    by = r"(?: (?:by|of|from|in|on) [^,.;]{2,40}?)?"
    opens = r"(?:according to which|to the effect that|that|saying that|saying|claiming)"
    told = rf"(?:\b(?:{longest_first(known.things)})\b{by} {opens})"
    return (
        re.compile(rf"{told} {_WHAT} (?:{_verdict()}|(?:{longest_first(known.fails)})){_ENDS}"),
        re.compile(rf"\b{_NO_TRUTH} (?:[a-z]+ ){{0,3}}{told} {_WHAT}(?=\W*$|\s*[.;\"]|, [^,;]*$)"),
        re.compile(rf"(?:{longest_first(known.at_odds)}) (?:[\w'-]+ ){{0,6}}?{told} {_WHAT}(?=\W*$|\s*[.;\"]|, )"),
    )


def _verdict() -> str:
    known = verdict_words()
    return rf"{_LINK}(?:(?:{longest_first(known.untrue)})|(?P<wrong>{longest_first(known.wrong)}))"


def _subject() -> str:
    known = verdict_words()
    several, pointing, things = map(longest_first, (known.several, known.pointing, known.things))
    told = rf"(?:the|this|that|these|those|such|all|all these|all those) (?:[a-z]+ )?(?P<things>{things})"
    return rf"(?:(?P<several>{several})|(?:{pointing})|{told})"


def _none() -> str:
    known = verdict_words()
    return rf"(?P<none>{longest_first(known.none)}) {_LINK}(?:{longest_first(known.true)})"
