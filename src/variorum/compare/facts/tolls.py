"""Running totals of one event over all reports of a story: two dead, then five, then seven.

A toll is gathered by its role (killed, missing, injured …) and not from pairs of like sentences, for every report puts
it in its own words. What states a part, comes on top of others or belongs to another event is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import Final

import networkx as nx

from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, counted_up, none_at_all, of_two_kinds, still_so, words_before
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.in_words import is_discharged, left_missing, listed_parts
from variorum.compare.facts.names import is_country
from variorum.compare.facts.order import order_of, same_root, tells_newer
from variorum.compare.facts.scope import set_apart, wide
from variorum.compare.facts.telling import count_value, question
from variorum.compare.facts.vocabulary import words
from variorum.text.normalise import fold

#: Days between two events of which reports give one toll; a report that dates none tells of the last weeks.
_ONE_EVENT: Final = 10
_LAST_WEEKS: Final = 60
#: Statements before "another 11 were injured" in which others are counted.
_BESIDE: Final = 8
#: Numbers of a region, and of towns, that are compared each with each at most.
_FEW: Final = 12
#: How sure it is that the totals of one role in two reports are of one event: by default, where they share a town,
#: and where both stand in a lead.
_SURE: Final = (0.55, 0.15, 0.15)
#: How much surer where those in hospital, or ill, are counted: a story seldom has those of two events.
_SICK: Final = 0.1
#: Days that are remembered as dates.
_DAYS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Total:
    """A number, by the index of its fact, that states a toll."""

    n: int
    fact: Fact
    count: Count


@dataclass(frozen=True, slots=True)
class State:
    """One figure of a toll and those who tell it, the earliest first."""

    totals: tuple[Total, ...]

    @property
    def figure(self) -> float:
        return self.totals[0].count.core

    @property
    def value(self) -> str:
        """In words, with the unit where any report has one."""
        return max((count_value(t.count) for t in self.totals if t.count.quantity.bound == self._bound), key=len)

    @property
    def _bound(self) -> str:
        bounds = [t.count.quantity.bound for t in self.totals]
        return "exact" if "exact" in bounds else bounds[0]

    @property
    def told(self) -> str:
        """When it was first told; what is undated comes last."""
        return min(_told(total.fact) for total in self.totals)

    @property
    def last_told(self) -> str:
        """When it was last told."""
        return max(_told(total.fact) for total in self.totals)


@dataclass(frozen=True, slots=True)
class Toll:
    """The states of one total in their order, and how sure it is that they are of one event."""

    about: str
    states: tuple[State, ...]
    confidence: float


#: Roles, each with the figures told of one event.
Counted = Sequence[tuple[str, list[State]]]


def states_total(count: Count, fact: Fact) -> tuple[str, ...]:
    """The totals that a number states: none if it is a part, comes on top of others, counts only some (children,
    soldiers) or is mentioned in a sentence about something else; "no casualties" states several."""
    tolls, role = words().tolls, count.slot.role
    if (
        role is None
        or count.more
        or count.aside
        or role not in tolls.growing | tolls.moving
        or (count.quantity.of is not None and not count.said)
    ):
        return ()
    if role in tolls.in_passing or count.said:
        return (role,) if fact.statement.certainty == "certain" and count.core else ()
    by_the_way = _by_the_way(count, fact)
    if fact.predicate and fact.predicate not in told_by() and not count.quantity.cumulative and not by_the_way:
        return ()
    in_part = fact.predicate in _parts_told_by() and not by_the_way
    if in_part or (role in tolls.growing and still_so(count, fact.statement)) or is_discharged(count, fact.statement):
        return ()
    if count.core == 0 and not none_at_all(count, fact.statement):
        return ()
    if count.core == 0:
        return (role, *tolls.none_of.get(role, ()))
    return (role,) if fact.statement.polarity == "affirmed" else ()


#: "The blast that killed", "the flood, which has claimed".
_THAT_KILLED: Final = re.compile(
    r"\bthe (?:[\w-]+ ){1,4}?(?:that|which) (?:has |had |have )?(?:also )?(?:killed|claimed)(?: the lives of)?"
    r"(?: at least| about| some| around| more than| up to)? $"
)
#: "Flattened the mill, killing three"; "bringing the number of dead to three".
_KILLING: Final = re.compile(
    r"\bkilling(?: at least| about| some| around| more than| up to)? $"
    r"|\b(?:bringing|taking|raising|pushing) (?:the|its) [\w ]{1,30} to(?: at least| about| more than)? $"
)
_LONG_AGO: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\bago\b|\b(?:last|previous) (?:year|month|century|decade)\b")


def _by_the_way(count: Count, fact: Fact) -> bool:
    """Whether a sentence about something else names the event by its toll: "the inquiry into the blast that killed
    six". One that it dates long ago is another event, and so is "a blast that killed six"."""
    if count.slot.role != "killed" or _LONG_AGO.search(fact.folded):
        return False
    before = _led_in(count, fact)
    return any(pattern.search(before) for pattern in (_THAT_KILLED, _KILLING))


