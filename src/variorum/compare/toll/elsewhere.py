"""Which numbers of a report tell of another event, of a statistic, or of what no longer holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from variorum.compare.toll.words import pattern_of, sentence_starts, tally_words
from variorum.model import Quantity, Span, Timex
from variorum.text.vocabulary import longest_first


@dataclass(frozen=True, slots=True)
class Setting:
    """When a report was written, an ISO date or the beginning of one, and the time expressions of its text: what is
    told of another time is of another event."""

    published: str | None = None
    times: tuple[Timex, ...] = ()

    @property
    def year(self) -> str | None:
        """The year of writing."""
        return self.published[:4] if self.published else None


_NEAR: Final = 48  # characters before a number in which words take it back
_CONTINUES: Final = re.compile(
    r"(?i)[\"“']?(?:he|she|they|it|that|those|the (?:attack|blast|crash|shooting|explosion)) "
)
#: A year, or a month without a day: news gives neither of the event itself.
_YEAR: Final = re.compile(
    r"\b(?:[Ii]n|of|[Ss]ince|from|[Dd]uring|late|early|until) (?:[A-Z][a-z]+ )?(?:19"
    r"|20)\d\d\b|\b(?:19|20)\d\d (?:attack|shooting|bombing|crash|massacre|earthquake"
    r"|flood|fire|disaster|war)"
    r"|\b[Ii]n (?:early |late |mid-)?(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b(?! \d)"
)
_CLAUSE: Final = re.compile(
    r"; |, (?=(?:bringing|making|taking|raising|adding|compared|when|while|where|which"
    r"|but|though|although|whereas|after|up from|down from)\b)|,? (?=(?:when|since"
    r"|after)\b)| – | — | \("
)
_RECENT: Final = timedelta(days=21)  # a report tells of what happened since then
_LONG: Final = timedelta(days=45)  # what is counted over a longer time is a statistic
_SINCE_WHEN: Final = re.compile(r"since [^.;,]{3,30}")
_YEARS_LONG: Final = re.compile(
    r"(?i)\b(?:in|over|within|during) (?:the |a |this )?(?:(?:last|past|previous) )?(?:[\w-]+ ){0,2}?"
    r"(?:years|months|decades?|century)\b|\bthis (?:decade|century)\b"
    r"|\b(?:years?|months?|weeks|decades?|seasons?) (?:after|ago|before|earlier)\b"
)
#: What stands before "after": "two years after five people died".
_LONG_AFTER: Final = re.compile(r"(?i)\b(?:years?|months?|weeks|decades?|seasons?),? \Z")
_HAD_SAID: Final = re.compile(
    r"(?i)\bhad (?:\w+ ){0,2}(?:given|said|put|spoken|reported|counted|listed|announced|told|estimated)\b[^.;]*\Z"
    r"|\bafter putting\b[^.;]*\Z|\bcorrect(?:ed|ing|s|ion)\b[^.;]*\Z"
)


def excluded(
    text: str, quantities: Sequence[Quantity], setting: Setting | None = None, *, taken_back: bool = True
) -> frozenset[Span]:
    """The numbers that tell of another event or of a statistic, and with ``taken_back`` those of what is not, or no
    longer, held."""
    setting = setting or Setting()
    starts = sentence_starts(text)
    found: set[Span] = set()
    before = False
    for (begin, end), inside in _that_matter(
        text, list(zip(starts, [*starts[1:], len(text)], strict=True)), quantities
    ):
        other = bool(pattern_of("teasers").match(text, begin)) or (before and bool(_CONTINUES.match(text, begin)))
        clauses = list(_clauses(text, begin, end))
        for first, last in clauses if inside else ():
            here = [q for q in inside if first <= q.span[0] < last]
            if not here:
                continue
            told = other or tells_other(text, first, last, setting)
            # "In 1998, when 16 died": what a clause says of time holds of the one that "when" opens
            told = told or (
                text.startswith("when", first) and first > begin and tells_other(text, begin, first, setting)
            )
            counted = other or _is_statistic(text, first, last) or bool(_LONG_AFTER.search(text, begin, first))
            found.update(
                q.span
                for q in here
                if (taken_back and _taken_back(text, q, begin))
                or _decided(other=told, elsewhen=_elsewhen(q.span, (begin, end), setting), whole=counted)
            )
        before = other or all(tells_other(text, a, b, setting) for a, b in clauses[:1])
    return frozenset(found)


def _that_matter(
    text: str, sentences: Sequence[Span], quantities: Sequence[Quantity]
) -> list[tuple[Span, list[Quantity]]]:
    """The sentences with numbers, each with its own, and those before them that they go on about."""
    told: list[tuple[Span, list[Quantity]]] = []
    continued = False
    for begin, end in reversed(sentences):
        inside = [q for q in quantities if begin <= q.span[0] < end]
        if inside or continued:
            told.append(((begin, end), inside))
            continued = _CONTINUES.match(text, begin) is not None
    return told[::-1]


def _decided(*, other: bool, elsewhen: bool | None, whole: bool) -> bool:
    """Whether a number is of another event: the date nearest to it outweighs words of its clause, not a teaser's."""
    return whole or (other if elsewhen is None else elsewhen)


def _elsewhen(span: Span, sentence: Span, setting: Setting) -> bool | None:
    """Whether the date nearest to a number, in its sentence, is far from the day of writing; null where none is."""
    day = _day(setting.published)
    if day is None:
        return None
    near = [
        (max(t.span[0] - span[1], span[0] - t.span[1]), t)
        for t in setting.times
        if t.type in ("DATE", "TIME") and sentence[0] <= t.span[0] < sentence[1]
    ]
    for _, time in sorted(near, key=lambda x: (x[0], x[1].span)):
        begin, end = _day(time.begin), _day(time.end)
        if begin is None or end is None:
            continue
        return end < day - _RECENT or end - begin > _LONG
    return None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _clauses(text: str, begin: int, end: int) -> Iterable[Span]:
    first = begin
    for mark in _CLAUSE.finditer(text, begin, end):
        yield first, mark.end()
        first = mark.end()
    yield first, end


def _with_since(text: str, begin: int, end: int) -> str:
    """A clause with the "since …" that follows it."""
    since = _SINCE_WHEN.match(text, end)
    return text[begin : since.end() if since else end]


def _is_statistic(text: str, begin: int, end: int) -> bool:
    words = _with_since(text, begin, end)
    return bool(pattern_of("statistics").search(words) or _YEARS_LONG.search(words))


def tells_other(text: str, begin: int, end: int, setting: Setting) -> bool:
    """Whether words of a clause tell of another event or of a statistic."""
    words = _with_since(text, begin, end)
    if pattern_of("elsewhere").search(words) or _is_statistic(text, begin, end):
        return True
    return any(setting.year is None or setting.year not in match[0] for match in _YEAR.finditer(words))


def _taken_back(text: str, quantity: Quantity, begin: int) -> bool:
    before = re.split(r"; | but ", text[max(begin, quantity.span[0] - _NEAR) : quantity.span[0]])[-1]
    if pattern_of("superseded").search(before) or _HAD_SAID.search(before) or re.search(r"(?i)\bfrom \Z", before):
        return True
    return bool(
        re.search(rf"(?i)(?<![\w-])(?:{longest_first(tally_words().unreal)}) (?:(?!and )\w+ ){{0,2}}\Z", before)
    )
