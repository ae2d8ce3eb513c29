"""Whether two statements tell of two who do it, where one of them may only be a "he" or a "we" in words of his own."""

from __future__ import annotations

import re
from typing import Final

from variorum.compare.facts.fact import Fact

#: Who speaks of himself, or for those he speaks of.
_ONESELF: Final = frozenset({"i", "we", "he", "she", "it", "they"})
_NAME: Final = re.compile(r"\b[A-Z][\w'-]+")


def two_doers(a: Fact, b: Fact) -> bool:
    """Whether both say who does it, by name or because he speaks of himself, and the one is not the other: "Holm will
    run", "Brandt said that she ran". Who is named beside "he" may be he."""
    one, other = _doers(a), _doers(b)
    if one and other:
        return one.isdisjoint(other) and not (a.named("agent") & b.scene.names or b.named("agent") & a.scene.names)
    if not (of_oneself(a) and of_oneself(b)):
        return False
    called = [frozenset(_NAME.findall(f.statement.root.name or "")) for f in (a, b)]
    return all(called) and called[0].isdisjoint(called[1])


def of_oneself(fact: Fact) -> bool:
    """Whether somebody says what he does himself: "the guild says that it raised 40 million"."""
    return bool(fact.statement.attribution) and len(heads := fact.called("agent").heads) > 0 and heads <= _ONESELF


def _doers(fact: Fact) -> frozenset[str]:
    """The things that do it, as far as they are known."""
    return fact.named("agent") or frozenset({fact.speaker} if fact.speaker and of_oneself(fact) else ())
