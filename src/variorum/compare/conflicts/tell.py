"""Findings on one question told as one conflict: readings by value, and a sentence that says who says what when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import networkx as nx

from variorum.compare.claims.align import Alignment, homes
from variorum.compare.claims.altered import UNALTERED, Altered
from variorum.compare.conflicts.beginnings import begun_in
from variorum.compare.conflicts.denials import does_not_deny, repeats_nothing
from variorum.compare.conflicts.labels import named
from variorum.compare.facts.asked import kind_of_unit
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.stance import exposes, is_mentioned
from variorum.compare.facts.telling import count_value, reported, tellers
from variorum.compare.finding import Finding
from variorum.model import Conflict, Reading, Relation
from variorum.text.ids import content_id

#: The order in which conflicts are shown.
_RANK: Final[Mapping[Relation, int]] = {"contradiction": 0, "update": 1, "different_scope": 2, "rounding": 3}
#: Opens what a later state of a thing is about; else that is what somebody said.
STATE_OF: Final = "the state of "
_WITHDRAWN: Final = "A correction withdraws the first of these for"
_OPENING: Final[Mapping[Relation, str]] = {
    "contradiction": "They disagree on",
    "update": "Later reports change",
    "rounding": "The same figure, rounded, for",
    "different_scope": "Figures of different scope for",
}


def tell_conflicts(
    findings: Sequence[Finding],
    alignment: Alignment,
    claims: Sequence[str],
    titles: Mapping[str, str],
    altered: Altered = UNALTERED,
) -> list[Conflict]:
    """One conflict for each question; ``claims`` gives each group's claim id, ``titles`` each article's outlet."""
    teller = _Teller(alignment, claims, titles, altered)
    several = _denying_several(findings, homes(alignment.groups))
    questions = sorted({_question(f, several) for f in findings})
    conflicts = [
        teller.conflict(part)
        for asked in questions
        for part in teller.connected([f for f in findings if _question(f, several) == asked])
    ]
    return sorted(conflicts, key=lambda c: (_RANK[c.relation], -c.confidence, c.id))


def _denying_several(findings: Sequence[Finding], group_of: Mapping[int, int]) -> frozenset[int]:
    """Denials of more than one thing: "both are untrue"."""
    denied: dict[int, dict[str, set[int]]] = {}
    for f in findings:
        if f.denial:
            denied.setdefault(f.b, {}).setdefault(f.about, set()).add(group_of[f.a])
    return frozenset(
        n for n, about in denied.items() if any(a.isdisjoint(b) for a, b in combinations(about.values(), 2))
    )


def _question(finding: Finding, several: Collection[int]) -> tuple[str, str, str, bool]:
    """What keeps findings on different questions apart; denials and plans are told apart by their claims, or by what is
    denied where that is ``several`` things, and what was taken back from what changed."""
    apart = finding.kind in ("category", "quantity") or (finding.kind == "denial" and finding.b in several)
    about = finding.about if apart or _is_course(finding) else ""
    return finding.kind, finding.relation, about, finding.corrected


def _is_course(finding: Finding) -> bool:
    """Whether it is one step of the states that one thing went through: open, closed, reopened."""
    return finding.kind == "status" and finding.places != (0, 0) and finding.about.startswith(STATE_OF)


class _Teller:
    """Turns findings that hang together into records."""

    def __init__(
        self, alignment: Alignment, claims: Sequence[str], titles: Mapping[str, str], altered: Altered
    ) -> None:
        self._facts = alignment.facts
        self._groups = alignment.groups
        self._group_of = homes(alignment.groups)
        self._claims = claims
        self._titles = titles
        self._altered = altered
        self._disbelieving = frozenset(f.statement.article for f in self._facts if _is_of_a_story(f))

    def connected(self, edges: Sequence[Finding]) -> Iterator[list[Finding]]:
        """Findings that share claims, directly or by others."""
        graph: nx.Graph[int] = nx.Graph((self._group_of[f.a], self._group_of[f.b]) for f in edges)
        for part in sorted(nx.connected_components(graph), key=min):
            yield [f for f in edges if self._group_of[f.a] in part]

    def conflict(self, edges: Sequence[Finding]) -> Conflict:
        """The readings of one question."""
        best = _surest(edges)
        members = self._members(edges)
        facts = {value: [self._facts[n] for n in sorted(found)] for value, found in members.items()}
        denials = {f.value_b for f in edges if f.denial}
        place = _places(edges)
        values = sorted(
            facts, key=lambda v: (v in denials, place.get(v, 0), reported(facts[v]) or "9", facts[v][0].rank)
        )
        if (best.kind == "status" and not _is_course(best)) or (best.kind == "denial" and best.relation == "update"):
            values = [best.value_a, best.value_b]
        readings = tuple(self._reading(value, members[value]) for value in values)
        if best.kind == "quantity":
            best = replace(best, about=named(best.about, (f for own in facts.values() for f in own)))
        return Conflict(
            id=content_id("conflict", best.kind, best.relation, *(s for r in readings for s in r.statements)),
            relation=best.relation,
            kind=best.kind,
            about=best.about,
            readings=readings,
            explanation=self._explanation(best, values, facts) + self._carried(edges),
            confidence=round(min(0.99, best.confidence), 2),
        )

    def _members(self, edges: Sequence[Finding]) -> dict[str, set[int]]:
        """The facts of each value: those compared, and the rest of their claims where a claim has one value only."""
        names = _one_word_for_each_side(edges, self._facts) | _one_value_for_each_figure(edges, self._facts)
        names |= _one_of_two_states(edges)
        members: dict[str, set[int]] = {}
        of_claim: dict[int, set[str]] = {}
        for edge in edges:
            for n, value in ((edge.a, edge.value_a), (edge.b, edge.value_b)):
                members.setdefault(names.get(value, value), set()).add(n)
                of_claim.setdefault(self._group_of[n], set()).add(names.get(value, value))
        # What stands beside a sentence that calls a story untrue may be that story.
        untrue = {e.value_b for e in edges if e.denial and _is_of_a_story(self._facts[e.b])}
        for group, values in of_claim.items():
            if len(values) == 1 and not values <= untrue:
                value = min(values)
                told = self._figures(value, members[value]) if edges[0].kind == "quantity" else frozenset()
                members[value].update(
                    n
                    for n in self._groups[group]
                    if self._answers(n, edges[0]) and self._tells(n, told) and not (untrue and self._disbelieves(n))
                )
        for edge in edges:
            if edge.denial:
                members[names.get(edge.value_b, edge.value_b)].update(self._spelled_out(edge.b))
        return members

    def _spelled_out(self, denial: int) -> Iterator[int]:
        """What the sentence of a bare denial goes on to say: "the firm denies it: the gate was opened in October"."""
        bare = self._facts[denial]
        for n in range(denial + 1, len(self._facts)) if repeats_nothing(bare) else ():
            fact = self._facts[n]
            if fact.statement.article != bare.statement.article or fact.scene.sentence != bare.scene.sentence:
                break
            within = any(_contains(self._facts[m], fact) for m in range(denial + 1, n))
            if fact.statement.attribution and _begin(fact) >= bare.statement.span[1] and not within:
                yield n

    def _figures(self, value: str, members: set[int]) -> frozenset[float]:
        """The figures that a value in words stands for; of an age, which has other words, the one it opens with."""
        counts = [c for n in members for c in self._facts[n].counts]
        told = frozenset(c.core for c in counts if count_value(c) == value)
        return told or frozenset(c.core for c in counts if f"{c.core:g}" == value.split(" ", maxsplit=1)[0])

    def _tells(self, n: int, figures: frozenset[float]) -> bool:
        """Whether a member of a claim gives the figure itself, and not only what else the claim tells."""
        return not figures or any(count.core in figures for count in self._facts[n].counts)

    def _disbelieves(self, n: int) -> bool:
        """Whether it stands in a report that calls the story untrue."""
        return self._facts[n].statement.article in self._disbelieving

    def _answers(self, n: int, finding: Finding) -> bool:
        """Whether a member of a claim speaks of what is disputed: of a category it must name a side; only who admits or
        denies does so; and who "has not denied" that it is so has not said it."""
        if finding.kind == "denial" and finding.relation == "update":
            return False
        if does_not_deny(self._facts[n]) or _is_of_a_story(self._facts[n]):
            return False
        if finding.kind == "denial" and self._facts[n].statement.certainty == "unknown":
            return False  # "did not confirm that it closed"
        if finding.kind == "place" and not finding.corrected:
            return begun_in(self._facts[n].words) is not None
        return finding.kind != "category" or finding.about in self._facts[n].sides

    def _reading(self, value: str, members: set[int]) -> Reading:
        groups = sorted({self._group_of[n] for n in members})
        return Reading(value, tuple(self._claims[g] for g in groups), tuple(self._facts[n].id for n in sorted(members)))

    def _carried(self, edges: Sequence[Finding]) -> str:
        """Who has another's text with what differs changed."""
        changed = sorted(
            {(m, n) for f in edges for m, n in ((f.a, f.b), (f.b, f.a)) if self._altered.carried.get(m) == n}
        )
        outlets = [(self._titles[self._facts[i].statement.article] for i in pair) for pair in changed]
        told = dict.fromkeys(f" {copy} carries {carried}'s text with this changed." for copy, carried in outlets)
        return "".join(told)

    def _explanation(self, best: Finding, values: Sequence[str], facts: Mapping[str, Sequence[Fact]]) -> str:
        said = [f"{value} – {tellers(facts[value], self._titles)}{_when(facts[value])}" for value in values]
        plan = (best.kind, best.relation) == ("status", "update") and not best.about.startswith(STATE_OF)
        quoted = plan or best.kind in ("denial", "date", "agent") or (best.corrected and best.kind == "place")
        about = f"“{best.about}”" if quoted else best.about
        opening = _WITHDRAWN if best.corrected else _OPENING[best.relation]
        return f"{opening} {about}: {'; '.join(said)}."