def _led_in(count: Count, fact: Fact) -> str:
    """The words before a count, folded, and one space."""
    return f"{fold(words_before(count, fact.statement)).rstrip()} "


@cache
def told_by() -> frozenset[str]:
    """Stems of the predicates that tell a total."""
    return frozenset(map(stem, words().tolls.told_by))


@cache
def _parts_told_by() -> frozenset[str]:
    return frozenset(map(stem, words().tolls.parts_told_by))


def find_tolls(counted: Counted) -> Iterator[Toll]:
    """The tolls that are told with more than one figure, their states in order."""
    disputed = {none.n for none, _ in nobody_and_some(counted)}
    for role, told in counted:
        settled = not any(t.n in disputed for state in told for t in state.totals)
        growing = role in words().tolls.growing
        stated = [s for s in told if (settled or s.figure) and not _is_rival(s, told, growing=growing)]
        states = _in_order(stated, growing=growing)
        if len(states) > 1:
            yield Toll(question(states[0].totals[0].count), states, _confidence(states))


def nobody_and_some(counted: Counted) -> Iterator[tuple[Total, Total]]:
    """Totals of one day, told by two who are named, of which one is none at all: a company's "nobody was hurt" beside
    the hospital's two is a dispute, and no earlier state."""
    for _, states in counted:
        totals = [t for state in states for t in state.totals if t.fact.statement.attribution and t.fact.reported]
        some = [t for t in totals if t.count.core > 1]
        for none in (t for t in totals if not (t.count.core or t.count.said)):
            yield from ((none, t) for t in some if _same_day(none.fact, t.fact) and not same_root(none.fact, t.fact))


def claimed(counted: Counted) -> Iterator[tuple[Total, Total]]:
    """Figures that others state, each with one that is only claimed, or that they never came to: a rival's figure is
    no later state of the toll, however late it is told."""
    for role, states in counted:
        rivals = [s for s in states if _is_rival(s, states, growing=role in words().tolls.growing)]
        stated = [s for s in states if s not in rivals]
        newest = max(stated, key=lambda s: (s.last_told, s.figure), default=None)
        yield from ((newest.totals[0], rival.totals[0]) for rival in rivals if newest)


def _is_rival(state: State, states: Sequence[State], *, growing: bool) -> bool:
    return _only_claimed(state, states) or (growing and _never_reached(state, states))


def _never_reached(state: State, states: Sequence[State]) -> bool:
    """Whether a figure is that of named sources alone, and a lower one that nobody had told before came after it from
    others: a charity's 39 dead, when the ministry had 14 before and has 22 a week later. Nobody counts on to less."""
    sourced = all(t.fact.statement.attribution for t in state.totals)
    later = [s for s in states if 1 < s.figure < state.figure and s.told[:10] > state.last_told[:10]]
    return sourced and any(
        t.count.quantity.bound == "exact" and not (same_root(own.fact, t.fact) or tells_newer(own.fact, t.fact))
        for s in later
        for t in s.totals
        for own in state.totals
    )


def _only_claimed(state: State, states: Sequence[State]) -> bool:
    """Whether a figure rests on those alone who claim it, none of whom gives another, while others state one."""
    claims = [t for t in state.totals if _is_claim(t.fact)]
    others = [t for s in states if s is not state for t in s.totals]
    stated = any(not _is_claim(t.fact) and t.count.core for t in others)
    known = all(t.fact.statement.attribution for t in state.totals)
    return bool(claims) and stated and known and not any(same_root(t.fact, o.fact) for t in claims for o in others)


