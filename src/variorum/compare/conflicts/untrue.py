"""What a report says in the next breath is not so, set against whoever tells it: "It was said that four had died. That
was wrong." """

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from variorum.compare.claims.align import Alignment, homes
from variorum.compare.conflicts.outcomes import content
from variorum.compare.facts.asserting import asks, asserts
from variorum.compare.facts.doubt import somebody_denies
from variorum.compare.facts.fact import Fact, elsewhere, other_day
from variorum.compare.facts.stance import is_mentioned
from variorum.compare.facts.telling import shortened
from variorum.compare.finding import Finding

_SURE: Final = 0.85
#: Terms that what is called untrue and what is told have in common at least, where they are not one claim.
_SHARED: Final = 2

Alike = Callable[[int, int], bool]


def find_untrue(alignment: Alignment, alike: Alike) -> Iterator[Finding]:
    """Each with what other reports tell of it, and with the one whose words they are."""
    facts = alignment.facts
    place = {fact.id: n for n, fact in enumerate(facts)}
    group_of = homes(alignment.groups)
    for m, denied in enumerate(facts):
        if denied.untrue_by is None or denied.withdrawn:
            continue
        no = place.get(denied.untrue_by, m)
        told = [
            n for n, yes in enumerate(facts)
            if _holds(yes, denied)
            and (group_of[n] == group_of[m] or (asserts(yes) and tells_the_same(yes, denied, alike(n, m))))
        ]  # fmt: skip
        if no != m and denied.statement.attribution:
            told.append(m)  # of whom its words are
        for n in told:
            about = shortened(facts[told[0]].words)
            yield Finding(
                "denial", "contradiction", about, n, no, "affirmed", "denied", _SURE, denial=True, pointed=True
            )


def _holds(yes: Fact, denied: Fact) -> bool:
    """Whether another report holds it to be so."""
    other = yes.statement.article != denied.statement.article and not yes.corrects and not is_mentioned(yes)
    return other and not asks(yes) and yes.statement.certainty != "unknown" and not somebody_denies(yes)


def tells_the_same(yes: Fact, denied: Fact, alike: bool) -> bool:
    """Whether two statements, ``alike`` or not, tell one deed with the same figures in other words."""
    if yes.statement.polarity != denied.statement.polarity or elsewhere(yes, denied):
        return False
    if other_day(yes.days, denied.days) or not {c.core for c in denied.counts} <= {c.core for c in yes.counts}:
        return False
    shared = content(yes.terms) & content(denied.terms)
    lacking = len(content(denied.terms) - shared)
    whole = lacking <= (len(shared) > _SHARED) or (denied.predicate in shared and alike)
    return len(shared) >= _SHARED and whole
