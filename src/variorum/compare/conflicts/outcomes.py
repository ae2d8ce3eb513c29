"""What became of plans: what was to come and then came, or came on another day, or is not to come any more.

A report that tells what happened seldom repeats the words of the plan. The day that was set, a word of the deed, a name
that few reports have and nearness in meaning say together what belongs to what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment, homes
from variorum.compare.conflicts.plans import (
    called_off,
    deed,
    is_plan,
    is_to_come,
    is_to_end,
    may_follow,
    moved_to,
    none_to_come,
    plain,
)
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.doers import two_doers
from variorum.compare.facts.fact import Fact, elsewhere, is_subordinate, other_day, stem
from variorum.compare.facts.opposites import opposites_of
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole, ConflictKind, Timex
from variorum.text.normalise import fold

#: Plans, and ends of periods, of one story that are followed at most.
_MOST: Final = 60
#: Nearness in meaning of a plan and what came of it: with a word of the deed, with several, and of two ends of one
#: period.
_NEAR: Final = (0.3, 0.25)
_ONE_END: Final = 0.45
#: What the same named doer adds to how much a statement looks like what came of a plan.
_OWN: Final = 0.2
#: Nearness from which a plan is the one that a report says was changed, among several for that day and alone.
_REVISED: Final = 0.2
_ONLY: Final = 0.05
#: Nearness of a plan and of the sentence that says that it was called off, where no name says what belongs together.
_STOPPED: Final = 0.15
_DAYS_OFF: Final = re.compile(
    r"\b(\d+|[a-z]+) (day|week)s? (earlier|later|sooner) than (?:planned|expected|scheduled|announced)"
)
_WEEK: Final = 7
_NUMBER: Final = re.compile(r"\d|#")
#: Terms of statements of which is remembered what is content: each is held to many others.
_REMEMBERED: Final = 8_000
_BY: Final = re.compile(r"\bby (?:the )?(?:end|[a-z]+day\b|\d)")
_NOT_BEFORE: Final = re.compile(r"\bnot\b.*\b(?:before|until|till)\b")
#: Before a day that is that of another thing: "rallied votes before the primary on Tuesday". Not so where somebody goes
#: before a council or comes before a judge on it.
_OF_ANOTHER: Final = re.compile(
    r"(?<!\bgo )(?<!\bcome )(?<!\bappear )(?<!\bput )(?<!\bbrought )(?<!\bback )"
    r"\b(?:before|ahead of|prior to|leading up to)\b[^,;:.]*\Z"
)
#: Opens what nobody plans: "if the bill passes, it goes on to the upper house".
_IF: Final = re.compile(r"\b(?:if|unless|whether)\b")
_INSTEAD: Final = re.compile(r"\b(?:from|instead of|rather than|not|originally)\s+(?:on\s+)?(?:the\s+)?\Z", re.I)
#: Stems of words that may stand for whatever is meant.
_ANYTHING: Final = frozenset(
    map(stem, ("everything", "anything", "something", "all", "it", "them", "this", "that", "these", "those"))
)
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")


def find_outcomes(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    plans = _Plans(alignment, reach)
    yield from plans.held()
    yield from plans.revised()
    yield from plans.off()
    yield from plans.stopped()
    yield from plans.ends()
    yield from plans.put_off()
    yield from plans.undone()


class _Plans:
    """The plans of a story and what later reports tell."""

    def __init__(self, alignment: Alignment, reach: Reach) -> None:
        self._facts = alignment.facts
        self._reach = reach
        first = {group[0] for group in alignment.groups}
        self._claim = homes(alignment.groups)
        self._plans = [n for n, fact in enumerate(self._facts) if n in first and is_plan(fact)][:_MOST]
        self._lasting = [n for n, fact in enumerate(self._facts) if n not in self._plans and is_to_end(fact)][:_MOST]
        self._few = _seldom(self._facts, lambda fact: fact.scene.names, 3)
        self._telling = _seldom(self._facts, lambda fact: fact.terms, 2)
        self._sentences: dict[tuple[str, int], list[int]] = {}
        for n, fact in enumerate(self._facts):
            self._sentences.setdefault((fact.statement.article, fact.scene.sentence), []).append(n)
        plain = [n for n, f in enumerate(self._facts) if not (is_plan(f) or self._is_aside(n))]
        self._done = [n for n in plain if self._facts[n].statement.reality in ("happened", "ongoing")]
        self._negated = [n for n, f in enumerate(self._facts) if f.statement.polarity == "negated"]
        self._ended: dict[str, list[int]] = {}  # by what was done
        for n in plain:
            if self._facts[n].statement.polarity == "affirmed":
                self._ended.setdefault(self._facts[n].predicate, []).append(n)

    # --- held ---

    def held(self) -> Iterator[Finding]:
        """What was to come and then came."""
        for n in self._plans:
            if not is_to_come(self._facts[n]) or _is_supposed(self._facts[n]):
                continue
            for m in self._outcomes(n):
                yield from self._told(n, m, "status", 0.78)

    def _outcomes(self, n: int) -> list[int]:
        """The statements of the report that tells best what came of a plan, the best first."""
        signs = ((self._sign(n, m), -m) for m in self._done if may_follow(self._facts[n], self._facts[m]))
        best = max((found for found in signs if found[0] and not self._was_so(n, -found[1])), default=None)
        return [] if best is None else [-best[1]]

    def _was_so(self, n: int, m: int) -> bool:
        """Whether others told what a report tells undated already before the day that was set for a plan."""
        before, after = self._facts[n], self._facts[m]
        told = (self._facts[i] for i in self._done if self._claim[i] == self._claim[m])
        return not after.dated and any(_before_its_day(before, f) for f in told)

    def _sign(self, n: int, m: int) -> float:
        """How much says that the second is what came of the first; 0 if too little."""
        before, after = self._facts[n], self._facts[m]
        core, names = content_shared(before, after) & self._telling, before.scene.names & after.scene.names & self._few
        if after.statement.polarity == "negated":
            return 0.0
        if _on_its_day(before, after):
            near = self._reach.near(n, m)
            doer = {p.head for p in before.parties.get("agent", ())} & {p.head for p in after.parties.get("agent", ())}
            enough = _NEAR[1] if len(core) > 1 or names or doer & core else _NEAR[0]
            own = before.named("agent") & after.named("agent")
            # A day and a place have many deeds: a word of this one says it, or its doer.
            told = deeds_shared(before, after) & core or before.named("agent") & names or (own and near >= _ONE_END)
            return near + bool(own) * _OWN if near >= enough and told else 0.0
        return 0.5 * (_deed_done(before, after) and not _before_its_day(before, after))

    def _told(self, n: int, m: int, kind: ConflictKind, sure: float) -> Iterator[Finding]:
        """The plan, and the sentence that tells what came of it."""
        before, after = self._facts[n], self._facts[m]
        values = shortened(before.words), shortened(after.words)
        for i in self._sentence(m):
            if i == m or (_meet(self._facts[i], after) and not is_plan(self._facts[i])):
                yield Finding(kind, "update", shortened(before.words), n, i, *values, sure, places=(0, 1))

    def _is_aside(self, m: int) -> bool:
        """Whether it is a clause that only dates or explains another of its sentence: "four days after it stopped"."""
        return len(self._sentence(m)) > 1 and is_subordinate(self._facts[m])

    def _sentence(self, m: int, after: int = 0) -> list[int]:
        """The facts of one sentence, or of one that comes ``after`` it."""
        here = self._facts[m]
        return self._sentences.get((here.statement.article, here.scene.sentence + after), [])

    # --- changed ---

    def revised(self) -> Iterator[Finding]:
        """What a later report says was planned otherwise: "four days earlier than planned", "was to have ended"."""
        for m, after in enumerate(self._facts):
            if not has_any(after.statement.text, asked().revised):
                continue
            days = self._days_named(m)
            fitting = [
                (self._reach.near(n, m), -n) for n in (*self._plans, *self._lasting)
                if self._changes(n, m) and _last_day(self._facts[n]) in days
            ]  # fmt: skip
            near, place = max(fitting, default=(0.0, 0))
            if fitting and near >= (_REVISED if len(fitting) > 1 else _ONLY):
                told = (n for n in sorted(-n for _, n in fitting) if n == -place or self._one_plan(n, -place))
                yield from (found for n in told for found in self._change(n, m))

    def _one_plan(self, n: int, m: int) -> bool:
        """Whether one source tells of one day of the same in both: "will be closed", "remains closed"."""
        a, b = self._facts[n], self._facts[m]
        return same_root(a, b) and _last_day(a) == _last_day(b) and bool(content_shared(a, b))

    def _changes(self, n: int, m: int) -> bool:
        """Whether the second may say that the first was changed: a plan told again ("it said it had planned to") is
        none of itself."""
        before, after = self._facts[n], self._facts[m]
        if self._claim[n] == self._claim[m]:
            return False
        later = order_of(before, after) != -1 and before.statement.article != after.statement.article
        return later and before.dated and not (same_root(before, after) and order_of(before, after) is None)

    def _days_named(self, m: int) -> frozenset[str]:
        """The days that a sentence names, and those that it reckons from: "on the 22nd, four days earlier"; not the day
        that something was moved to."""
        own = [self._facts[i] for i in self._sentence(m)]
        new = {t.begin[:10] for f in own for t in f.statement.times if t.begin and moved_to(f, t)}
        named = {day for f in own if f.dated and f.days for day in f.days} - new
        named |= {t.begin[:10] for f in own for t in f.statement.times if t.begin and _replaced(f, t)}
        for f in own:
            off = _DAYS_OFF.search(f.folded)
            number = off and (int(off[1]) if off[1].isdigit() else 1 if off[1] == "a" else asked().numbers.get(off[1]))
            if off and number and f.days:
                shift = number * (_WEEK if off[2] == "week" else 1) * (-1 if off[3] == "later" else 1)
                named |= {
                    (date.fromisoformat(day) + timedelta(shift)).isoformat()
                    for day in f.days
                    if day > "0001" and day < "9999"
                }
        return frozenset(named)

    def _change(self, n: int, m: int) -> Iterator[Finding]:
        """What came instead stands in the sentence itself, or in the next where this one only recalls the plan."""
        recalls = has_any(self._facts[m].statement.text, asked().recalled) and len(self._sentence(m)) == 1
        sentence = self._sentence(m, 1 if recalls else 0)
        told = [i for i in sentence if recalls or _last_day(self._facts[i]) != _last_day(self._facts[n])]
        if not told and self._facts[m].statement.reality in ("happened", "ongoing"):
            told = [m]  # "the attempt on Sunday was called off"; no "if you jump then, it will take"
        values = shortened(self._facts[n].words), shortened(self._facts[told[0] if told else m].words)
        for i in told:
            yield Finding("date", "update", shortened(self._facts[n].words), n, i, *values, 0.8, places=(0, 1))

    def off(self) -> Iterator[Finding]:
        """What was to come on a day and will not: "could play on Sunday", "will not play on Sunday"."""
        for n in self._plans:
            before = self._facts[n]
            if not before.dated or before.predicate in plain() or not before.predicate or not is_to_come(before):
                continue
            for m in self._negated:
                after = self._facts[m]
                day = after.dated and _last_day(before) == _last_day(after)
                if day and before.predicate == after.predicate and may_follow(self._facts[n], self._facts[m]):
                    yield from self._told(n, m, "date", 0.8)

    def stopped(self) -> Iterator[Finding]:
        """What was to come and was called off, put off, averted or forbidden, by its name: "was to visit the site",
        "called off his visit"."""
        for m, after in enumerate(self._facts):
            things = none_to_come(after)
            if not (things or is_plan(after) or after.statement.polarity != "affirmed"):
                things = called_off(after)
            if not things:
                continue
            fitting = [
                (self._reach.near(n, m), -n) for n in self._plans
                if may_follow(self._facts[n], self._facts[m]) and is_to_come(self._facts[n])
                and things & deed(self._facts[n]) and not other_day(self._facts[n].days, after.days)
            ]  # fmt: skip
            near, place = max(fitting, default=(0.0, 0))
            if fitting and (near >= _STOPPED or self._one_name(-place, m)):
                yield from self._told(-place, m, "status", 0.78)

    def _one_name(self, n: int, m: int) -> bool:
        """Whether both name one person or thing that few reports name."""
        return bool(self._facts[n].scene.names & self._facts[m].scene.names & self._few)

    def put_off(self) -> Iterator[Finding]:
        """What was to last until a day, or come by one, and will not before a later one: "closed until Friday", "will
        not reopen before the 23rd"."""
        for n in self._plans:
            before = self._facts[n]
            limited = before.days is not None and (before.days[0] < "0002" or _BY.search(before.key))
            if not limited or before.statement.polarity != "affirmed":
                continue
            for m in self._negated:
                after = self._facts[m]
                no = is_plan(after) and _NOT_BEFORE.search(after.key)
                moved = no and after.days is not None and _last_day(before) < after.days[0] < "9999"
                near = moved and may_follow(self._facts[n], self._facts[m]) and content_shared(before, after)
                if near and self._reach.near(n, m) >= _REVISED:
                    yield from self._change(n, m)

    def undone(self) -> Iterator[Finding]:
        """What was to last until a day, and is told as ended: "shut until Wednesday", "reopened on Tuesday"."""
        lasting = [n for n, f in enumerate(self._facts) if f.dated and f.days and f.days[0] < "0002"][:_MOST]
        told: dict[tuple[str, str], str] = {}  # one end told in two reports is one state
        for n in lasting:
            before = self._facts[n]
            ended = opposites_of(before.predicate) if is_to_come(before) else frozenset()
            for m in sorted(m for predicate in ended for m in self._ended.get(predicate, ())):
                after = self._facts[m]
                if content_shared(before, after) and may_follow(self._facts[n], self._facts[m]):
                    first = told.setdefault((before.predicate, _last_day(before)), shortened(before.words))
                    yield Finding("date", "update", first, n, m, first, shortened(after.words), 0.8, places=(0, 1))

    def ends(self) -> Iterator[Finding]:
        """Two ends of one period: a contract until 2029, or until 2030."""
        until = [n for n, f in enumerate(self._facts) if f.dated and f.days and f.days[0] < "0002"][:_MOST]
        for n, m in combinations(until, 2):
            a, b = self._facts[n], self._facts[m]
            differ = _last_day(a) != _last_day(b) and a.statement.article != b.statement.article
            apart = same_root(a, b) or elsewhere(a, b) or _of_other_people(a, b)
            if differ and not apart and self._reach.near(n, m) >= _ONE_END:
                changed = order_of(a, b) and has_any((a if order_of(a, b) == -1 else b).statement.text, asked().revised)
                first, last = (m, n) if order_of(a, b) == -1 else (n, m)
                values = _last_day(self._facts[first]), _last_day(self._facts[last])
                relation = "update" if changed else "contradiction"
                yield Finding("date", relation, shortened(self._facts[first].words), first, last, *values, 0.76)  # type: ignore[arg-type]


