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

from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, by_article
from variorum.compare.facts.names import Names
from variorum.compare.facts.questions import names_people
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.telling import count_value, number
from variorum.compare.facts.vocabulary import words
from variorum.compare.reckoning import reckon
from variorum.model import Article, Check, CheckKind, Span, Timex
from variorum.text.normalise import fold, squeeze

#: Characters and numbers around a whole in which its parts are looked for.
_REACH: Final = 700
_NUMBERS: Final = 12
#: Statements before "two months before …" in which the event it dates is looked for.
_SENTENCES: Final = 3
_DURATION: Final = re.compile(r"P(?=\d)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?")
_SHARE: Final = frozenset({"percent", "%", "per cent", "percentage"})
_AGO: Final = re.compile(r"\bago\b", re.I)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SIDE: Final = re.compile(r"\b(before|after|ahead of|earlier than|following)\b", re.I)
_OF_THE: Final = re.compile(r"\b(?:of|among) (?:the |all |its |their )?$", re.I)
_FROM_TO: Final = re.compile(r"[^.,;:]{0,20}\b(?:from|to)\s+", re.I)
#: Between a part and its share: "620, or 25 percent", "620 (25 percent)".
_OR: Final = re.compile(r"[^.;]{0,30}?(?:,? or (?:about |some |nearly )?|,? \(|, )", re.I)
_AGAINST: Final = re.compile(r"[^.;]{0,30}\b(against|from|compared (?:with|to)|versus)\b[^.;]{0,12}", re.I)
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")
_MINUTES: Final = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?")
_PER: Final = re.compile(r"[^.,;\d]{0,30}?\b(?:a|an|per|each|every) (year|month|week|day|hour|minute)\b", re.I)
#: Characters within which a difference explains itself, and within which two kinds are one list.
_CLOSE: Final = 160
_JOINED: Final = 30
#: Two kinds of people that add up by chance would be small.
_TELLING: Final = 10
#: How far a product may be off, as a share of the whole.
_RATE_SLACK: Final = 0.1
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


def find_checks(facts: Sequence[Fact], articles: Sequence[Article], names: Names) -> list[Check]:
    """What adds up and what does not; nothing where no report implies arithmetic. The same sum in several copies is
    one check."""
    found: dict[tuple[str, bool | None, str], Check] = {}
    days = {article.id: article.published.value if article.published else None for article in articles}
    texts = {article.id: article.text for article in articles}
    for article, own in by_article(facts).items():
        for check in (
            *_of_article(tuple(own), texts[article]),
            *reckon(own, facts, texts[article], names, days[article]),
        ):
            key = (check.kind, check.holds, check.explanation)
            known = found.get(key)
            ids = (known.statements if known else ()) + check.statements
            found[key] = replace(check, statements=tuple(dict.fromkeys(ids)))
    return list(found.values())


@of_fact
def _of_article(facts: tuple[Fact, ...], text: str) -> Sequence[Check]:
    kinds = (_sums, _percentages, _changes, _intervals, _clocks, _rates)
    return [check for kind in kinds for check in kind(facts, text)]


def _check(kind: CheckKind, holds: bool | None, explanation: str, facts: Iterable[Fact]) -> Check:
    return Check(kind, holds, explanation, tuple(dict.fromkeys(fact.id for fact in facts)))


# --- sums ---------------------------------------------------------------------------------------------------------


