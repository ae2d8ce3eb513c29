"""Originals that are not in the collection: where articles share text and none can have it from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.agencies import agency_origin
from variorum.lineage.candidates import components
from variorum.lineage.evidence import whole_credits
from variorum.lineage.relations import Kin
from variorum.model import Article, Origin
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


def orphans(kins: Sequence[Kin], children: Collection[int], articles: Sequence[Article]) -> list[Orphan]:
    """The articles without a parent that share text with others such. ``children`` are those that have one."""
    found = []
    for one in kins:
        lone = np.array([number not in children for number in one.numbers])
        pairs = one.pairs[lone[one.pairs].all(1)]
        if len(pairs):
            found += _of_family(one, pairs, articles)
    return sorted(found, key=lambda o: o.child)


def _of_family(one: Kin, pairs: np.ndarray, articles: Sequence[Article]) -> list[Orphan]:
    label = components(len(one.numbers), pairs)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in sorted(set(pairs.ravel().tolist())):
        groups[int(label[place])].append(place)
    found = []
    for members in groups.values():
        origin = _origin([articles[one.numbers[m]] for m in members])
        for m in members:
            others = [p for p, c in pairs.tolist() if c == m]
            sibling = max(others, key=lambda p: (one.full.runs[m, p, 1], -p))
            odds = [float(o) for (_, c), o in zip(one.pairs.tolist(), one.odds, strict=True) if c == m]
            chance = 1 / (1 + float(np.exp(min(30.0, max(odds, default=-30.0) - float(one.roots[m])))))
            found.append(Orphan(one.numbers[m], one.numbers[sibling], origin, round(chance, 3)))
    return found


def _origin(group: Sequence[Article]) -> Origin:
    """The dispatch of the agency that most of them credit, else one that nobody names."""
    names = [c.agency for article in group for c in whole_credits(article)[:1]]
    if names:
        return agency_origin(max(sorted(set(names)), key=names.count))
    return missing_original(content_id("origin", "missing", *sorted(article.id for article in group)))


def missing_original(identity: str) -> Origin:
    """An original of which nothing is known but its copies."""
    return Origin(identity, MISSING, "unknown", False, ())
