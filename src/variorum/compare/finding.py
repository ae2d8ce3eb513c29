"""One finding: two facts that answer one question differently."""

from __future__ import annotations

from dataclasses import dataclass, replace

from variorum.model import ConflictKind, Relation


@dataclass(frozen=True, slots=True)
class Finding:
    """Two facts that answer one question differently, by index; for an update ``a`` is the earlier state, for a
    denial ``b`` the denial. ``denial`` stays when a denial is told as part of a dispute about a category; ``places``
    are those of the two in a chain of states; ``passing``: the earlier state is only mentioned;
    ``corrected``: a notice took it back; ``whose``: the rule has asked whose figure it is;
    ``pointed``: a report says in the next breath that it is not so, so that no word has to tell what is denied."""

    kind: ConflictKind
    relation: Relation
    about: str
    a: int
    b: int
    value_a: str
    value_b: str
    confidence: float
    denial: bool = False
    places: tuple[int, int] = (0, 0)
    passing: bool = False
    corrected: bool = False
    whose: bool = False
    pointed: bool = False

    def turned(self) -> Finding:
        """The same with the second told first."""
        return replace(self, a=self.b, b=self.a, value_a=self.value_b, value_b=self.value_a)
