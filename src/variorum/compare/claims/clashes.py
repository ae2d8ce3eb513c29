"""What keeps two statements from being one claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, Literal

from variorum.compare.claims.same_deed import other_offences
from variorum.compare.claims.slots import filled_otherwise, places_differ
from variorum.compare.facts import conditions
from variorum.compare.facts.asked import asked
from variorum.compare.facts.counts import Count, Slot, pairs_in_one_slot, whole_of
from variorum.compare.facts.fact import Fact, other_day, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.opposites import opposites_of
from variorum.compare.facts.questions import names_people
from variorum.compare.facts.remembered import of_pair
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold

Clash = Literal[
    "quantity", "role", "polarity", "reality", "date", "agent", "patient", "category", "opposed", "withdrawn", "slot"
]
_PARTIES: Final[tuple[Literal["agent", "patient"], ...]] = ("agent", "patient")
#: Realities of something that is not (yet) so, against those of something that is.
_OPEN: Final = frozenset({"planned", "conditional"})
#: Figures from here on are rare enough to speak for one thing.
_TELLING: Final = 10
#: Days of a period of which the end alone is told begin before this one.
_SINCE_EVER: Final = "0002"
_SHOULD: Final = re.compile(r"\b(?:should|ought)\b")
_BACK: Final = re.compile(
    r"\bshould (?:(?:be|have been) (?:[a-z]+ )?(?:back|up|open|ready|available|over|restored|finished|completed?|"
    r"repaired|running|online|working)|reopen|resume|return|arrive|end|begin|start|open|run)\b"
)
_DAY: Final = len("2031-04-02")
_WISH: Final = re.compile(
    r"\b(?:want|wants|wanted|demand|demands|demanded|call for|calls for|called for|ask for|asks for|asked for) "
)
_REAL: Final = frozenset({"happened", "ongoing"})
_NEWS: Final = frozenset({"news", "information"})
_ROOT: Final = 5  #: letters that forms of one word share
#: Texts whose words of an end are remembered.
_REMEMBERED: Final = 20_000
_MANY: Final = 4  #: words that no pointer has


def clashes(a: Fact, b: Fact, names: Names) -> frozenset[Clash]:
    """Why the two cannot be one claim; empty if they can."""
    found = _said_otherwise(a, b)
    for role in _PARTIES:
        if _parties_differ(a.named(role), b.named(role), names):
            found |= {role}
    return found | {"slot"} if places_differ(a, b, names) else found


@of_pair
def _said_otherwise(a: Fact, b: Fact) -> frozenset[Clash]:
    """The clashes that do not depend on what a name stands for."""
    shared = a.sides.keys() & b.sides.keys()
    flips = {q for q in shared if a.sides[q].contrast.flips}
    states = {state_of(a, q) == state_of(b, q) for q in flips}
    found: dict[Clash, bool] = {
        "withdrawn": a.withdrawn != b.withdrawn or _replaced(a, b) or _replaced(b, a),
        "polarity": a.statement.polarity != b.statement.polarity and not states & {True} and not _one_by_no(a, b),
        "reality": (_realities_differ(a, b) and not _one_term(a, b)) or _only_wished(a, b) or _only_wished(b, a),
        "date": a.dated and b.dated and (other_day(a.days, b.days) or _end_and_day(a, b)),
        "quantity": bool(
            a.counts
            and b.counts
            and (
                differing_counts(a, b)
                or _only_figures_differ(a, b)
                or _sole_figures_differ(a, b)
                or _doers_in_other_number(a, b)
                or _part_of_what_is_told(a, b)
            )
        ),
        "role": _fates_differ(a, b),
        "category": False in states
        or _only_points(a)
        or _only_points(b)
        or any(a.sides[q].side != b.sides[q].side for q in shared - flips)
        or conditions.clash(a.words, b.words)
        or steps_differ(a, b)
        or _only_informed(a) != _only_informed(b)
        or _set_and_called_off(a, b)
        or (b.predicate in opposites_of(a.predicate) and a.statement.polarity == b.statement.polarity),
        "opposed": other_offences(a, b)
        or (a.statement.polarity == b.statement.polarity and _opposed(a.terms - b.terms, b.terms - a.terms)),
        "slot": filled_otherwise(a, b),
    }
    return frozenset(clash for clash, there in found.items() if there)


def _replaced(new: Fact, old: Fact) -> bool:
    """Whether one says what a report puts in the place of what the other says."""
    gone = new.instead_of  # of nearly all nothing
    return bool(gone) and not old.corrects and not gone.isdisjoint(old.terms) and not new.terms <= old.terms


def _opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word that only one has is the opposite of one that only the other has: "samples tested negative",
    "tests on the well were positive". What they speak of may be two things; one claim it is not."""
    return any(not opposites_of(word).isdisjoint(other) for word in one)


