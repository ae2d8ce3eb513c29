"""Compare: statements of one story → claims, their support, conflicts, updates and checks."""

from variorum.compare.config import CompareConfig
from variorum.compare.stage import compare

__all__ = ["CompareConfig", "compare"]
