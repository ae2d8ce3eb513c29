"""Arithmetic that reports imply: sums, percentages and intervals, with the working."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.compare.facts import Fact
from variorum.model import Check


def find_checks(facts: Sequence[Fact]) -> list[Check]:
    """What adds up and what does not; nothing where a report implies no arithmetic."""
    return []
