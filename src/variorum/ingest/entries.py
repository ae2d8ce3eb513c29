"""Running pages ("live blogs"): entries that each begin with a time of day, on a line of its own or before their words.

The stamp is no statement but dates what follows; the line below it, if it ends like no sentence, is the entry's
heading. A line above the first stamp that opens with a full date says of which day the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from variorum.ingest.paragraphs import Paragraph, paragraph
from variorum.text.clocks import Clock, clock_at, clock_line
from variorum.text.dates import written_dates

_FEWEST, _FEWEST_INLINE = 2, 3
_HEADING: Final = 16  # words of an entry's heading, at most
_LETTER: Final = re.compile(r"[^\W\d_]")
_WEEKDAY: Final = re.compile(r"\b\w+day\b", re.I)
_BEHIND: Final = re.compile(r"\s*(?:[–—|:-]+\s*|\s)(?=[\"'A-Z\d])")


def stamp_entries(parts: Sequence[Paragraph]) -> None:
    """Marks the lines that stamp the entries of a running page, and the headings below them."""
    stamps = [n for n, part in enumerate(parts) if _stamped(part)]
    stamps = [n for n in stamps if n + 1 < len(parts) and n + 1 not in stamps]
    if len(stamps) < _FEWEST:
        return
    for number in stamps:
        parts[number].kind, parts[number].clock = "dateline", True
    for number in stamps:
        below, after = parts[number + 1], parts[number + 2 : number + 3]
        if below.kind in (None, "related") and after and not after[0].clock and _is_heading(below):
            below.kind = "title"


def date_entries(parts: Sequence[Paragraph]) -> None:
    """Marks the line above the stamps of a running page that opens with its day ("Sunday 4 May 2031")."""
    first = next((n for n, part in enumerate(parts) if part.clock), 0)
    for part in parts[:first]:
        date = next(written_dates(part.plain), None) if part.kind is None and len(part.words) <= _HEADING else None
        if date and date.year and date.day and not _LETTER.search(_WEEKDAY.sub("", part.plain[: date.span[0]])):
            part.kind = "dateline"
            return


def _stamped(part: Paragraph) -> Clock | None:
    return clock_line(part.plain) if part.kind in (None, "dateline", "boilerplate") else None


def _is_heading(part: Paragraph) -> bool:
    return len(part.words) <= _HEADING and not part.flat.rstrip("\"')]*_ ").endswith((".", "!", "…", ":", ","))


def cut_stamps(parts: list[Paragraph], text: str, flat: str) -> list[Paragraph]:
    """The paragraphs with the times of day that open three or more of them ("14:20 – The fire is out.") cut off."""
    opened = {n: found for n, part in enumerate(parts) if (found := _opening(part)) is not None}
    if len(opened) < _FEWEST_INLINE:
        return parts
    return [piece for n, part in enumerate(parts) for piece in _pieces(part, opened.get(n), text, flat)]


def _opening(part: Paragraph) -> int | None:
    """Where the words begin behind a time of day that opens a paragraph."""
    clock = clock_at(part.flat) if part.kind is None and not part.clock else None
    if clock is None or clock.bare:
        return None
    behind = _BEHIND.match(part.flat, clock.end)
    return behind.end() if behind else None


def _pieces(part: Paragraph, begin: int | None, text: str, flat: str) -> Iterator[Paragraph]:
    if begin is None:
        yield part
        return
    stamp = paragraph(text, flat, part.start, part.start + begin)
    stamp.kind, stamp.clock, stamp.path = "dateline", True, part.path
    yield stamp
    rest = paragraph(text, flat, part.start + begin, part.end)
    rest.hint, rest.path = part.hint, part.path
    yield rest
