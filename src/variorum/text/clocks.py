"""Times of day that stand alone on a line, as the entries of a running page are stamped: "18:12", "7.05 pm GMT"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.text import vocabulary
from variorum.text.dates import Calendar
from variorum.text.vocabulary import longest_first

_LONGEST: Final = 40  # characters of a stamp, with its zone and a word before it
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day with its offset from UTC where a zone is written; ``end`` is where it ends in the line, ``bare``
    whether it is digits around a full stop and might be a number."""

    hour: int
    minute: int
    zone: str | None
    end: int
    bare: bool = False

    @property
    def minutes(self) -> int:
        """Since midnight."""
        return 60 * self.hour + self.minute

    def on(self, day: str) -> str:
        """The moment, in ISO form, on ``day``."""
        return f"{day}T{self.hour:02d}:{self.minute:02d}{self.zone or ''}"


@cache
def _stamp() -> tuple[re.Pattern[str], dict[str, str]]:
    zones = vocabulary.load("calendar", Calendar).zones
    return re.compile(
        r"[\W_]{0,4}(?:(?i:updated|posted|at)[:,]?\s)?(?P<hour>[01]?\d|2[0-3])"
        r"(?:(?P<mark>[:.h])(?P<minute>[0-5]\d)(?::[0-5]\d)?)?(?:\s?(?P<half>[aApP])\.?\s?[mM]\b\.?)?"
        rf"(?:\s?\(?(?P<zone>{longest_first(zones)})\b\)?)?(?P<close>[\])*_]*)"
    ), zones


def clock_at(line: str) -> Clock | None:
    """The time of day that opens ``line``, else None."""
    pattern, zones = _stamp()
    found = pattern.match(line)
    if not found or (found["minute"] is None and found["half"] is None):
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + _NOON * (found["half"].lower() == "p")
    zone = zones.get(found["zone"]) if found["zone"] else None
    bare = found["mark"] == "." and not found["half"] and not found["zone"]
    return Clock(hour, int(found["minute"] or 0), zone, found.end(), bare)


def clock_line(line: str) -> Clock | None:
    """The time of day that is all of ``line``, else None."""
    clock = clock_at(line) if len(line) <= _LONGEST else None
    return clock if clock and not line[clock.end :].strip(" .:-\u2013\u2014|*_") else None


def in_order(clocks: list[Clock]) -> bool:
    """Whether times follow one another, the latest first or last: those of one day."""
    minutes = [clock.minutes for clock in clocks]
    return minutes in (sorted(minutes), sorted(minutes, reverse=True))