def _replaced(fact: Fact, time: Timex) -> bool:
    """Whether a date stands where the one that no longer holds does: "moved from Saturday to 20 December"."""
    begin = time.span[0] - fact.statement.span[0]
    return time.type == "DATE" and begin > 0 and _INSTEAD.search(fact.statement.text[:begin]) is not None


def _meet(a: Fact, b: Fact) -> bool:
    """Whether two statements of one article share words."""
    return a.statement.span[0] < b.statement.span[1] and b.statement.span[0] < a.statement.span[1]


def _of_other_people(a: Fact, b: Fact) -> bool:
    """Whether one is of "him" or "her" and the other names somebody who is not known to be meant."""
    return any(
        f.key.split(" ", 1)[0] in ("he", "she", "his", "her") and other.names and not (f.names & other.names)
        for f, other in ((a, b), (b, a))
    )


def content_shared(a: Fact, b: Fact) -> frozenset[str]:
    """Words of content that both have: no numbers, names, days or words that say nothing by themselves."""
    common = content(a.terms) & content(b.terms)
    if not common:
        return common
    parties = [p for f in (a, b) for role in _ROLES for p in f.parties.get(role, ()) if p.thing]
    return common.difference(word for party in parties for word in (party.head, *party.modifiers))


def deeds_shared(a: Fact, b: Fact) -> frozenset[str]:
    """Words of content that both have and by which one of them tells what is done, to, by or with what."""
    return content_shared(a, b) & (_taking_part(a) | _taking_part(b))


