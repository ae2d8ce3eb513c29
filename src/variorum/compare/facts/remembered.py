"""What is asked of one statement, or of two, is answered once: several rules ask it of one story, and the next report
of the story leaves all others as they were.

A fact is its own key, for it does not change as long as nothing that it was read from does; an answer may depend on
nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: For a function of one fact, or of what is read in it, and of two: those of some stories of fifty reports.
of_fact: Final = lru_cache(6_000)
of_pair: Final = lru_cache(60_000)
