"""The two numbers of a vote ("51-49", "by 60 votes to 40") and of a game ("3-1"): sides, never counts or intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from variorum.annotate.numerals import alternatives, digits_value, spoken, word_value
from variorum.model import Span
from variorum.text import vocabulary


@dataclass(frozen=True, slots=True)
class Side:
    """One number of a vote or a game, with its role."""

    span: Span
    value: float
    role: str | None


class _Words(msgspec.Struct, frozen=True):
    votes: tuple[str, ...]
    rejecting: tuple[str, ...]
    games: tuple[str, ...]
    favour: tuple[str, ...]
    against: tuple[str, ...]
    abstaining: tuple[str, ...]
    elections: tuple[str, ...]
    shares: tuple[str, ...]


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


_PAIR = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:,\d{3})+|\d{1,4})( votes)?(?:-| to )(\d{1,3}(?:,\d{3})+"
    r"|\d{1,4})(?![\w:/-]|[.,]\d| per ?cent| ?%)"
)
_FOR_AND_AGAINST = re.compile(r"(?i)\b\d+ for\b.*\b\d+ against\b")
_FROM = re.compile(r"(?i)\b(?:from|between) \Z")
_OUTCOME = re.compile(r"(?i)\b(?:voted|votes?(?: (?:was|of))?|passed|approved|adopted|rejected|by(?: an?)?) \Z")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")


def read_sides(text: str) -> Iterator[Side]:
    """The sides of every vote and game of a paragraph, in order; a sentence without words of either has none."""
    votes, rejecting, games = _cues()
    for sentence in _SENTENCE.finditer(text):
        if votes.search(sentence[0]) or _FOR_AND_AGAINST.search(sentence[0]):
            fails = rejecting.search(sentence[0]) is not None
            yield from sorted(_voted(text, sentence.span(), fails), key=lambda side: side.span)
        elif games.search(sentence[0]):
            scores = (p for p in _PAIR.finditer(text, *sentence.span()) if _is_score(text, p))
            for pair in scores:
                yield from (Side(pair.span(n), digits_value(pair[n]), None) for n in (1, 3))


def _voted(text: str, sentence: Span, fails: bool) -> Iterator[Side]:
    pairs = [p for p in _PAIR.finditer(text, *sentence) if _is_outcome(text, p)]
    for pair in pairs:
        first, second = digits_value(pair[1]), digits_value(pair[3])
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
    first, second = digits_value(pair[1]), digits_value(pair[3])
    if text[pair.end(1)] != "-":
        return first > second and not _FROM.search(text, max(0, pair.start() - 10), pair.start())
    return first >= second


def _is_score(text: str, pair: re.Match[str]) -> bool:
    """Whether two numbers are a score rather than an interval ("a 5-10 minute slot", "by 5 to 10 points")."""
    ends = not text[pair.end() : pair.end() + 2].strip().isalnum()
    return text[pair.end(1)] == "-" and (ends or digits_value(pair[1]) >= digits_value(pair[3]))


# --- votes counted ------------------------------------------------------------------------------------------------

_VOTES: Final = re.compile(r"(?i) (?:[a-z]+ ){0,2}?(?:votes?|ballots?)\b")
_NO_VOTES: Final = re.compile(
    r"(?i)\b(?:by|margin (?:of|was)|lead(?:s|ing)? (?:of|by|was)|majority (?:of|was)|gap (?:of|was|is)|ahead|behind|short of"
    r"|needs?|needed|needing|required?|requires|difference (?:of|was)|buy(?:ing)?|bought|sold|each|than|over|lacks?|lacked"
    r"|another|with) (?:just |only |about |at least |some |the |a |mere )*\Z"
)
_SPARE: Final = re.compile(
    r"(?i) (?:more |fewer |extra |[a-z]+ )?votes? (?:ahead|behind|short|needed|required|more|fewer|to spare|shy|away|to (?:win|pass|survive)"
    r"|separat\w+|apart|clear|adrift)| (?:more|fewer|extra|spoil\w+|invalid|blank|forged|fake|missing|uncounted|postal|disputed"
    r"|contested|rejected|void|null|unused|empty|stuffed|false|fraudulent) (?:votes?|ballots?)| ballot (?:papers|boxes|box)"
)
_VS: Final = re.compile(r"(?i) votes?,? (?:to|against|for|versus|and|in favou?r)\b")
_WITH: Final = re.compile(r"(?i)\bwith (?:\w+ )*\Z")


def votes_role(text: str, start: int, end: int) -> str | None:
    """The role of a number of votes at ``[start, end)``: cast, but for margins, what is needed and what is void."""
    if not _VOTES.match(text, end) or _SPARE.match(text, end):
        return None
    before = _NO_VOTES.search(text, max(0, start - 32), start)
    if before and not _VS.match(text, end) and not _WITH.search(before[0]):
        return None
    return "voted"


# --- shares of the vote -------------------------------------------------------------------------------------------


def share_role(text: str, start: int, end: int) -> str | None:
    """The role of a share in percent at ``[start, end)``: of those who voted, or voted for or against something."""
    before, after, cue = _shares()
    sentence = _around(text, start)
    if match := after.match(text, end):
        return "voted_against" if match["no"] else "voted_for" if match["yes"] else "voted"
    if match := before.search(text, max(0, start - 48), start):
        return "voted_against" if match["no"] else "voted_for" if match["yes"] else "voted"
    if cue.search(sentence) and _TAKING.search(text, max(0, start - 32), start):
        return "voted"
    if _SHARE_BEFORE.search(text, max(0, start - 24), start) and cue.search(sentence):
        return "voted"
    return None


def _around(text: str, position: int) -> str:
    begin = max(text.rfind(". ", 0, position), text.rfind("\n", 0, position)) + 1
    stop = text.find(". ", position)
    return text[begin : stop if stop >= 0 else len(text)]


_TAKING = re.compile(
    r"(?i)\b(?:had|has|have|won|wins|win|got|gets|took|takes|received|polled|secured|garnered|gained|captured|with|on|at|by|cleared|scored|claimed|give|gives|gave|giving|reached)"
    r" (?:\w+ ){0,3}?(?:about |around |some |nearly |just |only |over |between )?\Z"
)
_SHARE_BEFORE = re.compile(
    r"(?i)\d(?: ?%| per ?cent| pct)(?: to | against | for [^.;\d]{2,24} and |, [^.;\d]{2,24} | \()\Z"
)


@cache
def _shares() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words()
    yes, no = alternatives([*words.favour, "for"]), alternatives([*words.against, "against"])
    of = alternatives(words.shares)
    return (
        re.compile(rf"(?i) (?:of [a-z ]{{2,24}}? )?(?:(?P<yes>(?:{yes}))(?=\W|$)|(?P<no>(?:{no}))(?=\W|$)|(?:{of})\b)"),
        re.compile(
            r"(?:(?P<yes>\bYES|\bYes|[\"']Yes[\"']) |(?P<no>\bNO|\bNo|[\"']No[\"']) "
            r"|(?i:\bturnout)(?: (?i:of|was|is|at|reached|stood at|rose to|fell to"
            r"|by \w+|hit|dropped to))*:? ?(?:\w+ )?)\Z"
        ),
        re.compile(rf"(?i)\b(?:{alternatives(words.elections)})\b"),
    )