def _one_by_no(a: Fact, b: Fact) -> bool:
    """Whether one says no to the opposite of what the other says: "three were missing", "three had not been found"."""
    no, yes = (a, b) if a.statement.polarity == "negated" else (b, a)
    return (
        bool(no.predicate)
        and no.predicate not in yes.terms
        and not opposites_of(no.predicate).isdisjoint(yes.terms - no.terms)
    )


def _end_and_day(a: Fact, b: Fact) -> bool:
    """Whether one goes on until a day, and the other happened on one: "remains shut until Friday after a fire", "a fire
    broke out on Monday"."""
    for lasting, event in ((a, b), (b, a)):
        if lasting.days and event.days and lasting.days[0] < _SINCE_EVER <= event.days[0]:
            one_day = event.days[0] == event.days[1] and event.statement.reality == "happened"
            return one_day and lasting.predicate != event.predicate
    return False


def steps_differ(a: Fact, b: Fact) -> bool:
    """Whether one asks for or promises what the other says was given, or gives it back; who promises to pay and who
    is going to pay say the same."""
    if a.statement.reality == b.statement.reality == "planned":
        return False
    one, other = _steps().get(a.predicate), _steps().get(b.predicate)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def _only_informed(fact: Fact) -> bool:
    """Whether it tells that somebody was told, and not that it was so: "had not been told of a leak"."""
    return fact.predicate in _informing()


@cache
def _informing() -> frozenset[str]:
    return frozenset(map(stem, asked().informing))


def _set_and_called_off(a: Fact, b: Fact) -> bool:
    """Whether one announces what the other calls off: "announced a strike", "called off the strike"."""
    for plan, end in ((a, b), (b, a)):
        if plan.predicate in planning() and end.predicate not in planning():
            stopped = _stopping_in(end.words)
            # "Announced the cancellation of the fair": one word in both.
            return bool(stopped) and not any(t.startswith(stopped[:_ROOT]) for t in plan.terms)
    return False


@cache
def planning() -> frozenset[str]:
    """Stems of what is done about a plan, and of what one is called."""
    return frozenset(map(stem, words().planning))


@lru_cache(_REMEMBERED)
def _stopping_in(text: str) -> str:
    """The words of a text that say that something will not be: "called off"; "" if none do."""
    found = stopping().search(fold(text))
    return found[0] if found else ""


@cache
def stopping() -> re.Pattern[str]:
    """The words, folded, that say that something will not be."""
    return re.compile(r"(?<!\w)(?:" + "|".join(asked().stopping) + r")(?!\w)")


@cache
def _steps() -> Mapping[str, tuple[int, int]]:
    """For each deed that is a step of a series the number of the series, and its own."""
    return {
        stem(deed): (n, m)
        for n, series in enumerate(words().steps)
        for m, step in enumerate(series)
        for deed in sorted(step)
    }


