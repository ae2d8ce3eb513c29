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
from variorum.compare.telling import count_value, number
from variorum.compare.vocabulary import words
from variorum.model import Article, Check, CheckKind, Span, Timex
from variorum.text.normalise import fold, squeeze

#: Characters and numbers around a whole in which its parts are looked for.
_REACH: Final = 700
_NUMBERS: Final = 12
#: Statements before "two months before …" in which the event it dates is looked for.
_SENTENCES: Final = 3
_DURATION: Final = re.compile(r"P(?=\d)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?")
_SHARE: Final = frozenset({"percent", "%", "per cent", "percentage"})
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SIDE: Final = re.compile(r"\b(before|after|ahead of|earlier than|following)\b", re.I)
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)]{0,3}\s|\n\s*\n")


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


def find_checks(facts: Sequence[Fact], articles: Sequence[Article]) -> list[Check]:
    """What adds up and what does not; nothing where no report implies arithmetic. The same sum in several copies is
    one check."""
    found: dict[tuple[str, bool | None, str], Check] = {}
    texts = {article.id: article.text for article in articles}
    for article, own in by_article(facts).items():
        for check in (*_sums(own, texts[article]), *_percentages(own), *_intervals(own, texts[article])):
            key = (check.kind, check.holds, check.explanation)
            known = found.get(key)
            ids = (known.statements if known else ()) + check.statements
            found[key] = replace(check, statements=tuple(dict.fromkeys(ids)))
    return list(found.values())


def _check(kind: CheckKind, holds: bool | None, explanation: str, facts: Iterable[Fact]) -> Check:
    return Check(kind, holds, explanation, tuple(dict.fromkeys(fact.id for fact in facts)))


# --- sums ---------------------------------------------------------------------------------------------------------


