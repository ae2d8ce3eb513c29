"""Answers to one question side by side: contradictions, updates, roundings and different scopes.

What contradictions are made of follows de Marneffe, Rafferty and Manning (2008): numbers, negation, antonyms,
structure. Their first condition comes first here too: both statements speak of one event. Then scope is tried, then
rounding, then a later state of the same thing; only what is left is a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from variorum.compare.align import Alignment, Pair
from variorum.compare.clashes import differing_counts, rounded_counts
from variorum.compare.config import CompareConfig
from variorum.compare.contrast import Side
from variorum.compare.counts import Count
from variorum.compare.facts import Fact, elsewhere, other_day
from variorum.compare.telling import count_value, question, reported, shortened, tellers
from variorum.compare.vocabulary import words
from variorum.model import Conflict, ConflictKind, Reading, Relation
from variorum.text.ids import content_id
from variorum.text.normalise import fold

#: Words of a statement's clash with another that leave it a question about the same thing.
_RANK: Final[Mapping[Relation, int]] = {"contradiction": 0, "update": 1, "different_scope": 2, "rounding": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """Two facts that answer one question differently, by index; for an update ``a`` is the earlier state."""

    kind: ConflictKind
    relation: Relation
    about: str
    a: int
    b: int
    value_a: str
    value_b: str
    confidence: float


def find_conflicts(alignment: Alignment, titles: Mapping[str, str], config: CompareConfig) -> list[Finding]:
    """Every pair of statements that answer one question differently, with how sure that is."""
    findings = [f for pair in alignment.pairs for f in _from_pair(pair, alignment, config)]
    findings += _categories(alignment, config)
    return findings


# --- one pair -----------------------------------------------------------------------------------------------------


def _from_pair(pair: Pair, alignment: Alignment, config: CompareConfig) -> Iterator[Finding]:
    a, b = alignment.facts[pair.a], alignment.facts[pair.b]
    if pair.likeness < config.same_event or elsewhere(a, b):
        return
    if pair.clashes <= {"quantity"}:
        yield from _quantities(pair, a, b)
    if pair.clashes == {"reality"}:
        yield from _status(pair, a, b)
    if pair.clashes == {"polarity"}:
        yield from _denial(pair, a, b)


def _quantities(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    for x, y in (*differing_counts(a, b), *rounded_counts(a, b)):
        if x.slot.unit is None and x.slot.role is None:
            continue
        relation, confidence, swap = _number_relation(x, y, a, b, pair)
        if relation is None:
            continue
        first, second = (pair.b, pair.a) if swap else (pair.a, pair.b)
        values = (count_value(y), count_value(x)) if swap else (count_value(x), count_value(y))
        yield Finding("quantity", relation, question(x), first, second, *values, confidence)


def _number_relation(x: Count, y: Count, a: Fact, b: Fact, pair: Pair) -> tuple[Relation | None, float, bool]:
    """How two numbers in one slot stand to each other, how sure that is, and whether the second is the earlier."""
    sure = min(0.95, 0.45 + 0.5 * pair.likeness)
    if x.quantity.of != y.quantity.of and (x.quantity.of is None) != (y.quantity.of is None):
        return "different_scope", sure - 0.1, False
    if _round_of(x, y):
        return "rounding", sure + 0.05, False
    order = _order(a, b)
    growing = x.slot.role in words().tolls.growing or bool(x.quantity.cumulative and y.quantity.cumulative)
    rising = (y.core - x.core) * (order or 0) > 0
    if growing and order and rising:
        return "update", sure + 0.05, order < 0
    if x.slot.role in words().tolls.moving and order:
        return "update", sure, order < 0
    if x.meets(y):
        return None, 0.0, False
    return "contradiction", sure - (0.2 if growing and not order else 0.0), False


def _round_of(x: Count, y: Count) -> bool:
    """One number is the other, rounded: "about 1,000" and 1,012, or 1,000 and 1,012."""
    if "about" not in (x.quantity.bound, y.quantity.bound):
        rounder, finer = sorted((x.core, y.core), key=lambda v: (-_zeros(v), v))
        return _zeros(rounder) >= 2 and _zeros(rounder) > _zeros(finer) and abs(rounder - finer) <= 0.05 * abs(finer)
    return abs(x.core - y.core) <= 0.15 * max(abs(x.core), abs(y.core))


def _zeros(value: float) -> int:
    """Zeros at the end of a whole number."""
    digits = f"{value:.0f}" if value == int(value) else ""
    return len(digits) - len(digits.rstrip("0"))


def _order(a: Fact, b: Fact) -> int | None:
    """1 if ``b`` was stated later, -1 if earlier, None if that cannot be told: by as-of times, else by report."""
    for left, right in ((_as_of(a), _as_of(b)), (a.reported, b.reported)):
        if left and right:
            shared = min(len(left), len(right), 16)
            if left[:shared] != right[:shared]:
                return 1 if right[:shared] > left[:shared] else -1
    return None


def _as_of(fact: Fact) -> str | None:
    period = fact.statement.as_of
    return period.begin if period else None


def _status(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    """What was planned and then happened."""
    planned, held = (pair.a, pair.b) if a.statement.reality == "planned" else (pair.b, pair.a)
    before, after = (a, b) if planned == pair.a else (b, a)
    if before.statement.reality != "planned" or _order(before, after) == -1:
        return
    confidence = min(0.95, 0.4 + 0.6 * pair.likeness) - (0.1 if _order(before, after) is None else 0.0)
    about = "whether it has happened: " + shortened(after.words)
    yield Finding("status", "update", about, planned, held, "planned", "happened", confidence)


def _denial(pair: Pair, a: Fact, b: Fact) -> Iterator[Finding]:
    """One affirms what another root negates."""
    affirmed, negated = (pair.a, pair.b) if a.statement.polarity == "affirmed" else (pair.b, pair.a)
    yes, no = (a, b) if affirmed == pair.a else (b, a)
    if _same_root(yes, no):
        return
    denies = any(row.stance == "deny" for row in no.statement.attribution)
    confidence = min(0.95, (0.55 if denies else 0.3) + 0.5 * pair.likeness)
    yield Finding("denial", "contradiction", shortened(yes.words), affirmed, negated, "affirmed", "denied", confidence)


def _same_root(a: Fact, b: Fact) -> bool:
    left, right = a.statement.root, b.statement.root
    if left.entity or right.entity:
        return left.entity == right.entity
    return fold(left.name or "") == fold(right.name or "")


# --- categories ---------------------------------------------------------------------------------------------------


def _categories(alignment: Alignment, config: CompareConfig) -> Iterator[Finding]:
    """Statements on two sides of one question, apart from what one of them says of the other's side."""
    asked: dict[str, list[int]] = {}
    for n, fact in enumerate(alignment.facts):
        if fact.statement.polarity == "affirmed":
            for about in fact.sides:
                asked.setdefault(about, []).append(n)
    for about, found in sorted(asked.items()):
        for n, a in enumerate(found):
            for b in found[n + 1 :]:
                yield from _category(alignment, about, a, b, config)


