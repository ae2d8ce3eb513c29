"""The dead and the injured of the event that a report tells of: which numbers they are, and what they come to."""

from variorum.compare.toll.elsewhere import Setting, excluded
from variorum.compare.toll.incident import story_tolls, together
from variorum.compare.toll.tally import Tally, tally

__all__ = ["Setting", "Tally", "excluded", "story_tolls", "tally", "together"]
