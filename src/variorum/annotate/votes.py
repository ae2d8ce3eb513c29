"""The two numbers of a vote ("51-49", "by 60 votes to 40") and of a game ("3-1"): sides, never counts or intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from variorum.annotate.numerals import alternatives, digits_value, spoken, word_value
from variorum.model import Span
from variorum.text import vocabulary


@dataclass(frozen=True, slots=True)
class Side:
    """One number of a vote or a game, with its role."""

    span: Span
    value: float
    role: str


class _Words(msgspec.Struct, frozen=True):
    votes: tuple[str, ...]
    rejecting: tuple[str, ...]
    games: tuple[str, ...]
    favour: tuple[str, ...]
    against: tuple[str, ...]
    abstaining: tuple[str, ...]


@cache
def _words() -> _Words:
    loaded: _Words = vocabulary.load("votes", _Words)
    return loaded


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words of votes, of motions that fail, of games."""
    words = _words()
    return tuple(  # type: ignore[return-value]
        re.compile(rf"(?i)\b(?:{alternatives(w)})\b") for w in (words.votes, words.rejecting, words.games)
    )


@cache
def _beside() -> re.Pattern[str]:
    """A number with its side: "41 MPs voted for", "12 against", "three abstained"."""
    words = _words()
    small = alternatives(spoken())
    number = rf"(?<![\w.,-])(?P<number>\d{{1,3}}(?:,\d{{3}})*|(?:{small})(?:-(?:{small}))?)"
    return re.compile(
        rf"(?i){number}(?:(?: [a-z]+){{0,2}}? (?:(?P<voted_for>{alternatives(words.favour)})"
        rf"|(?P<voted_against>{alternatives(words.against)})|(?P<abstained>{alternatives(words.abstaining)}))(?!\w)"
        rf"| (?:(?P<bare_for>for)|(?P<bare_against>against))(?=,|;|\.| and\b|$))"
    )


_PAIR = re.compile(r"(?<![\w.,:/-])(\d{1,4})( votes)?(?:-| to )(\d{1,4})(?![\w:/-]|[.,]\d| per ?cent| ?%)")
_OUTCOME = re.compile(r"(?i)\b(?:voted|votes?(?: (?:was|of))?|passed|approved|adopted|rejected|by(?: an?)?) \Z")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")


def read_sides(text: str) -> Iterator[Side]:
    """The sides of every vote and game of a paragraph, in order; a sentence without words of either has none."""
    votes, rejecting, games = _cues()
    for sentence in _SENTENCE.finditer(text):
        if votes.search(sentence[0]):
            fails = rejecting.search(sentence[0]) is not None
            yield from sorted(_voted(text, sentence.span(), fails), key=lambda side: side.span)
        elif games.search(sentence[0]):
            scores = (p for p in _PAIR.finditer(text, *sentence.span()) if _is_score(text, p))
            for pair in scores:
                yield from (Side(pair.span(n), float(pair[n]), "score") for n in (1, 3))


def _voted(text: str, sentence: Span, fails: bool) -> Iterator[Side]:
    pairs = [p for p in _PAIR.finditer(text, *sentence) if _is_outcome(text, p)]
    for pair in pairs:
        first, second = float(pair[1]), float(pair[3])
        lost = fails and first > second
        yield Side(pair.span(1), first, "voted_against" if lost else "voted_for")
        yield Side(pair.span(3), second, "voted_for" if lost else "voted_against")
    for match in _beside().finditer(text, *sentence):
        value = digits_value(match["number"]) if match["number"][0].isdigit() else word_value(match["number"])
        if value is not None and not any(p.start() <= match.start("number") < p.end() for p in pairs):
            yield Side(match.span("number"), value, (match.lastgroup or "").replace("bare_", "voted_"))


def _is_outcome(text: str, pair: re.Match[str]) -> bool:
    """Whether two numbers are the two sides rather than an interval ("about 30 to 40 members voted")."""
    if pair[2] or _OUTCOME.search(text, max(0, pair.start() - 24), pair.start()):
        return True
    return float(pair[1]) >= float(pair[3]) and text[pair.end(1)] == "-"


def _is_score(text: str, pair: re.Match[str]) -> bool:
    """Whether two numbers are a score rather than an interval ("a 5-10 minute slot", "by 5 to 10 points")."""
    ends = not text[pair.end() : pair.end() + 2].strip().isalnum()
    return text[pair.end(1)] == "-" and (ends or float(pair[1]) >= float(pair[3]))