def _category(alignment: Alignment, about: str, n: int, m: int, config: CompareConfig) -> Iterator[Finding]:
    a, b = alignment.facts[n], alignment.facts[m]
    one, other = a.sides[about], b.sides[about]
    if one.side == other.side or elsewhere(a, b) or _same_root(a, b) or other_day(a.days, b.days):
        return
    likeness = alignment.scale.structure(n, m)
    shared = len(a.names & b.names)
    denied = _denied(alignment, a, one) or _denied(alignment, b, other)
    if likeness < config.same_event and (not denied or not shared):
        return
    if one.contrast.needs_denial and not denied:
        return
    confidence = min(0.95, 0.4 + 0.5 * likeness + (0.35 if denied else 0.0) + 0.05 * min(shared, 3))
    yield Finding("category", "contradiction", about, n, m, one.phrase, other.phrase, confidence)


def _denied(alignment: Alignment, yes: Fact, side: Side) -> bool:
    """Whether another root negates this side of a statement on the same things."""
    return any(
        fact.statement.polarity == "negated"
        and (said := fact.sides.get(side.contrast.about)) is not None
        and said.side == side.side
        and not _same_root(yes, fact)
        and bool(yes.names & fact.names or yes.terms & fact.terms)
        for fact in alignment.facts
    )


