"""Phase 5: of all that could be, what hangs together: one main parent each or none, no circles, further parents where
they gave what the main one cannot have, and what a human has ruled.

A family is solved as a whole (`relations`). A crowd, a family too large for that, is solved article by article among
the nearest of each, best first; its time grows with its number, not with the square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.arguments import argued
from variorum.lineage.evidence import points_on
from variorum.lineage.forest import Floats, Forest
from variorum.lineage.relations import (
    Kin,
    child_table,
    descent,
    first_tables,
    further_table,
    in_one_go,
    second_tables,
    weigh,
)

_FURTHER = -1.2  # log-odds from which another parent is one; set on development trees
_AGAINST, _POINTED, _SLACK = -5.0, 4.0, 6  # log-odds; runs of words
_GAIN = 8  # runs of words that it must have given which the main parent cannot have
PART = 0.25  # of the smaller of two bodies: a good part
_ROOT, _PAIR, _SMALL = -0.7, -2.2, 0.8  # log-odds, set on development families
_LEAST = 0.01  # chance from which a parent that lost is worth telling
_HELD = 0.9  # chance that an argument from two texts alone holds
_RULED = 60.0  # log-odds of what a human says

#: What a human has ruled, by article number: (parent, child) → whether it is so.
Rulings = dict[tuple[int, int], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """``child`` took text from ``parent`` with that ``chance``; the parents that lost against it, best first, each with
    its own. ``row`` is the line of its numbers in `relations.first_table` of ``kin``; ``ruled`` says that a human
    decided."""

    parent: int
    child: int
    chance: float
    others: tuple[tuple[int, float], ...]
    kin: Kin
    row: int
    further: bool = False
    ruled: bool = False


def tree(families: Sequence[Kin], crowds: Sequence[Sequence[Kin]], rulings: Rulings, limit: int) -> list[Choice]:
    """The choices by child, the main parent before further ones, from families that are solved and crowds that are
    weighed; ``limit`` bounds the others of each."""
    for crowd in crowds:
        _greedy(crowd)
    everybody = [*families, *(one for crowd in crowds for one in crowd)]
    mains = [choice for one in everybody for choice in _mains(one, rulings, limit)]
    graph = _Graph((c.parent, c.child) for c in mains)
    found = [choice for one in everybody for choice in _further(one, rulings)]
    # The surest first: a circle is broken where the less sure link would close it.
    surest = sorted(found, key=lambda c: (-c.chance, c.child, c.parent))
    mains += [choice for choice in surest if graph.add(choice.parent, choice.child)]
    return sorted(mains, key=lambda c: (c.child, c.further, -c.chance, c.parent))


def solve(families: Sequence[Kin], forests: dict[str, Forest], rulings: Rulings) -> None:
    """Both passes over whole families, and what else each has taken from. What is not needed any more is let go."""
    trade = [trade_says(one) for one in families]
    for one, odds, known in zip(families, in_one_go(forests["edge"], first_tables(families)), trade, strict=True):
        weigh(one, _ruled(one, odds + argued(one) + known, rulings), np.zeros(len(one.numbers), np.float32))
    again = in_one_go(forests["again"], second_tables(families))
    for one, odds, known in zip(families, again, trade, strict=True):
        one.odds = _ruled(one, odds + known, rulings)
    roots = in_one_go(forests["root"], [child_table(k) for k in families])
    for one, root in zip(families, roots, strict=True):
        weigh(one, one.odds, root + leaning(one))
    _look_further(families, forests)
    for one in families:
        one.family.forget()


def leaning(one: Kin) -> Floats:
    """What is added to the log-odds of having no parent. Who shares a good part of a text with another has a parent
    unless much speaks against it, above all where there are but these two: the scorer learned in a world in which
    originals are lost more often than in most. A small part may be a common source, or furniture of two articles."""
    if len(one.numbers) == 2:
        return np.full(2, _PAIR if one.parts()[0, 1] >= PART else _SMALL, np.float32)
    return np.where(one.parts().max(1) >= PART, _ROOT, _SMALL).astype(np.float32)


def weigh_alone(nearest: Sequence[Kin], forests: dict[str, Forest], rulings: Rulings) -> None:
    """One pass over neighbourhoods: what the first member may have from the others. What is not needed any more is let
    go: a crowd has as many neighbourhoods as members."""
    for one, odds in zip(nearest, in_one_go(forests["edge"], first_tables(nearest)), strict=True):
        one.odds = _ruled(one, odds + argued(one) + trade_says(one), rulings)
        one.parents = [-1] * len(one.numbers)
    for one, roots in zip(nearest, in_one_go(forests["root"], [child_table(k) for k in nearest]), strict=True):
        one.roots = roots + leaning(one)
        mine = np.where(one.pairs[:, 1] == 0, one.odds, -np.inf)
        best = int(mine.argmax())
        if mine[best] > roots[0]:
            one.parents[0] = int(one.pairs[best, 0])
    _look_further(nearest, forests)
    for one in nearest:
        one.family.forget()


def _look_further(kins: Sequence[Kin], forests: dict[str, Forest]) -> None:
    """Ask of each that has a parent whether it has another."""
    tables = [further_table(one) for one in kins]
    odds = in_one_go(forests["further"], [rows for _, rows in tables])
    for one, (pairs, rows), given in zip(kins, tables, odds, strict=True):
        one.further = pairs, np.expm1(rows[:, 0]), given


def trade_says(one: Kin) -> Floats:
    """What no scorer need learn, for it is how the trade works: who credits an agency for the whole report has it from
    the agency, and not from another who credits it too, nor the agency from him. And who sends his readers on to the
    whole has a part of it."""
    members, out = one.family.members, np.zeros(len(one.pairs), np.float32)
    pointing = np.array([points_on(m.article) for m in members])
    if pointing.any():
        out += _POINTED * (pointing[one.pairs[:, 1]].astype(np.float32) - pointing[one.pairs[:, 0]])
    dispatches = {m.own: i for i, m in enumerate(members) if m.own}
    if not dispatches:
        return out
    missing = one.full.runs[:, :, 2]
    for row, (p, c) in enumerate(one.pairs.tolist()):
        parent, child = members[p], members[c]
        if child.own in parent.credited and parent.own != child.own:
            out[row] = _AGAINST
        elif parent.own in child.credited and parent.own != child.own:
            out[row] = -_AGAINST
        for agency in parent.credited & child.credited & dispatches.keys():
            source = dispatches[agency]
            if source not in (p, c) and missing[c, source] <= missing[c, p] + _SLACK:
                out[row] = _AGAINST
    return out


def _ruled(one: Kin, odds: Floats, rulings: Rulings) -> Floats:
    if not rulings:
        return odds
    odds = odds.copy()
    for row, (p, c) in enumerate(one.pairs.tolist()):
        held = rulings.get((one.numbers[p], one.numbers[c]))
        if held is not None:
            odds[row] = _RULED if held else -np.inf
    return odds


def _greedy(crowd: Sequence[Kin]) -> None:
    """The surest first, each that closes no circle."""
    guessed = {id(one): one.parents[0] for one in crowd}
    for one in crowd:
        one.parents[0] = -1
    offers = [
        (float(one.odds[row] - one.roots[0]), one.numbers[p], one, int(p))
        for one in crowd
        for row, (p, c) in enumerate(one.pairs.tolist())
        if c == 0 and one.odds[row] > one.roots[0]
    ]
    top: dict[int, int] = {}

    def head(node: int) -> int:
        while node in top:
            above = top[node]
            if above in top:
                top[node] = top[above]
            node = above
        return node

    for _, parent, one, place in sorted(offers, key=lambda o: (-o[0], o[1], o[2].numbers[0])):
        child = one.numbers[0]
        if child not in top and head(parent) != child:
            top[child] = parent
            one.parents[0] = place
            if place != guessed[id(one)]:  # what was asked beside the guess does not hold
                one.further = None


def _mains(one: Kin, rulings: Rulings, limit: int) -> Iterable[Choice]:
    rows: dict[int, list[int]] = {}
    for row, child in enumerate(one.pairs[:, 1].tolist()):
        rows.setdefault(child, []).append(row)
    below = descent(one.parents)
    args = argued(one)
    odds = {(p, c): float(x) for (p, c), x in zip(one.pairs.tolist(), one.odds, strict=True)}
    for child, parent in enumerate(one.parents):
        if parent < 0:
            continue
        mine = rows[child]
        weights = np.array(
            [float(one.roots[child]), _turned(one, odds, parent, child), *(float(one.odds[row]) for row in mine)]
        )
        parts = np.exp(weights - weights.max())
        chances = dict(zip(mine, (parts / parts.sum())[2:].tolist(), strict=True))
        row = next(r for r in mine if one.pairs[r, 0] == parent)
        ruled = bool(rulings.get((one.numbers[parent], one.numbers[child])))
        chance = chances[row] if ruled or args[row] <= 0 else min(_HELD, chances[row])
        others = sorted(
            (
                (-lost, one.numbers[one.pairs[r, 0]])
                for r, lost in chances.items()
                if r != row and lost >= _LEAST and not below[child, one.pairs[r, 0]]
            )
        )
        yield Choice(
            one.numbers[parent],
            one.numbers[child],
            round(chance, 3),
            tuple((number, round(-lost, 3)) for lost, number in others[:limit]),
            one,
            row,
            ruled=ruled,
        )


def _turned(one: Kin, odds: Mapping[tuple[int, int], float], parent: int, child: int) -> float:
    """What the tree is worth with ``parent`` and ``child`` in each other's place, beside what it is worth without the
    link: that, too, stands against it."""
    above = one.parents[parent]
    entry = odds.get((above, parent), -np.inf) if above >= 0 else float(one.roots[parent])
    if not np.isfinite(entry):
        return -np.inf
    own = max(float(one.roots[child]), odds.get((above, child), -np.inf))
    return odds.get((child, parent), -np.inf) + own - entry


def _further(one: Kin, rulings: Rulings) -> Iterable[Choice]:
    if one.further is None:
        return
    pairs, gains, odds = one.further
    rows = {pair: row for row, pair in enumerate(map(tuple, one.pairs.tolist()))}
    for (p, c), gain, given in zip(pairs.tolist(), gains.tolist(), odds.tolist(), strict=True):
        held = rulings.get((one.numbers[p], one.numbers[c]))
        if held or (held is None and given > _FURTHER and gain >= _GAIN):
            chance = 0.99 if held else round(1 / (1 + float(np.exp(-given))), 3)
            yield Choice(one.numbers[p], one.numbers[c], chance, (), one, rows[p, c], further=True, ruled=bool(held))


class _Graph:
    """Links without circles."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._above: dict[int, list[int]] = {}
        for parent, child in pairs:
            self._above.setdefault(child, []).append(parent)

    def add(self, parent: int, child: int) -> bool:
        """Whether the link closes no circle; if so it is one."""
        seen, waiting = {parent}, [parent]
        while waiting:
            for above in self._above.get(waiting.pop(), ()):
                if above == child:
                    return False
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        self._above.setdefault(child, []).append(parent)
        return True