def _only_points(fact: Fact) -> bool:
    """Whether somebody else's words say no more than that there are some: "confirmed the news", "the allegations"."""
    if not fact.statement.attribution or len(fact.tokens) >= _MANY:
        return False
    return set(fact.tokens) - words().empty <= asked().denied_things | _NEWS


def state_of(fact: Fact, about: str) -> int:
    """The side of a question that a fact affirms, where to negate one side is to affirm the other."""
    side = fact.sides[about].side
    return side if fact.statement.polarity == "affirmed" else 1 - side


def _realities_differ(a: Fact, b: Fact) -> bool:
    left, right = a.statement.reality, b.statement.reality
    if "planned" in (left, right) and _is_asked_for(a) != _is_asked_for(b):
        return True
    return (left in _OPEN and right in _REAL) or (left in _REAL and right in _OPEN)


def _only_wished(a: Fact, b: Fact) -> bool:
    """Whether one wants or demands what the other says is or will be: "want the race to be run again", "must be run
    again"."""
    wish = _WISH.search(a.key) if b.predicate and b.predicate in a.terms else None
    if wish is None or _WISH.search(b.key) is not None:
        return False
    return any(word.startswith(b.predicate) for word in a.key[wish.end() :].split(" "))


def _is_asked_for(fact: Fact) -> bool:
    """Whether somebody only says that it should be so; of a thing that "should be open again on Monday" it is
    expected."""
    return fact.statement.reality == "conditional" and bool(_SHOULD.search(fact.key)) and not _is_expected(fact)


def _is_expected(fact: Fact) -> bool:
    """Whether a thing, and nobody, should be so by a day that is still to come."""
    due = fact.dated and fact.days is not None and fact.days[1] >= (fact.reported or "9999")[:_DAY]
    doers = fact.parties.get("agent", ())
    return bool(due and _BACK.search(fact.key) and not any(p.thing or names_people(p.head) for p in doers))


def _one_term(a: Fact, b: Fact) -> bool:
    """Whether both tell one figure of something that lasts: "could rise to 45 million" and "rises to 45 million", or
    one end of it: "will sign until June 2030" and "is valid until June 30"."""
    if "happened" in (a.statement.reality, b.statement.reality):
        return False
    return one_figure_of_both(a, b, _TELLING) or one_end(a, b)


def one_figure_of_both(a: Fact, b: Fact, least: float = 0.0) -> bool:
    """Whether both tell one exact figure from ``least`` on, in one unit or without a unit in one of them."""
    return any(
        x.core == y.core >= least and (x.slot.unit == y.slot.unit or None in (x.slot.unit, y.slot.unit))
        for x in a.counts
        for y in b.counts
    )


def one_end(a: Fact, b: Fact) -> bool:
    """Whether both tell of something that lasts until one and the same day."""
    return bool(a.days and b.days and a.days[0] == b.days[0] < _SINCE_EVER and a.days[1] == b.days[1])


