"""Two states of one thing that exclude each other, told in sentences that have little else in common: open and closed,
before and after, unanimous and split, all and some not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.conditions import PRONOUNS, State, excluded, states_in
from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact, empty_stems, is_subordinate, other_day, stem
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.scope import other_scope
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.things import two_of_a_kind
from variorum.compare.facts.tolls import near_in_time, told_by
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole, ConflictKind, Relation
from variorum.text.normalise import fold
from variorum.text.people import people_words
from variorum.text.vocabulary import longest_first

_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
#: Statements on one thing that are compared each with each at most.
_MOST: Final = 40
#: Sentences on either side in which a vote is spoken of.
_AROUND: Final = 2
#: Nearness in meaning of a whole and of a part of it that did not.
_NEAR: Final = 0.25
#: Words of a sentence that says that there were none, and nothing else: "No arrests have been made so far."
_BARE: Final = 7
#: Opens a clause about something else.
_OPENS: Final = frozenset(
    {"when", "while", "where", "as", "after", "before", "because", "since", "who", "which", "that"}
)
#: Words that what comes before "before" and "after" must share, and what comes behind.
_SHARED: Final = (2, 1)


def find_states(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    facts = alignment.facts
    yield from _opposed(facts)
    yield from _before_and_after(facts)
    yield from _votes(facts)
    yield from _parts(facts, reach)
    yield from _without(facts)
    yield from _none(facts, reach)


def _apart(a: Fact, b: Fact) -> bool:
    """Whether two statements are of other places or days, or one source's."""
    if same_root(a, b) or other_scope(a, b):
        return True
    return not (is_plan(a) and is_plan(b)) and (other_day(a.days, b.days) or not near_in_time(a, b))


def _told_anew(a: Fact, b: Fact) -> bool:
    """Whether one source tells of one place in two reports of two days: what it says later is the later state."""
    days = {(f.reported or "")[:10] for f in (a, b)}
    return same_root(a, b) and len(days) > 1 and bool(order_of(a, b)) and not other_scope(a, b) and near_in_time(a, b)


# --- open, closed ---------------------------------------------------------------------------------------------------


def _opposed(facts: Sequence[Fact]) -> Iterator[Finding]:
    told: dict[str, list[tuple[int, State]]] = {}
    for n, fact in enumerate(facts):
        recalled = is_plan(fact) and has_any(fact.words, asked().revised)  # "had planned to reopen on Friday"
        for state in _resolved(n, facts) if not (recalled or is_subordinate(fact)) else ():
            if state.thing in words().empty:
                continue
            told.setdefault(state.thing, []).append((n, state))
    for thing, found in sorted(told.items()):
        for (n, one), (m, other) in combinations(found[:_MOST], 2):
            a, b = facts[n], facts[m]
            if excluded(one, other) and (not _apart(a, b) or _told_anew(a, b)):
                if two_of_a_kind(a.words, b.words, thing):
                    continue
                relation, first, last = _relation(n, m, a, b)
                if is_plan(facts[last]) and not is_plan(facts[first]):
                    continue
                if one.deed and other.deed and not (is_plan(a) and is_plan(b)):
                    if order_of(a, b) is None or facts[first].statement.reality != "ongoing":
                        continue  # one thing was done to it, then the other
                    relation = "update"
                left, right = shortened(facts[first].words), shortened(facts[last].words)
                about = f"the state of the {_word_for(thing, facts[first], facts[last])}"
                yield Finding("status", relation, about, first, last, left, right, 0.76)


def _word_for(thing: str, *facts: Fact) -> str:
    """A word of the reports for the stem of a thing."""
    told = (word for fact in facts for word in _WORD.findall(fact.statement.text) if stem(fold(word)) == thing)
    return next(told, thing)