def _begin(fact: Fact) -> int:
    """Where what it asserts begins."""
    return min((begin for begin, _ in fact.statement.content), default=fact.statement.span[0])


def _contains(whole: Fact, part: Fact) -> bool:
    """Whether one is a clause of the other: "was not there when it was attacked"."""
    return whole.statement.span[0] <= part.statement.span[0] and part.statement.span[1] <= whole.statement.span[1]


def _is_of_a_story(fact: Fact) -> bool:
    """Whether it is told only as what an untrue story says, or that it is untrue."""
    return is_mentioned(fact) or exposes(fact)


def _places(edges: Sequence[Finding]) -> dict[str, int]:
    """For each value how many states come before it: as its findings number them, else as they follow each other."""
    place = {value: n for f in edges for value, n in zip((f.value_a, f.value_b), f.places, strict=True)}
    unnumbered = (f for f in edges if f.relation == "update" and f.places[0] == f.places[1])
    steps = dict.fromkeys((f.value_a, f.value_b) for f in unnumbered)
    for _ in steps:  # as many rounds as a chain may have links; two that turn in a circle end too
        for before, after in steps:
            place[after] = min(max(place[after], place[before] + 1), len(steps))
    return place


def _one_word_for_each_side(edges: Sequence[Finding], facts: Sequence[Fact]) -> dict[str, str]:
    """The first words that are used for each side of a category."""
    first: dict[int, str] = {}
    names: dict[str, str] = {}
    for edge in sorted(edges, key=lambda e: (e.a, e.b)):
        for n, value in ((edge.a, edge.value_a), (edge.b, edge.value_b)):
            side = facts[n].sides.get(edge.about) if edge.kind == "category" else None
            if side is not None and value == side.phrase:
                names[value] = first.setdefault(side.side, value)
    return names