def _taking_part(fact: Fact) -> frozenset[str]:
    """Stems of what is done, of all that takes part in it, and of what narrows that: "the maternity ward"."""
    arguments = fact.statement.frame.arguments if fact.statement.frame else ()
    told = (stem(fold(word)) for a in arguments if not a.entity for word in (a.head, *a.modifiers))
    return frozenset({fact.predicate, *told})


@lru_cache(_REMEMBERED)
def content(terms: frozenset[str]) -> frozenset[str]:
    """Words of content among terms: no numbers, days or words that say nothing by themselves."""
    return frozenset(t for t in terms if not _NUMBER.search(t)) - plain()


def _on_its_day(before: Fact, after: Fact) -> bool:
    """Whether the second happened on the day set for the first, or was reported on it."""
    if not before.dated or before.days is None or before.days[0] != before.days[1]:
        return False
    day = before.days[0]
    early = after.days != before.days and (after.reported or day)[:10] < day  # "since April", told before the day
    if early or _is_of_another(before):
        return False
    if after.days is not None:
        return after.days[0] <= day <= after.days[1] and after.days[0] > "0001"
    return (after.reported or "")[:10] == day


def _before_its_day(before: Fact, after: Fact) -> bool:
    """Whether the second was reported before the day that was set for the first: it cannot have come of it."""
    return before.dated and before.days is not None and (after.reported or "9")[:10] < before.days[0]