def _resolved(n: int, facts: Sequence[Fact]) -> Iterator[State]:
    """The states that a statement tells: of what its words or its participants name, and those of "it" and "they" of
    what the sentence before tells of; and what was done to a thing is the state that it is in."""
    fact = facts[n]
    heads = _heads(fact)
    for told in states_in(fact.words):
        state = replace(told, deed=told.state == fact.predicate)
        if state.thing in PRONOUNS:
            yield from (replace(state, thing=thing) for thing in _before(n, facts))
        else:
            if not (heads and _is_name(state.thing, fact)):  # "the baths in Velm will be closed"
                yield state
            theirs = sorted(heads) if state.thing not in heads and not _of_a_clause(state.thing, fact) else ()
            yield from (replace(state, thing=head, kind="") for head in theirs)
    so = fact.statement.polarity == "affirmed"
    for head in sorted({p.head for p in fact.parties.get("patient", ())}):
        if head in PRONOUNS:
            yield from (State(thing, "", fact.predicate, so, deed=True) for thing in _before(n, facts))
        elif head not in words().pointing | words().people:
            yield State(head, "", fact.predicate, so, deed=True)


def _is_name(thing: str, fact: Fact) -> bool:
    """Whether the stem of a thing is that of a name in a statement, and of none of its participants."""
    named = (word for word in _WORD.findall(fact.words)[1:] if word[0].isupper())
    return thing not in _heads(fact) and any(stem(fold(word)) == thing for word in named)


def _of_a_clause(thing: str, fact: Fact) -> bool:
    """Whether a thing opens a clause of its own: "results of a test taken when Holm was arrested"."""
    told = fact.key.split(" ")
    return any(stem(one) == thing and not _OPENS.isdisjoint(told[max(0, n - 2) : n]) for n, one in enumerate(told))


def _heads(fact: Fact) -> frozenset[str]:
    heads = frozenset(p.head for role in _ROLES for p in fact.parties.get(role, ()))
    return heads - words().pointing - words().people


def _before(n: int, facts: Sequence[Fact]) -> list[str]:
    """What the statement before tells of: its participants, and what it counts."""
    before, here = facts[n - 1] if n else None, facts[n]
    if (
        before is None
        or before.statement.article != here.statement.article
        or here.scene.sentence - before.scene.sentence > 1
    ):
        return []
    counted = {stem(count.slot.unit) for count in before.counts if count.slot.unit}
    return sorted(_heads(before) | counted)


def _relation(n: int, m: int, a: Fact, b: Fact) -> tuple[Relation, int, int]:
    """A later state told as one is an update, the earlier first; else they disagree."""
    order = order_of(a, b)
    first, last = (n, m) if order != -1 else (m, n)
    before, later = (a, b) if last == m else (b, a)
    changed = order is not None and (
        same_root(a, b)
        or has_any(later.statement.text, asked().change)
        or (is_plan(before) and not is_plan(later))
        or _happened_since(before, later)
        or _recalls(before, later)
    )
    return ("update" if changed else "contradiction"), first, last


def _recalls(before: Fact, later: Fact) -> bool:
    """Whether the later tells the earlier state beside its own: "the stoker who was held on Monday is free"."""
    return before.predicate in later.terms and before.predicate != later.predicate


def _happened_since(before: Fact, later: Fact) -> bool:
    """Whether the later is dated, and its day came after the earlier was reported."""
    told = (before.reported or "")[:10]
    return bool(told) and later.dated and later.days is not None and later.days[0] > told


# --- before, after --------------------------------------------------------------------------------------------------

#: Ends a clause that dates another one.
_CLAUSE_ENDS: Final = re.compile(r"[,;:]| (?:while|but|which|who) ")
_TURN: Final = re.compile(r"\b(before|after|until)\b")