def _one_of_two_states(edges: Sequence[Finding]) -> dict[str, str]:
    """For each further state that excludes one of the two that are told, the other of the two: whoever tells it is in
    the same dispute."""
    best = _surest(edges)
    if (best.kind, best.relation) != ("status", "contradiction"):
        return {}
    side = {best.value_a: best.value_a, best.value_b: best.value_b}
    other = {best.value_a: best.value_b, best.value_b: best.value_a}
    for _ in edges:  # as many rounds as a chain may have links
        for edge in edges:
            for known, new in ((edge.value_a, edge.value_b), (edge.value_b, edge.value_a)):
                if known in side:
                    side.setdefault(new, other[side[known]])
    return side


def _surest(edges: Sequence[Finding]) -> Finding:
    return max(edges, key=lambda f: (f.confidence, -f.a, -f.b))


def _one_value_for_each_figure(edges: Sequence[Finding], facts: Sequence[Fact]) -> dict[str, str]:
    """The first words that are used for each figure: "31 million crowns cost", "31 million crowns paid" are one."""
    first: dict[tuple[float, str | None, str], str] = {}
    names: dict[str, str] = {}
    for edge in sorted(edges, key=lambda e: (e.a, e.b)) if edges[0].kind == "quantity" else ():
        for n, value in ((edge.a, edge.value_a), (edge.b, edge.value_b)):
            count = next((c for c in facts[n].counts if count_value(c) == value), None)
            if count is not None and count.quantity.unit:
                figure = count.core, kind_of_unit(count.slot.unit), count.quantity.bound
                names.setdefault(value, first.setdefault(figure, value))
    sides = {names.get(v, v) for e in edges for v in (e.value_a, e.value_b)}
    return names if len(sides) > 1 else {}


def _when(facts: Sequence[Fact]) -> str:
    first = reported(facts)
    return f", reported {first[:10]}" if first else ""