def _sums(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    items = _items(facts, text)
    for n, whole in enumerate(items):
        after = takewhile(partial(_near, whole), items[n + 1 : n + 1 + _NUMBERS])
        parts, exhaustive = _parts(whole, [item for item in after if item.value < whole.value], text)
        if not parts:
            parts, exhaustive = _parts_before_total(whole, items[max(0, n - _NUMBERS) : n], text)
        total = sum(part.value for part in parts)
        if len(parts) > 1 and (total >= whole.value or exhaustive):
            yield _sum_check(whole, parts, total)


def _sum_check(whole: Item, parts: Sequence[Item], total: float) -> Check:
    added = " + ".join(part.label for part in parts)
    sign, result = ("=", "") if total == whole.value else ("≠", f" = {number(total)}")
    involved = sorted((whole, *parts), key=lambda item: item.span)
    return _check("sum", total == whole.value, f"{whole.label} {sign} {added}{result}", [i.fact for i in involved])


def _items(facts: Sequence[Fact], text: str) -> list[Item]:
    """Exact whole numbers and remainders of one article, once each, in their order."""
    found: dict[Span, Item] = {}
    for fact in facts:
        for count in fact.counts:
            if count.quantity.bound == "exact" and count.low == count.high and 0 < count.low == int(count.low):
                found.setdefault(count.quantity.span, _item(count, fact, text))
    for fact in facts:
        for span in _remainders(fact):
            if not any(span[0] < known[1] and known[0] < span[1] for known in found):
                found.setdefault(span, Item(1, span, "1 remaining", None, fact, left=True))
    return [found[span] for span in sorted(found)]


def _item(count: Count, fact: Fact, text: str) -> Item:
    begin, end = count.quantity.span
    near = fold(text[max(0, begin - 12) : begin]).split(" ")[-1:] + fold(text[begin:end]).split(" ")
    left = not words().parts.remainder.isdisjoint(near)
    return Item(count.low, (begin, end), count_value(count), count.slot.unit, fact, count.quantity.of, left)


@cache
def _remainder_pattern() -> re.Pattern[str]:
    """ "the remaining missile", "the other one": a single thing, so no plural and no number word after it."""
    words_for_it = "|".join(sorted(words().parts.remainder))
    return re.compile(rf"\bthe (?:{words_for_it}) (?:one\b|[a-z]+(?<!s)\b)", re.I)


def _remainders(fact: Fact) -> Iterator[Span]:
    begin = fact.statement.span[0]
    for match in _remainder_pattern().finditer(fact.statement.text):
        yield begin + match.start(), begin + match.end()


def _near(whole: Item, item: Item) -> bool:
    return item.span[0] - whole.span[1] <= _REACH


def _parts(whole: Item, near: Sequence[Item], text: str) -> tuple[list[Item], bool]:
    """The parts of a whole among the numbers after it, and whether they are all there are."""
    fitting = [item for item in near if item.of == whole.span or item.left or item.unit in (whole.unit, None)]
    remainder = next((n for n, item in enumerate(fitting) if item.left), None)
    if remainder is not None:
        return fitting[: remainder + 1], True
    listed = [item for item in fitting if not _SENTENCE_END.search(text, whole.span[1], item.span[0])]
    if len(listed) > 1 and _exhaustive(text[whole.span[1] : listed[0].span[0]]):
        return listed, True
    return [item for item in fitting if item.of == whole.span], False


def _exhaustive(between: str) -> bool:
    """Whether the words between a whole and its first part say that all parts follow."""
    folded = f" {fold(between)} "
    return any(f" {cue} " in folded or (cue == ":" and cue in folded) for cue in words().parts.exhaustive)


def _parts_before_total(whole: Item, before: Sequence[Item], text: str) -> tuple[list[Item], bool]:
    """Numbers of the same sentence that a total after them adds up."""
    around = fold(text[max(0, whole.span[0] - 24) : whole.span[1] + 40])
    if not any(cue in around for cue in words().parts.total):
        return [], False
    same = [item for item in before if not _SENTENCE_END.search(text, item.span[1], whole.span[0])]
    return [item for item in same if item.value < whole.value and item.unit in (whole.unit, None)], False


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


def _intervals(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """ "The move comes two months before January 20": the date of the sentence that "the move" points to, against the
    stated distance."""
    for n, fact in enumerate(facts):
        if fact.statement.text.split(" ", 1)[0].lower() in words().pointing | {"the"}:
            times = sorted(fact.statement.times, key=lambda t: t.span)
            for distance, point in pairwise(times):
                side = _side(distance, point, text)
                event = next((f for f in reversed(facts[max(0, n - _SENTENCES) : n]) if _one_day(f)), None)
                if side is not None and event is not None and event.days is not None:
                    yield from _interval(event, fact, (distance, point, side), text)


def _one_day(fact: Fact) -> bool:
    return fact.dated and fact.days is not None and fact.days[0] == fact.days[1]


def _side(distance: Timex, point: Timex, text: str) -> int | None:
    """-1 for "before", 1 for "after"; None if the two times are not tied so. A reader of times may take the word into
    the first, and resolve both to a date."""
    match = _SIDE.search(text, distance.span[0], min(point.span[0], distance.span[1] + 12))
    if match is None or not _DAY.fullmatch(point.value):
        return None
    return 1 if match[1].lower() in ("after", "following") else -1


def _interval(event: Fact, fact: Fact, tie: tuple[Timex, Timex, int], text: str) -> Iterator[Check]:
    distance, point, side = tie
    assert event.days is not None
    happened, fixed = date.fromisoformat(event.days[0]), date.fromisoformat(point.value)
    if length := _DURATION.fullmatch(distance.value):
        begin = end = _shift(fixed, length, side)
        slack = _slack(length)
    elif distance.type == "DATE" and distance.begin and distance.end:
        begin, end = date.fromisoformat(distance.begin[:10]), date.fromisoformat(distance.end[:10])
        slack = (end - begin).days // 2
    else:
        return
    off = max((begin - happened).days, (happened - end).days, 0)
    holds = True if off <= slack else (False if off > 2 * slack else None)
    word = "after" if side > 0 else "before"
    stated = squeeze(text[distance.span[0] : point.span[1]])
    explanation = f"{happened} is {abs((fixed - happened).days)} days {word} {fixed}; stated: {stated}"
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