def _before_and_after(facts: Sequence[Fact]) -> Iterator[Finding]:
    """One says that it came before something, the other that it came after."""
    told: list[tuple[int, str, frozenset[str], frozenset[str]]] = []
    for n, fact in enumerate(facts):
        text = fact.folded
        turns = list(_TURN.finditer(text))
        if len(turns) == 1 and turns[0][1] != "until":
            called = {stem(fold(word)) for word in _WORD.findall(fact.statement.text)[1:] if word[0].isupper()}
            behind = _CLAUSE_ENDS.split(text[turns[0].end() :], maxsplit=1)[0]
            head, tail = (_content(part) - called for part in (text[: turns[0].start()], behind))
            if len(head) >= _SHARED[0] and tail:
                told.append((n, turns[0][1], head, tail))
    for (n, turn, head, tail), (m, other, front, back) in combinations(told[: 2 * _MOST], 2):
        a, b = facts[n], facts[m]
        shared = len(head & front), len(tail & back)
        if turn == other or shared[0] < _SHARED[0] or shared[1] < _SHARED[1] or same_root(a, b) or other_scope(a, b):
            continue
        accuser = next((i for i in (n, m) if _accuses(facts[i])), None)
        if accuser is None and not (_is_most(head, front) and _is_most(tail, back)):
            continue
        first, last = (m, n) if accuser == m else (n, m)
        kind: ConflictKind = "date" if accuser is None else "denial"
        values = shortened(facts[first].statement.text), shortened(facts[last].words)
        denied = accuser is not None
        yield Finding(kind, "contradiction", values[0], first, last, *values, 0.78, denial=denied)


