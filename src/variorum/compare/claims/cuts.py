"""The parts of a sentence that can stand for it: what a reader is shown as told by two sources must not hold what only
one of them tells, and the sentence that both tell is often longer than what they share.

Only what stands beside the deed is cut away: what opens the sentence before the doer, and what follows the deed and
whom it is done to. What hedges, denies or attributes is never cut, and what is left is one stretch, as it stands in
its report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.model import Span, Statement
from variorum.text.vocabulary import load, longest_first

#: Letters of a name that may stand between its head and the comma.
_SURNAME: Final = 12
#: Parts of one sentence at most.
_MOST: Final = 64
_COMMA: Final = re.compile(r"(?<!\d)\s*,\s+|\s*,\s+(?!\d)")


#: "Velm, Tarn and Orv" is one list.
_LISTED: Final = re.compile(
    r"\s*,\s+[\w'’ -]{1,30}(?:,| and | or | & )|\s+(?:and|or)\s+(?:[A-Z]|(?:the|an?|his|her|its|their)\s)"
)


#: What follows a length of time says from when: "marked one year since he was seen", "two days after the flood".
_MEASURED: Final = re.compile(r"\b(?:minute|hour|day|week|month|year|decade)s?\W*$")


#: What was, or which way it went, is told behind these: "Holm was previously", "the mill went", "a boat that sank".
_UNTOLD: Final = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being|goes|go|went|gone|came|come|stood|lay|remains|remained|seems|seemed|became)"
    r"(?: [a-z]+ly| then| once| now)?|(?:that|which|who) [a-z]+)\W*$"
)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``data/cuts.toml``."""

    openers: tuple[str, ...]
    kept: tuple[str, ...]
    hedges: tuple[str, ...]


def parts(statement: Statement) -> Iterator[Span]:
    """The statement whole and, where it was parsed, what is left of it without one or more of its outer parts, as
    spans of its text."""
    text = statement.text
    yield 0, len(text)
    needed = _needed(statement)
    if needed is None:
        return
    found = 0
    for begin in _beginnings(text, needed[0][0]):
        for end in _ends(text, max(end for _, end in needed)):
            if (begin, end) != (0, len(text)) and _stands(statement, (begin, end)):
                yield begin, end
                found += 1
                if found == _MOST:
                    return


def _needed(statement: Statement) -> Sequence[Span] | None:
    """Where the doer, the deed and whom it is done to stand in the text; the doer first."""
    frame, start, size = statement.frame, statement.span[0], len(statement.text)
    if frame is None or not frame.predicate:
        return None
    verb = (frame.span[0] - start, frame.span[1] - start)
    held = [(a.span[0] - start, a.span[1] - start) for a in frame.arguments if a.role in ("agent", "patient")]
    doers = [span for span in held if span[1] <= verb[0]]
    if not doers or any(begin < 0 or end > size for begin, end in (*held, verb)):
        return None
    return (min(doers), verb, *held)


def _beginnings(text: str, doer: int) -> Iterator[int]:
    yield 0
    for comma in _COMMA.finditer(text, 0, doer):
        yield comma.end()


def by_comma(statement: Statement) -> Span | None:
    """What stands between commas behind the doer and before the deed, as a span of its text: "who is 60" of "Holm, who
    is 60, sold the mill"."""
    needed = _needed(statement)
    if needed is None:
        return None
    behind = max((end for _, end in needed[2:] if end <= needed[1][0]), default=needed[0][1])
    commas = list(_COMMA.finditer(statement.text, behind, needed[1][0]))
    if len(commas) < 2 or commas[0].start() - behind > _SURNAME:
        return None
    return commas[0].start(), commas[-1].end()


def _ends(text: str, told: int) -> Iterator[int]:
    yield len(text)
    for opener in _openers().finditer(text, told):
        yield opener.start()


def _stands(statement: Statement, kept: Span) -> bool:
    """Whether nothing that hedges, denies, quotes or says who says it is left out, or torn."""
    text, (begin, end) = statement.text, kept
    if _MEASURED.search(text[:end]) and end < len(text):
        return False
    if _LISTED.match(text[end:]) or any(_holding().search(words) for words in (text[:begin], text[end:])):
        return False
    rest = text[begin:end]
    if end < len(text) and _UNTOLD.search(rest):
        return False
    return rest.count("(") == rest.count(")") and all(begin <= b and e <= end for b, e in _said(statement))


def _said(statement: Statement) -> Iterator[Span]:
    """Where the text says who says it."""
    start, size = statement.span[0], len(statement.text)
    for row in statement.attribution:
        for span in (row.span, row.cue):
            if span and 0 <= span[0] - start < size:
                yield span[0] - start, min(size, span[1] - start)


def hedges(text: str) -> bool:
    """Whether it is told as what somebody alleges or suspects."""
    return _hedging().search(text) is not None


@cache
def _openers() -> re.Pattern[str]:
    words = longest_first(_words().openers)
    return re.compile(rf"\s*[,;–—]\s+(?!\d)|\s+\(|(?<! -)(?<!\bthem)(?<!\bhim)(?<!\bher)\s+(?=(?:{words})\s(?!-))")


@cache
def _holding() -> re.Pattern[str]:
    return re.compile(rf"[\"“”‘]|(?<!\w)(?:{longest_first((*_words().kept, *_words().hedges))})(?!\w)|n[’']t\b", re.I)


@cache
def _hedging() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{longest_first(_words().hedges)})(?!\w)", re.I)


@cache
def _words() -> _Vocabulary:
    read: _Vocabulary = load("cuts", _Vocabulary)
    return read
