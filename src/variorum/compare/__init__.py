"""Compare: statements of one story → claims, their support, conflicts, updates and checks; a
sentence held to them, and two texts held to each other."""

from variorum.compare.ask import Inquiry, worst
from variorum.compare.claims.owners import read_owners
from variorum.compare.config import CompareConfig
from variorum.compare.pairs import Scorers, judge, scorers
from variorum.compare.signals import Texts
from variorum.compare.stage import compare, compare_ruled
from variorum.compare.toll import story_tolls

__all__ = [
    "CompareConfig",
    "Inquiry",
    "Scorers",
    "Texts",
    "compare",
    "compare_ruled",
    "judge",
    "read_owners",
    "scorers",
    "story_tolls",
    "worst",
]
