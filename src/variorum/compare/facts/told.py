"""Figures with the statements that tell them."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.facts.counts import Count
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.telling import count_value, question
from variorum.compare.facts.tolls import told_by
from variorum.compare.finding import Finding
from variorum.model import Relation


@dataclass(frozen=True, slots=True)
class Told:
    """A count with the index of its fact."""

    n: int
    fact: Fact
    count: Count


def finding(relation: Relation, x: Told, y: Told, confidence: float) -> Finding:
    """Two figures set side by side, ``x`` the earlier of an update."""
    about, values = max(question(x.count), question(y.count), key=len), (count_value(x.count), count_value(y.count))
    passing = x.fact.predicate not in told_by()
    return Finding("quantity", relation, about, x.n, y.n, *values, confidence, passing=passing)