def _is_claim(fact: Fact) -> bool:
    """Whether the report leaves it to the one who says it: "claimed", "alleged"."""
    return any(row.stance == "claim" for row in fact.statement.attribution[-1:])


def of_one_day(before: State, after: State) -> bool:
    """Whether two figures are those of two who are named, of one day and with nothing that says which is newer: neither
    is the later state of the other."""
    pairs = [(a.fact, b.fact) for a in before.totals for b in after.totals]
    return all(
        _same_day(a, b)
        and order_of(a, b) is None
        and bool(a.statement.attribution and b.statement.attribution)
        and not same_root(a, b)
        and not any(has_any(f.statement.text, (*asked().raised, *asked().by_now)) for f in (a, b))
        for a, b in pairs
    )


def _same_day(a: Fact, b: Fact) -> bool:
    return a.statement.article != b.statement.article and _told(a)[:10] == _told(b)[:10]


def rounded(counted: Counted) -> Iterator[tuple[Total, Total]]:
    """Pairs of totals of one figure, one of them rounded: "about 1,000" and 1,012."""
    for _, states in counted:
        for state in states:
            exact = next((t for t in state.totals if t.count.quantity.bound == "exact"), None)
            yield from ((t, exact) for t in state.totals if exact and t.count.core != exact.count.core)


def one_figure(facts: Sequence[Fact]) -> Iterator[list[int]]:
    """Statements, by index, that tell one figure of one toll and little else: their predicate is one of tolls."""
    for _, states in count_tolls(facts):
        for state in states:
            # A number beside its part ("treated 13 of the 22 injured") is not what the sentence tells.
            whole = [t for t in state.totals if all(count.quantity.of is None for count in t.fact.counts)]
            yield sorted({t.n for t in whole if t.fact.predicate in told_by() and t.count.core})


def count_tolls(facts: Sequence[Fact], but: frozenset[int] = frozenset()) -> Counted:
    """Each role with the figures told of one event; without the facts, by index, of ``but``."""
    return list(_told_states(facts, but))