# --- from findings to conflicts -----------------------------------------------------------------------------------


def tell_conflicts(
    findings: Sequence[Finding], alignment: Alignment, claims: Sequence[str], titles: Mapping[str, str]
) -> list[Conflict]:
    """Findings on one question as one conflict, its readings by value. ``claims`` gives each group's claim id."""
    group_of = {n: g for g, group in enumerate(alignment.groups) for n in group}
    questions = sorted({_question(f) for f in findings})
    conflicts = [
        _conflict(part, alignment, group_of, claims, titles)
        for asked in questions
        for part in _connected([f for f in findings if _question(f) == asked], group_of)
    ]
    return sorted(conflicts, key=lambda c: (_RANK[c.relation], -c.confidence, c.id))


def _question(finding: Finding) -> tuple[str, str, str]:
    """What keeps findings on different questions apart; denials and plans are told apart by their claims."""
    return finding.kind, finding.relation, finding.about if finding.kind in ("category", "quantity") else ""


def _connected(edges: Sequence[Finding], group_of: Mapping[int, int]) -> Iterator[list[Finding]]:
    graph = nx.Graph((group_of[f.a], group_of[f.b]) for f in edges)
    for part in sorted(nx.connected_components(graph), key=min):
        yield [f for f in edges if group_of[f.a] in part]


def _conflict(
    edges: Sequence[Finding],
    alignment: Alignment,
    group_of: Mapping[int, int],
    claims: Sequence[str],
    titles: Mapping[str, str],
) -> Conflict:
    best = max(edges, key=lambda f: (f.confidence, -f.a, -f.b))
    members = _members(edges, alignment.groups, group_of)
    facts = {value: [alignment.facts[n] for n in sorted(indices)] for value, indices in members.items()}
    values = sorted(facts, key=lambda v: (reported(facts[v]) or "9", facts[v][0].rank))
    if best.relation == "update" and best.kind == "status":
        values = ["planned", "happened"]
    readings = tuple(_reading(v, facts[v], members[v], group_of, claims) for v in values)
    return Conflict(
        id=content_id("conflict", best.kind, best.relation, *(s for r in readings for s in r.statements)),
        relation=best.relation,
        kind=best.kind,
        about=best.about,
        readings=readings,
        explanation=_explanation(best, values, facts, titles),
        confidence=round(min(0.99, best.confidence), 2),
    )


def _members(
    edges: Sequence[Finding], groups: Sequence[Sequence[int]], group_of: Mapping[int, int]
) -> dict[str, set[int]]:
    """The facts of each value: those compared, and the rest of their claims where a claim has one value only."""
    members: dict[str, set[int]] = {}
    of_claim: dict[int, set[str]] = {}
    for edge in edges:
        for n, value in ((edge.a, edge.value_a), (edge.b, edge.value_b)):
            members.setdefault(value, set()).add(n)
            of_claim.setdefault(group_of[n], set()).add(value)
    for group, values in of_claim.items():
        if len(values) == 1:
            members[min(values)].update(groups[group])
    return members


def _reading(
    value: str, facts: Sequence[Fact], members: set[int], group_of: Mapping[int, int], claims: Sequence[str]
) -> Reading:
    groups = sorted({group_of[n] for n in members})
    return Reading(value, tuple(claims[g] for g in groups), tuple(f.id for f in facts))


def _explanation(
    best: Finding, values: Sequence[str], facts: Mapping[str, Sequence[Fact]], titles: Mapping[str, str]
) -> str:
    said = [f"{tellers(facts[v], titles)}: {v}{_when(facts[v])}" for v in values]
    opening = {
        "contradiction": f"They disagree on {best.about}",
        "update": f"A later state of {best.about}",
        "rounding": f"The same figure, rounded, for {best.about}",
        "different_scope": f"Figures of different scope for {best.about}",
    }[best.relation]
    return f"{opening} – {'; '.join(said)}."


def _when(facts: Sequence[Fact]) -> str:
    first = reported(facts)
    return f" (reported {first[:10]})" if first else ""