def _is_most(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two parts tell one thing: what they have in common is more than half of the shorter."""
    return 2 * len(one & other) > min(len(one), len(other))


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text) if word not in words().empty and len(word) > 2)


def _accuses(fact: Fact) -> bool:
    """Whether it says that somebody is to blame: who only "claims" something blames nobody."""
    return has_any(fact.statement.text, _blaming())


@cache
def _blaming() -> tuple[str, ...]:
    return tuple(word for word in asked().accusing if stem(word) != stem("claim"))


# --- votes ----------------------------------------------------------------------------------------------------------

_SPLIT: Final = (
    r"(?<![\w-])(\d{{1,3}}|{numbers})(?: votes?)?(?: to |-|–| against )(\d{{1,3}}|{numbers})"
    r"(?![\w%.-]|\s(?:percent|per|p\.?m|a\.?m))"
)


@cache
def _split() -> re.Pattern[str]:
    return re.compile(_SPLIT.format(numbers="|".join(asked().numbers)))


def _votes(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Unanimous, and by ten to two."""
    one = [
        n for n, f in enumerate(facts)
        if has_any(f.words, asked().unanimous)
        and f.statement.polarity == "affirmed"
        and not has_any(f.statement.text, asked().required)
    ]  # fmt: skip
    two = [n for n, f in enumerate(facts) if one and _is_split(f.words) and _of_a_vote(n, facts)]
    for n in one[:_MOST]:
        for m in two[:_MOST]:
            if not _apart(facts[n], facts[m]):
                values = shortened(facts[n].words), shortened(facts[m].words)
                yield Finding("quantity", "contradiction", "how the vote went", n, m, *values, 0.76)


def _is_split(text: str) -> bool:
    """Whether a text tells a vote with voices on both sides."""
    found = _split().search(fold(text))
    return found is not None and all(asked().numbers.get(v) or (v.isdigit() and int(v)) for v in found.groups())


def _of_a_vote(n: int, facts: Sequence[Fact]) -> bool:
    here = facts[n]
    near = (
        f for f in facts[max(0, n - 3 * _AROUND) : n + 3 * _AROUND + 1]
        if f.statement.article == here.statement.article and abs(f.scene.sentence - here.scene.sentence) <= _AROUND
    )  # fmt: skip
    return any(not asked().voting.isdisjoint(_WORD.findall(f.folded)) for f in near)


# --- all, and some not ----------------------------------------------------------------------------------------------


def _parts(facts: Sequence[Fact], reach: Reach) -> Iterator[Finding]:
    """ "The crew of six swam ashore", "two of the six never reached the shore"."""
    whole = [(n, f) for n, f in enumerate(facts) if f.counts and f.statement.polarity == "affirmed"]
    for m, no in enumerate(facts):
        if no.statement.polarity != "negated" or len(no.counts) < 2:
            continue
        part, of = sorted((c for c in no.counts), key=lambda c: c.core)[:2]
        if not 0 < part.core < of.core or not _is_part(no, part, of):
            continue
        for n, yes in whole:
            same = any(c.core == of.core for c in yes.counts) and len(yes.counts) == 1
            if same and not _apart(yes, no) and yes.terms & no.terms and reach.near(n, m) >= _NEAR:
                values = shortened(yes.words), shortened(no.words)
                yield Finding("quantity", "contradiction", values[0], n, m, *values, 0.75)


def _is_part(fact: Fact, part: Count, whole: Count) -> bool:
    """ "Two of the six", "two passengers of the six"."""
    begin = fact.statement.span[0]
    between = fact.statement.text[max(0, part.quantity.span[1] - begin) : max(0, whole.quantity.span[0] - begin)]
    return (
        re.fullmatch(r"(?: [\w-]+){0,2} (?:out )?of (?:the |its |their |our |his |her |all )?", fold(between))
        is not None
    )


# --- with, and without ----------------------------------------------------------------------------------------------

_WITHOUT: Final = re.compile(r"\bwithout (?:(?:any|a|an|the|prior|previous|further|single|due) )*(\w{4,})")


def _without(facts: Sequence[Fact]) -> Iterator[Finding]:
    """ "Used tear gas without any warning", "warned the crowd before they used tear gas"."""
    for m, no in enumerate(facts):
        for lacking in map(stem, _WITHOUT.findall(fold(no.words))):
            for n, yes in enumerate(facts):
                did = lacking == yes.predicate and yes.statement.polarity == "affirmed" and not is_plan(yes)
                shared = (yes.terms & no.terms) - {lacking}
                if did and len(shared) >= _SHARED[0] and not _apart(yes, no) and "without" not in yes.key.split(" "):
                    about = shortened(yes.words)
                    yield Finding("denial", "contradiction", about, n, m, about, shortened(no.words), 0.78, denial=True)


# --- none, and some -------------------------------------------------------------------------------------------------


@cache
def _no() -> re.Pattern[str]:
    """ "There were no arrests", "no arrest was made"; "no other person" says nothing of the first."""
    thing = rf"no (?!(?:{longest_first(people_words().besides)})\b)(?:[a-z]+ )?([a-z]{{4,}})\b"
    there = r"\bthere (?:were|was|had been|have been|has been) |\bwith "
    return re.compile(rf"(?:{there}){thing}|^{thing} (?:has|have|had|was|were)\b")


def _none(facts: Sequence[Fact], reach: Reach) -> Iterator[Finding]:
    """ "There were no arrests", "two people were arrested": the deed as a noun with a "no", and as told of somebody.
    Who was arrested after the report that knew of nobody is news, and no dispute."""
    for m, no in enumerate(facts):
        for lacking in (stem(one or other) for one, other in _no().findall(fold(no.words))):
            for n, yes in enumerate(facts):
                counted = any(stem(c.slot.unit or "") == lacking for c in yes.counts)
                counted = counted and (lacking in _people() or _one_deed(no, yes))
                did = yes.predicate == lacking or counted
                so = did and yes.statement.polarity == "affirmed" and not is_plan(yes) and yes.counts
                if not so or yes.statement.article == no.statement.article:
                    continue
                bare = len(no.key.split(" ")) <= _BARE and order_of(no, yes) == 1
                if not bare and reach.near(n, m) < _NEAR:
                    continue
                values = shortened(no.words), shortened(yes.words)
                if order_of(no, yes) == 1:
                    if not (other_scope(no, yes) or _two_days(no, yes)) and near_in_time(no, yes):
                        yield Finding("status", "update", values[0], m, n, *values, 0.76)
                elif not _apart(yes, no):
                    yield Finding("denial", "contradiction", values[1], n, m, *values[::-1], 0.76, denial=True)


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, {*words().people, *people_words().beings}))


def _one_deed(no: Fact, yes: Fact) -> bool:
    """Whether what none of them did may be what some did: "no boats were sunk" says nothing of nine that ran late."""
    plain = no.predicate in told_by() | empty_stems() | {""}
    return plain or no.predicate in yes.terms or yes.predicate in no.terms


def _two_days(a: Fact, b: Fact) -> bool:
    return a.dated and b.dated and other_day(a.days, b.days)
