"""Arithmetic that reports imply: sums, percentages, intervals and speeds, with the working.

Only what one report ties together is added up: a whole and its parts in neighbouring sentences, tied by grammar ("five
of them", "the remaining one", a colon). A sum fails only where the report says that the parts are all there are.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise, takewhile
from typing import Final

from variorum.compare.counts import Count
from variorum.compare.facts import Fact, by_article
from variorum.compare.telling import number
from variorum.compare.vocabulary import words
from variorum.model import Check, CheckKind, Span, Timex
from variorum.text.normalise import fold

#: Characters and numbers around a whole in which its parts are looked for.
_REACH: Final = 700
_NUMBERS: Final = 12
#: Statements before "two months before …" in which the event it dates is looked for.
_SENTENCES: Final = 3
_DURATION: Final = re.compile(r"P(?=\d)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?")
_SHARE: Final = frozenset({"percent", "%", "per cent", "percentage"})
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SIDE: Final = re.compile(r"\s*(before|after|ahead of|earlier than|following)\b", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """A whole number in an article. ``of`` is the span of the whole it is a part of; ``left`` marks a remainder."""

    value: float
    span: Span
    label: str
    unit: str | None
    fact: Fact
    of: Span | None = None
    left: bool = False


def find_checks(facts: Sequence[Fact]) -> list[Check]:
    """What adds up and what does not; nothing where no report implies arithmetic. The same sum in several copies is
    one check."""
    found: dict[tuple[str, bool | None, str], Check] = {}
    for own in by_article(facts).values():
        for check in (*_sums(own), *_percentages(own), *_intervals(own)):
            key = (check.kind, check.holds, check.explanation)
            known = found.get(key)
            ids = (known.statements if known else ()) + check.statements
            found[key] = replace(check, statements=tuple(dict.fromkeys(ids)))
    return list(found.values())


def _check(kind: CheckKind, holds: bool | None, explanation: str, facts: Iterable[Fact]) -> Check:
    return Check(kind, holds, explanation, tuple(dict.fromkeys(fact.id for fact in facts)))


# --- sums ---------------------------------------------------------------------------------------------------------


def _sums(facts: Sequence[Fact]) -> Iterator[Check]:
    items = _items(facts)
    for n, whole in enumerate(items):
        near = [
            item
            for item in takewhile(partial(_near, whole), items[n + 1 : n + 1 + _NUMBERS])
            if item.value < whole.value
        ]
        parts, exhaustive = _parts(whole, near)
        if not parts:
            parts, exhaustive = _parts_before_total(whole, items[max(0, n - _NUMBERS) : n])
        if len(parts) < 2:
            continue
        total = sum(part.value for part in parts)
        if total == whole.value or total > whole.value or exhaustive:
            yield _sum_check(whole, parts, total)


def _sum_check(whole: Item, parts: Sequence[Item], total: float) -> Check:
    added = " + ".join(part.label for part in parts)
    sign = "=" if total == whole.value else "≠"
    result = "" if total == whole.value else f" = {number(total)}"
    involved = sorted((whole, *parts), key=lambda item: item.span)
    return _check("sum", total == whole.value, f"{whole.label} {sign} {added}{result}", [i.fact for i in involved])


def _items(facts: Sequence[Fact]) -> list[Item]:
    """Exact whole numbers and remainders of one article, once each, in their order."""
    found: dict[Span, Item] = {}
    for fact in facts:
        for count in fact.counts:
            if count.quantity.bound == "exact" and count.low == count.high and count.low == int(count.low):
                found.setdefault(count.quantity.span, _item(count, fact))
        for span in _remainders(fact):
            if not any(span[0] <= known[0] < span[1] for known in found):
                found.setdefault(span, Item(1, span, "1 remaining", None, fact, left=True))
    return [found[span] for span in sorted(found)]


def _item(count: Count, fact: Fact) -> Item:
    quantity = count.quantity
    label = " ".join(filter(None, [number(count.low), quantity.unit, quantity.role]))
    before = fold(fact.statement.text[: max(0, quantity.span[0] - fact.statement.span[0])]).split(" ")[-1]
    left = before in words().parts.remainder
    return Item(count.low, quantity.span, label, count.slot.unit, fact, quantity.of, left)


@cache
def _remainder_pattern() -> re.Pattern[str]:
    """ "the remaining missile", "the other one": a single thing, so no plural and no number word after it."""
    return re.compile(r"\bthe (?:" + "|".join(words().parts.remainder) + r") (?:one\b|[a-z]+(?<!s)\b)", re.I)


def _remainders(fact: Fact) -> Iterator[Span]:
    begin = fact.statement.span[0]
    for match in _remainder_pattern().finditer(fact.statement.text):
        yield begin + match.start(), begin + match.end()


def _near(whole: Item, item: Item) -> bool:
    return item.span[0] - whole.span[1] <= _REACH


def _parts(whole: Item, near: Sequence[Item]) -> tuple[list[Item], bool]:
    """The parts of a whole among the numbers after it, and whether they are all there are."""
    tied = [item for item in near if item.of == whole.span]
    fitting = [item for item in near if item.of == whole.span or item.left or item.unit in (whole.unit, None)]
    remainder = next((n for n, item in enumerate(fitting) if item.left), None)
    if remainder is not None:
        return fitting[: remainder + 1], True
    listed = [item for item in fitting if item.fact.statement.span == whole.fact.statement.span]
    if len(listed) > 1 and _exhaustive(whole, listed[0]):
        return listed, True
    return tied, False


def _exhaustive(whole: Item, first: Item) -> bool:
    """Whether the words between a whole and its first part say that all parts follow."""
    begin = whole.fact.statement.span[0]
    between = f" {fold(whole.fact.statement.text[whole.span[1] - begin : first.span[0] - begin])} "
    return any(f" {cue} " in between or (cue == ":" and cue in between) for cue in words().parts.exhaustive)


def _parts_before_total(whole: Item, before: Sequence[Item]) -> tuple[list[Item], bool]:
    """Numbers of the same sentence that a total after them adds up."""
    text = whole.fact.statement.text
    place = whole.span[0] - whole.fact.statement.span[0]
    around = fold(text[max(0, place - 24) : place + (whole.span[1] - whole.span[0]) + 40])
    if not any(cue in around for cue in words().parts.total):
        return [], False
    return [i for i in before if i.fact.statement.span == whole.fact.statement.span and i.value < whole.value], False


# --- percentages --------------------------------------------------------------------------------------------------


def _percentages(facts: Sequence[Fact]) -> Iterator[Check]:
    """A share of a whole that is given beside the part: "300 of the 500 houses, 60 percent"."""
    for fact in facts:
        shares = [c for c in fact.counts if c.slot.unit in _SHARE and c.low == c.high]
        parts = [c for c in fact.counts if c.quantity.of is not None and c.slot.unit not in _SHARE]
        for share in shares:
            for part in parts:
                whole = next((c for c in fact.counts if c.quantity.span == part.quantity.of), None)
                if whole is not None and whole.core:
                    yield _percentage(share, part, whole, fact)


def _percentage(share: Count, part: Count, whole: Count, fact: Fact) -> Check:
    exact = 100 * part.core / whole.core
    slack = 1.0 if share.quantity.bound == "exact" else 5.0
    holds = abs(exact - share.core) <= slack
    working = f"{number(part.core)} of {number(whole.core)} are {exact:.1f} %, {number(share.core)} % stated"
    return _check("percentage", holds, working, [fact])


# --- intervals ----------------------------------------------------------------------------------------------------


def _intervals(facts: Sequence[Fact]) -> Iterator[Check]:
    """ "two months before January 20": the date of the sentence before it, or its own, against the stated distance."""
    for n, fact in enumerate(facts):
        times = sorted(fact.statement.times, key=lambda t: t.span)
        for duration, point in pairwise(times):
            side = _side(fact, duration, point)
            if side is not None:
                yield from _interval(facts[max(0, n - _SENTENCES) : n], fact, duration, point, side)


def _side(fact: Fact, duration: Timex, point: Timex) -> int | None:
    """-1 for "before", 1 for "after"; None if the two times are not tied so."""
    if duration.type != "DURATION" or not point.begin or not _DAY.fullmatch(point.value):
        return None
    begin = fact.statement.span[0]
    match = _SIDE.match(fact.statement.text, duration.span[1] - begin)
    return None if match is None else (1 if match[1].lower() in ("after", "following") else -1)


def _interval(before: Sequence[Fact], fact: Fact, duration: Timex, point: Timex, side: int) -> Iterator[Check]:
    event = next((f for f in reversed(before) if f.dated and f.days and f.days[0] == f.days[1]), None)
    length = _DURATION.fullmatch(duration.value)
    if event is None or event.days is None or length is None:
        return
    happened, fixed = date.fromisoformat(event.days[0]), date.fromisoformat(point.value)
    expected = _shift(fixed, length, side)
    slack = _slack(length)
    off = abs((happened - expected).days)
    holds = True if off <= slack else (False if off > 2 * slack else None)
    word = "after" if side > 0 else "before"
    text = fact.statement.text[duration.span[0] - fact.statement.span[0] : duration.span[1] - fact.statement.span[0]]
    explanation = f"{happened} is {abs((fixed - happened).days)} days {word} {fixed}; stated: {text} {word}"
    yield _check("interval", holds, explanation, [event, fact])


def _shift(day: date, length: re.Match[str], side: int) -> date:
    years, months, weeks, days = (int(group or 0) for group in length.groups())
    month = day.year * 12 + day.month - 1 + side * (12 * years + months)
    year = min(9998, max(1, month // 12))
    start = date(year, month % 12 + 1, min(day.day, monthrange(year, month % 12 + 1)[1]))
    limit = (date.max - start).days if side > 0 else (start - date.min).days
    return start + side * timedelta(days=min(limit, 7 * weeks + days))


def _slack(length: re.Match[str]) -> int:
    """Half of the unit that the distance is given in, in days."""
    return next(half for half, group in zip((1, 4, 16, 183), reversed(length.groups()), strict=True) if group)
