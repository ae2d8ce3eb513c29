"""Reports that tell the old and the new state themselves: "on 18 May and not, as first announced, on 4 May", "contrary
to its earlier assurances", "which had said that none was lost, now admits that it was", "was cut from nine to four
million on appeal".

Such a sentence says which of two is the older, so that no order of reports is needed. Those who still tell the older
stand on its side; where nobody does, the sentence stands for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.outcomes import content, content_shared
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, elsewhere, stem
from variorum.compare.facts.in_words import is_discharged
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.sentences import Sentence, sentences
from variorum.compare.facts.telling import count_value, question, shortened
from variorum.compare.finding import Finding
from variorum.model import ConflictKind, Span
from variorum.text.dates import written_dates
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

_SURE: Final = 0.82
#: Nearness in meaning of two who tell one value, where they share a word of content, and where they share none.
_NEAR: Final = (0.2, 0.4)
#: Words of content that the older account has of the newer one.
_SHARED: Final = 2
#: Shares are told anew for each month and each group, and none takes the place of another's.
_SHARES: Final = frozenset({"percent", "percentage_point", "percentage_points", "point"})
_SICK: Final = "hospitalized"
#: Length of an ISO day.
_DAY: Final = len("2031-05-04")


@dataclass(frozen=True, slots=True)
class Words:
    """``data/turns.toml``."""

    adverbs: tuple[str, ...]
    tellings: tuple[str, ...]
    accounts: tuple[str, ...]
    contrary: tuple[str, ...]
    now: tuple[str, ...]
    admitting: tuple[str, ...]
    amounts: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """A day or a figure of a sentence: where it stands in it, and the statement that has it, by index."""

    n: int
    span: Span
    day: tuple[str, str] | None = None
    count: Count | None = None

    def answers(self, other: _Value) -> bool:
        """Whether both may answer one question, each otherwise."""
        if self.day and other.day:
            return self.day != other.day
        x, y = self.count, other.count
        if x is None or y is None or x.core == y.core or "age" in (x.slot.role, y.slot.role):
            return False
        units = {kind_of_unit(c.slot.unit) for c in (x, y) if c.quantity.unit}
        return len(units) < 2


def find_turns(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    turns = _Turns(alignment.facts, reach)
    for sentence in sentences(alignment.facts):
        yield from turns.of_values(sentence)
        yield from turns.of_discharged(sentence)
        yield from turns.of_accounts(sentence)


def with_turns(findings: Sequence[Finding], turns: Sequence[Finding]) -> list[Finding]:
    """What a report itself calls the earlier state is no dispute with it; a change told already is told once."""
    settled = {frozenset((f.a, f.b)) for f in turns}
    kept = [f for f in findings if f.relation != "contradiction" or frozenset((f.a, f.b)) not in settled]
    first: dict[tuple[str, int, int], Finding] = {}
    for f in (*kept, *turns):
        if f.relation == "update" and (f.kind == "date" or frozenset((f.a, f.b)) in settled):
            first.setdefault((f.kind, f.a, f.b), f)
    return [f for f in (*kept, *turns) if f.relation != "update" or first.get((f.kind, f.a, f.b), f) is f]


# --- values ---------------------------------------------------------------------------------------------------------


def _values(sentence: Sentence) -> list[_Value]:
    """The days and figures of a sentence in their order, each once."""
    found: dict[Span, _Value] = {}
    for n, fact in sentence.facts:
        for time in fact.statement.times:
            if time.type == "DATE" and time.begin and time.end:
                span = time.span[0] - sentence.begin, time.span[1] - sentence.begin
                found.setdefault(span, _Value(n, span, day=(time.begin[:_DAY], time.end[:_DAY])))
        for count in fact.counts:
            if count.quantity.low is not None:
                span = count.quantity.span[0] - sentence.begin, count.quantity.span[1] - sentence.begin
                found.setdefault(span, _Value(n, span, count=count))
    days = [v for v in found.values() if v.day and v.day[0][:4] > "0001"]
    for date in written_dates(sentence.text) if days else ():
        within = any(a < date.span[1] and date.span[0] < b for a, b in found)
        if date.day and not within:
            # "And not, as it had said, since 20 March": of a source's words within, no statement has it.
            day = date.iso(int(days[0].day[0][:4]) if days[0].day else None)[:_DAY]
            found[date.span] = _Value(days[0].n, date.span, day=(day, day))
    return [found[span] for span in sorted(found)]


def _turned(sentence: Sentence) -> tuple[_Value, _Value] | None:
    """The older and the newer value of a sentence that sets them against each other."""
    values = _values(sentence) if _hint().search(fold(sentence.text)) else []
    for old in values if len(values) > 1 else ():
        others = [v for v in values if old.answers(v) and not _is_former(v, sentence)]
        if others and _is_former(old, sentence):
            return old, min(others, key=lambda v: abs(v.span[0] - old.span[0]))
    return None


@cache
def _hint() -> re.Pattern[str]:
    """Without any of these nothing is told as former."""
    return re.compile(rf"\b(?:had|{'|'.join(words().adverbs)})\b")


def _is_former(value: _Value, sentence: Sentence) -> bool:
    """Whether words say that it held before: "not, as first stated, from 3 March", "at first promised for 17 March",
    "not 400, as it had said at first"."""
    before, behind = sentence.before(value.span), sentence.behind(value.span)
    if _given_before().search(before) is not None:
        return True
    against = _AGAINST.search(before)
    if against is None:
        return False
    said = _told_before().search(before[against.start() :])
    return bool((said and _LEADING.fullmatch(before[against.start() + said.end() :])) or _told_before().match(behind))


#: Sets what follows against something else: "and not", "instead of". Only "but" turns back to that.
_AGAINST: Final = re.compile(
    r"\b(?:not|rather than|instead of)\b(?! (?:only|just|merely|until|before)\b)(?:(?!\bbut\b)[^.;:]){0,100}$"
)
#: From what says that it was told before to the value itself: "as announced by the council, on".
_LEADING: Final = re.compile(
    r"(?: by [\w ]{1,40})?[,\s)–-]*(?:(?:on|from|since|in|at|by|until|for|to|the|about|around|some|of|last|next)\b ?)*"
)


@cache
def _told_before() -> re.Pattern[str]:
    """ "As it had first stated", "as previously announced", "as was said at first"."""
    adverbs, tellings = "|".join(words().adverbs), "|".join(words().tellings)
    who = r"(?:\b(?:as|which|that)\b|,) ?(?:[\w'’]+ ){0,5}?"
    return re.compile(
        rf"[,\s(–-]*(?:{who}(?:{adverbs})\b(?: \w+){{0,2}} (?:{tellings})"
        rf"|{who}(?:{tellings})(?: \w+){{0,2}} (?:{adverbs})"
        rf"|\b(?:as|which) (?:it|he|she|they|we) had (?:{tellings}))\b"
    )


@cache
def _given_before() -> re.Pattern[str]:
    """ "Originally scheduled for", "at first put at", right before a value."""
    adverbs, tellings = "|".join(words().adverbs), "|".join(words().tellings)
    leading = r"(?:for|at|as|to be)(?: (?:the|about|around|some|last|next)){0,2}"
    return re.compile(rf"\b(?:{adverbs}) (?:been )?(?:{tellings}) {leading} $")


# --- amounts --------------------------------------------------------------------------------------------------------


def _new_amount(sentence: Sentence) -> _Value | None:
    """The figure to which a sentence says that something was changed: "was cut to 11 million on appeal"."""
    if not _amounting().search(fold(sentence.text)):
        return None
    values = [v for v in _values(sentence) if v.count and _changed_to().search(sentence.before(v.span))]
    return values[0] if len(values) == 1 else None


@cache
def _amounting() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words().amounts)})\b")


@cache
def _changed_to() -> re.Pattern[str]:
    changed = "|".join(words().amounts)
    return re.compile(
        rf"\b(?:{changed})\b(?:(?!\b(?:and|but|while|which|who|that)\b)[^.;:]){{0,90}}"
        r"\b(?:to|at)(?: (?:about|around|some|only|just|nearly|almost))? $"
    )


# --- accounts -------------------------------------------------------------------------------------------------------


@cache
def _contrary() -> re.Pattern[str]:
    """ "Contrary to its earlier assurances", "contrary to initial reports", "contrary to what it had said"."""
    contrary, accounts, tellings = ("|".join(told) for told in (words().contrary, words().accounts, words().tellings))
    whose = "its|his|her|their|earlier|previous|initial|first|original|prior|former|repeated|early"
    return re.compile(
        rf"\b(?:{contrary}) (?:{whose}) (?:[\w-]+ ){{0,2}}?(?:{accounts})\b"
        rf"|\b(?:{contrary}) what (?:it|he|she|they) had (?:\w+ )?(?:{tellings})\b"
    )


def _retracted(sentence: Sentence) -> tuple[int, int] | None:
    """What one source says that it had told, and what it now admits: by index."""
    for n, old in sentence.facts:
        for m, new in sentence.facts:
            if n != m and same_root(old, new) and _had_told(old) and _now_admits(new, old) and _at_odds(old, new):
                return n, m
    return None


def _had_told(fact: Fact) -> bool:
    """Whether it is told as what was told before: "which had said that none was lost"."""
    return bool(fact.statement.attribution) and has_any(fact.statement.text, asked().told_before)


def _now_admits(fact: Fact, old: Fact) -> bool:
    told = fold(fact.statement.text.replace(old.statement.text, " "))
    return bool(fact.statement.attribution) and _admitting().search(told) is not None


@cache
def _admitting() -> re.Pattern[str]:
    now, admitting = "|".join(words().now), "|".join(words().admitting)
    return re.compile(rf"\b(?:{now}) (?:{admitting})\b|\b(?:{admitting}) (?:{now})\b")


def _at_odds(old: Fact, new: Fact) -> bool:
    """Whether one says no to what the other says."""
    other = old.statement.polarity != new.statement.polarity
    return other and bool(content_shared(old, new)) and (old.predicate == new.predicate or _overlap(old, new))


def _overlap(old: Fact, new: Fact) -> bool:
    """Whether the newer has most of what the older is about."""
    said = content(old.terms)
    shared = said & content(new.terms)
    return len(shared) >= _SHARED and 2 * len(shared) >= len(said)


# --- who tells the older --------------------------------------------------------------------------------------------


class _Turns:
    """The turns of a story, each with those who still tell the older state."""

    def __init__(self, facts: Sequence[Fact], reach: Reach) -> None:
        self._facts = facts
        self._reach = reach

    def of_values(self, sentence: Sentence) -> Iterator[Finding]:
        """A day or figure that the sentence itself sets against an earlier one."""
        turned = _turned(sentence)
        if turned is None:
            yield from self._of_amounts(sentence)
            return
        old, new = turned
        alone = (n for n in self._earlier(new.n) if _tells(self._facts[n], old) and not _tells(self._facts[n], new))
        told = [n for n in alone if self._of_one(n, sentence)]
        yield from self._between(told, old, new, sentence)

    def _of_amounts(self, sentence: Sentence) -> Iterator[Finding]:
        new = _new_amount(sentence)
        if new is None or new.count is None or new.count.slot.unit in _SHARES:
            return
        after = self._facts[new.n]
        changed = _changed(after)
        for n in self._earlier(new.n) if changed else ():
            before = self._facts[n]
            old = _amount(before, new.count)
            if old and changed & before.terms and order_of(before, after) == 1 and self._of_one(n, sentence):
                values = count_value(old), count_value(new.count)
                yield Finding("quantity", "update", question(old), n, new.n, *values, _SURE, places=(0, 1))

    def of_discharged(self, sentence: Sentence) -> Iterator[Finding]:
        """Of those in hospital, as the sentence before counts them, some are no more: "five of them left"."""
        for m, after in sentence.facts:
            left = next((c for c in after.counts if is_discharged(c, after.statement)), None)
            group = self._group_before(m) if left else None
            if left is None or group is None or left.core > group.core:
                continue
            for n in self._earlier(m):
                old = next((c for c in self._facts[n].counts if c.slot.role == _SICK and c.core == group.core), None)
                if old and order_of(self._facts[n], after) == 1 and not is_discharged(old, self._facts[n].statement):
                    values = count_value(old), shortened(after.words)
                    yield Finding("quantity", "update", question(old), n, m, *values, _SURE, places=(0, 1))

    def _group_before(self, m: int) -> Count | None:
        """The patients whom the sentence before a statement counts."""
        after = self._facts[m]
        for n in range(m - 1, -1, -1):
            fact = self._facts[n]
            if fact.statement.article != after.statement.article or after.scene.sentence - fact.scene.sentence > 1:
                return None
            found = next(
                (c for c in fact.counts if c.slot.role == _SICK and fact.scene.sentence < after.scene.sentence), None
            )
            if found:
                return found
        return None

    def of_accounts(self, sentence: Sentence) -> Iterator[Finding]:
        """What is the contrary of an earlier account, or admitted by whoever had said otherwise."""
        retracted = _retracted(sentence)
        if retracted:
            n, m = retracted
            said = self._facts[n]
            told = [i for i in self._earlier(m) if _says_so_too(said, self._facts[i])]
            yield from self._accounts(told or [n], m)
        elif _contrary().search(fold(sentence.text)):
            for m, fact in sentence.facts:
                told = [n for n in self._earlier(m) if _is_contrary(self._facts[n], fact)]
                yield from self._accounts(told, m)

    def _accounts(self, told: Sequence[int], m: int) -> Iterator[Finding]:
        first = shortened(self._facts[told[0]].words) if told else ""
        for n in told:
            yield Finding("status", "update", first, n, m, first, shortened(self._facts[m].words), _SURE, places=(0, 1))

    def _earlier(self, m: int) -> Iterator[int]:
        """Statements of other reports that are not known to be later."""
        after = self._facts[m]
        for n, f in enumerate(self._facts):
            other = f.statement.article != after.statement.article and not f.corrects
            if other and order_of(f, after) != -1 and not elsewhere(f, after):
                yield n

    def _of_one(self, n: int, sentence: Sentence) -> bool:
        """Whether a statement is of what any of the sentence is about: by two words, one and a name, or its meaning."""
        return any(self._one_thing(n, m) for m, _ in sentence.facts)

    def _one_thing(self, n: int, m: int) -> bool:
        a, b = self._facts[n], self._facts[m]
        shared = content_shared(a, b)
        if len(shared) >= _SHARED or (shared and a.names & b.names):
            return True
        return self._reach.near(n, m) >= _NEAR[0 if shared else 1]

    def _between(self, told: Sequence[int], old: _Value, new: _Value, sentence: Sentence) -> Iterator[Finding]:
        first, after = self._facts[told[0] if told else new.n], self._facts[new.n]
        kind: ConflictKind = "quantity" if old.count and new.count else "date"
        about, values = shortened(first.words), (shortened(first.words), shortened(after.words))
        if old.count and new.count:
            about = question(new.count if new.count.quantity.unit else old.count)
            values = count_value(old.count), count_value(new.count)
        if not told:  # it stands for both
            values = sentence.text[slice(*old.span)], sentence.text[slice(*new.span)]
        for n in told or [new.n]:
            yield Finding(
                kind, "update", about, n, new.n, *values, _SURE, places=(0, 1), passing=not told, whose=not told
            )


def _tells(fact: Fact, value: _Value) -> bool:
    """Whether a statement gives this day, as its own, or this figure."""
    if value.day:
        return any(
            t.type == "DATE" and ((t.begin or "")[:_DAY], (t.end or "")[:_DAY]) == value.day
            for t in fact.statement.times
        )
    return value.count is not None and any(
        c.core == value.count.core and _one_unit(c, value.count) for c in fact.counts
    )


def _one_unit(x: Count, y: Count) -> bool:
    """Whether both may count one kind of thing; a bare number counts any."""
    return not (x.slot.unit and y.slot.unit) or kind_of_unit(x.slot.unit) == kind_of_unit(y.slot.unit)


def _amount(fact: Fact, new: Count) -> Count | None:
    """The figure of a statement that a new one may take the place of."""
    found = [
        c for c in fact.counts
        if c.core != new.core and not c.more and c.aside == new.aside and c.quantity.unit
        and _one_unit(c, new)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _changed(fact: Fact) -> frozenset[str]:
    """What became more or less, by words that another report may have for it: "the fine", "the price of a ticket"."""
    heads = {p.head for p in fact.parties.get("patient", ())}
    if heads & _measures():
        found = _changed_from().search(fact.folded)
        heads = {stem(word) for word in re.findall(r"\w+", found[1])} - _measures() if found else set()
    return content(frozenset(form for head in heads for form in _forms(head)))


@cache
def _measures() -> frozenset[str]:
    return frozenset(map(stem, words().measures))


@cache
def _changed_from() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words().amounts)})\b ([^.;:]{{0,90}}?)\b(?:to|at) ")


def _forms(head: str) -> tuple[str, ...]:
    """A noun, and what may be its verb: "a fine", "was fined"."""
    return head, head.removesuffix("e"), stem(f"{head}d"), stem(f"{head}ed")


def _says_so_too(said: Fact, other: Fact) -> bool:
    """Whether another report told the same before."""
    return other.statement.polarity == said.statement.polarity and _overlap(said, other)


def _is_contrary(old: Fact, new: Fact) -> bool:
    return old.statement.polarity != new.statement.polarity and _overlap(old, new)


@cache
def words() -> Words:
    """The words of turns."""
    read: Words = load("turns", Words)
    return read
