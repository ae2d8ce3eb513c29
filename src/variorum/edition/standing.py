"""Whether the words of a statement can stand alone as an entry of a timeline."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from variorum.model import Article, Span, Statement
from variorum.text import vocabulary
from variorum.text.normalise import flat_quotes, fold
from variorum.text.vocabulary import longest_first

_TORN: Final = re.compile(r"\W*\d+\s*,\s")  # "49, took two guards hostage": whose age it is stands elsewhere
_FURNITURE: Final = re.compile(r"\S {3,}\S|\w\[[A-Z]{2,}\]")  # a picture's credit and its caption
_WRAPPED: Final = 60  # characters of a line that a sentence goes on behind
_PARTICIPLE: Final = re.compile(r"[a-z]{3,}ing\b")  # "brandishing a gun three years ago": who did stands before
_FOLLOWING: Final = re.compile(r"\bthe following\b(?! (?:day|morning|evening|night|week|month|year))|:\s*\Z", re.I)
_RELATIVE: Final = re.compile(r"\w[^.;]*\b(?:who|whom|which|whose)\b[^,;]*\Z", re.I)
_GOES_ON: Final = re.compile(r"\s+(?:how|that|what|why|whether)\b")  # "callers were eager to tell [how ...]"
_NUMBERED: Final = re.compile(r"\bNo\s?\.\s*\Z")  # "No. 5 seed Velm" is torn behind its stop


class _Words(msgspec.Struct, frozen=True):
    pronouns: tuple[str, ...]
    judging: tuple[str, ...]
    joining: tuple[str, ...]
    persons: tuple[str, ...]


@cache
def _unfit() -> re.Pattern[str]:
    words = vocabulary.load("timeline", _Words)
    joined = rf"(?:(?:{longest_first(words.joining)})\b\s*,?\s+)*"
    behind = rf"(?:(?:{longest_first(words.joining)})\b\s*,?\s+)+(?:{longest_first(words.persons)})\b"
    return re.compile(rf"\W*(?:{joined}(?:{longest_first([*words.pronouns, *words.judging])})\b|{behind})", re.I)


@cache
def _nameless() -> frozenset[str]:
    words = vocabulary.load("timeline", _Words)
    return frozenset([*words.pronouns, *words.persons])


def can_stand(text: str) -> bool:
    """Whether a text says of whom or what it tells: no torn head, no bare pronoun, no headline that is only quoted,
    and no judgement to open with ("Luckily for the town, ...")."""
    flat = flat_quotes(text).strip()
    torn = _TORN.match(flat) or _FURNITURE.search(flat) or flat.count(")") > flat.count("(")
    return not (torn or _unfit().match(flat) or _is_headline(flat))


def is_whole(article: Article, statement: Statement) -> bool:
    """Whether a statement begins and ends where what it tells does, with somebody who can be known: no participle or
    number torn from its noun, and nobody who is only meant ("Entering May, he had rowed six times")."""
    before = article.text[max(0, statement.span[0] - 6) : statement.span[0]]
    behind = article.text[statement.span[1] : statement.span[1] + 8]
    if _NUMBERED.search(before) or _PARTICIPLE.match(statement.text) or _GOES_ON.match(behind):
        return False
    if _is_of_two_lines(article.text, statement.span):
        return False
    frame, begin = statement.frame, statement.span[0]
    who = [a for a in frame.arguments if a.role in {"agent", "patient"}] if frame else []
    first = min(who, key=lambda a: a.span, default=None)
    if frame is None or first is None or fold(first.head) not in _nameless() or first.span > frame.span:
        return True
    # One who is meant by his first word is told of by others too; behind other words he needs a name before him.
    opens = first.span[0] <= begin + 1 and fold(first.head) in _persons()
    named = statement.attribution or any(m.span[1] <= first.span[0] for m in statement.mentions)
    return opens or bool(named)


def _is_of_two_lines(text: str, span: Span) -> bool:
    """Whether it runs on from a short line, as a title does not: "Velm jury finds pilot guilty / on May 3, updated"."""
    at = text.find("\n", *span)
    while at >= 0:
        if at - text.rfind("\n", 0, at) <= _WRAPPED:
            return True
        at = text.find("\n", at + 1, span[1])
    return False


@cache
def _persons() -> frozenset[str]:
    return frozenset(vocabulary.load("timeline", _Words).persons) - {"we", "i", "you", "one"}


def is_torn(text: str) -> bool:
    """Whether quotation marks or brackets open in it that do not close."""
    flat = flat_quotes(text)
    return bool(flat.count('"') % 2) or flat.count("(") != flat.count(")")


def points_on(text: str) -> bool:
    """Whether it only announces what follows it."""
    return bool(_FOLLOWING.search(text))


def is_aside(statement: Statement) -> bool:
    """Whether what it tells stands in a clause about a noun of another: "the boat, which sank on Monday, was old"."""
    frame, text = statement.frame, statement.text
    return frame is not None and bool(_RELATIVE.search(text[: max(0, frame.span[0] - statement.span[0])]))


def _is_headline(text: str) -> bool:
    """Whether it is nothing but another text's headline: in quotation marks, most of its words with capitals."""
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    quoted = text[:1] == '"' == text.rstrip(".,")[-1:] and text.count('"') == 2
    return quoted and len(long) > 2 and sum(w[0].isupper() for w in long) > 0.8 * len(long)
