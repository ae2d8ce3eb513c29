"""Compare: statements of one story → claims, their support, conflicts, updates and checks; and a
sentence held to them."""

from variorum.compare.ask import Inquiry, worst
from variorum.compare.config import CompareConfig
from variorum.compare.owners import read_owners
from variorum.compare.stage import compare

__all__ = ["CompareConfig", "Inquiry", "compare", "read_owners", "worst"]
