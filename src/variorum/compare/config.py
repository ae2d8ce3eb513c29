"""What can be set about the comparison."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompareConfig:
    """``same``: from which likeness two statements are one claim; ``unlike``: below which nothing more is asked
    (between the two the vectors decide); ``same_event``: how alike two statements must be, apart from what they
    differ in, to be answers to one question; ``min_confidence``: the least confidence of a conflict that is returned.

    ``owners`` maps an outlet to its owner, beside those of ``data/owners.toml``: titles of one owner are one
    newsroom. ``vectors`` caps how many distinct texts are embedded for one story (10 to 20 ms each); in a larger story
    structure says which; ``reach`` caps those embedded besides when conflicts are sought. ``block`` is the size from
    which statements that share words are compared with a sample of their group and not each with each.
    """

    same: float = 0.60
    unlike: float = 0.30
    same_event: float = 0.45
    min_confidence: float = 0.7
    vectors: int = 120
    reach: int = 60
    block: int = 16
    owners: tuple[tuple[str, str], ...] = ()
