"""Which of two statements or reports came later, and whether one source stands behind both."""

from __future__ import annotations

from typing import Final

from variorum.compare.facts.asked import asked, has_any
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.remembered import of_fact
from variorum.text.normalise import fold

#: As far as times are told apart: to the minute.
_MINUTE: Final = len("2031-04-02T11:52")


def is_later(one: str | None, than: str | None) -> bool:
    """Whether an ISO date or time is known to be later than another, to the precision that both have: of a day and a
    time on that day, or of a time that is not known, nobody can tell.

    >>> is_later("2031-07-09T11:52", "2031-07-09"), is_later("2031-07-10", "2031-07-09T11:52")
    (False, True)
    """
    if not one or not than or one == than:
        return False
    shared = min(len(one), len(than), _MINUTE)
    return one[:shared] > than[:shared]


def order_of(a: Fact, b: Fact) -> int | None:
    """1 if ``b`` was stated later, -1 if earlier, None if that cannot be told: by as-of times, else by report, to
    the precision that both have."""
    for left, right in ((_as_of(a), _as_of(b)), (a.reported, b.reported)):
        if is_later(left, right):
            return -1
        if is_later(right, left):
            return 1
    return None


def _as_of(fact: Fact) -> str | None:
    return fact.statement.as_of.begin if fact.statement.as_of else None


def same_root(a: Fact, b: Fact) -> bool:
    """Whether one source stands behind both. Who is told to have ordered or promised something does not say it."""
    left, right = _says(a), _says(b)
    if left[1] or right[1]:
        return left[1] == right[1]
    return left[0] == right[0] or fold(left[0] or "") == fold(right[0] or "")


def tells_newer(a: Fact, b: Fact) -> bool:
    """Whether the words of ``b`` say that its figure took the place of an earlier one, which may be that of ``a``;
    where two who are named speak, "now" does not say so."""
    others = bool(a.statement.attribution and b.statement.attribution) and not same_root(a, b)
    return has_any(b.statement.text, asked().raised if others else (*asked().raised, *asked().by_now))


@of_fact
def _says(fact: Fact) -> tuple[str | None, str | None]:
    """Name and entity of the one who says it: the innermost source that reports, outside of it an order's or a
    promise's giver."""
    chain = fact.statement.attribution
    if len(chain) > 1 and chain[-1].stance in ("ask", "promise"):
        teller = next((row for row in reversed(chain) if row.stance not in ("ask", "promise")), None)
        if teller is not None:
            return teller.name, teller.entity
    return fact.statement.root.name, fact.statement.root.entity
