"""What is asked of one statement, or of two, is answered once: several rules ask it of one story, and the next report
of the story leaves all others as they were.

A fact is its own key, wherever its article stands among others; an answer may depend on nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: For a function of one fact, or of what is read in it, and of two: those of some stories of fifty reports.
of_fact: Final = lru_cache(6_000)
of_pair: Final = lru_cache(60_000)
