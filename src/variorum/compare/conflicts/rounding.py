"""Whether one figure can be another in round numbers: by how exact each is told, and by what it is of.

Reasons against telling a finding, as `conflicts.plausible` asks for them.
"""

from __future__ import annotations

import re
from typing import Final

from variorum.compare.facts.counts import Count, last_digit, words_before
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.questions import is_money
from variorum.compare.facts.telling import count_value
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: How far a figure may be from one in round numbers, of one more in the last digit that this one names.
_HALF: Final = 0.6
#: Before a figure that was not reached.
_BELOW: Final = re.compile(r"\b(?:almost|nearly|close to|just under|just below|not quite|approaching) (?:[$€£] ?)?$")


def no_rounding(finding: Finding, a: Fact, b: Fact) -> bool:
    """Neither figure is the other in round numbers: "about 8,300" is not 7,999, nor "almost 90" 93; nor where one
    sentence gives both, each of something else."""
    if finding.relation != "rounding":
        return False
    left, right = (_counts(f, value) for f, value in ((a, finding.value_a), (b, finding.value_b)))
    pairs = [pair for x in left for y in right for pair in ((x, y, a), (y, x, b))]
    both = any(c.core == y.core and c.slot.unit == x.slot.unit for x, y, f in pairs for c in f.counts)
    return bool(pairs) and (both or not any(_is_round(x, y, f) for x, y, f in pairs))


def of_another_thing(finding: Finding, a: Fact, b: Fact) -> bool:
    """Money in round numbers, where neither a word nor a name says that it is for one thing."""
    if finding.relation != "rounding" or not all(any(map(is_money, f.counts)) for f in (a, b)):
        return False
    units = {stem(word) for f in (a, b) for c in f.counts for word in (c.slot.unit, c.quantity.unit) if word}
    shared = {term for term in a.terms & b.terms if not re.search(r"\d", term)} - units
    return not (shared or a.names & b.names)


def _counts(fact: Fact, value: str) -> list[Count]:
    return [c for c in fact.counts if count_value(c) == value]


def _is_round(rough: Count, fine: Count, told: Fact) -> bool:
    """Whether the first, which a fact tells, may be the second in round numbers."""
    if rough.vague or fine.vague:
        return True
    apart, last = fine.core - rough.core, last_digit(rough.core)
    if rough.quantity.bound in ("at_least", "at_most"):
        return 0 < (apart if rough.quantity.bound == "at_least" else -apart) <= last
    if fine.quantity.bound == "exact" and apart > 0 and _BELOW.search(_up_to(rough, told)):
        return False
    return apart == 0 or abs(apart) < _HALF * last or abs(apart) <= 1.0


def _up_to(count: Count, fact: Fact) -> str:
    """What stands before the figure itself; "almost" may be part of the number."""
    before, begin = words_before(count, fact.statement), fact.statement.span[0]
    own = fact.statement.text[len(before) : count.quantity.span[1] - begin]
    return fold(before + (re.match(r"\D*", own) or [""])[0]).rstrip() + " "
