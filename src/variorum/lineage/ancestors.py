"""Originals that are not in the collection: where articles share text and none can have it from another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.agencies import agency_origin
from variorum.lineage.evidence import whole_credits
from variorum.lineage.relations import Kin
from variorum.lineage.tree import PART
from variorum.model import Article, Origin
from variorum.text.components import components
from variorum.text.ids import content_id

MISSING = "missing original"


@dataclass(frozen=True, slots=True)
class Orphan:
    """Article ``child`` shares most with ``sibling``, of all that have no parent either; both rest on ``origin``.
    ``chance``: that it has no parent in the collection."""

    child: int
    sibling: int
    origin: Origin
    chance: float


def orphans(
    families: Sequence[Kin], crowds: Sequence[Sequence[Kin]], children: Collection[int], articles: Sequence[Article]
) -> list[Orphan]:
    """The articles without a parent that share text with others such. ``children`` are those that have one."""
    found: list[Orphan] = []
    for group in [*([one] for one in families), *crowds]:
        pairs = [pair for one in group for pair in _lone_pairs(one, children, of_first=len(group) > 1)]
        if pairs:
            found += _of_group(pairs, articles)
    return sorted(found, key=lambda o: o.child)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two articles without a parent: ``shared`` runs of words, and the chance that ``child`` has none here."""

    child: int
    sibling: int
    shared: float
    chance: float


def _lone_pairs(one: Kin, children: Collection[int], *, of_first: bool) -> Iterator[_Pair]:
    """Those of a family; of a neighbourhood only those of its first member."""
    parts = one.parts()
    best = np.full(len(one.numbers), -30.0)
    np.maximum.at(best, one.pairs[:, 1], one.odds)
    for p, c in one.pairs.tolist():
        child, sibling = one.numbers[c], one.numbers[p]
        if (of_first and c) or parts[p, c] < PART or child in children or sibling in children:
            continue
        chance = 1 / (1 + float(np.exp(min(30.0, best[c] - float(one.roots[c])))))
        yield _Pair(child, sibling, float(one.full.runs[c, p, 1]), round(chance, 3))


def _of_group(pairs: Sequence[_Pair], articles: Sequence[Article]) -> Iterator[Orphan]:
    numbers, places = np.unique([(x.child, x.sibling) for x in pairs], return_inverse=True)
    label = components(len(numbers), places.reshape(-1, 2))
    origins = {
        int(one): _origin([articles[int(n)] for n in numbers[label == one]]) for one in np.unique(label).tolist()
    }
    nearest: dict[int, _Pair] = {}
    for pair in pairs:
        held = nearest.get(pair.child)
        if held is None or (pair.shared, -pair.sibling) > (held.shared, -held.sibling):
            nearest[pair.child] = pair
    for number, one in zip(numbers.tolist(), label.tolist(), strict=True):
        if number in nearest:
            pair = nearest[number]
            yield Orphan(pair.child, pair.sibling, origins[one], pair.chance)


def _origin(group: Sequence[Article]) -> Origin:
    """The dispatch of the agency that most of them credit, else one that nobody names."""
    names = [c.agency for article in group for c in whole_credits(article)[:1]]
    if names:
        return agency_origin(max(sorted(set(names)), key=names.count))
    return missing_original(content_id("origin", "missing", *sorted(article.id for article in group)))


def missing_original(identity: str) -> Origin:
    """An original of which nothing is known but its copies."""
    return Origin(identity, MISSING, "unknown", False, ())