def _sums(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    items = _items(facts, text)
    used: set[Span] = set()
    for n, whole in enumerate(items):
        parts, exhaustive = _parts_of(n, items, text)
        total = sum(part.value for part in parts)
        # Bare numbers that do not add up are of something else: a tram's line, an age.
        tied = total == whole.value or all(_is_part(p, whole) or p.left or p.unit for p in parts)
        if whole.span not in used and len(parts) > 1 and tied and (total >= whole.value or exhaustive):
            used.update(part.span for part in parts)
            yield _sum_check(whole, parts, total)
    yield from _raised(items, text)
    yield from _two_kinds(items, text)


def _parts_of(n: int, items: Sequence[Item], text: str) -> tuple[list[Item], bool]:
    """The parts of a whole and whether they are all there are: those the grammar gives, those listed in its sentence,
    those told after it up to "the remaining one", those before "in all"."""
    whole = items[n]
    if listed := _listed(n, items, text):
        return listed, False
    before = [i for i in items[max(0, n - _NUMBERS) : n] if _is_part(i, whole)]
    after = takewhile(partial(_near, whole), items[n + 1 : n + 1 + _NUMBERS])
    parts, exhaustive = _parts(whole, [item for item in after if item.value < whole.value], text)
    if parts or before:
        return before + parts, exhaustive
    return _parts_before_total(whole, items[max(0, n - _NUMBERS) : n], text)


def _is_part(item: Item, whole: Item) -> bool:
    """Whether the words that the item is a part of are those of the whole."""
    return item.of is not None and item.of[0] < whole.span[1] + 1 and whole.span[0] - 1 < item.of[1]


def _listed(n: int, items: Sequence[Item], text: str) -> list[Item]:
    """ "Of the nine houses, six stood here and three there": bare numbers of the same sentence that add up to it."""
    whole = items[n]
    if not _OF_THE.search(text, max(0, whole.span[0] - 12), whole.span[0]):
        return []
    sentence = _SENTENCE_END.search(text, whole.span[1])
    end = sentence.start() if sentence else len(text)
    rest = [i for i in items[n + 1 : n + 1 + _NUMBERS] if i.span[1] <= end and i.value < whole.value]
    parts = [item for item in rest if item.unit in (whole.unit, None)]
    return parts if sum(part.value for part in parts) == whole.value else []


def _raised(items: Sequence[Item], text: str) -> Iterator[Check]:
    """ "raised its count to 231 from 214: 17 children …": the difference, where the report gives it too."""
    for n in range(len(items) - 2):
        one, other = items[n], items[n + 1]
        if not _FROM_TO.fullmatch(text[one.span[1] : other.span[0]]):
            continue
        gap = abs(one.value - other.value)
        more = next((i for i in items[n + 2 : n + 5] if i.value == gap and i.span[0] - other.span[1] < _CLOSE), None)
        if more is not None:
            low, high = sorted((one, other), key=lambda item: item.value)
            yield _sum_check(high, (low, more), high.value)


def _two_kinds(items: Sequence[Item], text: str) -> Iterator[Check]:
    """ "186 passengers and 28 crew" beside 214 people: two kinds that make up a number of people given before. Other
    sums mean nothing: nobody says that the two are all."""
    for n in range(len(items) - 1):
        one, other = items[n], items[n + 1]
        between = text[one.span[1] : other.span[0]]
        if one.value < _TELLING or {one.unit, other.unit} & {"person", None} or one.unit == other.unit:
            continue
        if len(between) < _JOINED and between.endswith(" and "):
            total = one.value + other.value
            people = (i for i in reversed(items[:n]) if i.unit == "person" and i.value == total)
            whole = next(people, None)
            if whole is not None:
                yield _sum_check(whole, (one, other), total)


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
        for span, kind in _remainders(fact):
            if not any(span[0] < known[1] and known[0] < span[1] for known in found):
                found.setdefault(span, Item(1, span, "1 remaining", kind, fact, left=True))
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
    return re.compile(rf"\bthe (?:{words_for_it}) (?:one\b|([a-z]+)(?<!s)\b)", re.I)


def _remainders(fact: Fact) -> Iterator[tuple[Span, str | None]]:
    """Each with the kind of thing that is left, if it is named."""
    begin = fact.statement.span[0]
    for match in _remainder_pattern().finditer(fact.statement.text):
        yield (begin + match.start(), begin + match.end()), match[1] and fold(match[1])


def _near(whole: Item, item: Item) -> bool:
    return item.span[0] - whole.span[1] <= _REACH


def _parts(whole: Item, near: Sequence[Item], text: str) -> tuple[list[Item], bool]:
    """The parts of a whole among the numbers after it, and whether they are all there are."""
    fitting = [item for item in near if _is_part(item, whole) or _of_its_kind(item, whole)]
    remainder = next((n for n, item in enumerate(fitting) if item.left), None)
    if remainder is not None:
        return fitting[: remainder + 1], True
    listed = [item for item in fitting if not _SENTENCE_END.search(text, whole.span[1], item.span[0])]
    if len(listed) > 1 and _exhaustive(text[whole.span[1] : listed[0].span[0]]):
        return listed, True
    return [item for item in fitting if _is_part(item, whole)], False


def _of_its_kind(item: Item, whole: Item) -> bool:
    """Whether it may count what the whole counts: "the remaining missile" of missiles, and no "last governor" of
    votes."""
    if item.unit in (whole.unit, None) or (item.left and whole.unit is None):
        return True
    return item.left and whole.unit is not None and names_people(item.unit or "") and names_people(whole.unit)


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


def _percentages(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """A share of a whole that is given beside the part: "300 of the 500 houses, 60 percent"; "of the 500 houses, 300,
    or 60 percent"."""
    for fact in facts:
        shares = [c for c in fact.counts if c.slot.unit in _SHARE and c.low == c.high]
        plain = [c for c in fact.counts if c.slot.unit not in _SHARE]
        for share in shares:
            for part in plain:
                whole = _whole_of(part, share, plain, text)
                if whole is not None and whole.core > 0:
                    yield _percentage(share, part, whole, fact)


def _whole_of(part: Count, share: Count, plain: Sequence[Count], text: str) -> Count | None:
    """What a part with its share beside it is a part of."""
    whole = next((c for c in plain if c.quantity.span == part.quantity.of), None)
    if whole is not None:
        return whole
    begin, end = part.quantity.span[1], share.quantity.span[0]
    if not (begin < end and _OR.fullmatch(text, begin, end)):
        return None
    before = [c for c in plain if c.quantity.span[1] <= part.quantity.span[0] and c.core >= part.core]
    named = [c for c in before if _OF_THE.search(text, max(0, c.quantity.span[0] - 12), c.quantity.span[0])]
    return named[-1] if named else None


def _percentage(share: Count, part: Count, whole: Count, fact: Fact) -> Check:
    exact = 100 * part.core / whole.core
    slack = 1.0 if share.quantity.bound == "exact" else 5.0
    holds = abs(exact - share.core) <= slack
    working = f"{number(part.core)} of {number(whole.core)} are {exact:.1f} %, {number(share.core)} % stated"
    return _check("percentage", holds, working, [fact])


def _changes(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """ "fell 12 percent to 4.40 from 5.00": a change in percent beside the two figures, both of one unit."""
    parts = words().parts
    for fact in facts:
        for share in [c for c in _of_sentence(fact, facts) if c.slot.unit in _SHARE and c.low == c.high]:
            end = share.quantity.span[0]
            before = set(re.findall(r"[a-z]+", fold(text[max(0, end - 40) : end])))
            down, up = bool(before & parts.falling), bool(before & parts.rising)
            if down == up:
                continue
            for new, old in pairwise(c for c in fact.counts if c.quantity.span[0] > end):
                if (
                    new.slot.unit == old.slot.unit
                    and old.core
                    and _AGAINST.fullmatch(text, new.quantity.span[1], old.quantity.span[0])
                ):
                    yield _change(share, new, old, -1 if down else 1, fact)


def _of_sentence(fact: Fact, facts: Sequence[Fact]) -> list[Count]:
    """The numbers of all clauses of the fact's sentence before its own, and its own."""
    same = [f for f in facts if f.scene.sentence == fact.scene.sentence]
    return list({c.quantity.span: c for f in same for c in f.counts}.values())


def _change(share: Count, new: Count, old: Count, sign: int, fact: Fact) -> Check:
    exact = 100 * (new.core - old.core) / old.core
    holds = abs(exact - sign * share.core) <= (1.0 if share.quantity.bound == "exact" else 5.0)
    working = f"from {number(old.core)} to {number(new.core)} is {exact:+.1f} %, {number(share.core)} % stated"
    return _check("percentage", holds, working, [fact])


def _rates(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """ "38 million, what the town uses in 19 years at 2 million a year": a rate times its time against a whole."""
    for fact in facts:
        for rate in fact.counts:
            per = _PER.match(text, rate.quantity.span[1])
            if per is None or rate.quantity.bound != "exact" or not rate.core:
                continue
            times = [c for c in fact.counts if c.slot.unit == per[1].lower() and c.core > 0]
            wholes = [c for c in fact.counts if c is not rate and c not in times and c.core > rate.core]
            if len(times) == 1 and len(wholes) == 1:
                product, whole = times[0].core * rate.core, wholes[0].core
                sign = "≈" if (holds := abs(product - whole) <= _RATE_SLACK * whole) else "≠"
                span = f"{number(times[0].core)} {per[1].lower()}s"
                working = f"{number(rate.core)} a {per[1].lower()} × {span} = {number(product)} {sign} {number(whole)}"
                yield _check("rate", holds, working, [fact])


# --- intervals ----------------------------------------------------------------------------------------------------


def _intervals(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """ "The move comes two months before January 20": the date of the sentence that "the move" points to, against the
    stated distance."""
    for n, fact in enumerate(facts):
        times = sorted(fact.statement.times, key=lambda t: t.span)
        pointing = fact.statement.text.split(" ", 1)[0].lower() in words().pointing | {"the"}
        before = next((f for f in reversed(facts[max(0, n - _SENTENCES) : n]) if _one_day(f)), None)
        for place, (distance, point) in enumerate(pairwise(times)):
            side = _side(distance, point, text)
            event = fact if place and _one_day(fact) else (before if pointing else None)
            if side is not None and event is not None and event.days is not None:
                yield from _interval(event, fact, (distance, point, side), text)
            if _AGO.search(text, point.span[0], point.span[1] + 4):
                yield from _ago(fact, distance, point, text)


def _ago(fact: Fact, stated: Timex, distance: Timex, text: str) -> Iterator[Check]:
    """ "in March 2019, seven years ago": the date against the distance, as the reader of times resolved it."""
    periods = [(t.begin, t.end) for t in (stated, distance)]
    if any(t.type != "DATE" or not t.begin or not t.end for t in (stated, distance)):
        return
    (a, b), (c, d) = [(date.fromisoformat(x[:10]), date.fromisoformat(y[:10])) for x, y in periods if x and y]
    off, slack = max((c - b).days, (a - d).days, 0), max((d - c).days, 31)
    holds = True if off == 0 else (False if off > 2 * slack else None)
    yield _check("interval", holds, f"stated: {squeeze(text[stated.span[0] : distance.span[1]])}", [fact])


def _clocks(facts: Sequence[Fact], text: str) -> Iterator[Check]:
    """ "at 4:05, 15 minutes before the water came at 4:20": two clock times and their distance in one sentence."""
    for fact in facts:
        for distance in fact.statement.times:
            length = _MINUTES.fullmatch(distance.value)
            begin, end = fact.statement.span
            side = _SIDE.match(text, min(distance.span[1] + 1, end)) if length else None
            first = next((m for m in reversed(list(_CLOCK.finditer(text, begin, distance.span[0])))), None)
            last = _CLOCK.search(text, distance.span[1], end)
            if length and side and first and last:
                minutes = int(length[1] or 0) * 60 + int(length[2] or 0)
                apart = _minutes(last) - _minutes(first)
                apart = apart if side[1].lower() not in ("after", "following") else -apart
                explanation = f"{first[0]} is {abs(apart)} minutes {'before' if apart >= 0 else 'after'} {last[0]}"
                yield _check("interval", apart == minutes, f"{explanation}; stated: {minutes}", [fact])


def _minutes(clock: re.Match[str]) -> int:
    return 60 * int(clock[1]) + int(clock[2])


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