def differing_counts(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    """Pairs of numbers in one slot that are not one figure, if none of that slot agree. Beside a figure that both
    name, bounds that may both be true ("dozens" and 30) are no difference."""
    pairs = _answers(a, b)
    if not pairs:
        return []
    agreed = {_asked(count) for pair in pairs if pair[0].same_figure(pair[1]) for count in pair}
    return [
        (x, y) for x, y in pairs if not agreed & {_asked(x), _asked(y)} and not (agreed and x.meets(y))
    ]  # fmt: skip


def _asked(count: Count) -> tuple[Slot, bool]:
    """What a number answers, a part of a whole apart from the whole: "two of its five carriages"."""
    return count.slot, count.quantity.of is not None


def _only_figures_differ(a: Fact, b: Fact) -> bool:
    """Whether both tell figures in one unit, or each one figure and one of them without a unit ("has risen to 67"), and
    have none in common."""
    single = len(a.counts) == len(b.counts) == 1
    pairs = [(x, y) for x in a.counts for y in b.counts]
    whole = [(x, y) for x, y in pairs if x.quantity.of is None and y.quantity.of is None]
    one_unit = any(x.slot.unit == y.slot.unit and (single or x.slot.unit) for x, y in whole)
    # An age has no unit either, and tells of whom.
    counted = [c for c in (*a.counts, *b.counts) if c.slot.role != "age"]
    bare = single and len(counted) == 2 and None in {u for c in counted for u in (c.slot.unit, c.quantity.unit)}
    return (one_unit or bare) and not any(x.same_figure(y) for x, y in pairs)


def _sole_figures_differ(a: Fact, b: Fact) -> bool:
    """Whether each tells one figure in one unit and they cannot be one, whatever other figure or age both name: "40
    boats sailed to pier 9", "300 boats lay at pier 9"."""
    own, others = (_by_unit(fact) for fact in (a, b))
    for unit in own.keys() & others.keys():
        mine, theirs = own[unit], others[unit]
        if len(mine) == len(theirs) == 1 and not (mine[0].meets(theirs[0]) or mine[0].same_figure(theirs[0])):
            return True
    return False


def _doers_in_other_number(a: Fact, b: Fact) -> bool:
    """Whether the people who do it are so many here and so many there, whatever they are called: "four intruders forced
    a door", "three offenders entered"."""
    own, others = (
        [
            c
            for c in f.counts
            if c.slot.unit and names_people(c.slot.unit) and stem(c.slot.unit) in f.called("agent").heads
        ]
        for f in (a, b)
    )
    return len(own) == len(others) == 1 and not (own[0].meets(others[0]) or own[0].same_figure(others[0]))


def _by_unit(fact: Fact) -> Mapping[str, list[Count]]:
    """The figures of a statement by what they count; ages tell of whom it speaks."""
    found: dict[str, list[Count]] = {}
    for count in fact.counts:
        if count.slot.unit and count.slot.role != "age":
            found.setdefault(count.slot.unit, []).append(count)
    return found


def _part_of_what_is_told(a: Fact, b: Fact) -> bool:
    """Whether one tells a part of the whole that the other tells: "two of its five carriages", "all five carriages".
    One that counts more tells the whole by its parts."""
    for own, other in ((a, b), (b, a)):
        parts = [count for count in own.counts if count.quantity.of is not None]
        figures = {count.core for count in other.counts}
        of_one_unit = parts and any(count.slot.unit == parts[0].slot.unit for count in other.counts)
        alone = len(parts) == 1 and {parts[0], whole_of(parts[0], own.counts)} == set(own.counts)
        if alone and parts[0].core not in figures and of_one_unit:
            return True
    return False


def rounded_counts(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    """Pairs of numbers in one slot that are one figure, but not to the last digit."""
    return [(x, y) for x, y in _answers(a, b) if x.same_figure(y) and x.core != y.core]


def _answers(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    if not a.counts or not b.counts:
        return []
    return pairs_in_one_slot(a.counts, b.counts, same_predicate=bool(a.predicate) and a.predicate == b.predicate)


def _fates_differ(a: Fact, b: Fact) -> bool:
    """One tells how many were hurt, the other how many died: one event, two claims."""
    if not a.counts or not b.counts:
        return False
    growing = words().tolls.growing
    left, right = ({count.slot.role for count in fact.counts if count.slot.role in growing} for fact in (a, b))
    return bool(left and right and not left & right)


def _parties_differ(left: frozenset[str], right: frozenset[str], names: Names) -> bool:
    """Two parties of one kind with no thing in common, unless both are organs of one state."""
    if not left or not right or left & right:
        return False
    kinds = {names.kind(e) for e in left}, {names.kind(e) for e in right}
    if not kinds[0] & kinds[1] or None in kinds[0] | kinds[1]:
        return False
    states = {names.state_of(e) for e in left} & {names.state_of(e) for e in right}
    return not states - {None}
