"""ISO dates and times as stretches of seconds, so that "the 3rd" and "the 3rd, 14:05" can be compared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from variorum.model import Precision, Stamp

_WIDTH: dict[Precision, timedelta] = {
    "year": timedelta(days=366),
    "month": timedelta(days=31),
    "day": timedelta(days=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


def interval(stamp: Stamp | None) -> tuple[float, float] | None:
    """The first and last second that ``stamp`` may mean, since 1970 in UTC; None without a readable date. A time
    without a zone is taken as UTC."""
    if stamp is None:
        return None
    parts = stamp.value.split("-")
    padded = stamp.value + "-01" * (3 - len(parts)) if len(parts) < 3 and "T" not in stamp.value else stamp.value
    try:
        begin = datetime.fromisoformat(padded)
        begin = begin if begin.tzinfo else begin.replace(tzinfo=UTC)
        seconds = begin.timestamp()
    except (ValueError, OverflowError):
        return None
    width = _WIDTH["day"] if len(stamp.value) == 10 and stamp.precision in ("minute", "second") else None
    return seconds, seconds + (width or _WIDTH[stamp.precision]).total_seconds()


def earlier(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The chance that a time in ``one`` comes before a time in ``other``, each uniform over its stretch."""
    (a, b), (c, d) = one, other
    if b <= c:
        return 1.0
    if d <= a:
        return 0.0
    # Area of {x < y} in the rectangle [a, b] x [c, d], by splitting y at the ends of the other stretch.
    low, high = max(a, c), min(b, d)
    below = ((high - a) ** 2 - (low - a) ** 2) / 2 + max(0.0, d - b) * (b - a)
    return below / ((b - a) * (d - c))
