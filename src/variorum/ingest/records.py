"""What readers give: records that are not yet articles, each with its bytes, its place, and what its container says.

A reader only takes a container apart, which is cheap; making an article of a record is the work. So a run that was
stopped can pass over the records it has done, and the bytes that are kept as proof are those the words were read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from variorum.ingest.article import Hints, given_stamp
from variorum.ingest.profiles import Profile
from variorum.model import Problem, Span, Stamp

#: ``page`` is markup with the furniture of a site around the text, ``fragment`` markup that is all text, ``row`` a
#: JSON object.
Form = Literal["page", "fragment", "text", "row"]

_STAGE: Final = "ingest"


@dataclass(frozen=True, slots=True)
class IngestConfig:
    """``plain`` takes each text as all body, with no blocks to find. ``max_bytes`` bounds one text, page or record,
    after decompression. ``keep_short`` keeps pages that have no paragraph over 20 words. ``columns`` are pairs of our
    name of a field and the column of a table (or key of a record) that holds it; ``publishers`` are profiles of the
    user's own."""

    plain: bool = False
    max_bytes: int = 20_000_000
    keep_short: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    publishers: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to be made an article. ``data`` are the bytes it is read from; ``text`` is given where they are not
    text themselves (PDF); ``charset`` is what the container declares; ``at`` is the byte range of the record in the
    file it came in, where that is known."""

    data: bytes
    hints: Hints
    form: Form
    charset: str | None = None
    text: str | None = None
    at: Span | None = None

    @property
    def source(self) -> str:
        """Its place: the file, and what finds it there."""
        return self.hints.source


Found = Iterator[Record | Problem]


def fragment(markup: str) -> bytes:
    """Markup that is all text, as bytes; in an element, as some of its words may stand in none."""
    whole = "<body" in markup[:5000].lower()
    return (markup if whole else f"<div>{markup}</div>").encode("utf-8", "replace")


def problem(place: object, reason: str) -> Problem:
    """What could not be read, at the stage that all readers are."""
    return Problem(str(place), _STAGE, reason)


def too_large(what: str, limit: int) -> str:
    """Why something over ``limit`` bytes is left out, and what to do."""
    return f"{what} is larger than {limit / 1e6:g} MB; raise the limit with --max-bytes (now {limit}) to read it"


def said(exc: BaseException) -> str:
    """What an error says of itself, on one line."""
    return " ".join(str(exc).split())[:200] or type(exc).__name__


def stamp_of(value: str | None) -> Stamp | None:
    """The date that a container states: as `given_stamp`, and in the forms that only programs write (RFC 822 with a
    name for a zone, ISO 8601 without marks, seconds or milliseconds since 1970)."""
    if not value:
        return None
    if (stamp := given_stamp(value)) is not None:
        return stamp
    for read in (datetime.fromisoformat, parsedate_to_datetime, _since_1970):
        try:
            return Stamp(read(value.strip()).isoformat(timespec="seconds"), "second", "metadata")
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
    return None


def _since_1970(value: str) -> datetime:
    if not value.isascii() or not value.isdigit() or len(value) not in (9, 10, 12, 13):
        raise ValueError(value)
    return datetime.fromtimestamp(int(value) / (1000 if len(value) > 10 else 1), UTC)
