"""Text to paragraphs: lines as they stand, wrapped lines joined, a paragraph broken by a blank line mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from variorum.ingest.bylines import find_byline
from variorum.model import BlockKind
from variorum.text.normalise import flat_markup, flat_quotes

_MARKUP: Final = re.compile(r"[\[<*_#>]")
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_CLOSERS: Final = "\"')]*_ "
_NOTED: Final = re.compile(r"[.!?][\"')]*\s*[\[(][^\[\]()]{1,70}[\])]\Z")  # "… he said. [via Alder Gazette]"
_STAMPED: Final = re.compile(r"\b\d{4},? (?:at )?\d{1,2}(?:[.:]\d\d)? ?[ap]\.m\.\Z", re.I)  # "5 May 2031, 9.40 p.m."
_ADDRESS: Final = re.compile(r"\w+://|www\.|[a-z0-9-]{3,}\.[a-z]{2,12}\Z", re.I)
_WRAP_MIN, _WRAP_MAX = 45, 100  # columns at which mail and typewriter texts are wrapped
_BULLET: Final = re.compile(r"(?:[-*•‣◦▪·–—>#]|\d{1,3}[.)])\s")


@dataclass(slots=True)
class Paragraph:
    """A stretch of the text on its way to becoming a block. ``flat`` is as long as the text it stands for, with
    straight quotes and Markdown blanked; ``hint`` is the kind its markup gives it, ``path`` its element path,
    ``outlet`` the outlet whose masthead it is; ``clock`` says that it stamps an entry of a running page."""

    start: int
    end: int
    raw: str
    flat: str
    words: list[str]
    kind: BlockKind | None = None
    hint: BlockKind | None = None
    path: str | None = None
    outlet: str | None = None
    clock: bool = False

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends like a sentence, inside or outside of closing quotes, with or without a note in brackets."""
        if self.flat.rstrip(_CLOSERS).endswith((".", "!", "?", "…", "。", "؟", "।")):
            return not ends_in_stamp(self.flat)
        return self.flat.endswith(("]", ")")) and bool(_NOTED.search(self.flat, max(0, len(self.flat) - 90)))

    @property
    def plain(self) -> str:
        """Its words alone."""
        return self.flat.strip()


def ends_in_stamp(line: str) -> bool:
    """Whether the mark at the end of a line is that of a time of day behind a full date, and ends no sentence."""
    return _STAMPED.search(line.rstrip(_CLOSERS)) is not None


def paragraph(text: str, flat: str, start: int, end: int) -> Paragraph:
    """The paragraph at ``[start, end)``, trimmed of white space."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    end = start + len(raw.strip())
    part = flat[start:end]
    return Paragraph(start, end, text[start:end], part, part.split())


def flatten(text: str) -> str:
    """Straight quotes, plain spaces, Markdown blanked; as long as ``text``."""
    return flat_quotes(flat_markup(text) if _MARKUP.search(text) else text)


def paragraphs(text: str, flat: str) -> list[Paragraph]:
    """Every line with words on it, wrapped lines joined, broken paragraphs mended; in order, covering all words.
    ``flat`` is ``flatten(text)``."""
    lines = [paragraph(text, flat, m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = list(_unwrapped(lines, text, flat)) if _wrapped(lines, text) else lines
    return list(_joined(lines, text, flat, _runs_on))


def _wrapped(lines: list[Paragraph], text: str) -> bool:
    """Whether lines were broken at a column: no line is long, and most breaks stand where the next word would not
    have fitted, in the middle of a sentence."""
    width = _width(lines)
    if len(lines) < 4 or not _WRAP_MIN <= width <= _WRAP_MAX:
        return False
    breaks = [(a, b) for a, b in pairwise(lines) if _adjacent(a, b, text)]
    full = [(a, b) for a, b in breaks if _did_not_fit(a, b, width)]
    running = sum(1 for a, b in full if not a.ends_sentence and b.raw[:1].islower())
    return len(full) >= 3 and len(full) > 0.5 * len(breaks) and running > 0.4 * len(full)


def _width(lines: list[Paragraph]) -> int:
    return max((p.end - p.start for p in lines if len(p.words) > 2), default=0)


def _adjacent(one: Paragraph, other: Paragraph, text: str) -> bool:
    return text.count("\n", one.end, other.start) == 1


def _did_not_fit(one: Paragraph, other: Paragraph, width: int) -> bool:
    return bool(other.words) and one.end - one.start + 1 + len(other.words[0]) > width


def _unwrapped(lines: list[Paragraph], text: str, flat: str) -> Iterator[Paragraph]:
    width = _width(lines)

    def wrapped(one: Paragraph, other: Paragraph) -> bool:
        return _adjacent(one, other, text) and _did_not_fit(one, other, width) and not _BULLET.match(other.raw)

    return _joined(lines, text, flat, wrapped)


def _joined(
    lines: list[Paragraph], text: str, flat: str, belongs: Callable[[Paragraph, Paragraph], bool]
) -> Iterator[Paragraph]:
    """Runs of lines of which each ``belongs`` to the one before, as one paragraph a run."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and belongs(lines[index - 1], lines[index]):
            continue
        first, last = lines[start], lines[index - 1]
        yield first if first is last else paragraph(text, flat, first.start, last.end)
        start = index


def _runs_on(one: Paragraph, other: Paragraph) -> bool:
    """Whether a blank or new line broke a paragraph here: no end of sentence before, a small letter after."""
    if not one.words or not other.words or len(one.words) < 5 or len(other.words) < 2:
        return False
    first, end = other.words[0], one.flat.rstrip()[-1:]
    return (
        first.islower()
        and first[0].isalpha()
        and (end.isalnum() or end in ",-\"')")
        and not one.ends_sentence
        and not one.raw.startswith(("#", "|", ">"))
        and not _BULLET.match(one.raw)
        and not _ADDRESS.match(first)
        and not (first == "by" and find_byline(other.flat))
    )