def _is_of_another(fact: Fact) -> bool:
    """Whether the one day that a statement names only dates what else was to come: it came before that."""
    begin = fact.statement.span[0]
    named = [t.span[0] - begin for t in fact.statement.times if t.type == "DATE" and t.span[0] >= begin]
    return len(named) == 1 and _OF_ANOTHER.search(fact.folded[: named[0]]) is not None


def _is_supposed(plan: Fact) -> bool:
    """Whether it is only said what would be so if something else were."""
    return plan.statement.reality == "conditional" and _IF.search(plan.folded) is not None


def _deed_done(before: Fact, after: Fact) -> bool:
    """Whether the very deed that somebody was to do is told as done by the same: "will appeal", "filed the appeal"."""
    if before.predicate in plain() or before.predicate not in after.terms or after.statement.reality != "happened":
        return False
    if two_doers(before, after) or other_things(before, after):
        return False
    people = before.names | ({before.statement.root.entity} if before.statement.root.entity else set())
    objects = {p.head for r in _ROLES for p in after.parties.get(r, ())} | {after.predicate}
    return (bool(people & after.scene.names) or _its_own(before, after)) and before.predicate in objects


def _its_own(before: Fact, after: Fact) -> bool:
    """Whether the very thing is done by whoever said of himself that he would: "the group: it would publish the data",
    "the group published them"."""
    called = {stem(word) for word in fold(before.statement.root.name or "").split(" ")}
    himself, doers = ({p.head for p in f.parties.get("agent", ())} for f in (before, after))
    return himself <= words().pointing and before.predicate == after.predicate and not called.isdisjoint(doers)


def other_things(before: Fact, after: Fact) -> bool:
    """Whether one verb is said of two things: "will reverse the ruling", "reversed himself"."""
    return before.predicate == after.predicate and other_objects(before, after)


def other_objects(a: Fact, b: Fact) -> bool:
    """Whether both name what it is done to, and it is not one thing."""
    told = [fact.parties.get("patient", ()) for fact in (a, b)]
    called = [{word for p in own for word in (p.head, *p.modifiers, p.thing) if word} - _ANYTHING for own in told]
    return all(called) and called[0].isdisjoint(called[1])


def _last_day(fact: Fact) -> str:
    return fact.days[1] if fact.days else ""


def _seldom(facts: Sequence[Fact], of: Callable[[Fact], frozenset[str]], share: int) -> frozenset[str]:
    """Names, or words, that at most one in ``share`` articles has: they tell one thing in a story from another."""
    known: dict[str, set[str]] = {}
    articles = {f.statement.article for f in facts}
    for f in facts:
        for word in of(f):
            known.setdefault(word, set()).add(f.statement.article)
    return frozenset(word for word, own in known.items() if share * len(own) <= max(len(articles), 2 * share))