def _told_states(facts: Sequence[Fact], but: frozenset[int]) -> Iterator[tuple[str, list[State]]]:
    by_role: dict[tuple[str, str | None], list[Total]] = {}
    areas, parts = _areas(facts), listed_parts(facts)
    for n, fact in enumerate(facts):
        if n in but or fact.statement.reality in ("planned", "conditional"):
            continue
        if (left := left_missing(fact)) is not None:
            by_role.setdefault((left.slot.role or "", left.slot.unit), []).append(Total(n, fact, left))
        for told in fact.counts:
            if (fact.statement.article, told.quantity.span) in parts:
                continue
            count = replace(told, more=told.more and not _beside_others(told, n, facts))
            count = counted_up(of_two_kinds(count, fact.counts, fact.statement), fact.statement)
            for role in states_total(count, fact):
                by_role.setdefault((role, kind_of_unit(count.slot.unit)), []).append(Total(n, fact, count))
    for (role, unit), totals in sorted(by_role.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        for event in _events(_with_single_persons(totals, role, unit, by_role), areas):
            yield role, _states(event)


def _beside_others(count: Count, n: int, facts: Sequence[Fact]) -> bool:
    """Whether "another 11 injured" stands beside those killed, and not on top of others injured."""
    here, people = facts[n], words().tolls.of_people
    near = [f for f in facts[max(0, n - _BESIDE) : n + 1] if f.statement.article == here.statement.article]
    roles = {c.slot.role for f in near for c in f.counts if c.quantity.span != count.quantity.span}
    return count.slot.role not in roles and bool(roles & people)


def _with_single_persons(
    totals: Sequence[Total], role: str, unit: str | None, by_role: Mapping[tuple[str, str | None], Sequence[Total]]
) -> list[Total]:
    """With "one woman is missing" where the whole toll is told as one, and with "five workers died" in the lead of a
    report that counts nobody else: a kind of person that is the whole count."""
    if unit != "person":
        return list(totals)
    figures, moving = {total.count.core for total in totals}, role in words().tolls.moving
    counting = {total.fact.statement.article for total in totals}
    others = [
        t
        for u in words().tolls.single_persons
        for t in by_role.get((role, u), ())
        if t.count.core == 1 and (1 in figures or (moving and still_so(t.count, t.fact.statement)))
    ]
    whole = [t for u in words().tolls.whole_persons for t in by_role.get((role, u), ()) if t.fact.in_lead]
    others += [t for t in whole if t.count.core > 1 and t.fact.statement.article not in counting]
    return sorted([*totals, *others], key=lambda t: t.n)


# --- one event ----------------------------------------------------------------------------------------------------


def _areas(facts: Sequence[Fact]) -> Mapping[str, str]:
    """For each place the area it belongs to: places that one article names are of one area, for an event has many
    places ("the dam", "the village below it")."""
    graph: nx.Graph[str] = nx.Graph()
    for _, own in groupby(facts, key=lambda fact: fact.statement.article):
        places = sorted({place for fact in own for place in fact.scene.places})
        nx.add_path(graph, places)
    return {place: min(part) for part in nx.connected_components(graph) for place in part}


def _events(totals: Sequence[Total], areas: Mapping[str, str]) -> list[list[Total]]:
    """Totals of one event: near in time and in no other place than any of its group. One total of each figure and
    article is enough to decide."""
    events: list[list[Total]] = []
    known: dict[tuple[str, float], list[Total]] = {}
    together = _told_together(totals)
    for total in sorted(totals, key=lambda t: (not t.fact.in_lead, _told(t.fact), t.fact.rank)):
        key = (total.fact.statement.article, total.count.core)
        fitting = (e for e in events if all(_one_event(total, other, areas, together) for other in e))
        event = known.get(key) or next(fitting, None)
        if event is None:
            event = []
            events.append(event)
        known[key] = event
        event.append(total)
    return events


def _told_together(totals: Sequence[Total]) -> frozenset[tuple[float, float]]:
    """Pairs of figures that one article gives for two places, each with its own: parts of a whole."""
    told: dict[str, dict[float, frozenset[str]]] = {}
    for total in totals:
        own = total.fact.names & total.fact.scene.places
        if own:
            told.setdefault(total.fact.statement.article, {})[total.count.core] = own
    return frozenset(
        (x, y) for figures in told.values() for x, here in figures.items() for y, there in figures.items()
        if not here & there
    )  # fmt: skip


def _one_event(x: Total, y: Total, areas: Mapping[str, str], together: frozenset[tuple[float, float]]) -> bool:
    a, b = x.fact, y.fact
    if wide(a) != wide(b) or set_apart(a) != set_apart(b):
        return False
    own = a.names & a.scene.places, b.names & b.scene.places
    if own[0] and own[1] and not own[0] & own[1] and (x.count.core, y.count.core) in together:
        return False
    left, right = ({areas[place] for place in fact.scene.around} for fact in (a, b))
    if left and right and not left & right:
        return False
    return near_in_time(a, b)


def scopes(facts: Sequence[Fact]) -> Iterator[tuple[Total, Total]]:
    """Pairs of one count of people or things in one role, of a town or towns and of a whole region; not within one
    report, whose own figures are of whatever it says."""
    by_role: dict[tuple[str, str], list[Total]] = {}
    for n, fact in enumerate(facts):
        for count in fact.counts:
            role, unit = count.slot.role, count.slot.unit
            if role and unit and not count.more and count.quantity.of is None and fact.statement.polarity == "affirmed":
                by_role.setdefault((role, unit), []).append(Total(n, fact, count))
    for _, told in sorted(by_role.items()):
        regions = [t for t in told if wide(t.fact)]
        towns = [t for t in told if not wide(t.fact) and _in_town(t.fact)]
        for region in regions[:_FEW]:
            for town in towns[:_FEW]:
                larger = region.count.core > town.count.core > 0 and not region.count.same_figure(town.count)
                apart = region.fact.statement.article != town.fact.statement.article
                if larger and apart and near_in_time(region.fact, town.fact):
                    yield town, region


def _in_town(fact: Fact) -> bool:
    named = any(not is_country(place) for place in fact.names & fact.scene.places)
    return named or not words().local.isdisjoint(fact.key.split(" "))


def near_in_time(a: Fact, b: Fact) -> bool:
    """Whether both may tell of one event: a report that dates none tells of the last weeks; what has gone on "since
    mid-April" is near to all days since."""
    one, other = _event_days(a), _event_days(b)
    if one is None or other is None:
        return True
    stated = a.days is not None and b.days is not None
    apart = max(one[0] - other[1], other[0] - one[1])
    return apart.days <= (_ONE_EVENT if stated else _LAST_WEEKS)


def _event_days(fact: Fact) -> tuple[date, date] | None:
    """The first and last day of the event, else the day of the report."""
    first, last = map(_date_of, fact.days or ((fact.reported or "")[:10],) * 2)
    return None if first is None or last is None else (first, last)


@lru_cache(_DAYS)
def _date_of(stamp: str) -> date | None:
    try:
        return date.fromisoformat(stamp)
    except ValueError:
        return None


def _told(fact: Fact) -> str:
    as_of = fact.statement.as_of.begin if fact.statement.as_of else None
    return (as_of or fact.reported or "9999")[:16]


# --- its states ---------------------------------------------------------------------------------------------------


def _states(totals: Sequence[Total]) -> list[State]:
    """One state for each figure; a figure that an "about" or a "more than" names is that of its neighbour, and "dozens"
    is none beside 41."""
    groups: list[list[Total]] = []
    counted = [t for t in totals if not t.count.vague]
    totals = [t for t in totals if not t.count.vague or not any(t.count.meets(c.count) for c in counted)]
    for total in sorted(totals, key=lambda t: (t.count.quantity.bound != "exact", t.count.core, t.n)):
        near = [g for g in groups if total.count.same_figure(g[0].count)]
        home = min(near, key=lambda g: abs(g[0].count.core - total.count.core), default=None)
        if home is None:
            groups.append([total])
        else:
            home.append(total)
    return [State(tuple(sorted(g, key=lambda t: (_told(t.fact), t.n)))) for g in groups]


def _in_order(states: Sequence[State], *, growing: bool) -> tuple[State, ...]:
    """By when they were first told; of a toll that can only grow, a lower figure told later is a stale one and left
    out. Of figures told on one day the lower one of a growing toll is the earlier; of others, those told in one
    article are parted by nothing and left out."""
    ordered = sorted(states, key=lambda s: (s.told[:10], s.figure if growing else 0.0, s.told, s.totals[0].n))
    kept: list[State] = []
    for state in ordered:
        stale = bool(kept) and growing and state.figure < kept[-1].figure
        same_day = bool(kept) and not growing and state.last_told[:10] <= kept[-1].told[:10]
        if not stale and not same_day and not _in_one_breath(kept, state):
            kept.append(state)
    return tuple(kept)


def _in_one_breath(kept: Sequence[State], state: State) -> bool:
    """Whether a figure only stands beside another in the same articles, without a later one having it alone: "two were
    killed, one of them …"; but not "the two were killed at once, a third died, bringing the number of dead to
    three"."""
    risen = any(_KILLING.search(_led_in(t.count, t.fact)) for t in state.totals)
    return not (risen and kept and state.figure > kept[-1].figure) and any(
        {t.fact.statement.article for t in state.totals} <= {t.fact.statement.article for t in other.totals}
        for other in kept
    )


def _confidence(states: Sequence[State]) -> float:
    """As sure as of the surest pair of neighbours."""
    return max(_pair_confidence(a.totals, b.totals) for a, b in pairwise(states))


def _pair_confidence(left: Sequence[Total], right: Sequence[Total]) -> float:
    places = [{p for t in side for p in t.fact.scene.around if not is_country(p)} for side in (left, right)]
    leads = all(any(t.fact.in_lead for t in side) for side in (left, right))
    told = all(any(t.fact.predicate in told_by() for t in side) for side in (left, right))
    sick = all(t.count.slot.role in words().tolls.whoever for side in (left, right) for t in side)
    base, town, lead = _SURE
    signs = (town if places[0] & places[1] else 0.0) + (lead if leads else 0.0) + (0.05 if told else 0.0)
    return min(0.95, base + signs + (_SICK if sick else 0.0))
