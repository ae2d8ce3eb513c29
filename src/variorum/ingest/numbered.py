"""Lines above a text that number it: "Issue 611, Wednesday 19 March 2025", "Saturday, 15 March 2025 - page 3", and an
agency's slug, "SNA 0417 4 dom 0541". They hold the day, and the line above may be who publishes it; none is a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from variorum.ingest.paragraphs import Paragraph
from variorum.text.dates import written_dates

#: Lines of a head in which they stand, and words of a name.
_HEAD: Final = 4
_NAME: Final = 4
_DAY: Final = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_NUMBERS: Final = re.compile(
    r"[\s,;|·–—-]*(?:(?:issue|no\.?|nr\.?|number|vol\.?|volume|edition|page|p\.)\s*\d+[\s,;|·–—-]*)+", re.IGNORECASE
)
_SLUG: Final = re.compile(r"[A-Z]{2,6}[ -]?\d{3,4}(?: \w{1,4}){0,4} \d{3,4}")
_KEYWORD: Final = re.compile(r"[\w-]+(?:/[\w -]{1,20})?")
_MOTTO: Final = re.compile(r"\s+[|–—-]\s+(?=the\b|a\b|an\b)")


def mark_numbered(parts: Sequence[Paragraph]) -> None:
    """Gives such lines a kind, and the name above one to its line, where no outlet is named yet and more follows."""
    head = list(parts[:_HEAD])
    if len(parts) <= len(head):
        return
    if head[0].kind is None and _SLUG.fullmatch(head[0].plain):
        head[0].kind = "boilerplate"
        if _KEYWORD.fullmatch(head[1].plain):
            head[1].kind = "boilerplate"
    for above, part in pairwise([None, *head]):
        if part is None or part.kind not in (None, "boilerplate") or not _is_numbered(part.plain):
            continue
        part.kind = "dateline"
        name = _MOTTO.split(above.plain, 1)[0].strip("*_# ") if above is not None else ""
        if above is not None and above.kind is None and name[:1].isupper() and len(name.split()) <= _NAME:
            above.kind, above.outlet = "boilerplate", name


def _is_numbered(line: str) -> bool:
    """Whether a line holds one whole date, the number of a page or issue, and nothing else."""
    dates = list(written_dates(line))
    if len(dates) != 1 or not (dates[0].day and dates[0].year):
        return False
    rest = f"{line[: dates[0].span[0]]} {line[dates[0].span[1] :]}"
    return _NUMBERS.fullmatch(_DAY.sub("", rest)) is not None
